//! What other processes take.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;
use std::time::Instant;

/// Linux counts CPU time in hundredths of a second (`man 5 proc`, `sysconf(_SC_CLK_TCK)`).
const TICKS_PER_SECOND: f64 = 100.0;

/// What a command took, with all processes that it started and waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// In seconds.
    pub(crate) wall: f64,
}

/// Runs a command, and says what it took. Nothing else may be run by this process meanwhile.
pub(crate) fn run(command: &mut Command) -> Result<Took> {
    let (cpu, start) = (cpu_of_children()?, Instant::now());
    let status = command
        .status()
        .with_context(|| format!("{} can't be started", command.get_program().display()))?;
    ensure!(status.success(), "this command failed: {command:?}");
    Ok(Took {
        cpu: cpu_of_children()? - cpu,
        wall: start.elapsed().as_secs_f64(),
    })
}

/// Runs a command, and gives what it prints.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("{} can't be started", command.get_program().display()))?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "this command failed: {command:?}\n{error}");
    Ok(String::from_utf8(output.stdout)?)
}

/// The peak resident memory of a running process, in bytes.
pub(crate) fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// User and system time of the processes that this one has waited for, in seconds.
pub(crate) fn cpu_of_children() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("this needs Linux: /proc/self/stat")?;
    // The second field, the program's name, is in parentheses and may have spaces.
    let (_, fields) = stat.rsplit_once(')').context("/proc/self/stat has no name")?;
    let ticks = |index: usize| -> Result<f64> {
        Ok(fields
            .split_whitespace()
            .nth(index)
            .context("/proc/self/stat is too short")?
            .parse()?)
    };
    // cutime and cstime, the 16th and 17th of the fields that begin behind the name with the third.
    Ok((ticks(13)? + ticks(14)?) / TICKS_PER_SECOND)
}
