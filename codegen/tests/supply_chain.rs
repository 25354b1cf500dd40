//! What the workspace depends on: licences, sources and bans as `deny.toml` has them, and a reason for each dependency
//! of the client crates.

use serde_json::Value;
use std::collections::BTreeSet;
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

#[test]
fn what_is_banned_is_not_there() {
    let banned: BTreeSet<String> = packages()
        .iter()
        .filter(|package| {
            let (name, version) = (package["name"].as_str(), package["version"].as_str());
            name == Some("openssl-sys") || name == Some("hyper") && version.is_some_and(|it| it.starts_with("0."))
        })
        .map(|package| format!("{} {}", package["name"], package["version"]))
        .collect();
    assert!(banned.is_empty(), "{banned:?}");
}

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
        if package["source"].is_null() && ["cognito-runtime", "cognito-idp", "cognito-identity"].contains(&name) {
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            let normal = dependencies.filter(|dependency| dependency["kind"].is_null());
            needed.extend(normal.filter_map(|dependency| dependency["name"].as_str().map(str::to_owned)));
        }
    }
    assert_eq!(explained, needed, "docs/dependencies.md, and what the manifests say");
}
