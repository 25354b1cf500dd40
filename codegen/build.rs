//! Finds the models that the package carries, so that none is built without, and packs them into the command.

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    // In the repository `model` is a link to the folder beside the package, which becomes a folder of the package with
    // `cargo package`. A checkout on a system without links has a file there.
    let folders = [package.join("model"), package.join("../model")];
    let models = folders.into_iter().find(|folder| folder.join("SOURCE.toml").is_file());
    let models = models.ok_or(
        "cognito-codegen has no models: the folder `model` of the package is missing\n  hint: package it on a system \
         with symbolic links, where `codegen/model` leads to the repository's models",
    )?;
    println!("cargo:rerun-if-changed={}", models.display());
    println!("cargo:rustc-env=COGNITO_CODEGEN_MODELS={}", models.display());
    if env::var_os("CARGO_FEATURE_CLI").is_some() {
        let mut files = Vec::new();
        find(&models, &models, &mut files)?;
        files.sort();
        let mut table = "&[\n".to_owned();
        for (name, path) in files {
            writeln!(
                table,
                "    ({name:?}, include_bytes!({:?})),",
                path.display().to_string()
            )?;
        }
        table.push_str("]\n");
        fs::write(Path::new(&env::var("OUT_DIR")?).join("models.rs"), table)?;
    }
    Ok(())
}

/// The files below `folder`: name below `root`, with slashes, and path.
fn find(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(root, &path, files)?;
        } else {
            let below = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((below, path));
        }
    }
    Ok(())
}
