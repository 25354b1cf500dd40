//! Files are written all or none, and each as a whole: whatever is in the way, and whenever the command is killed.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{Copy, repository, run_in};

/// What the name of a file that isn't in its place yet begins with.
const PREFIX: &str = ".cognito-codegen-";

fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path, bytes);
            }
        }
    }
    found
}

/// A repository in which `generate` would change a file, and can't write another one.
fn with_an_obstacle(make: impl FnOnce(&Copy)) -> Copy {
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    fs::write(copy.path("generated/library/Cargo.toml"), "# to be mended\n").expect("written");
    make(&copy);
    copy
}

#[track_caller]
fn refused(copy: &Copy, expected: &str) {
    let before = content(&copy.path(""));
    let run = copy.run(&["generate"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.contains("\n  hint: "), "{}", run.stderr);
    assert!(content(&copy.path("")) == before, "something has changed");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_named_and_nothing_is_written() {
    let copy = with_an_obstacle(|copy| {
        let file = copy.path("generated/library/src/service.rs");
        fs::remove_file(&file).expect("removed");
        fs::create_dir(file).expect("a folder");
    });
    refused(
        &copy,
        "src/service.rs is a folder, and the generator writes a file there",
    );
}

#[test]
fn a_file_in_the_place_of_a_folder_is_named_and_nothing_is_written() {
    let copy = with_an_obstacle(|copy| {
        let folder = copy.path("generated/library/src/operation");
        fs::remove_dir_all(&folder).expect("removed");
        fs::write(folder, "a file").expect("written");
    });
    refused(
        &copy,
        "src/operation is a file, and the generator writes a folder there",
    );
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_not_followed() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    let arguments = ["generate", "library", "--out", out.to_str().expect("UTF-8")];
    assert_eq!(copy.run(&arguments).code, Some(0));
    fs::rename(out.join("src"), copy.path("elsewhere")).expect("moved");
    fs::write(copy.path("elsewhere/lib.rs"), "// someone else's\n").expect("written");
    std::os::unix::fs::symlink("../elsewhere", out.join("src")).expect("a link");
    let before = content(&copy.path("elsewhere"));
    let run = copy.run(&arguments);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains("out/src is a link"), "{}", run.stderr);
    assert!(content(&copy.path("elsewhere")) == before, "the link was followed");
    // A link to the crate as a whole is the user's choice.
    fs::remove_file(out.join("src")).expect("removed");
    fs::rename(&out, copy.path("there")).expect("moved");
    std::os::unix::fs::symlink("there", &out).expect("a link");
    assert_eq!(copy.run(&arguments).code, Some(0));
    assert!(out.is_symlink() && copy.path("there/src/lib.rs").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    std::os::unix::fs::symlink("nowhere", &out).expect("a link");
    let run = copy.run(&["generate", "library", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("out is a link that leads nowhere\n  hint: "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_in_the_place_of_the_crate_is_named_with_a_hint() {
    let copy = Copy::of_library();
    let out = copy.path("out");
    fs::write(&out, "a file").expect("written");
    let run = copy.run(&["generate", "library", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(run.code, Some(1));
    let expected = format!("error: {}: ", out.display());
    assert!(run.stderr.starts_with(&expected), "{}", run.stderr);
    assert!(
        run.stderr.contains("\n  hint: something else has this name"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_killed_run_has_left_is_removed_by_the_next() {
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let left = copy.path("generated/library/src/.cognito-codegen-1a2b3c");
    fs::write(&left, "half a fi").expect("written");
    assert_eq!(copy.run(&["check"]).code, Some(1));
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    assert!(!left.exists());
    // In a new folder there may be nothing else.
    let out = copy.path("out");
    fs::create_dir_all(out.join("src/operation")).expect("a folder");
    fs::write(out.join("src/.cognito-codegen-1a2b3c"), "half a fi").expect("written");
    let run = copy.run(&["generate", "library", "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!out.join("src/.cognito-codegen-1a2b3c").exists());
}

#[cfg(unix)]
#[test]
fn new_files_can_be_read_by_others_as_far_as_the_user_allows() {
    use std::os::unix::fs::PermissionsExt;
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let mode = |path: PathBuf| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    fs::write(copy.path("as usual"), "").expect("written");
    assert_eq!(
        mode(copy.path("generated/library/src/lib.rs")),
        mode(copy.path("as usual"))
    );
}

/// The command is killed as soon as it has begun to write, again and again.
#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_finishes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = folder.path().join("whole");
    let run = run_in(
        &repository(),
        &["generate", "--out", whole.to_str().expect("UTF-8")],
        &[],
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let whole = relative(&whole);
    for (round, trigger) in ["", "src", "Cargo.toml", "src/lib.rs", "src/types"]
        .into_iter()
        .enumerate()
    {
        let out = folder.path().join(format!("killed-{round}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"));
        command.current_dir(repository()).args(["generate", "--out"]).arg(&out);
        let mut child = command.stdout(Stdio::null()).spawn().expect("the command starts");
        while !out.join(trigger).exists() && child.try_wait().expect("a state").is_none() {}
        child.kill().expect("killed");
        child.wait().expect("its end");
        for (name, bytes) in relative(&out) {
            let is_left_over = name
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
            assert!(
                is_left_over || whole.get(&name) == Some(&bytes),
                "{} is not whole",
                name.display()
            );
        }
        let again = run_in(&repository(), &["generate", "--out", out.to_str().expect("UTF-8")], &[]);
        assert_eq!(again.code, Some(0), "{}", again.stderr);
        assert!(relative(&out) == whole, "the next run doesn't finish");
    }
}

/// The files below a folder by their path below it.
fn relative(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = content(folder).into_iter();
    files
        .map(|(path, bytes)| (path.strip_prefix(folder).expect("below").to_owned(), bytes))
        .collect()
}
