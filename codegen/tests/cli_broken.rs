//! The command on a broken model: an error that says where and what to do, exit code 1, and nothing written.

mod support;

use std::fs;
use support::{Copy, Run, fixtures, folders};

/// A repository with a healthy crate that `generate` would change if it wrote anything.
fn repository_to_mend() -> Copy {
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let file = copy.path("generated/library/src/lib.rs");
    fs::write(file, "// to be mended\n").expect("written");
    copy
}

/// Both `generate` and `check` must fail so, and touch nothing.
#[track_caller]
fn fails(copy: &Copy, expected: &str) {
    let before = copy.generated();
    for command in ["generate", "check"] {
        let Run { code, stdout, stderr } = copy.run(&[command]);
        assert_eq!(code, Some(1), "{command}: {stdout}");
        let models = format!("{}/", copy.path("model").display());
        // `check` names the differences of the crates before the broken one, too.
        let differences = |line: &&str| !line.ends_with("differs from what the generator writes");
        let stderr: Vec<_> = stderr.lines().filter(differences).collect();
        assert_eq!(
            stderr
                .join("\n")
                .replace(&models, "model/")
                .trim_start_matches("error: "),
            expected.trim_end().trim_start_matches("error: "),
            "{command}"
        );
    }
    assert_eq!(copy.generated(), before);
}

#[test]
fn each_broken_model_fails_with_its_report_and_nothing_is_written() {
    let copy = repository_to_mend();
    // What can be read, and can't be generated, is refused in the same way.
    for fixture in [folders(&fixtures("broken")), folders(&fixtures("unsupported"))].concat() {
        // `no-file` has nothing but an expectation: there, the service isn't known.
        if !fixture.join("service.json").exists() {
            continue;
        }
        support::copy_tree(&fixture, &copy.path("model/made-wrong"));
        let expected = fs::read_to_string(fixture.join("expected-error.txt")).expect("an expectation");
        let expected: Vec<_> = expected
            .lines()
            .map(|line| {
                if line.starts_with(' ') {
                    line.to_owned()
                } else {
                    format!("model/made-wrong/{line}")
                }
            })
            .collect();
        fails(&copy, &expected.join("\n"));
        fs::remove_dir_all(copy.path("model/made-wrong")).expect("removed");
    }
}

#[test]
fn a_dangling_error_reference_is_named_by_file_and_path() {
    let copy = repository_to_mend();
    copy.edit(
        "model/library/service.json",
        r#""shape": "FullException""#,
        r#""shape": "FulException""#,
    );
    fails(
        &copy,
        "model/library/service.json: $.operations.Join.errors[0].shape: there is no shape `FulException`
  hint: did you mean `FullException`?",
    );
}

#[test]
fn broken_endpoint_rules_are_named_by_file_and_path() {
    let copy = repository_to_mend();
    copy.edit("model/library/endpoint-rule-set.json", "aws.partition", "aws.partitoin");
    let run = copy.run(&["generate"]);
    let expected = "model/library/endpoint-rule-set.json: $.rules[1].rules[0].conditions[0]";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.contains("`aws.partitoin`"), "{}", run.stderr);
    assert!(run.stderr.contains("\n  hint: "), "{}", run.stderr);
    fails(
        &copy,
        &run.stderr
            .replace(&format!("{}/", copy.path("model").display()), "model/"),
    );
}

/// They become variables and constants, and their documentation comments.
#[test]
fn names_in_endpoint_rules_and_partitions_that_break_out_are_refused() {
    let copy = repository_to_mend();
    let rules = "model/library/endpoint-rule-set.json";
    let evil =
        r#""parameters": { "A`\nfn evil() {} //": { "type": "string", "required": false, "documentation": "" },"#;
    copy.edit(rules, "\"parameters\": {", evil);
    copy.edit(rules, "\"assign\": \"", "\"assign\": \"9");
    let run = copy.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    let refused = "can't be the name of a value\n  hint: use ASCII letters, digits and `_`";
    let parameter = r#"$.parameters["A`\nfn evil() {} //"]: "A`\nfn evil() {} //""#;
    assert!(run.stderr.contains(&format!("{parameter} {refused}")), "{}", run.stderr);
    assert!(run.stderr.contains(&format!("\" {refused}")), "{}", run.stderr);
    let copy = repository_to_mend();
    copy.edit("model/partitions.json", "\"aws-cn\"", r#""9\"aws""#);
    let run = copy.run(&["generate"]);
    assert!(
        run.stderr
            .contains(&format!("partitions[1].id: \"9\\\"aws\" {refused}")),
        "{}",
        run.stderr
    );
}

#[test]
fn documentation_in_endpoint_rules_stays_a_comment() {
    let copy = Copy::of_library();
    let rules = "model/library/endpoint-rule-set.json";
    copy.edit(
        rules,
        "\"documentation\": \"",
        r#""documentation": "a\rfn b() {}\u2028\u202e\n */ "#,
    );
    let run = copy.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn endpoint_rules_that_are_missing_or_no_json_are_named() {
    let copy = repository_to_mend();
    fs::write(copy.path("model/library/endpoint-rule-set.json"), "{").expect("written");
    let run = copy.run(&["generate"]);
    assert!(
        run.stderr
            .contains("model/library/endpoint-rule-set.json: $: not JSON: "),
        "{}",
        run.stderr
    );
    fs::remove_file(copy.path("model/library/endpoint-rule-set.json")).expect("removed");
    let run = copy.run(&["generate"]);
    assert!(
        run.stderr.contains("model/library/endpoint-rule-set.json: "),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("hint: copy the service's endpoint-rule-set-1.json there"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, Some(1));
}

#[test]
fn broken_partitions_are_named() {
    let copy = repository_to_mend();
    fs::write(copy.path("model/partitions.json"), "[]").expect("written");
    let run = copy.run(&["generate"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("model/partitions.json: $"), "{}", run.stderr);
    assert!(run.stderr.contains("\n  hint: "), "{}", run.stderr);
}

#[test]
fn a_fix_up_that_no_longer_applies_is_an_error() {
    let copy = Copy::of_repository();
    copy.edit("model/cognito-idp/service.json", "\"BooleanType\"", "\"BoolType\"");
    fails(
        &copy,
        "model/cognito-idp/service.json: $.shapes.BooleanType: the fix-up for the default of `BooleanType` finds no \
         number or boolean of that name
  hint: remove the entry from codegen/src/plan/fixups.rs",
    );
}

#[test]
fn an_unknown_service_is_an_error_that_offers_the_nearest() {
    let copy = repository_to_mend();
    let before = copy.generated();
    for command in [
        &["generate", "libary"][..],
        &["dump", "model", "libary"],
        &["dump", "plan", "libary"],
    ] {
        let run = copy.run(command);
        assert_eq!(run.code, Some(1));
        let expected = format!(
            "error: there is no service `libary` in {}\n  hint: did you mean `library`?\n",
            copy.path("model").display()
        );
        assert_eq!(run.stderr, expected);
    }
    let run = copy.run(&["generate", "../generated"]);
    assert!(run.stderr.contains("hint: the services are: library"), "{}", run.stderr);
    assert_eq!(copy.generated(), before);
}

#[test]
fn a_known_service_beside_an_unknown_one_is_not_written() {
    let copy = repository_to_mend();
    let before = copy.generated();
    assert_eq!(copy.run(&["generate", "library", "museum"]).code, Some(1));
    assert_eq!(copy.generated(), before);
}

#[test]
fn a_root_without_models_is_an_error_that_says_how_to_name_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = support::run(&[&"--root", &folder.path(), &"generate"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .contains("hint: run the command in a clone of the generator's repository, or name it with --root"),
        "{}",
        run.stderr
    );
}
