//! A crate or a module with some operations: what they need, and nothing else.

mod support;

use cognito_codegen::{BuildError, Builder};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::{Copy, Run};

/// A repository, and a crate with these operations in `out`.
fn generate(operations: &str) -> (Copy, Run) {
    let copy = Copy::of_library();
    let run = again(&copy, operations);
    (copy, run)
}

fn again(copy: &Copy, operations: &str) -> Run {
    let out = copy.path("out").to_string_lossy().into_owned();
    copy.run(&["generate", "library", "--operations", operations, "--out", &out])
}

fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_crate_has_what_its_operations_need_and_nothing_else() {
    let (copy, run) = generate("Join");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(files(&copy.path("out/src/operation")), set(&["join.rs"]));
    assert_eq!(files(&copy.path("out/src/types")), set(&["error.rs", "plan.rs"]));
    let errors = fs::read_to_string(copy.path("out/src/types/error.rs")).expect("a file");
    assert!(errors.contains("FullException"));
    assert!(!errors.contains("BookNotFoundException"));
    let (copy, _) = generate("BorrowBook");
    assert_eq!(
        files(&copy.path("out/src/types")),
        set(&["book.rs", "branch.rs", "error.rs", "shelf.rs"])
    );
}

#[test]
fn a_pattern_stands_for_all_operations_that_it_fits() {
    let (copy, _) = generate("*Book*");
    assert_eq!(
        files(&copy.path("out/src/operation")),
        set(&["borrow_book.rs", "list_books.rs"])
    );
    let (copy, _) = generate("Jo?n,BorrowBook");
    assert_eq!(
        files(&copy.path("out/src/operation")),
        set(&["borrow_book.rs", "join.rs"])
    );
}

#[test]
fn operations_and_types_are_those_of_the_whole_crate() {
    let (copy, _) = generate("ListBooks");
    copy.run(&["generate"]);
    for file in [
        "src/operation/list_books.rs",
        "src/types/book.rs",
        "src/types/shelf.rs",
        "src/config/endpoint/rules.rs",
    ] {
        let read = |folder: &str| fs::read_to_string(copy.path(folder).join(file)).expect("a file");
        assert_eq!(read("out"), read("generated/library"), "{file}");
    }
}

#[test]
fn the_crate_stands_alone() {
    let copy = Copy::of_library();
    let out = copy.path("out").to_string_lossy().into_owned();
    copy.run(&[
        "generate",
        "library",
        "--operations",
        "Join",
        "--out",
        &out,
        "--runtime-path",
        "../runtime",
    ]);
    let manifest: toml::Table = fs::read_to_string(copy.path("out/Cargo.toml"))
        .expect("a file")
        .parse()
        .expect("TOML");
    assert_eq!(
        manifest["dependencies"]["cognito-runtime"]["path"].as_str(),
        Some("../runtime")
    );
    assert_eq!(manifest["package"]["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    assert!(!manifest.contains_key("lints"));
    assert!(!manifest.to_string().contains("workspace = true"));
    let (copy, _) = generate("Join");
    let manifest = fs::read_to_string(copy.path("out/Cargo.toml")).expect("a file");
    let dependency = format!(
        "cognito-runtime = {{ version = {:?}, default-features = false }}",
        env!("CARGO_PKG_VERSION")
    );
    assert!(manifest.contains(&dependency), "{manifest}");
}

/// A title is a text, and may have what a name may not.
#[test]
fn a_title_and_a_path_with_quotation_marks_make_a_manifest_that_can_be_read() {
    let copy = Copy::of_library();
    copy.edit(
        "model/library/service.json",
        "\"serviceFullName\": \"Public Library\"",
        r#""serviceFullName": "The \"Public\"\n  Library""#,
    );
    let out = copy.path("out").to_string_lossy().into_owned();
    let path = r#"C:\the "runtime""#;
    let run = copy.run(&["generate", "library", "--out", &out, "--runtime-path", path]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let manifest: toml::Table = fs::read_to_string(copy.path("out/Cargo.toml"))
        .expect("a file")
        .parse()
        .expect("TOML");
    let description = manifest["package"]["description"].as_str().expect("a text");
    assert!(
        description.starts_with("The \"Public\" Library: a strongly typed client"),
        "{description}"
    );
    assert_eq!(manifest["dependencies"]["cognito-runtime"]["path"].as_str(), Some(path));
}

#[test]
fn unknown_operations_are_all_named_with_the_nearest_and_nothing_is_written() {
    let (copy, run) = generate("Jion,Join,Books,Museum*");
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "error: library has no operation `Jion`\n  hint: did you mean `Join`?\n\
         library has no operation `Books`\n  hint: did you mean `ListBooks`?\n\
         library has no operation `Museum*`\n  hint: `cognito-codegen dump operations library` lists them\n"
    );
    assert!(!copy.path("out").exists());
}

#[test]
fn dump_operations_lists_them() {
    let copy = Copy::of_library();
    assert_eq!(
        copy.run(&["dump", "operations", "library"]).stdout,
        "BorrowBook\nJoin\nListBooks\n"
    );
}

#[test]
fn a_second_run_removes_what_is_no_longer_called_and_leaves_files_of_others() {
    let (copy, _) = generate("Join,ListBooks");
    fs::write(copy.path("out/Cargo.lock"), "# cargo's").expect("written");
    fs::write(copy.path("out/src/mine.rs"), "// mine").expect("written");
    assert_eq!(again(&copy, "Join").code, Some(0));
    assert_eq!(files(&copy.path("out/src/operation")), set(&["join.rs"]));
    assert!(copy.path("out/Cargo.lock").exists());
    assert!(copy.path("out/src/mine.rs").exists());
}

#[test]
fn a_folder_with_another_crate_is_refused_and_left_alone() {
    let copy = Copy::of_library();
    fs::create_dir_all(copy.path("out/src")).expect("a folder");
    fs::write(copy.path("out/Cargo.toml"), "[package]\n").expect("written");
    fs::write(copy.path("out/src/lib.rs"), "// mine").expect("written");
    let run = again(&copy, "Join");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("hint: name an empty folder, or a new one"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_to_string(copy.path("out/src/lib.rs")).expect("a file"),
        "// mine"
    );
    assert_eq!(files(&copy.path("out")), set(&["Cargo.toml", "src"]));
}

#[test]
fn a_build_script_gets_a_module_with_what_its_operations_need() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let include = Builder::new()
        .service("cognito-idp")
        .operations(["SignUp", "ConfirmSign*"])
        .module("crate::aws::cognito_idp")
        .out_dir(out.path())
        .generate()
        .unwrap_or_else(|error| panic!("{error}"));
    let text = fs::read_to_string(&include).expect("a file");
    let module = out.path().join("cognito-idp/mod.rs");
    assert!(
        text.contains(&format!("#[path = {module:?}]\npub mod cognito_idp;")),
        "{text}"
    );
    assert_eq!(
        files(&out.path().join("cognito-idp/operation")),
        set(&["confirm_sign_up.rs", "sign_up.rs"])
    );
    let operation = fs::read_to_string(out.path().join("cognito-idp/operation/sign_up.rs")).expect("a file");
    assert!(
        operation.contains("use crate::aws::cognito_idp::client::Client;"),
        "{operation}"
    );
}

/// Someone's own models may be older or newer than those that the fix-ups are made for.
#[test]
fn a_build_script_takes_models_of_another_version() {
    let copy = Copy::of_repository();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history/1.12.90/cognito-idp/2016-04-18");
    fs::copy(old.join("service-2.json"), copy.path("model/cognito-idp/service.json")).expect("copied");
    fs::copy(
        old.join("paginators-1.json"),
        copy.path("model/cognito-idp/paginators.json"),
    )
    .expect("copied");
    let out = tempfile::tempdir().expect("a temporary folder");
    let builder = Builder::new().models(copy.path("model")).out_dir(out.path());
    builder.generate().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(files(&out.path().join("cognito-idp/operation")).len(), 96);
}

#[test]
fn a_build_script_with_an_unknown_service_or_operation_fails_with_a_hint() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let fails = |builder: Builder| match builder.out_dir(out.path()).generate() {
        Err(error @ BuildError::Generate(_)) => error.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(fails(Builder::new().service("cognito-ipd")).contains("did you mean `cognito-idp`?"));
    assert!(fails(Builder::new().operations(["SingUp"])).contains("did you mean `SignUp`?"));
    let nowhere = fails(Builder::new().models("/nope"));
    assert!(
        nowhere.starts_with("/nope: ") && nowhere.contains("hint: name a folder with partitions.json"),
        "{nowhere}"
    );
    assert_eq!(files(out.path()), BTreeSet::new());
}

#[test]
fn a_service_that_can_not_name_a_crate_and_a_path_that_is_none_are_refused() {
    for name in ["my.svc", "9x", "a\"b"] {
        let copy = Copy::of_library();
        fs::rename(copy.path("model/library"), copy.path("model").join(name)).expect("renamed");
        let out = copy.path("out").to_string_lossy().into_owned();
        for arguments in [&["generate"][..], &["generate", name, "--out", &out]] {
            let run = copy.run(arguments);
            assert_eq!(run.code, Some(1), "{name}: {}", run.stdout);
            let expected = format!("error: `{name}` can't be the name of a crate or module\n  hint: use ASCII letters");
            assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
        }
        assert!(!copy.path("out").exists());
        // Another name for the crate helps.
        let run = copy.run(&["generate", name, "--out", &out, "--name", "mine"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    for path in ["", "not a path", "cognito_idp"] {
        let error = Builder::new().module(path).out_dir(out.path()).generate();
        let error = error.expect_err("no path").to_string();
        assert!(
            error.starts_with(&format!(
                "`{path}` can't be the path of the module\n  hint: write `crate::`"
            )),
            "{error}"
        );
    }
    assert_eq!(files(out.path()), BTreeSet::new());
}

#[test]
fn a_module_is_called_as_the_end_of_its_path() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let builder = Builder::new()
        .operations(["SignUp"])
        .module("crate::aws::idp")
        .out_dir(out.path());
    let include = builder.generate().expect("generated");
    assert_eq!(include, out.path().join("cognito_idp.rs"));
    let text = fs::read_to_string(include).expect("a file");
    assert!(text.ends_with("\npub mod idp;\n"), "{text}");
    let module = fs::read_to_string(out.path().join("cognito-idp/operation/sign_up.rs")).expect("a file");
    assert!(module.contains("use crate::aws::idp::client::Client;"), "{module}");
    assert!(
        module.contains("[`SdkError`](crate::aws::idp::error::SdkError)"),
        "{module}"
    );
}

#[test]
fn a_crate_may_have_a_name_of_its_own() {
    let copy = Copy::of_library();
    let out = copy.path("out").to_string_lossy().into_owned();
    let run = copy.run(&[
        "generate",
        "library",
        "--operations",
        " Join, ListBooks ",
        "--out",
        &out,
        "--name",
        "my-books",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let text = fs::read_to_string(copy.path("out/Cargo.toml")).expect("a file");
    let manifest: toml::Table = text.parse().expect("TOML");
    assert_eq!(manifest["package"]["name"].as_str(), Some("my-books"));
    let lib = fs::read_to_string(copy.path("out/src/lib.rs")).expect("a file");
    assert!(lib.contains("my_books::Client::from_conf(config)"), "{lib}");
    assert_eq!(
        files(&copy.path("out/src/operation")),
        set(&["join.rs", "list_books.rs"])
    );
    let refused = copy.run(&["generate", "library", "--out", &out, "--name", "my books"]);
    assert!(
        refused.stderr.contains("`my books` can't be the name of a crate"),
        "{}",
        refused.stderr
    );
}

/// A user's build script.
const BUILD_SCRIPT: &str = r#"
fn main() -> Result<(), cognito_codegen::BuildError> {
    cognito_codegen::Builder::new().service("cognito-idp").operations(["SignUp", "InitiateAuth"]).generate()?;
    Ok(())
}
"#;

const PROGRAM: &str = r#"
include!(concat!(env!("OUT_DIR"), "/cognito_idp.rs"));

use cognito_idp::types::AuthFlowType;

fn main() {
    let client = cognito_idp::Client::from_conf(cognito_idp::Config::builder().build());
    let _ = client.sign_up().username("alice").send();
    let _ = client.initiate_auth().auth_flow(AuthFlowType::UserSrpAuth).send();
}
"#;

/// Offline: the models are in this crate.
#[test]
fn a_program_whose_build_script_names_two_operations_compiles_without_a_warning() {
    let root = fs::canonicalize(support::repository()).expect("the repository");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script");
    fs::create_dir_all(folder.join("src")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"with-build-script\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ncognito-runtime = {{ path = {:?} }}\n\n\
         [build-dependencies]\ncognito-codegen = {{ path = {:?}, default-features = false }}\n",
        root.join("runtime"),
        root.join("codegen"),
    );
    for (file, text) in [
        ("Cargo.toml", &*manifest),
        ("build.rs", BUILD_SCRIPT),
        ("src/main.rs", PROGRAM),
    ] {
        fs::write(folder.join(file), text).expect("written");
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // What the script has told cargo.
    let scripts = fs::read_dir(target.join("debug/build")).expect("a folder");
    let scripts = scripts.map(|entry| entry.expect("an entry").path());
    let ours = scripts.filter(|path| path.to_string_lossy().contains("with-build-script-"));
    let told: String = ours
        .filter_map(|path| fs::read_to_string(path.join("output")).ok())
        .collect();
    for file in ["partitions.json", "SOURCE.toml", "cognito-idp"] {
        let line = format!("rerun-if-changed={}", root.join("codegen/model").join(file).display());
        assert!(told.contains(&line), "{line} isn't in\n{told}");
    }
}
