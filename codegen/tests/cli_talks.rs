//! How the command talks: colours for terminals, quiet for scripts, JSON for programs, completions for shells.

mod support;

use serde_json::Value;
use std::fs;
use support::{Copy, Run, repository, run_in};

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}:\n{}{}", run.stdout, run.stderr))
}

const ESCAPE: char = '\u{1b}';

#[test]
fn colours_are_for_terminals_and_can_be_refused_or_forced() {
    let colours = |variables: &[(&str, &str)]| {
        let run = run_in(&repository(), &["explain", "SingUp"], variables);
        assert_eq!(run.code, Some(1));
        let plain: String = anstream_free(&run.stderr);
        assert!(
            plain.starts_with("error: ") && plain.contains("\n  hint: "),
            "{}",
            run.stderr
        );
        run.stderr.contains(ESCAPE)
    };
    assert!(!colours(&[]), "standard error is a pipe");
    assert!(colours(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]));
}

/// The text without its escape sequences.
fn anstream_free(text: &str) -> String {
    let mut parts = text.split(ESCAPE);
    let first = parts.next().unwrap_or_default().to_owned();
    first
        + &parts
            .filter_map(|part| Some(part.split_once('m')?.1))
            .collect::<String>()
}

#[test]
fn a_quiet_command_says_nothing_but_results_and_errors() {
    let copy = Copy::of_library();
    let run = copy.run(&["--quiet", "generate"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    assert_eq!(copy.run(&["check", "-q"]).stdout, "");
    assert!(
        copy.run(&["-q", "dump", "operations", "library"])
            .stdout
            .contains("BorrowBook")
    );
    assert!(copy.run(&["-q", "generate", "museum"]).stderr.starts_with("error: "));
}

#[test]
fn generate_and_check_report_as_json() {
    let copy = Copy::of_library();
    let generated = json(&copy.run(&["generate", "--json"]));
    let library = &generated["crates"][0];
    assert_eq!(library["service"], "library");
    assert_eq!(library["files"], library["written"].as_array().map_or(0, Vec::len));
    assert_eq!(
        json(&copy.run(&["generate", "--json"]))["crates"][0]["written"],
        serde_json::json!([])
    );

    let clean = copy.run(&["check", "--json"]);
    assert_eq!((clean.code, &json(&clean)["up_to_date"]), (Some(0), &Value::Bool(true)));
    fs::write(copy.path("generated/library/src/lib.rs"), "").expect("written");
    let differs = copy.run(&["check", "--json", "--quiet"]);
    assert_eq!(differs.code, Some(1));
    let report = json(&differs);
    assert_eq!(report["up_to_date"], false);
    let file = report["differing"][0].as_str().expect("a path");
    assert!(file.ends_with("generated/library/src/lib.rs"), "{file}");
}

#[test]
fn models_operations_and_errors_are_told_as_json() {
    let root = repository();
    let old = "codegen/tests/history/1.34.162/cognito-idp/2016-04-18";
    let diff = json(&run_in(
        &root,
        &["model", "diff", old, "model/cognito-idp", "--json"],
        &[],
    ));
    assert_eq!(diff["semver"], "minor");
    let changes = diff["changes"].as_array().expect("changes");
    assert!(changes.len() > 100);
    let added = changes
        .iter()
        .find(|change| change["area"] == "operation")
        .expect("an operation");
    assert_eq!(
        (&added["effect"], &added["what"]),
        (&"compatible".into(), &"added".into())
    );

    let pages = json(&run_in(&root, &["explain", "SignUp", "--json"], &[]));
    assert_eq!(
        (&pages[0]["operation"], &pages[0]["signed"]),
        (&"SignUp".into(), &Value::Bool(false))
    );
    let client = &pages[0]["input"][0];
    assert_eq!(
        (&client["name"], &client["required"]),
        (&"ClientId".into(), &Value::Bool(true))
    );

    let names = json(&run_in(&root, &["dump", "operations", "--json"], &[]));
    assert_eq!(names.as_array().map(Vec::len), Some(141));

    let unknown = run_in(&root, &["explain", "SingUp", "--json"], &[]);
    assert_eq!(unknown.code, Some(1));
    assert_eq!(
        json(&unknown)["error"],
        "cognito-idp has no operation `SingUp`\n  hint: did you mean `SignUp`?"
    );
    assert!(unknown.stderr.starts_with("error: "), "{}", unknown.stderr);
    let no_json = run_in(&root, &["dump", "traits", "--json"], &[]);
    assert!(
        no_json.stderr.contains("--json is not known here"),
        "{}",
        no_json.stderr
    );
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = run_in(&repository(), &["completions", shell], &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        for word in ["explain", "dry-run", "runtime-path"] {
            assert!(run.stdout.contains(word), "{shell} has no {word}");
        }
    }
}

#[test]
fn mistakes_in_the_arguments_are_told_as_json_too() {
    for (arguments, expected) in [
        (&["explian", "SignUp"][..], "unrecognized subcommand 'explian'"),
        (
            &["generate", "--operatoins", "SignUp"],
            "unexpected argument '--operatoins' found",
        ),
        (&["explain"], "the following required arguments were not provided"),
        (&["completions", "cmd"], "invalid value 'cmd'"),
        (&[], "'cognito-codegen' requires a subcommand but one was not provided"),
        (&["model"], "a command is missing\n  hint: "),
    ] {
        let run = run_in(&repository(), &[&["--json"], arguments].concat(), &[]);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        let report = json(&run);
        let error = report["error"].as_str().expect("a text");
        assert!(error.starts_with(expected), "{error}");
        assert!(!run.stderr.is_empty());
        let plain = run_in(&repository(), arguments, &[]);
        assert_eq!((plain.code, plain.stdout.as_str()), (Some(2), ""));
    }
    // After `--` it is no option.
    let value = run_in(&repository(), &["explain", "--", "--json", "x"], &[]);
    assert_eq!((value.code, value.stdout.as_str()), (Some(2), ""));
    for arguments in [&["--json", "--help"][..], &["--version", "--json"]] {
        let run = run_in(&repository(), arguments, &[]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(run.stdout.contains("cognito-codegen"), "{}", run.stdout);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_can_not_be_printed_is_an_error_and_a_reader_who_has_seen_enough_is_none() {
    use std::process::{Command, Stdio};
    let command = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"));
        command.current_dir(repository()).args(arguments);
        command
    };
    let copy = Copy::of_library();
    let root = copy.path("").to_string_lossy().into_owned();
    for arguments in [
        &["explain", "SignUp", "--json"][..],
        &["explain", "SignUp"],
        &["dump", "operations"],
        &["dump", "traits"],
        &["completions", "bash"],
        &["--root", &root, "generate"],
        &["--root", &root, "check"],
        &["--help"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = command(arguments).stdout(full).output().expect("the command starts");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(
            stderr.contains("error: standard output can't be written: "),
            "{arguments:?}: {stderr}"
        );
    }
    let mut child = command(&["dump", "plan"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
