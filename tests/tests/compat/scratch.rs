//! A crate outside of the workspace, as a user's is, with the dependencies that the workspace has locked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A crate in the folder for tests' files below `target`.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Writes a library or a program: `file` is `src/lib.rs` or `src/main.rs`.
    pub(crate) fn new(name: &str, dependencies: &str, file: &str, source: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n[dependencies]\n{dependencies}"
        );
        let scratch = Self { folder };
        scratch.write("Cargo.toml", &manifest);
        scratch.write(file, source);
        // Cargo takes what it needs of it, and asks no registry.
        fs::copy(root().join("Cargo.lock"), scratch.folder.join("Cargo.lock")).unwrap();
        scratch
    }

    /// Replaces a file, unless it is there already.
    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::write(path, text).unwrap();
        }
    }

    /// Runs cargo. Scratch crates share one target folder, since they share their dependencies.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("target");
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(&self.folder)
            // As in the workspace's manifest.
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .args(arguments)
            .args(["--offline", "--target-dir"])
            .arg(target);
        command.output().unwrap()
    }
}

/// The workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The line of a user's `Cargo.toml` that puts our crate in the official one's place.
pub(crate) fn replacement(settings: &str) -> String {
    let path = root().join("generated/cognito-idp");
    format!("aws-sdk-cognitoidentityprovider = {{ package = \"cognito-idp\", path = {path:?}{settings} }}\n")
}
