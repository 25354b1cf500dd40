//! `cognito-bench`: measures the generated crate against the official one, as ratios in one run.

mod allocations;
mod clients;
mod clock;
mod compile;
mod derived;
mod goal;
mod json;
mod request;
mod server;
mod start;
mod stats;
mod table;
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
    /// CPU time, latency and allocations of a call over loopback
    Request(request::Arguments),
    /// Throughput of JSON, in both directions
    Json(json::Arguments),
    /// Time to build a client, and to the first answer
    Start(start::Arguments),
}

fn main() -> Result<ExitCode> {
    // Cargo calls this program in place of rustc while `compile` measures.
    if let Some(log) = wrapper::log() {
        return wrapper::run(&log);
    }
    let goals = match Arguments::parse().command {
        Command::Compile { runs, profiles } => {
            compile::run(runs.max(1), &profiles)?;
            Vec::new()
        }
        Command::Request(arguments) => request::run(arguments)?,
        Command::Json(arguments) => json::run(&arguments)?,
        Command::Start(arguments) => start::run(&arguments)?,
    };
    if !goals.is_empty() {
        println!("{}", goal::table(&goals));
    }
    Ok(ExitCode::SUCCESS)
}
