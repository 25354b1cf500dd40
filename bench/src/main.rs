//! `cognito-bench`: measures the generated crate against the official one, as ratios in one run.

mod all;
mod allocations;
mod clients;
mod clock;
mod compile;
mod derived;
mod emulator;
mod generate;
mod goal;
mod json;
mod process;
mod request;
mod rounds;
mod server;
mod sign_in;
mod start;
mod stats;
mod table;
mod validation;
mod verify;
mod wrapper;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::path::Path;
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
    /// What it costs to compile each crate, and to build programs on it
    Compile(compile::Arguments),
    /// CPU time, latency and allocations of a call over loopback
    Request(request::Arguments),
    /// Throughput of JSON, in both directions
    Json(json::Arguments),
    /// Time to build a client, and to the first answer
    Start(start::Arguments),
    /// The generator's own time and memory
    Generate(generate::Arguments),
    /// CPU time of signing in by SRP
    SignIn(sign_in::Arguments),
    /// CPU time of verifying a token
    Verify(verify::Arguments),
    /// CPU time of checking an input before it leaves
    Validation(validation::Arguments),
    /// Start, memory, sign-ups and pages of the emulator
    Emulator(emulator::Arguments),
    /// Everything, with the table of goals, as Markdown
    All(all::Arguments),
}

fn main() -> Result<ExitCode> {
    // Cargo calls this program in place of rustc while `compile` measures.
    if let Some(log) = wrapper::log() {
        return wrapper::run(&log);
    }
    let goals = match Arguments::parse().command {
        Command::Compile(arguments) => compile::run(&arguments)?,
        Command::Request(arguments) => request::run(arguments)?,
        Command::Json(arguments) => json::run(&arguments)?,
        Command::Start(arguments) => start::run(&arguments)?,
        Command::Generate(arguments) => generate::run(&arguments)?,
        Command::SignIn(arguments) => sign_in::run(&arguments)?,
        Command::Verify(arguments) => verify::run(&arguments)?,
        Command::Validation(arguments) => validation::run(&arguments)?,
        Command::Emulator(arguments) => emulator::run(&arguments)?,
        Command::All(arguments) => {
            all::run(&arguments)?;
            Vec::new()
        }
    };
    if !goals.is_empty() {
        println!("{}", goal::table(&goals));
    }
    Ok(ExitCode::SUCCESS)
}

/// The repository that this program was built from.
fn repository() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the workspace's folder")
}
