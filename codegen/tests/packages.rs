//! What each package must have before it may be published: licence, notice, README, metadata, and a documentation build
//! that anyone can repeat.

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use support::repository;

fn cargo(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline"])
        .current_dir(repository())
        .output()
        .expect("cargo starts")
}

fn stdout(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The packages of the workspace that are published.
fn published() -> Vec<Value> {
    let text = stdout(cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]));
    let metadata: Value = serde_json::from_str(&text).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    // `publish = false` is an empty list of registries.
    packages
        .iter()
        .filter(|package| package["publish"].is_null())
        .cloned()
        .collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().expect("a name")
}

fn texts<'a>(package: &'a Value, field: &str) -> Vec<&'a str> {
    let values = package[field].as_array().into_iter().flatten();
    values.filter_map(Value::as_str).collect()
}

/// The crates in the order in which `.ci/package` makes and the checklist publishes them.
fn order() -> Vec<String> {
    crates_of(".ci/package")
}

/// The list of crates in a script.
fn crates_of(script: &str) -> Vec<String> {
    let script = fs::read_to_string(repository().join(script)).expect("the script is there");
    let line = script.lines().find_map(|line| line.strip_prefix("crates=("));
    let names = line.and_then(|line| line.strip_suffix(')')).expect("crates=(…)");
    names.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_package_that_is_published_is_made_in_an_order_that_works() {
    let (packages, order) = (published(), order());
    let named: BTreeSet<&str> = order.iter().map(String::as_str).collect();
    assert_eq!(named, packages.iter().map(name).collect());
    assert_eq!(
        crates_of(".ci/semver"),
        order,
        "every API is compared with the last release's"
    );
    for package in &packages {
        let place = |name: &str| order.iter().position(|other| other == name);
        let needed = package["dependencies"].as_array().expect("dependencies");
        // The registry asks for what tests need, too, but not for a path without a version, which a package to be
        // published loses.
        for dependency in needed.iter().filter(|dependency| dependency["req"] != "*") {
            let dependency = dependency["name"].as_str().expect("a name");
            assert!(
                place(dependency).is_none_or(|before| Some(before) < place(name(package))),
                "{dependency} must be published before {}",
                name(package)
            );
        }
    }
}

#[test]
fn every_package_says_what_it_is_and_where_its_documentation_is() {
    for package in published() {
        let name = name(&package);
        for field in [
            "description",
            "license",
            "repository",
            "readme",
            "documentation",
            "rust_version",
        ] {
            let text = package[field].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{name} has no {field}");
        }
        assert_eq!(package["documentation"], format!("https://docs.rs/{name}"));
        // What crates.io takes: https://doc.rust-lang.org/cargo/reference/manifest.html#the-keywords-field
        let (keywords, categories) = (texts(&package, "keywords"), texts(&package, "categories"));
        assert!((1..=5).contains(&keywords.len()), "{name}: {keywords:?}");
        assert!(
            keywords.iter().all(|it| it.len() <= 20 && !it.contains(' ')),
            "{name}: {keywords:?}"
        );
        assert!((1..=5).contains(&categories.len()), "{name}: {categories:?}");
    }
}

#[test]
fn every_package_has_licence_notice_and_readme_inside() {
    let licence = fs::read(repository().join("LICENSE")).expect("LICENSE");
    for package in published() {
        let name = name(&package);
        let list = stdout(cargo(&["package", "--list", "--allow-dirty", "-p", name]));
        for file in ["LICENSE", "NOTICE", "README.md", "Cargo.toml", "src/lib.rs"] {
            assert!(list.lines().any(|line| line == file), "{name} has no {file}:\n{list}");
        }
        let folder = Path::new(package["manifest_path"].as_str().expect("a path")).with_file_name("");
        assert_eq!(fs::read(folder.join("LICENSE")).expect("LICENSE"), licence, "{name}");
    }
}

/// Who must be named where AWS's text is: the first lines of botocore's notice, and of the AWS CLI's licence.
#[test]
fn what_has_text_of_aws_names_its_authors() {
    let model = repository().join("model");
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let botocore = read(&model.join("NOTICE"));
    let botocore = botocore.split("\n\n").next().expect("a paragraph");
    let cli = read(&model.join("awscli/LICENSE"));
    let cli = cli.lines().next().expect("a line");
    for folder in [".", "codegen", "generated/cognito-idp", "generated/cognito-identity"] {
        let notice = read(&repository().join(folder).join("NOTICE"));
        assert!(notice.contains(botocore), "{folder}/NOTICE lacks\n{botocore}");
        assert!(
            notice.contains(&format!("AWS CLI\n{cli}")),
            "{folder}/NOTICE lacks\n{cli}"
        );
        assert!(notice.contains("under the Apache License, Version 2.0"), "{notice}");
    }
}

#[test]
fn docs_rs_builds_every_package_without_the_c_build_of_aws_lc() {
    for package in published() {
        let settings = &package["metadata"]["docs"]["rs"];
        let features = texts(settings, "features").join(",");
        let has_features = package["features"]
            .as_object()
            .is_some_and(|features| !features.is_empty());
        assert!(
            !features.is_empty() || !has_features,
            "{} names no features for docs.rs",
            name(&package)
        );
        let mut arguments = vec![
            "tree",
            "--locked",
            "--prefix",
            "none",
            "-e",
            "normal,build",
            "-p",
            name(&package),
        ];
        arguments.extend(["--features", &features]);
        if settings["no-default-features"] == true {
            arguments.push("--no-default-features");
        }
        let tree = stdout(cargo(&arguments));
        assert!(tree.starts_with(name(&package)), "{tree}");
        assert!(
            !tree.contains("aws-lc-sys"),
            "{} needs aws-lc-sys on docs.rs",
            name(&package)
        );
    }
}

#[test]
fn the_generators_package_has_the_models_inside_and_no_tests() {
    let list = stdout(cargo(&["package", "--list", "--allow-dirty", "-p", "cognito-codegen"]));
    for file in [
        "build.rs",
        "model/LICENSE",
        "model/NOTICE",
        "model/SOURCE.toml",
        "model/awscli/LICENSE",
        "model/cognito-identity/endpoint-rule-set.json",
        "model/cognito-idp/service.json",
        "model/partitions.json",
        "templates/src/lib.rs.j2",
    ] {
        assert!(list.lines().any(|line| line == file), "{file} isn't in\n{list}");
    }
    assert!(!list.contains("tests/"), "{list}");
}

/// Runs the generator's build script for a package in `folder`.
fn build_script(folder: &Path) -> Output {
    let script = folder.join("script");
    let compiled = Command::new("rustc")
        .args(["--edition", "2024", "-o"])
        .arg(&script)
        .arg(repository().join("codegen/build.rs"))
        .status()
        .expect("rustc starts");
    assert!(compiled.success());
    let output = Command::new(script)
        .env("CARGO_MANIFEST_DIR", folder.join("package"))
        .env("CARGO_FEATURE_CLI", "1")
        .env("OUT_DIR", folder)
        .output();
    output.expect("the build script starts")
}

#[test]
fn a_generator_without_models_can_not_be_built_and_so_not_be_packaged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("package")).expect("a folder");
    let refused = build_script(folder.path());
    assert!(!refused.status.success());
    let text = String::from_utf8_lossy(&refused.stderr);
    assert!(text.starts_with("error: cognito-codegen has no models"), "{text}");
    // A checkout without links has a file in the folder's place, which is as good as nothing.
    fs::write(folder.path().join("package/model"), "../model").expect("written");
    assert!(!build_script(folder.path()).status.success());

    fs::remove_file(folder.path().join("package/model")).expect("removed");
    support::copy_tree(&repository().join("model"), &folder.path().join("package/model"));
    let output = build_script(folder.path());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let packed = fs::read_to_string(folder.path().join("models.rs")).expect("models.rs");
    assert!(
        packed.contains("(\"cognito-idp/service.json\", include_bytes!("),
        "{packed}"
    );
}
