//! Models that nobody would write, and that must generate nevertheless: each folder in `fixtures/hostile` has a model,
//! where needed `options.toml` with the operations to generate, and what is generated for it: the names, and for
//! `documentation` its text. With `UPDATE_EXPECT=1` these are written instead of compared. All of it is compiled.
//!
//! What must be refused is in `fixtures/broken` and `fixtures/unsupported`, with the error; `cli_broken` reads that.

mod support;

use cognito_codegen::generate::Repository;
use cognito_codegen::plan::Plan;
use cognito_codegen::{emit, model::Service, names, output, select};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{fixtures, folders, repository};

/// The model of a folder with the operations that its options name, and the endpoint rules of the fixture `library`.
fn load(folder: &Path) -> Service {
    let mut service = Service::load(folder).unwrap_or_else(|errors| panic!("{errors}"));
    service.endpoint_rules = Some(rules());
    if let Ok(text) = fs::read_to_string(folder.join("options.toml")) {
        let options: toml::Table = text.parse().expect("TOML");
        let operations = options["operations"].as_array().expect("a list").iter();
        let operations: Vec<_> = operations.map(|it| it.as_str().expect("a name").to_owned()).collect();
        select::select(&mut service, &operations).unwrap_or_else(|error| panic!("{error}"));
    }
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

/// The documentation of operations, as it is written to doc comments.
fn documentation(plan: &Plan) -> String {
    let operations = plan.operations.iter();
    let texts = operations.map(|operation| format!("{}\n{}", operation.wire, indented(&operation.docs)));
    texts.collect::<Vec<_>>().join("\n")
}

fn indented(lines: &[String]) -> String {
    lines.iter().map(|line| format!("  {line:?}\n")).collect()
}

/// What differs from the expectation in a file; it is written instead with `UPDATE_EXPECT`.
fn difference(file: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, actual).expect("written");
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    (expected != actual).then(|| format!("{}:\n{actual}", file.display()))
}

#[test]
fn hostile_models_get_the_names_expected() {
    let wrong = folders(&fixtures("hostile")).into_iter().filter_map(|folder| {
        let actual = names(&plan(&load(&folder), "crate::service"));
        difference(&folder.join("expected-names.txt"), &actual)
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_documentation_becomes_the_text_expected() {
    let folder = fixtures("hostile/documentation");
    let actual = documentation(&plan(&load(&folder), "crate::service"));
    assert_eq!(difference(&folder.join("expected-documentation.txt"), &actual), None);
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

/// Of 23 bytes each: 100 kB.
const SENTENCES: usize = 100_000 / 23 + 1;

/// The fixture `library` with a structure of 10,000 members, and one of its types described in 100 kB.
fn large() -> Service {
    let members: serde_json::Map<_, _> = (0..10_000)
        .map(|number| (format!("Member{number}"), json!({"shape": "Text"})))
        .collect();
    let text = fs::read_to_string(fixtures("library/service.json")).expect("a file");
    let mut model: Value = serde_json::from_str(&text).expect("JSON");
    model["shapes"]["Shelf"]["members"] = members.into();
    model["shapes"]["Book"]["documentation"] = "<p>A <b>bold</b> word. ".repeat(SENTENCES).into();
    Service::from_values("library", &model, None, Some(rules())).expect("a model")
}

#[test]
fn a_structure_of_10_000_members_and_100_kb_of_documentation_generate() {
    let plan = plan(&large(), "crate::service");
    let shelf = plan
        .structures
        .iter()
        .find(|it| it.name == "Shelf")
        .expect("the structure");
    assert_eq!(shelf.members.len(), 10_000);
    let files = output::format(emit::emit(&plan).expect("files")).expect("formatted");
    assert!(files["src/types/shelf.rs"].contains("=> text(set_member1999, get_member1999);"));
    // The text without its tags, to the last word.
    assert_eq!(files["src/types/book.rs"].matches("word.").count(), SENTENCES);
}

/// One crate with a module for each model.
#[test]
fn what_is_generated_for_hostile_models_compiles_without_a_warning() {
    let named = |folder: &Path| folder.file_name().expect("a name").to_string_lossy().replace('-', "_");
    let folders = folders(&fixtures("hostile"));
    compiles("hostile", folders.iter().map(|folder| (named(folder), load(folder))));
    // So does its documentation, whose links depend on where the module is.
    cargo(
        &Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile"),
        &["doc", "--no-deps"],
    );
}

/// A user's crate may depend on crates with the names of all modules that are generated, `config` and `tokio` among them:
/// nothing in the module takes one for the other. It is included by a macro, as a build script's is.
#[test]
fn a_module_compiles_beside_dependencies_with_the_names_of_its_own_modules() {
    let mut model = load(&fixtures("hostile/generated-names"));
    model
        .operations
        .retain(|name, _| name == "ListThings" || name == "Tokio");
    let files = emit::emit_module(&plan(&model, "crate::hostile")).expect("files");
    let stems = files.keys().filter_map(|path| Path::new(path).file_stem()?.to_str());
    let crates: BTreeSet<&str> = stems.filter(|stem| names::is_crate_name(stem)).collect();
    for name in ["client", "config", "error", "service", "tokio"] {
        assert!(crates.contains(name), "{name} is no module");
    }
    compiles_beside("hostile-beside-crates", [("hostile".to_owned(), model)], &crates);
}

/// A crate of its own, since it takes the compiler a minute, most of it to match the macro's ten thousand rows.
#[test]
fn a_structure_of_10_000_members_and_100_kb_of_documentation_compile_without_a_warning() {
    compiles("hostile-large", [("large".to_owned(), large())]);
}

/// Compiles a crate with a module for each of these models; a warning is an error.
fn compiles(name: &str, models: impl IntoIterator<Item = (String, Service)>) {
    compiles_beside(name, models, &BTreeSet::new());
}

/// The same of a crate that depends on empty crates with these names.
fn compiles_beside(name: &str, models: impl IntoIterator<Item = (String, Service)>, crates: &BTreeSet<&str>) {
    // Always the same folder, so that cargo sees what hasn't changed.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = folder.join("src");
    let mut lib = String::from("//! Hostile models.\n#![allow(deprecated)]\n");
    for (name, model) in models {
        let plan = plan(&model, &format!("crate::{name}"));
        output::write(&source.join(&name), &emit::emit_module(&plan).expect("files")).expect("written");
        let declaration = format!("#[allow(missing_docs)]\n#[path = \"{name}/mod.rs\"]\npub mod {name};\n");
        write_if_new(&source.join(format!("{name}_module.rs")), &declaration);
        lib += &format!("include!(\"{name}_module.rs\");\n");
    }
    write_if_new(&source.join("lib.rs"), &lib);
    let runtime = fs::canonicalize(repository().join("runtime")).expect("the runtime");
    let mut manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         cognito-runtime = {{ path = {runtime:?}, default-features = false, features = [\"rt-tokio\", \"rustls-ring\"] }}\n"
    );
    for name in crates {
        // The package has another name, because the runtime's own dependencies have some of these.
        let empty = folder.join("crates").join(name);
        fs::create_dir_all(empty.join("src")).expect("a folder");
        write_if_new(&empty.join("src/lib.rs"), "");
        write_if_new(
            &empty.join("Cargo.toml"),
            &format!(
                "[package]\nname = \"empty-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\nname = {name:?}\n"
            ),
        );
        manifest += &format!("{name} = {{ package = \"empty-{name}\", path = {empty:?} }}\n");
    }
    write_if_new(&folder.join("Cargo.toml"), &manifest);
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    cargo(&folder, &["check"]);
}

fn cargo(folder: &Path, command: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args(["--quiet", "--offline"])
        // Flags, features and target folder are those of `every_service`, which compiles the same dependencies.
        .env("RUSTFLAGS", "-D warnings")
        .env("RUSTDOCFLAGS", "-D warnings")
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch"),
        )
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn write_if_new(file: &Path, text: &str) {
    if fs::read_to_string(file).ok().as_deref() != Some(text) {
        fs::write(file, text).expect("written");
    }
}
