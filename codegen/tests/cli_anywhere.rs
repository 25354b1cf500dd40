//! The command in a folder that is no repository: it has the models that it carries.

mod support;

use std::fs;
use std::path::Path;
use support::{Run, repository, run, run_in};

fn in_folder(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, arguments, &[])
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn generate_writes_a_crate_called_as_the_service() {
    let folder = folder();
    let run = in_folder(folder.path(), &["generate", "--operations", "SignUp,ConfirmSignUp"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("cognito-idp: 2 operations, "), "{}", run.stdout);
    let manifest = read(&folder.path().join("cognito-idp/Cargo.toml"));
    assert!(!manifest.contains("workspace"), "{manifest}");
    assert!(folder.path().join("cognito-idp/src/operation/sign_up.rs").exists());
    assert!(folder.path().join("cognito-idp/NOTICE").exists());
    // The second time nothing is to be written.
    let again = in_folder(folder.path(), &["generate", "--operations", "SignUp,ConfirmSignUp"]);
    assert!(again.stdout.contains(" 0 written, 0 removed"), "{}", again.stdout);
}

#[test]
fn several_services_get_a_folder_each() {
    let folder = folder();
    let run = in_folder(
        folder.path(),
        &["generate", "cognito-idp", "--service", "cognito-identity"],
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for service in ["cognito-idp", "cognito-identity"] {
        assert!(folder.path().join(service).join("src/lib.rs").exists(), "{service}");
    }
}

#[test]
fn the_carried_models_are_those_of_the_repository() {
    let (here, there) = (folder(), folder());
    assert_eq!(in_folder(here.path(), &["generate", "--out", "out"]).code, Some(0));
    let out = there.path().join("out");
    let with_root = run(&[&"--root", &repository(), &"generate", &"--out", &out, &"cognito-idp"]);
    assert_eq!(with_root.code, Some(0), "{}", with_root.stderr);
    for file in [
        "src/client.rs",
        "src/config/endpoint/partitions.rs",
        "src/operation/sign_up.rs",
        "README.md",
    ] {
        assert_eq!(
            read(&here.path().join("out").join(file)),
            read(&out.join(file)),
            "{file}"
        );
    }
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let folder = folder();
    fs::create_dir(folder.path().join("cognito-idp")).expect("a folder");
    fs::write(folder.path().join("cognito-idp/notes.txt"), "mine").expect("written");
    let run = in_folder(folder.path(), &["generate", "--operations", "SignUp"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("hint: name an empty folder"), "{}", run.stderr);
    assert!(!folder.path().join("cognito-idp/Cargo.toml").exists());
}

#[test]
fn the_runtime_is_found_in_the_registry_a_folder_or_a_git_repository() {
    for (arguments, expected) in [
        (&[][..], "default-features = false }"),
        (
            &["--runtime-path", "../runtime"],
            "default-features = false, path = \"../runtime\" }",
        ),
        (
            &["--runtime-git"],
            "default-features = false, git = \"https://github.com/cognito-rs/cognito\" }",
        ),
        (
            &["--runtime-git=https://example.com/fork"],
            "default-features = false, git = \"https://example.com/fork\" }",
        ),
    ] {
        let folder = folder();
        let run = in_folder(
            folder.path(),
            &[&["generate", "--operations", "SignUp"], arguments].concat(),
        );
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let manifest = read(&folder.path().join("cognito-idp/Cargo.toml"));
        let line = manifest.lines().find(|line| line.starts_with("cognito-runtime = "));
        assert!(line.is_some_and(|line| line.ends_with(expected)), "{line:?}");
    }
}

#[test]
fn what_reads_models_works_and_what_needs_a_repository_says_so() {
    let folder = folder();
    let page = in_folder(folder.path(), &["explain", "SignUp"]);
    assert!(page.stdout.starts_with("SignUp\n"), "{}", page.stderr);
    let names = in_folder(folder.path(), &["dump", "operations"]);
    assert_eq!(names.stdout.lines().count(), 141);
    let unknown = in_folder(folder.path(), &["explain", "SignUp", "--service", "cognito-idq"]);
    assert_eq!(
        unknown.stderr,
        "error: there is no service `cognito-idq` in the models that cognito-codegen carries\n  hint: did you mean \
         `cognito-idp`?\n"
    );
    for arguments in [&["check"][..], &["model", "update"], &["every-service"]] {
        let run = in_folder(folder.path(), arguments);
        assert_eq!(run.code, Some(1), "{arguments:?}");
        assert!(
            run.stderr
                .contains("hint: run the command in a clone of the generator's repository"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn in_the_repository_a_choice_of_operations_needs_a_folder() {
    let run = in_folder(&repository(), &["generate", "--operations", "SignUp"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .starts_with("error: --operations is for a crate that stands alone\n  hint: name its folder with --out"),
        "{}",
        run.stderr
    );
}
