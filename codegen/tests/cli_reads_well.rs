//! What the command says to people: pages, hints, exit codes, and nothing that a checkout or a machine changes.

mod support;

use cognito_codegen::Builder;
use std::fs;
use support::{Copy, repository};

#[test]
fn an_operation_is_explained_as_a_page() {
    let root = repository();
    let run = support::run(&[&"--root", &root, &"explain", &"CreateUserPoolClient"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for expected in [
        "CreateUserPoolClient\n",
        "auth    signed with SigV4: needs AWS credentials\n",
        "target  AWSCognitoIdentityProviderService.CreateUserPoolClient\n",
        "\ninput\n  UserPoolId: string, required\n      1 to 55 characters; matches [\\w-]+_[0-9a-zA-Z]+\n",
        "  CallbackURLs: list of string\n      at most 100 items; each 1 to 1024 characters; matches",
        "\noutput\n  UserPoolClient: UserPoolClientType\n",
        "\nerrors\n",
        "  ResourceNotFoundException\n",
    ] {
        assert!(run.stdout.contains(expected), "no {expected:?} in:\n{}", run.stdout);
    }
    let sign_up = support::run(&[&"--root", &root, &"explain", &"SignUp"]);
    assert!(
        sign_up.stdout.contains("unsigned: needs no AWS credentials"),
        "{}",
        sign_up.stdout
    );
    assert!(
        sign_up.stdout.contains("  Password: string (secret)"),
        "{}",
        sign_up.stdout
    );
    // A secret that only a fix-up knows, and what each item of a list must be.
    let confirm = support::run(&[&"--root", &root, &"explain", &"ConfirmSignUp"]);
    assert!(
        confirm
            .stdout
            .contains("  ConfirmationCode: string (secret), required\n"),
        "{}",
        confirm.stdout
    );
    let create = support::run(&[&"--root", &root, &"explain", &"CreateUserPool"]);
    let aliases =
        "  AliasAttributes: list of AliasAttributeType\n      each one of phone_number, email, preferred_username\n";
    assert!(create.stdout.contains(aliases), "{}", create.stdout);
    let unknown = support::run(&[&"--root", &root, &"explain", &"SingUp"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.stderr.starts_with("error: "), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("did you mean `SignUp`?"), "{}", unknown.stderr);
}

#[test]
fn an_empty_name_of_an_operation_is_named_as_such() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    let out = out.to_str().expect("UTF-8");
    let run = copy.run(&["generate", "library", "--operations", "", "--out", out]);
    assert_eq!(run.code, Some(1));
    let hint =
        "error: the name of an operation is empty\n  hint: `cognito-codegen dump operations library` lists them\n";
    assert_eq!(run.stderr, hint);
    // Each mistake is told once.
    let twice = copy.run(&["generate", "library", "--operations", ",", "--out", out]);
    assert_eq!(twice.stderr, hint);
}

#[test]
fn a_service_may_be_named_with_an_option_too() {
    let copy = Copy::of_library();
    let run = copy.run(&["generate", "--service", "library"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("library: "), "{}", run.stdout);
}

#[test]
fn equal_models_are_said_to_be_equal_and_a_script_can_tell_others() {
    let old = repository().join("codegen/tests/history/1.34.162/cognito-idp/2016-04-18");
    let new = repository().join("model/cognito-idp");
    let same = support::run(&[&"model", &"diff", &new, &new, &"--exit-code"]);
    assert_eq!(
        (same.code, same.stdout.as_str()),
        (Some(0), "The models are the same for Rust users: nothing changes.\n")
    );
    assert_eq!(
        support::run(&[&"model", &"diff", &old, &new, &"--exit-code"]).code,
        Some(1)
    );
    assert_eq!(support::run(&[&"model", &"diff", &old, &new]).code, Some(0));
    // An error is no change.
    let none = repository().join("no-model");
    assert_eq!(
        support::run(&[&"model", &"diff", &none, &new, &"--exit-code"]).code,
        Some(2)
    );
    assert_eq!(support::run(&[&"model", &"diff", &none, &new]).code, Some(1));
}

#[test]
fn a_folder_of_many_models_is_told_from_one_models() {
    let (many, one) = (repository().join("model"), repository().join("model/cognito-idp"));
    let run = support::run(&[&"model", &"diff", &many, &one]);
    assert_eq!(run.code, Some(1));
    let hint = format!(
        "hint: name one of them: {0}/cognito-identity, {0}/cognito-idp\n",
        many.display()
    );
    assert!(
        run.stderr.contains("has the models of several services") && run.stderr.ends_with(&hint),
        "{}",
        run.stderr
    );
}

#[test]
fn a_build_script_that_fails_prints_the_sentence_and_the_hint() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let builder = Builder::new().operations(["SingUp"]).out_dir(folder.path());
    let error = builder.generate().expect_err("an unknown operation");
    let printed = format!("Error: {error:?}");
    assert_eq!(
        printed,
        "Error: cognito-idp has no operation `SingUp`\n  hint: did you mean `SignUp`?"
    );
}

#[test]
fn carriage_returns_of_a_checkout_are_no_difference() {
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let file = copy.path("generated/library/src/lib.rs");
    let text = fs::read_to_string(&file).expect("a file");
    fs::write(&file, text.replace('\n', "\r\n")).expect("written");
    assert_eq!(copy.run(&["check"]).code, Some(0));
    let run = copy.run(&["generate"]);
    assert!(run.stdout.contains(" 0 written, 0 removed"), "{}", run.stdout);
    // Any other difference is one, in such a checkout, too.
    fs::write(&file, text.replace('\n', "\r\n") + "// more\r\n").expect("written");
    assert_eq!(copy.run(&["check"]).code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_proxy_that_stands_for_a_missing_rustfmt_is_no_mistake_of_the_generator() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let proxy = folder.path().join("rustfmt");
    let says = "#!/bin/sh\necho \"error: 'rustfmt' is not installed for the toolchain 'stable'. To install, run \
                \\`rustup component add rustfmt\\`\" >&2\nexit 1\n";
    fs::write(&proxy, says).expect("written");
    fs::set_permissions(&proxy, fs::Permissions::from_mode(0o755)).expect("a program");
    let copy = Copy::of_library();
    let output = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"))
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()))
        .arg("--root")
        .arg(copy.path(""))
        .arg("generate")
        .output()
        .expect("the command starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        stderr.contains("install it with `rustup component add rustfmt`"),
        "{stderr}"
    );
    assert!(!stderr.contains("mistake in the generator"), "{stderr}");
}

#[test]
fn foreign_files_of_any_size_are_not_read() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    let arguments = ["generate", "library", "--out", out.to_str().expect("UTF-8")];
    assert_eq!(copy.run(&arguments).code, Some(0));
    // A terabyte that takes no room: reading it would take the machine's memory.
    let huge = fs::File::create(out.join("huge.rs")).expect("a file");
    if huge.set_len(1 << 40).is_ok() {
        let run = copy.run(&arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(out.join("huge.rs").exists());
    }
}

#[test]
fn the_option_that_takes_one_service_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (arguments, option) in [
        (["--operations", "SignUp"], "--operations"),
        (["--out", "out"], "--out"),
        (["--name", "mine"], "--name"),
    ] {
        let services = ["generate", "cognito-idp", "cognito-identity"];
        let run = support::run_in(folder.path(), &[&services[..], &arguments].concat(), &[]);
        assert_eq!(run.code, Some(1));
        let expected = format!("error: {option} takes one service, and 2 are named\n");
        assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
    }
}

#[test]
fn one_operation_is_not_called_several() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    let run = copy.run(&[
        "generate",
        "library",
        "--operations",
        "Join",
        "--out",
        out.to_str().expect("UTF-8"),
    ]);
    assert!(run.stdout.contains("out: 1 operation, "), "{}", run.stdout);
    let readme = fs::read_to_string(out.join("README.md")).expect("a file");
    assert!(readme.contains(": 1 operation, generated from"), "{readme}");
}

#[test]
fn a_repository_without_models_or_crates_says_what_to_do() {
    let copy = Copy::of_library();
    // Crates that aren't there are missing, and `generate` makes them.
    fs::remove_dir(copy.path("generated")).expect("removed");
    let check = copy.run(&["check"]);
    assert_eq!(check.code, Some(1));
    assert!(
        check.stderr.contains("generated/library/Cargo.toml is missing\n"),
        "{}",
        check.stderr
    );
    assert!(
        check.stderr.ends_with("-- generate` and commit what it writes\n"),
        "{}",
        check.stderr
    );
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    fs::remove_dir_all(copy.path("model/library")).expect("removed");
    for command in ["generate", "check"] {
        let run = copy.run(&[command]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{command}");
        assert!(
            run.stderr.starts_with("error: there is no service in "),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("model update --add SERVICE"), "{}", run.stderr);
    }
}

#[test]
fn numbers_that_are_too_large_and_byte_order_marks_are_called_what_they_are() {
    for (max, found) in [
        ("1000000000000000000000000000000", "a number beyond 64 bits"),
        ("9223372036854775808", "a number beyond 64 bits"),
        ("1.5", "a number with a fraction"),
    ] {
        let copy = Copy::of_library();
        copy.edit(
            "model/library/service.json",
            "\"shapes\": {",
            &format!("\"shapes\": {{ \"Odd\": {{ \"type\": \"integer\", \"max\": {max} }},"),
        );
        let run = copy.run(&["generate"]);
        let expected = format!("$.shapes.Odd.max: expected a 64-bit integer, found {found}\n");
        assert!(run.stderr.contains(&expected), "{}", run.stderr);
    }
    let copy = Copy::of_library();
    let file = copy.path("model/library/service.json");
    let text = fs::read_to_string(&file).expect("a file");
    fs::write(&file, format!("\u{feff}{text}")).expect("written");
    let run = copy.run(&["generate"]);
    assert!(
        run.stderr.contains("$: the file begins with a byte order mark"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("\n  hint: save it as UTF-8 without"),
        "{}",
        run.stderr
    );
}
