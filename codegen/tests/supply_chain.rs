//! What the workspace depends on: licences, sources, bans and duplicates as `deny.toml` has them, the Rust that it asks for,
//! and a reason for each dependency of the client crates.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn deny() -> toml::Table {
    let text = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    text.parse().expect("TOML")
}

/// Whether an SPDX expression of `OR`, `AND`, brackets and the older `/` is satisfied by what is allowed.
fn satisfied(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.replace('/', " OR ");
    let parts = |separator: &str| -> Vec<String> {
        let (mut depth, mut parts) = (0i32, vec![String::new()]);
        for word in expression.split_whitespace() {
            if depth == 0 && word == separator {
                parts.push(String::new());
                continue;
            }
            depth += i32::try_from(word.matches('(').count()).expect("few");
            depth -= i32::try_from(word.matches(')').count()).expect("few");
            let part = parts.last_mut().expect("one");
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
        }
        parts
    };
    let (any, all) = (parts("OR"), parts("AND"));
    if any.len() > 1 {
        return any.iter().any(|part| satisfied(part, allowed));
    }
    if all.len() > 1 {
        return all.iter().all(|part| satisfied(part, allowed));
    }
    let plain = any[0].trim();
    match plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => satisfied(inner, allowed),
        None => allowed.contains(plain),
    }
}

#[test]
fn licences_are_read_as_spdx_has_them() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0"]);
    assert!(satisfied("MIT OR Apache-2.0", &allowed));
    assert!(satisfied("Apache-2.0/MIT", &allowed));
    assert!(satisfied("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
    assert!(!satisfied("MIT AND ISC", &allowed));
    assert!(!satisfied("GPL-3.0", &allowed));
}

#[test]
fn every_package_has_an_allowed_licence_and_comes_from_crates_io() {
    let deny = deny();
    let allowed = deny["licenses"]["allow"].as_array().expect("a list");
    let allowed: BTreeSet<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    let mut wrong = Vec::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or_default();
        if !satisfied(licence, &allowed) {
            wrong.push(format!("{name}: licence `{licence}`"));
        }
        let source = package["source"].as_str();
        if source.is_some_and(|source| source != "registry+https://github.com/rust-lang/crates.io-index") {
            wrong.push(format!("{name}: source {source:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A package as `deny.toml` names it: `hyper:<1`, or all versions without the second part.
fn named(spec: &toml::Value) -> (String, semver::VersionReq) {
    let spec = spec["crate"].as_str().expect("a crate");
    let (name, versions) = spec.split_once([':', '@']).unwrap_or((spec, "*"));
    (name.to_owned(), versions.parse().expect("a version requirement"))
}

fn is_named(specs: &[(String, semver::VersionReq)], name: &str, version: &str) -> bool {
    let version: semver::Version = version.parse().expect("a version");
    specs
        .iter()
        .any(|(other, versions)| other == name && versions.matches(&version))
}

fn list(of: &str) -> Vec<(String, semver::VersionReq)> {
    let deny = deny();
    deny["bans"][of].as_array().expect("a list").iter().map(named).collect()
}

#[test]
fn what_is_banned_is_not_there() {
    let banned = list("deny");
    let mut found = BTreeSet::new();
    for package in packages() {
        let (name, version) = (package["name"].as_str(), package["version"].as_str());
        let (name, version) = (name.expect("a name"), version.expect("a version"));
        if is_named(&banned, name, version) {
            found.insert(format!("{name} {version}"));
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_dependency_takes_any_version() {
    let mut wild = Vec::new();
    for package in packages().iter().filter(|package| package["source"].is_null()) {
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            if dependency["req"] == "*" && dependency["path"].is_null() {
                wild.push(format!("{}: {}", package["name"], dependency["name"]));
            }
        }
    }
    assert!(wild.is_empty(), "{wild:?}");
}

/// What a user of a published package compiles with all its features: name and version, the package itself aside.
fn compiled_for(package: &str) -> BTreeSet<(String, String)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--all-features", "-e", "normal,build"])
        .args(["--prefix", "none", "--format", "{p}", "-p", package])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        let version = rest.split_whitespace().next()?;
        Some((name.to_owned(), version.to_owned()))
    });
    lines.collect()
}

fn published(packages: &[Value]) -> impl Iterator<Item = &str> {
    let ours = packages
        .iter()
        .filter(|package| package["source"].is_null() && package["publish"].is_null());
    ours.filter_map(|package| package["name"].as_str())
}

#[test]
fn no_user_compiles_two_versions_of_a_package() {
    let skipped = list("skip");
    let mut needless: BTreeSet<&str> = skipped.iter().map(|(name, _)| name.as_str()).collect();
    for package in published(&packages()) {
        let compiled = compiled_for(package);
        let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, version) in &compiled {
            versions.entry(name).or_default().push(version);
        }
        for (name, versions) in versions.into_iter().filter(|(_, versions)| versions.len() > 1) {
            needless.remove(name);
            let others: Vec<_> = versions
                .iter()
                .filter(|version| !is_named(&skipped, name, version))
                .collect();
            assert!(others.len() <= 1, "{package} compiles {name} in {versions:?}");
        }
    }
    assert!(needless.is_empty(), "deny.toml skips {needless:?}, which is there once");
}

#[test]
fn no_dependency_of_users_asks_for_a_newer_rust_than_we_do() {
    let packages = packages();
    let version = |text: &str| {
        let text = if text.matches('.').count() < 2 {
            format!("{text}.0")
        } else {
            text.to_owned()
        };
        text.parse::<semver::Version>().expect("a version")
    };
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let compiled: BTreeSet<_> = published(&packages).flat_map(compiled_for).collect();
    let (mut newer, mut known) = (Vec::new(), 0);
    for package in &packages {
        let (name, its) = (package["name"].as_str(), package["version"].as_str());
        let key = (name.expect("a name").to_owned(), its.expect("a version").to_owned());
        let Some(rust) = package["rust_version"].as_str().filter(|_| compiled.contains(&key)) else {
            continue;
        };
        known += 1;
        if version(rust) > ours {
            newer.push(format!("{} {} needs {rust}", key.0, key.1));
        }
    }
    assert!(known > 50, "{known} packages say which Rust they need");
    assert!(newer.is_empty(), "{newer:?}");
}

/// The client crates, and what they consist of.
const CLIENT: [&str; 5] = [
    "cognito-identity",
    "cognito-idp",
    "cognito-rules",
    "cognito-runtime",
    "cognito-validation",
];

#[test]
fn each_dependency_of_the_client_crates_is_explained() {
    let page = fs::read_to_string(root().join("docs/dependencies.md")).expect("docs/dependencies.md");
    let explained: BTreeSet<String> = page
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once("` | ")?.0.to_owned()))
        .collect();
    let mut needed = BTreeSet::new();
    for package in packages() {
        let name = package["name"].as_str().unwrap_or_default();
        if package["source"].is_null() && CLIENT.contains(&name) {
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            let normal = dependencies.filter(|dependency| dependency["kind"].is_null());
            needed.extend(normal.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned)));
        }
    }
    assert_eq!(explained, needed, "docs/dependencies.md, and what the manifests say");
}
