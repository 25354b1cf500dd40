//! This program in place of rustc: it runs rustc and writes down what it took.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The variable that names the file to write to.
pub(crate) const LOG: &str = "COGNITO_BENCH_LOG";

/// How often the memory of a running rustc is read.
const POLL: Duration = Duration::from_millis(20);

/// Linux counts CPU time in hundredths of a second (`man 5 proc`, `sysconf(_SC_CLK_TCK)`).
const TICKS_PER_SECOND: f64 = 100.0;

/// What one rustc took.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// The crate's name, as rustc is told it.
    pub(crate) crate_name: String,
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// In seconds.
    pub(crate) wall: f64,
    /// Peak resident memory, in bytes.
    pub(crate) memory: u64,
}

/// The file to write to, where cargo calls this program as rustc.
pub(crate) fn log() -> Option<PathBuf> {
    std::env::var_os(LOG).map(PathBuf::from)
}

/// Runs rustc, whose path and arguments are this program's arguments.
pub(crate) fn run(log: &Path) -> Result<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let rustc = arguments.next().context("cargo names rustc in the first argument")?;
    let arguments: Vec<OsString> = arguments.collect();
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name")
        .nth(1);
    let start = Instant::now();
    let mut child = Command::new(&rustc)
        .args(&arguments)
        .spawn()
        .context("rustc can't be started")?;
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak_memory(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(POLL);
    };
    if let Some(name) = name {
        let cost = Cost {
            crate_name: name.to_string_lossy().into_owned(),
            cpu: cpu_of_children()?,
            wall: start.elapsed().as_secs_f64(),
            memory,
        };
        let mut file = OpenOptions::new().create(true).append(true).open(log)?;
        writeln!(file, "{}", serde_json::to_string(&cost)?)?;
    }
    match status.code() {
        Some(code) => Ok(ExitCode::from(u8::try_from(code).unwrap_or(1))),
        None => bail!("rustc was killed: {status}"),
    }
}

/// The peak resident memory of a running process, in bytes.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// User and system time of the processes that this one has waited for, in seconds.
fn cpu_of_children() -> Result<f64> {
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
