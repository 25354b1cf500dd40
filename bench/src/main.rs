//! `cognito-bench`: measures the generated crate against the official one, as ratios in one run.

mod compile;
mod wrapper;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Measures the generated crate against aws-sdk-cognitoidentityprovider.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What it costs to compile each crate, its dependencies already built
    Compile {
        /// How often to compile each crate; the fastest run counts
        #[arg(long, default_value_t = 3)]
        runs: u32,
        /// The profiles to measure
        #[arg(long, value_delimiter = ',', default_value = "check,debug,release")]
        profiles: Vec<compile::Profile>,
    },
}

fn main() -> Result<ExitCode> {
    // Cargo calls this program in place of rustc while `compile` measures.
    if let Some(log) = wrapper::log() {
        return wrapper::run(&log);
    }
    match Arguments::parse().command {
        Command::Compile { runs, profiles } => compile::run(runs.max(1), &profiles)?,
    }
    Ok(ExitCode::SUCCESS)
}
