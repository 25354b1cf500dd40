//! `model diff` and `model update`.

use super::changes::Changes;
use super::place::{Place, UnpackError};
use super::terminal::Terminal;
use clap::Subcommand;
use cognito_codegen::model::Service;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What to do with models.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print what changes for Rust users from one model to another
    ///
    /// Each change is marked compatible or breaking. After them come the version bump that semver asks for and a
    /// draft of the CHANGELOG's entry.
    Diff {
        /// The folder of the old model of a service, such as model/cognito-idp: with service.json, or service-2.json as
        /// in botocore
        old: PathBuf,
        /// The folder of the new model
        new: PathBuf,
        /// Exit with 1 if there is any change, and with 2 if the models can't be compared, for scripts
        #[arg(long)]
        exit_code: bool,
    },
    /// Take new models from PyPI, print what they change, and regenerate
    ///
    /// Either all of it succeeds, or model/ and generated/ stay as they are.
    Update(super::update::Arguments),
}

impl Command {
    /// The exit code of an error. A script that asks for changes by the exit code must be able to tell them from errors.
    pub(crate) fn failure(&self) -> ExitCode {
        match self {
            Self::Diff { exit_code: true, .. } => ExitCode::from(2),
            Self::Diff { .. } | Self::Update(_) => ExitCode::FAILURE,
        }
    }
}

/// A folder with the models of several services, of which one must be named.
#[derive(Debug, thiserror::Error)]
#[error("{} has the models of several services\n  hint: name one of them: {}", folder.display(), services.join(", "))]
struct ManyServices {
    folder: PathBuf,
    services: Vec<String>,
}

/// Loads the model of one service.
fn load(folder: &Path) -> Result<Service, Box<dyn Error>> {
    let is_model = |folder: &Path| {
        ["service.json", "service-2.json"]
            .iter()
            .any(|name| folder.join(name).exists())
    };
    if !is_model(folder)
        && let Ok(entries) = fs::read_dir(folder)
    {
        let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let models = folders.filter(|folder| is_model(folder));
        let mut services: Vec<String> = models.map(|folder| folder.display().to_string()).collect();
        services.sort();
        if !services.is_empty() {
            let folder = folder.to_owned();
            return Err(ManyServices { folder, services }.into());
        }
    }
    Ok(Service::load(folder)?)
}

/// Runs the command. `place` is looked for only where it counts: two models can be compared anywhere.
pub(crate) fn run(
    place: impl FnOnce() -> Result<Place, UnpackError>,
    command: Command,
    terminal: Terminal,
) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Update(arguments) => super::update::run(place()?.repository()?, &arguments, terminal)?,
        Command::Diff { old, new, exit_code } => {
            let (from, to) = (load(&old)?, load(&new)?);
            let source = format!("From {} to {}.", old.display(), new.display());
            let changes = Changes::new(&from, &to, &source)?;
            terminal.result(&changes, &changes)?;
            if exit_code && !changes.are_none() {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
