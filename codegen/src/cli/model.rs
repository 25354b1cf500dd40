//! `model diff` and `model update`.

use clap::Subcommand;
use cognito_codegen::diff::{self, Bump};
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::Service;
use std::error::Error;
use std::io::Write;
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
        /// The folder of the old model: with service.json, or service-2.json as in botocore
        old: PathBuf,
        /// The folder of the new model
        new: PathBuf,
        /// Exit with 1 if there is any change, for scripts
        #[arg(long)]
        exit_code: bool,
    },
    /// Take new models from PyPI, print what they change, and regenerate
    ///
    /// Either all of it succeeds, or model/ and generated/ stay as they are.
    Update(super::update::Arguments),
}

/// Runs the command.
pub(crate) fn run(repository: &Repository, command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Update(arguments) => return super::update::run(repository, &arguments),
        Command::Diff { old, new, exit_code } => {
            let (from, to) = (Service::load(&old)?, Service::load(&new)?);
            let source = format!("From {} to {}.", name(&old), name(&new));
            let differ = print(&from, &to, &source)?;
            if differ && exit_code {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Prints the report and the draft, and answers whether anything changes.
pub(super) fn print(old: &Service, new: &Service, source: &str) -> Result<bool, GenerateError> {
    let changes = diff::diff(old, new)?;
    if changes.is_empty() {
        let _ = writeln!(
            std::io::stdout(),
            "The models are the same for Rust users: nothing changes."
        );
        return Ok(false);
    }
    let version = semver::Version::parse(env!("CARGO_PKG_VERSION")).map_err(|error| GenerateError::Parse {
        path: PathBuf::from("Cargo.toml"),
        message: error.to_string(),
        hint: "this is a mistake in the generator",
    })?;
    let next = Bump::of(&changes).next(&version);
    let text = diff::report(&changes) + "\n" + &diff::changelog(&next, source, &changes);
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(true)
}
