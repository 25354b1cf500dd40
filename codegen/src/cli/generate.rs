//! `generate`: all crates of the repository, or a crate of its own with just the operations that someone calls.

use super::place::Place;
use super::terminal::{Terminal, count, text};
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::output::Difference;
use cognito_codegen::plan::{Placement, Runtime};
use cognito_codegen::{emit, output};
use serde::Serialize;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// What to generate, and where it goes.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The services, as they are called in model/
    services: Vec<String>,
    /// The same, one service each time
    #[arg(long = "service", value_name = "NAME")]
    service: Vec<String>,
    /// Only these operations, with the types that they need; `*` and `?` fit any text and any character
    #[arg(long, value_delimiter = ',', value_name = "NAME,…", value_parser = trimmed)]
    operations: Vec<String>,
    /// Write a crate that stands alone to this folder. Without it: in the repository, generated/; elsewhere, a folder
    /// called as the service
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate that stands alone; without it, the service's. Give two crates of one service different
    /// names, so that a program can have both
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where the crate's Cargo.toml finds cognito-runtime, relative to the crate; without it, in the registry
    #[arg(long, value_name = "PATH", conflicts_with = "runtime_git")]
    runtime_path: Option<String>,
    /// The git repository that has cognito-runtime; without a URL, that of this generator
    #[arg(long, value_name = "URL", num_args = 0..=1, require_equals = true, default_missing_value = env!("CARGO_PKG_REPOSITORY"))]
    runtime_git: Option<String>,
}

/// A name without the spaces around it: `SignUp, InitiateAuth` is a list, too.
fn trimmed(name: &str) -> Result<String, Infallible> {
    Ok(name.trim().to_owned())
}

/// The arguments don't fit to each other or to where the command runs.
#[derive(Debug, thiserror::Error)]
enum MisfitError {
    #[error("{0} takes one service, and {1} are named\n  hint: run the command once for each")]
    Services(&'static str, usize),
    #[error("{0} is for a crate that stands alone\n  hint: name its folder with --out; generated/ holds whole crates")]
    Alone(&'static str),
}

/// What was written.
#[derive(Serialize)]
struct Written {
    service: String,
    folder: String,
    operations: usize,
    files: usize,
    written: Vec<String>,
    removed: Vec<String>,
    #[serde(skip)]
    is_alone: bool,
}

impl Written {
    fn new(service: &str, folder: &Path, files: usize, operations: usize, difference: Difference) -> Self {
        let mut written = difference.changed;
        written.extend(difference.missing);
        Self {
            service: service.to_owned(),
            folder: text(folder),
            operations,
            files,
            written,
            removed: difference.stale.iter().map(|path| text(path)).collect(),
            is_alone: false,
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_alone {
            write!(f, "{}: {}, ", self.folder, count(self.operations, "operation"))?;
        } else {
            write!(f, "{}: ", self.service)?;
        }
        let (written, removed) = (self.written.len(), self.removed.len());
        let files = count(self.files, "file");
        write!(f, "{files}, {written} written, {removed} removed")
    }
}

/// Writes what is asked for: all of it, or nothing.
pub(crate) fn run(place: &Place, arguments: Arguments, terminal: Terminal) -> Result<(), Box<dyn Error>> {
    let mut services = arguments.services.clone();
    services.extend(arguments.service.iter().cloned());
    let written = match (place, &arguments.out) {
        (Place::Repository(repository), None) => {
            if let Some(option) = arguments.for_a_crate_that_stands_alone() {
                return Err(MisfitError::Alone(option).into());
            }
            whole(repository, services, terminal)?
        }
        (_, out) => {
            if services.is_empty() {
                services.push("cognito-idp".to_owned());
            }
            let for_one = [
                (out.is_some(), "--out"),
                (!arguments.operations.is_empty(), "--operations"),
                (arguments.name.is_some(), "--name"),
            ];
            let given = for_one.into_iter().find(|(is_given, _)| *is_given);
            if let Some((_, option)) = given.filter(|_| services.len() > 1) {
                return Err(MisfitError::Services(option, services.len()).into());
            }
            alone(place.models(), &services, &arguments, terminal)?
        }
    };
    let text: Vec<String> = written.iter().map(Written::to_string).collect();
    terminal.summary(text.join("\n"), &serde_json::json!({ "crates": written }))?;
    Ok(())
}

impl Arguments {
    fn for_a_crate_that_stands_alone(&self) -> Option<&'static str> {
        let operations = (!self.operations.is_empty()).then_some("--operations");
        let path = self.runtime_path.as_ref().map(|_| "--runtime-path");
        let git = self.runtime_git.as_ref().map(|_| "--runtime-git");
        let name = self.name.as_ref().map(|_| "--name");
        operations.or(path).or(git).or(name)
    }

    fn runtime(&self) -> Runtime {
        match (&self.runtime_path, &self.runtime_git) {
            (Some(path), _) => Runtime::Path(path.clone()),
            (None, Some(url)) => Runtime::Git(url.clone()),
            (None, None) => Runtime::Registry,
        }
    }
}

/// The repository's crates.
fn whole(repository: &Repository, services: Vec<String>, terminal: Terminal) -> Result<Vec<Written>, GenerateError> {
    let services = if services.is_empty() {
        repository.some_services()?
    } else {
        services
    };
    let mut crates = Vec::new();
    for service in services {
        let spinner = terminal.spinner(format_args!("generating {service}"));
        let plan = repository.plan(&service)?;
        let files = output::format(emit::emit(&plan)?)?;
        spinner.finish_and_clear();
        crates.push((service, plan.operations.len(), files));
    }
    let mut staged = Vec::new();
    for (service, _, files) in &crates {
        staged.push(output::stage(&repository.crate_folder(service), files)?);
    }
    let crates = crates.iter().zip(output::commit(staged)?);
    let written = crates.map(|((service, operations, files), difference)| {
        let folder = repository.crate_folder(service);
        Written::new(service, &folder, files.len(), *operations, difference)
    });
    Ok(written.collect())
}

/// Crates that stand alone.
fn alone(
    models: &Repository,
    services: &[String],
    arguments: &Arguments,
    terminal: Terminal,
) -> Result<Vec<Written>, GenerateError> {
    let placement = Placement::Standalone {
        runtime: arguments.runtime(),
        name: arguments.name.clone(),
    };
    let mut crates = Vec::new();
    for service in services {
        let spinner = terminal.spinner(format_args!("generating {service}"));
        let plan = models.plan_of_operations(service, &arguments.operations, &placement)?;
        let files = output::format(emit::emit(&plan)?)?;
        spinner.finish_and_clear();
        crates.push((service, plan.operations.len(), files));
    }
    let folder = |service: &str| arguments.out.clone().unwrap_or_else(|| PathBuf::from(service));
    let mut staged = Vec::new();
    for (service, _, files) in &crates {
        let folder = folder(service);
        let crate_ = output::stage_beside_others(&folder, files)?;
        staged.push(crate_.ok_or(GenerateError::NotOurs(folder))?);
    }
    let crates = crates.iter().zip(output::commit(staged)?);
    let written = crates.map(|((service, operations, files), difference)| Written {
        is_alone: true,
        ..Written::new(service, &folder(service), files.len(), *operations, difference)
    });
    Ok(written.collect())
}
