//! What it costs to build programs: from nothing, after an edit, and how large they are.

use super::OFFICIAL;
use crate::process::{self, Took};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many times a program is edited and rebuilt; the fastest rebuild counts.
const EDITS: u32 = 4;

/// A program with one operation, and the folder in which it is built.
pub(super) struct Program {
    /// What it is called in tables.
    pub(super) label: &'static str,
    hello: &'static str,
    client: &'static str,
    folder: tempfile::TempDir,
}

impl Program {
    /// The program on the official crate, with `aws-config`, both with their default features.
    pub(super) fn official(root: &Path) -> Result<Self> {
        let dependencies =
            format!("aws-config = \"1.13.0\"\nsdk = {{ package = \"aws-sdk-cognitoidentityprovider\", {OFFICIAL} }}\n");
        let client = "async fn client() -> Result<sdk::Client, Box<dyn std::error::Error>> {\n    \
                      let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;\n    \
                      Ok(sdk::Client::new(&config))\n}\n";
        let hello = include_str!("../../programs/hello_official.rs");
        Self::new("official", hello, client, &dependencies, root)
    }

    /// The program on ours, with its default features and `Config::from_env`.
    pub(super) fn ours(root: &Path) -> Result<Self> {
        let path = root.join("generated/cognito-idp").display().to_string();
        let dependencies = format!("sdk = {{ package = \"cognito-idp\", path = {path:?} }}\n");
        let client = "async fn client() -> Result<sdk::Client, Box<dyn std::error::Error>> {\n    \
                      Ok(sdk::Client::from_conf(sdk::Config::from_env()?))\n}\n";
        let hello = include_str!("../../programs/hello_ours.rs");
        Self::new("ours", hello, client, &dependencies, root)
    }

    fn new(
        label: &'static str,
        hello: &'static str,
        client: &'static str,
        dependencies: &str,
        root: &Path,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("src"))?;
        fs::write(
            folder.path().join("Cargo.toml"),
            format!(
                "[package]\nname = \"hello\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
                 [profile.release]\nstrip = true\n[dependencies]\n\
                 tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{dependencies}"
            ),
        )?;
        fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
        let program = Self {
            label,
            hello,
            client,
            folder,
        };
        program.write(program.hello)?;
        // Downloads aren't measured.
        process::run(&mut program.cargo(&["fetch"]))?;
        Ok(program)
    }

    fn write(&self, text: &str) -> Result<()> {
        fs::write(self.folder.path().join("src/main.rs"), text)?;
        Ok(())
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).arg("--quiet").current_dir(self.folder.path());
        command
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"))
            .env_remove("CARGO_INCREMENTAL")
            .env_remove("RUSTC_WRAPPER");
        command
    }

    /// The crates that are built, the program itself left out: name and version of each.
    pub(super) fn crates(&self) -> Result<BTreeSet<String>> {
        let text = process::output(&mut self.cargo(&["tree", "-e", "normal,build", "--prefix", "none"]))?;
        let lines = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            let (name, version) = (words.next()?, words.next()?);
            version.starts_with('v').then(|| format!("{name} {version}"))
        });
        Ok(lines.filter(|name| !name.starts_with("hello ")).collect())
    }

    /// Builds it from nothing.
    pub(super) fn cold(&self) -> Result<Took> {
        self.write(self.hello)?;
        let target = self.folder.path().join("target");
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        process::run(&mut self.cargo(&["build"]))
    }

    /// Builds a program of ten operations, and then again after each of some edits: what the fastest rebuild took.
    pub(super) fn rebuild(&self) -> Result<Took> {
        let program = format!("{}\n{}", include_str!("../../programs/ten_operations.rs"), self.client);
        self.write(&program)?;
        process::run(&mut self.cargo(&["build"]))?;
        let mut best: Option<Took> = None;
        for edit in 1..=EDITS {
            self.write(&program.replace("edit 0", &format!("edit {edit}")))?;
            let took = process::run(&mut self.cargo(&["build"]))?;
            if best.is_none_or(|best| took.cpu < best.cpu) {
                best = Some(took);
            }
        }
        best.context("no rebuild")
    }

    /// The size of the stripped release binary, in bytes.
    pub(super) fn size(&self) -> Result<u64> {
        self.write(self.hello)?;
        process::run(&mut self.cargo(&["build", "--release"]))?;
        let binary: PathBuf = self.folder.path().join("target/release/hello");
        ensure!(binary.exists(), "cargo built no binary");
        Ok(fs::metadata(binary)?.len())
    }
}
