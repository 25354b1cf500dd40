//! A crate under measurement: the only dependency of a scratch crate.

use crate::process;
use crate::wrapper::{Cost, LLVM_IR, LOG};
use anyhow::{Context, Result};
use clap::ValueEnum;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A profile to compile with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// `cargo check`
    Check,
    /// `cargo build`
    Debug,
    /// `cargo build --release`
    Release,
}

impl Profile {
    /// Its name.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check"],
            Self::Debug => &["build"],
            Self::Release => &["build", "--release"],
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Check | Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// A crate under measurement.
pub(super) struct Subject {
    /// What it is called in tables.
    pub(super) label: &'static str,
    package: String,
    folder: tempfile::TempDir,
}

impl Subject {
    /// A scratch crate that depends on `package`; `source` says where it is from, in the terms of a `Cargo.toml`.
    pub(super) fn new(label: &'static str, package: &str, source: &str, lockfile: &Path) -> Result<Self> {
        Self::with_features(label, package, source, &["rt-tokio"], lockfile)
    }

    /// The same with these features.
    pub(super) fn with_features(
        label: &'static str,
        package: &str,
        source: &str,
        features: &[&str],
        lockfile: &Path,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("src"))?;
        fs::write(folder.path().join("src/lib.rs"), "")?;
        // The same features for all, and no HTTP client: the crate is measured, not what it depends on.
        let dependency = format!("{{ {source}, default-features = false, features = {features:?} }}");
        fs::write(
            folder.path().join("Cargo.toml"),
            format!(
                "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
                 [dependencies]\n{package} = {dependency}\n"
            ),
        )?;
        // The same versions of what they depend on; cargo drops the rest.
        fs::copy(lockfile, folder.path().join("Cargo.lock"))?;
        Ok(Self {
            label,
            package: package.to_owned(),
            folder,
        })
    }

    fn crate_name(&self) -> String {
        self.package.replace('-', "_")
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).arg("--quiet").current_dir(self.folder.path());
        command
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"))
            .env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Compiles the dependencies, so that later runs compile the crate alone.
    pub(super) fn warm_up(&self, profile: Profile) -> Result<()> {
        process::run(&mut self.build(profile, &self.folder.path().join("discarded.jsonl"))?)?;
        Ok(())
    }

    /// Compiles the crate once, and says what its rustc took.
    pub(super) fn measure(&self, profile: Profile) -> Result<Cost> {
        self.clean(profile)?;
        let log = self.folder.path().join("costs.jsonl");
        let _ = fs::remove_file(&log);
        process::run(&mut self.build(profile, &log)?)?;
        let text = fs::read_to_string(&log).context("cargo compiled nothing")?;
        let name = self.crate_name();
        text.lines()
            .map(serde_json::from_str::<Cost>)
            .filter_map(Result::ok)
            .find(|cost| cost.crate_name == name)
            .with_context(|| format!("cargo didn't compile {name}"))
    }

    /// Compiles the crate once more, and gives the file of its LLVM IR.
    pub(super) fn llvm_ir(&self) -> Result<PathBuf> {
        self.clean(Profile::Debug)?;
        let file = self.folder.path().join("crate.ll");
        let mut command = self.build(Profile::Debug, &self.folder.path().join("discarded.jsonl"))?;
        command.env(LLVM_IR, format!("{}={}", self.crate_name(), file.display()));
        process::run(&mut command)?;
        Ok(file)
    }

    /// The command that documents the crate, and compiles what that needs if it isn't there.
    pub(super) fn document(&self) -> Command {
        self.cargo(&["doc", "--no-deps", "--package", &self.package])
    }

    /// The folder of its documentation.
    pub(super) fn documentation(&self) -> PathBuf {
        self.folder.path().join("target/doc")
    }

    fn clean(&self, profile: Profile) -> Result<()> {
        let mut arguments = vec!["clean", "--package", &self.package];
        arguments.extend((profile == Profile::Release).then_some("--release"));
        process::run(&mut self.cargo(&arguments))?;
        Ok(())
    }

    fn build(&self, profile: Profile, log: &Path) -> Result<Command> {
        let mut command = self.cargo(profile.arguments());
        // The wrapper is part of what cargo decides by whether a dependency is fresh: it is always the same.
        command.env("RUSTC_WRAPPER", std::env::current_exe()?).env(LOG, log);
        Ok(command)
    }

    /// The size of the compiled library, in bytes.
    pub(super) fn library_size(&self, profile: Profile) -> Result<u64> {
        let deps = self.folder.path().join("target").join(profile.folder()).join("deps");
        let prefix = format!("lib{}-", self.crate_name());
        for entry in fs::read_dir(deps)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&prefix) && name.ends_with(".rlib") {
                return Ok(entry.metadata()?.len());
            }
        }
        anyhow::bail!("no library of {}", self.label)
    }

    /// The folder of the crate's sources.
    pub(super) fn sources(&self) -> Result<PathBuf> {
        let text = process::output(&mut self.cargo(&["metadata", "--format-version", "1"]))?;
        let metadata: Value = serde_json::from_str(&text)?;
        let packages = metadata["packages"]
            .as_array()
            .context("cargo metadata lists no packages")?;
        let package = packages.iter().find(|it| it["name"] == self.package.as_str());
        let manifest = package.and_then(|it| it["manifest_path"].as_str());
        let folder = manifest.and_then(|path| Path::new(path).parent());
        Ok(folder.context("cargo metadata doesn't list the crate")?.join("src"))
    }
}
