//! `generate --out`: a crate of its own, with just the operations that someone calls.

use clap::Args;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::plan::Placement;
use cognito_codegen::{emit, output};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is to be in the crate, and where it goes.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Only these operations, with the types that they need; `*` and `?` fit any text and any character
    #[arg(long, value_delimiter = ',', requires = "out", value_name = "NAME,…")]
    operations: Vec<String>,
    /// Write a crate that stands alone to this folder, instead of to generated/
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the crate's Cargo.toml finds cognito-runtime, relative to the crate; without it, in the registry
    #[arg(long, requires = "out", value_name = "PATH")]
    runtime_path: Option<String>,
}

impl Arguments {
    /// The folder of the crate.
    pub(crate) fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }
}

/// Writes the crate.
pub(crate) fn generate(
    repository: &Repository,
    services: &[String],
    arguments: &Arguments,
    out: &Path,
) -> Result<ExitCode, GenerateError> {
    let service = match services {
        [] => "cognito-idp",
        [service] => service,
        _ => {
            eprintln!("--out takes one service: {} are named", services.len());
            return Ok(ExitCode::FAILURE);
        }
    };
    let placement = Placement::Standalone {
        runtime_path: arguments.runtime_path.clone(),
    };
    let plan = repository.plan_of_operations(service, &arguments.operations, &placement)?;
    let files = output::format(emit::emit(&plan)?)?;
    let difference = output::write_beside_others(out, &files)?.ok_or_else(|| GenerateError::NotOurs(out.to_owned()))?;
    println!(
        "{}: {} operations, {} files, {} written, {} removed",
        out.display(),
        plan.operations.len(),
        files.len(),
        difference.changed.len() + difference.missing.len(),
        difference.stale.len()
    );
    Ok(ExitCode::SUCCESS)
}
