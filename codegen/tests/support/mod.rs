//! A copy of the repository to break, and the command to run on it.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "a module of each test file, which uses its own part"
)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// The repository that this crate is part of.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A folder of fixtures.
pub fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The folders in a folder, by name.
pub fn folders(of: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(of).expect("a folder");
    let mut folders: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|it| it.is_dir())
        .collect();
    folders.sort();
    folders
}

/// What a run of the command did.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the command.
pub fn run(arguments: &[&dyn AsRef<OsStr>]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"));
    run_command(command.args(arguments.iter().map(|argument| argument.as_ref())))
}

/// Runs the command in a folder, with these variables.
pub fn run_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"));
    command.current_dir(folder).args(arguments);
    run_command(command.envs(variables.iter().copied()))
}

fn run_command(command: &mut Command) -> Run {
    let output = command.output().expect("the command starts");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A copy of `model/` and `generated/` in a temporary folder.
pub struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    /// A copy of the repository's.
    pub fn of_repository() -> Self {
        let copy = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        copy_tree(&repository().join("model"), &copy.path("model"));
        copy_tree(&repository().join("generated"), &copy.path("generated"));
        copy_tree(&repository().join("docs/front"), &copy.path("docs/front"));
        copy
    }

    /// A repository whose one service is the fixture `library`, which is quick to generate.
    pub fn of_library() -> Self {
        let copy = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let model = repository().join("model");
        fs::create_dir_all(copy.path("generated")).expect("a folder");
        copy_tree(&fixtures("library"), &copy.path("model/library"));
        for file in ["partitions.json", "SOURCE.toml"] {
            fs::copy(model.join(file), copy.path("model").join(file)).expect("a copy");
        }
        copy
    }

    /// A path inside of the copy.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Runs the command on the copy.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let root = self.folder.path();
        let mut all: Vec<&dyn AsRef<OsStr>> = vec![&"--root", &root];
        all.extend(arguments.iter().map(|argument| argument as &dyn AsRef<OsStr>));
        run(&all)
    }

    /// Replaces a text in a file; it must be there.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{file} has no {from:?}");
        fs::write(path, text.replace(from, to)).expect("written");
    }

    /// Content and time of change of all files below `generated/`.
    pub fn generated(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        files(&self.path("generated"))
    }

    /// Content and time of change of all files.
    pub fn everything(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        files(self.folder.path())
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut files = BTreeMap::new();
    walk(folder, &mut |path| {
        let changed = fs::metadata(path)
            .and_then(|metadata| metadata.modified())
            .expect("a time");
        files.insert(path.to_owned(), (fs::read(path).expect("a file"), changed));
    });
    files
}

fn walk(folder: &Path, see: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        if !entry.file_type().expect("a type").is_dir() {
            see(&entry.path());
        } else if entry.file_name() != "target" {
            walk(&entry.path(), see);
        }
    }
}

/// Copies a folder with all that is in it, Cargo's `target` aside.
pub fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    walk(from, &mut |path| {
        let target = to.join(path.strip_prefix(from).expect("a path below"));
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::copy(path, target).expect("a copy");
    });
}
