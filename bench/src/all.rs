//! Everything, and the table of goals: the text of `RESULTS.md`.

use crate::compile::{Part, Profile};
use crate::{compile, emulator, generate, goal, json, process, request, sign_in, start, validation, verify};
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::process::Command;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often to compile each crate, and build each program from nothing; the fastest run counts
    #[arg(long, default_value_t = 1)]
    runs: u32,
    /// For how long to measure each table of calls and JSON
    #[arg(long, default_value_t = 15.0)]
    seconds: f64,
}

/// Measures everything, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    println!("# Results\n\n{}", machine()?);
    // What is disturbed by a busy machine comes first: compiling makes it busy, and hot.
    let mut goals = Vec::new();
    println!("## Requests\n");
    let requests = request::run(request::Arguments::of_all(arguments.seconds))?;
    println!("## JSON\n");
    let json = json::run(&json::Arguments {
        seconds: arguments.seconds,
        only: None,
    })?;
    println!("## Start\n");
    let start = start::run(&start::Arguments::of_all())?;
    println!("## Tokens\n");
    let verify = verify::run(&verify::Arguments::of_all())?;
    println!("## Signing in\n");
    let sign_in = sign_in::run(&sign_in::Arguments::of_all())?;
    println!("## Validation\n");
    let validation = validation::run(&validation::Arguments::of_all())?;
    println!("## The emulator\n");
    let emulator = emulator::run(&emulator::Arguments::of_all())?;
    println!("## The generator\n");
    let generate = generate::run(&generate::Arguments::of_all())?;
    println!("## Compiling\n");
    goals.extend(compile::run(&compile::Arguments {
        runs: arguments.runs,
        profiles: vec![Profile::Check, Profile::Debug, Profile::Release],
        parts: vec![Part::Crate, Part::Documentation, Part::Program],
    })?);
    for more in [requests, json, start, verify, sign_in, validation, emulator, generate] {
        goals.extend(more);
    }
    println!("## Goals\n\n{}", goal::table(&goals));
    Ok(())
}

/// When and with what this was measured, as lines of Markdown.
fn machine() -> Result<String> {
    let output = |program: &str, arguments: &[&str]| -> Result<String> {
        Ok(process::output(Command::new(program).args(arguments))?
            .trim()
            .to_owned())
    };
    let date = output("date", &["--utc", "+%Y-%m-%d %H:%M UTC"])?;
    let rustc = output("rustc", &["--version"])?;
    let system = output("uname", &["--kernel-name", "--kernel-release", "--machine"])?;
    let cpus = fs::read_to_string("/proc/cpuinfo").context("this needs Linux: /proc/cpuinfo")?;
    let field = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(": "))
            .map(|(_, value)| value.to_owned())
    };
    let model = field("model name").unwrap_or_else(|| "unknown".to_owned());
    let count = std::thread::available_parallelism()?;
    Ok(format!(
        "- date: {date}\n- processor: {model}, {count} CPUs\n- system: {system}\n- compiler: {rustc}\n\
         - crates: {}\n\nHow each number comes about is in [README.md](README.md).\n",
        versions()?
    ))
}

/// The versions of the crates that matter to the numbers, as in `Cargo.lock`.
fn versions() -> Result<String> {
    const CRATES: [&str; 7] = [
        "aws-sdk-cognitoidentityprovider",
        "aws-config",
        "aws-smithy-runtime",
        "aws-sigv4",
        "hyper",
        "hyper-util",
        "serde_json",
    ];
    let lockfile = fs::read_to_string(crate::repository()?.join("Cargo.lock"))?;
    let mut lines = lockfile.lines().peekable();
    let mut versions = Vec::new();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("name = \"").and_then(|rest| rest.strip_suffix('"'));
        let Some(name) = name.filter(|name| CRATES.contains(name)) else {
            continue;
        };
        let version = lines
            .peek()
            .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
        versions.push(format!("{name} {}", version.unwrap_or("?")));
    }
    Ok(versions.join(", "))
}
