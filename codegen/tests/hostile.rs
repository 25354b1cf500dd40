//! Models that nobody would write, and that must generate nevertheless: each folder in `fixtures/hostile` has a model
//! and the names that are generated for it. With `UPDATE_EXPECT=1` the names are written instead of compared.

mod support;

use cognito_codegen::generate::Repository;
use cognito_codegen::plan::Plan;
use cognito_codegen::{emit, model::Service, output};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{fixtures, folders, repository};

/// The model of a folder, with the endpoint rules of the fixture `library`.
fn load(folder: &Path) -> Service {
    let mut service = Service::load(folder).unwrap_or_else(|errors| panic!("{errors}"));
    service.endpoint_rules = Some(rules());
    service
}

fn rules() -> Value {
    let text = fs::read_to_string(fixtures("library/endpoint-rule-set.json")).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn plan(service: &Service, path: &str) -> Plan {
    let repository = Repository::new(repository());
    repository
        .plan_module(service, path)
        .unwrap_or_else(|error| panic!("{error}"))
}

/// Every name that a plan gives to something, by what it is called in the model.
fn names(plan: &Plan) -> String {
    let mut lines = Vec::new();
    for operation in &plan.operations {
        lines.push(format!(
            "operation {:?} {} fn {} mod {}",
            operation.wire, operation.name, operation.module, operation.file
        ));
    }
    let operations = plan
        .operations
        .iter()
        .flat_map(|operation| [&operation.input, &operation.output]);
    for structure in operations.chain(&plan.structures).chain(&plan.errors) {
        lines.push(format!(
            "struct {:?} {} mod {}",
            structure.wire, structure.name, structure.file
        ));
        lines.extend(
            structure
                .members
                .iter()
                .map(|member| format!("  {:?} {}", member.wire, member.name)),
        );
    }
    for item in &plan.unions {
        lines.push(format!("union {:?} {} mod {}", item.wire, item.name, item.file));
        lines.extend(
            item.variants
                .iter()
                .map(|variant| format!("  {:?} {}", variant.wire, variant.name)),
        );
    }
    for item in &plan.enums {
        lines.push(format!("enum {} mod {}", item.name, item.file));
        lines.extend(
            item.variants
                .iter()
                .map(|variant| format!("  {} {}", variant.literal, variant.name)),
        );
    }
    lines.join("\n") + "\n"
}

#[test]
fn hostile_models_get_the_names_expected() {
    let mut wrong = Vec::new();
    for folder in folders(&fixtures("hostile")) {
        let actual = names(&plan(&load(&folder), "crate::service"));
        let file = folder.join("expected-names.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, &actual).expect("written");
        }
        if fs::read_to_string(&file).unwrap_or_default() != actual {
            wrong.push(format!("{}:\n{actual}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_things_in_one_scope_have_the_same_name() {
    for folder in folders(&fixtures("hostile")) {
        let plan = plan(&load(&folder), "crate::service");
        let unique = |what: &str, names: Vec<&str>| {
            let set: BTreeSet<_> = names.iter().collect();
            assert_eq!(set.len(), names.len(), "{}: {what}: {names:?}", folder.display());
        };
        unique(
            "modules of operations",
            plan.operations.iter().map(|it| it.file.as_str()).collect(),
        );
        unique(
            "operations",
            plan.operations.iter().map(|it| it.name.as_str()).collect(),
        );
        let structures = plan.structures.iter().map(|it| (it.file.as_str(), it.name.as_str()));
        let enums = plan.enums.iter().map(|it| (it.file.as_str(), it.name.as_str()));
        let unions = plan.unions.iter().map(|it| (it.file.as_str(), it.name.as_str()));
        let types: Vec<_> = structures.chain(enums).chain(unions).collect();
        unique("modules of types", types.iter().map(|it| it.0).collect());
        unique("types", types.iter().map(|it| it.1).collect());
        for item in &plan.enums {
            unique("variants", item.variants.iter().map(|it| it.name.as_str()).collect());
        }
    }
}

#[test]
fn a_structure_of_10_000_members_and_100_kb_of_documentation_generate() {
    let members: serde_json::Map<_, _> = (0..10_000)
        .map(|number| (format!("Member{number}"), json!({"shape": "Text"})))
        .collect();
    let text = fs::read_to_string(fixtures("library/service.json")).expect("a file");
    let mut model: Value = serde_json::from_str(&text).expect("JSON");
    model["shapes"]["Shelf"]["members"] = members.into();
    model["shapes"]["Book"]["documentation"] = "<p>A <b>bold</b> word. ".repeat(100_000 / 23 + 1).into();
    let service = Service::from_values("library", &model, None, Some(rules())).expect("a model");
    let plan = plan(&service, "crate::service");
    let shelf = plan
        .structures
        .iter()
        .find(|it| it.name == "Shelf")
        .expect("the structure");
    assert_eq!(shelf.members.len(), 10_000);
    let files = output::format(emit::emit(&plan).expect("files")).expect("formatted");
    assert!(files["src/types/shelf.rs"].contains("member9999(set_member9999, get_member9999)"));
}

/// One crate with a module for each model, so that the dependencies are compiled once.
#[test]
#[ignore = "compiles the runtime: a minute or two; run with --include-ignored"]
fn what_is_generated_for_hostile_models_compiles_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = folder.path().join("src");
    let mut lib = String::from("//! Hostile models.\n#![deny(warnings)]\n#![allow(deprecated)]\n");
    for model in folders(&fixtures("hostile")) {
        let name = model.file_name().expect("a name").to_string_lossy().replace('-', "_");
        let plan = plan(&load(&model), &format!("crate::{name}"));
        output::write(&source.join(&name), &emit::emit_module(&plan).expect("files")).expect("written");
        lib += &format!("#[allow(missing_docs)]\npub mod {name};\n");
    }
    fs::write(source.join("lib.rs"), lib).expect("written");
    let runtime = fs::canonicalize(repository().join("runtime")).expect("the runtime");
    let manifest = format!(
        "[package]\nname = \"hostile\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         cognito-runtime = {{ path = {runtime:?}, default-features = false }}\n"
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("written");
    fs::copy(repository().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("copied");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(folder.path())
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile"),
        )
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
