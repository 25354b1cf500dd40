//! What it costs to compile each crate, its dependencies already built.

use crate::wrapper::{Cost, LOG};
use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
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

/// The official crate's version that ours is measured against.
const OFFICIAL_VERSION: &str = "=1.144.0";

/// A crate under measurement: the only dependency of a scratch crate.
struct Subject {
    label: &'static str,
    package: &'static str,
    folder: tempfile::TempDir,
}

impl Subject {
    fn new(label: &'static str, package: &'static str, dependency: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("src"))?;
        fs::write(folder.path().join("src/lib.rs"), "")?;
        fs::write(
            folder.path().join("Cargo.toml"),
            format!(
                "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
                 [dependencies]\n{package} = {dependency}\n"
            ),
        )?;
        Ok(Self { label, package, folder })
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(self.folder.path());
        command
            .env("CARGO_TARGET_DIR", self.folder.path().join("target"))
            .env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Compiles the dependencies, so that later runs compile the crate alone.
    fn warm_up(&self, profile: Profile) -> Result<()> {
        self.build(profile, None)
    }

    /// Compiles the crate once, and says what its rustc took.
    fn measure(&self, profile: Profile) -> Result<Cost> {
        let mut clean = vec!["clean", "--quiet", "--package", self.package];
        clean.extend((profile == Profile::Release).then_some("--release"));
        ensure!(
            self.cargo(&clean).status()?.success(),
            "cargo clean failed for {}",
            self.label
        );
        let log = self.folder.path().join("costs.jsonl");
        let _ = fs::remove_file(&log);
        self.build(profile, Some(&log))?;
        let name = self.package.replace('-', "_");
        let text = fs::read_to_string(&log).context("cargo compiled nothing")?;
        text.lines()
            .map(serde_json::from_str::<Cost>)
            .filter_map(Result::ok)
            .find(|cost| cost.crate_name == name)
            .with_context(|| format!("cargo didn't compile {name}"))
    }

    fn build(&self, profile: Profile, log: Option<&Path>) -> Result<()> {
        let arguments: &[&str] = match profile {
            Profile::Check => &["check", "--quiet"],
            Profile::Debug => &["build", "--quiet"],
            Profile::Release => &["build", "--quiet", "--release"],
        };
        let mut command = self.cargo(arguments);
        // The wrapper is part of what cargo decides by whether a dependency is fresh: it is always the same.
        command.env("RUSTC_WRAPPER", std::env::current_exe()?);
        let discard = self.folder.path().join("discarded.jsonl");
        command.env(LOG, log.unwrap_or(&discard));
        ensure!(command.status()?.success(), "{} doesn't compile", self.label);
        Ok(())
    }

    /// The size of the compiled library, in bytes.
    fn library_size(&self, profile: Profile) -> Result<u64> {
        let folder = if profile == Profile::Release {
            "release"
        } else {
            "debug"
        };
        let deps = self.folder.path().join("target").join(folder).join("deps");
        let prefix = format!("lib{}-", self.package.replace('-', "_"));
        for entry in fs::read_dir(deps)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&prefix) && name.ends_with(".rlib") {
                return Ok(entry.metadata()?.len());
            }
        }
        anyhow::bail!("no library of {}", self.label)
    }
}

/// Measures and prints.
pub(crate) fn run(runs: u32, profiles: &[Profile]) -> Result<()> {
    let root = repository()?;
    let path = root.join("generated/cognito-idp");
    let subjects = [
        Subject::new(
            "official",
            "aws-sdk-cognitoidentityprovider",
            &format!("{OFFICIAL_VERSION:?}"),
        )?,
        Subject::new(
            "ours",
            "cognito-idp",
            &format!("{{ path = {:?} }}", path.display().to_string()),
        )?,
    ];
    println!("Compiling each crate {runs} times, alternating, dependencies already built; the fastest run counts.\n");
    println!(
        "{:<10} {:<10} {:>8} {:>8} {:>10} {:>10}",
        "profile", "crate", "CPU s", "wall s", "peak MB", "rlib MB"
    );
    for profile in profiles {
        for subject in &subjects {
            subject.warm_up(*profile)?;
        }
        let mut best: [Option<Cost>; 2] = [None, None];
        for _ in 0..runs {
            for (subject, best) in subjects.iter().zip(&mut best) {
                let cost = subject.measure(*profile)?;
                if best.as_ref().is_none_or(|best| cost.cpu < best.cpu) {
                    *best = Some(cost);
                }
            }
        }
        let mut rows = Vec::new();
        for (subject, best) in subjects.iter().zip(best) {
            let cost = best.context("no run")?;
            let size = if *profile == Profile::Check {
                None
            } else {
                Some(subject.library_size(*profile)?)
            };
            println!(
                "{:<10} {:<10} {:>8.1} {:>8.1} {:>10.0} {:>10}",
                format!("{profile:?}").to_lowercase(),
                subject.label,
                cost.cpu,
                cost.wall,
                megabytes(cost.memory),
                size.map(|size| format!("{:.1}", megabytes(size))).unwrap_or_default(),
            );
            rows.push((cost, size));
        }
        let [(official, official_size), (ours, our_size)] = rows.as_slice() else {
            anyhow::bail!("two crates")
        };
        println!(
            "{:<10} {:<10} {:>8} {:>8} {:>10} {:>10}",
            "",
            "ratio",
            ratio(official.cpu, ours.cpu),
            ratio(official.wall, ours.wall),
            ratio(megabytes(official.memory), megabytes(ours.memory)),
            official_size
                .zip(*our_size)
                .map(|(a, b)| ratio(megabytes(a), megabytes(b)))
                .unwrap_or_default(),
        );
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn ratio(official: f64, ours: f64) -> String {
    format!("1/{:.1}", official / ours)
}

/// The repository that this program was built from.
fn repository() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the workspace's folder")?;
    Ok(folder.to_owned())
}
