//! The command as a maintainer runs it: `check` sees every difference, `generate` mends it.

mod support;

use std::fs;
use support::{Copy, Run, repository, run};

const FILE: &str = "generated/cognito-idp/src/client.rs";

#[test]
fn check_finds_the_repository_up_to_date() {
    let run = run(&[&"--root", &repository(), &"check"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout, "generated/ is up to date\n");
    assert_eq!(run.stderr, "");
}

/// `check` must fail with exactly these lines, and pass after `generate`.
fn found_and_mended(copy: &Copy, differences: &[&str]) {
    let mend = "run `cargo run -p cognito-codegen -- generate` and commit what it writes";
    let check = copy.run(&["check"]);
    assert_eq!(check.code, Some(1), "{}", check.stdout);
    let expected: Vec<_> = differences.iter().copied().chain([mend]).collect();
    let actual: Vec<_> = check.stderr.lines().map(|line| below(copy, line)).collect();
    assert_eq!(actual, expected);
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let again = copy.run(&["check"]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
}

/// The line with the path of its file relative to the copy.
fn below(copy: &Copy, line: &str) -> String {
    let root = format!("{}/", copy.path("").display());
    line.replace(&root.replace("//", "/"), "")
}

#[test]
fn a_changed_byte_is_found_and_mended() {
    let copy = Copy::of_repository();
    let good = fs::read(copy.path(FILE)).expect("a file");
    let mut bad = good.clone();
    let last = bad.len() - 1;
    bad[last] = b' ';
    fs::write(copy.path(FILE), bad).expect("written");
    found_and_mended(&copy, &[&format!("{FILE} differs from what the generator writes")]);
    assert_eq!(fs::read(copy.path(FILE)).expect("a file"), good);
}

#[test]
fn a_deleted_file_is_found_and_mended() {
    let copy = Copy::of_repository();
    let good = fs::read(copy.path(FILE)).expect("a file");
    fs::remove_file(copy.path(FILE)).expect("removed");
    found_and_mended(&copy, &[&format!("{FILE} is missing")]);
    assert_eq!(fs::read(copy.path(FILE)).expect("a file"), good);
}

#[test]
fn an_added_file_is_found_and_mended_and_its_folder_goes_with_it() {
    let copy = Copy::of_repository();
    fs::create_dir(copy.path("generated/cognito-idp/src/extra")).expect("a folder");
    fs::write(copy.path("generated/cognito-idp/src/extra/mod.rs"), "").expect("written");
    let line = "generated/cognito-idp/src/extra/mod.rs isn't written by the generator";
    found_and_mended(&copy, &[line]);
    assert!(!copy.path("generated/cognito-idp/src/extra").exists());
}

#[test]
fn generate_writes_only_the_files_that_differ() {
    let copy = Copy::of_repository();
    fs::write(copy.path(FILE), "// nothing\n").expect("written");
    let before = copy.generated();
    let run = copy.run(&["generate", "cognito-idp"]);
    assert!(run.stdout.contains(", 1 written, 0 removed"), "{}", run.stdout);
    let after = copy.generated();
    let changed: Vec<_> = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(*file))
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].0, &copy.path(FILE));
}

#[test]
fn a_crate_without_a_model_is_found_and_left_to_the_maintainer() {
    let copy = Copy::of_library();
    copy.run(&["generate"]);
    fs::create_dir(copy.path("generated/forgotten")).expect("a folder");
    let check = copy.run(&["check"]);
    assert_eq!(check.code, Some(1));
    assert_eq!(
        below(&copy, check.stderr.trim_end()),
        "generated/forgotten has no model: remove it by hand"
    );
    copy.run(&["generate"]);
    assert!(copy.path("generated/forgotten").exists());
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_not_utf_8_is_found_and_removed() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let copy = Copy::of_library();
    copy.run(&["generate"]);
    let path = copy
        .path("generated/library/src")
        .join(OsStr::from_bytes(b"caf\xe9.rs"));
    if fs::write(&path, "").is_err() {
        return; // a file system that refuses such names has none to find
    }
    found_and_mended(
        &copy,
        &["generated/library/src/caf\u{fffd}.rs isn't written by the generator"],
    );
    assert!(!path.exists());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_replaced_and_not_followed() {
    let copy = Copy::of_library();
    copy.run(&["generate"]);
    let (link, elsewhere) = (copy.path("generated/library/src/meta.rs"), copy.path("elsewhere"));
    fs::rename(&link, &elsewhere).expect("moved");
    let before = fs::read(&elsewhere).expect("a file");
    std::os::unix::fs::symlink(&elsewhere, &link).expect("a link");
    std::os::unix::fs::symlink("nowhere", copy.path("generated/library/dangling")).expect("a link");
    found_and_mended(
        &copy,
        &[
            "generated/library/src/meta.rs differs from what the generator writes",
            "generated/library/dangling isn't written by the generator",
        ],
    );
    assert!(!link.is_symlink());
    assert_eq!(fs::read(&elsewhere).expect("a file"), before);
}

#[test]
fn two_runs_write_the_same_bytes() {
    let (one, two) = (Copy::of_repository(), Copy::of_repository());
    for copy in [&one, &two] {
        fs::remove_dir_all(copy.path("generated")).expect("removed");
        fs::create_dir(copy.path("generated")).expect("a folder");
        let run = copy.run(&["generate"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    let contents = |copy: &Copy| -> Vec<_> {
        let root = copy.path("");
        let files = copy.generated().into_iter();
        files
            .map(|(path, (bytes, _))| (path.strip_prefix(&root).expect("below").to_owned(), bytes))
            .collect()
    };
    assert!(contents(&one).len() > 100);
    assert_eq!(contents(&one), contents(&two));
}

#[test]
fn dump_model_prints_the_model_as_it_was_read() {
    let copy = Copy::of_library();
    let Run { code, stdout, .. } = copy.run(&["dump", "model", "library"]);
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with("Service {"));
    assert!(stdout.contains("NobodyUsesThis"));
}

#[test]
fn dump_plan_prints_the_plan_as_json() {
    let copy = Copy::of_library();
    let Run { code, stdout, .. } = copy.run(&["dump", "plan", "library"]);
    assert_eq!(code, Some(0));
    let plan: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(plan["operations"][0]["name"], "BorrowBook");
    assert_eq!(plan["operations"][0]["input"]["name"], "BorrowBookInput");
    assert!(!stdout.contains("NobodyUsesThis"));
}
