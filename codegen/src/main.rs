//! `cognito-codegen`: generates the crates of this repository, and checks that they are up to date.

mod cli;

use clap::{Parser, Subcommand, ValueEnum};
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::output;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generates Rust clients from AWS's JSON service models.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The repository, which has model/ and generated/
    #[arg(long, global = true, default_value = ".")]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the crates of these services, or of all, to generated/
    Generate {
        /// The services, as they are called in model/
        services: Vec<String>,
        /// The same, one service each time
        #[arg(long = "service", value_name = "NAME")]
        service: Vec<String>,
        #[command(flatten)]
        standalone: cli::standalone::Arguments,
    },
    /// Fail if generated/ isn't exactly what `generate` writes
    Check,
    /// Update the models, and see what that changes
    Model {
        #[command(subcommand)]
        command: cli::model::Command,
    },
    /// Generate every service of botocore that speaks JSON, print time and memory, and compile what is generated
    EveryService(cli::every::Arguments),
    /// Print an operation as a page to read: members, constraints, errors, authentication
    Explain {
        /// The operation; `*` and `?` fit any text and any character
        operation: String,
        /// The service, as it is called in model/
        #[arg(long, default_value = "cognito-idp")]
        service: String,
    },
    /// Print what the generator knows of a service
    Dump {
        /// What to print
        what: Dump,
        /// The service, as it is called in model/
        #[arg(default_value = "cognito-idp")]
        service: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Dump {
    /// The model, as it was read
    Model,
    /// The plan, as JSON
    Plan,
    /// The names of the operations
    Operations,
    /// What becomes of each key that a model may have, as Markdown
    Traits,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let repository = Repository::new(arguments.root);
    let result: Result<ExitCode, Box<dyn Error>> = match arguments.command {
        Command::Generate {
            mut services,
            service,
            standalone,
        } => {
            services.extend(service);
            match standalone.out() {
                None => generate(&repository, services).map_err(Into::into),
                Some(out) => cli::standalone::generate(&repository, &services, &standalone, out).map_err(Into::into),
            }
        }
        Command::Check => check(&repository).map_err(Into::into),
        Command::EveryService(arguments) => cli::every::run(&repository, &arguments),
        Command::Model { command } => cli::model::run(&repository, command),
        Command::Explain { operation, service } => explain(&repository, &service, &operation).map_err(Into::into),
        Command::Dump { what, service } => dump(&repository, what, &service).map_err(Into::into),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Generates all crates before it writes the first one: an error leaves `generated/` as it is.
fn generate(repository: &Repository, services: Vec<String>) -> Result<ExitCode, GenerateError> {
    let services = if services.is_empty() {
        repository.services()?
    } else {
        services
    };
    let mut crates = Vec::new();
    for service in services {
        let files = repository.generate(&service)?;
        crates.push((repository.crate_folder(&service), service.clone(), files));
    }
    for (folder, service, files) in crates {
        let difference = output::write(&folder, &files)?;
        println!(
            "{service}: {} files, {} written, {} removed",
            files.len(),
            difference.changed.len() + difference.missing.len(),
            difference.stale.len()
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn check(repository: &Repository) -> Result<ExitCode, GenerateError> {
    let mut clean = true;
    let mut folders = Vec::new();
    for service in repository.services()? {
        folders.push((repository.crate_folder(&service), repository.generate(&service)?));
    }
    for (folder, files) in folders {
        let difference = output::compare(&folder, &files)?;
        for name in &difference.changed {
            eprintln!("{} differs from what the generator writes", folder.join(name).display());
        }
        for name in &difference.missing {
            eprintln!("{} is missing", folder.join(name).display());
        }
        for name in &difference.stale {
            eprintln!("{} isn't written by the generator", folder.join(name).display());
        }
        clean &= difference.is_empty();
    }
    let orphans = repository.orphans()?;
    for path in &orphans {
        eprintln!("{} has no model: remove it by hand", path.display());
    }
    if clean && orphans.is_empty() {
        println!("generated/ is up to date");
        return Ok(ExitCode::SUCCESS);
    }
    if !clean {
        eprintln!("run `cargo run -p cognito-codegen -- generate` and commit what it writes");
    }
    Ok(ExitCode::FAILURE)
}

fn explain(repository: &Repository, service: &str, operation: &str) -> Result<ExitCode, GenerateError> {
    let page = cli::explain::page(repository, service, operation)?;
    // The reader may have seen enough: a closed pipe is no error.
    let _ = std::io::stdout().write_all(page.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn dump(repository: &Repository, what: Dump, service: &str) -> Result<ExitCode, GenerateError> {
    let text = match what {
        Dump::Traits => cognito_codegen::model::traits::markdown().trim_end().to_owned(),
        Dump::Model => format!("{:#?}", repository.model(service)?),
        Dump::Operations => {
            let model = repository.model(service)?;
            model
                .operations
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join("\n")
        }
        Dump::Plan => {
            serde_json::to_string_pretty(&repository.plan(service)?).map_err(|error| GenerateError::Parse {
                path: PathBuf::from(service),
                message: error.to_string(),
                hint: "this is a mistake in the generator",
            })?
        }
    };
    // The reader may have seen enough: a closed pipe is no error.
    let _ = writeln!(std::io::stdout(), "{text}");
    Ok(ExitCode::SUCCESS)
}
