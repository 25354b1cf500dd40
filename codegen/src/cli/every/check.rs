//! Compiles what `every-service` has written.

use cognito_codegen::generate::Repository;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Makes a workspace of the crates in a folder.
pub(super) fn write_workspace(out: &Path, repository: &Repository) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let manifest = out.join("Cargo.toml");
    fs::write(
        manifest,
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n",
    )?;
    // What the crates depend on is what this repository's crates do, in the versions that it has locked.
    let lock = repository.runtime().with_file_name("Cargo.lock");
    if lock.exists() {
        fs::copy(lock, out.join("Cargo.lock"))?;
    }
    Ok(())
}

/// Whether all crates of the workspace compile without a warning. Cargo shows its own progress.
pub(super) fn compiles(out: &Path) -> io::Result<bool> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["check", "--workspace"])
        .current_dir(out)
        // Cargo caps the lints of packages from the registry, so that this is about the crates and the runtime.
        .env("RUSTFLAGS", "-D warnings")
        .status()?;
    Ok(status.success())
}
