//! This program in place of rustc: it runs rustc and writes down what it took.

use crate::process::{cpu_of_children, peak_memory};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::ffi::{OsStr, OsString};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// The variable that names the file to write to.
pub(crate) const LOG: &str = "COGNITO_BENCH_LOG";

/// The variable that asks for LLVM IR: a crate's name, `=`, and the file to write to.
pub(crate) const LLVM_IR: &str = "COGNITO_BENCH_LLVM_IR";

/// How often the memory of a running rustc is read.
const POLL: Duration = Duration::from_millis(20);

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
    let mut arguments: Vec<OsString> = arguments.collect();
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != "--crate-name")
        .nth(1)
        .cloned();
    arguments.extend(name.as_deref().map(llvm_ir).unwrap_or_default());
    // Cargo says this for a dependency from a registry, as the official crate is here, and ours is for its users.
    if !arguments.iter().any(|argument| argument == "--cap-lints") {
        arguments.extend(["--cap-lints", "allow"].map(OsString::from));
    }
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

/// The arguments that make rustc write LLVM IR, if it is asked for that of this crate.
fn llvm_ir(name: &OsStr) -> Vec<OsString> {
    let wanted = std::env::var(LLVM_IR).unwrap_or_default();
    match wanted.split_once('=') {
        // One unit makes one file.
        Some((crate_name, file)) if crate_name == name => {
            vec!["-Ccodegen-units=1".into(), format!("--emit=llvm-ir={file}").into()]
        }
        _ => Vec::new(),
    }
}
