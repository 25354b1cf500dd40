//! AWS's test data, which lies in `tests/data`.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// The path of a file or folder of the test data.
pub fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect()
}

/// Reads a file of the test data.
///
/// # Panics
/// It can't be read; the message names it.
pub fn read(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap_or_else(|error| panic!("{}: {error}", path(name).display()))
}

#[derive(Deserialize)]
struct Source {
    file: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    path: String,
    sha256: String,
}

/// Checks that every file that `SOURCE.toml` lists is as AWS wrote it, and returns how many there are.
///
/// # Panics
/// A file differs; the message names it.
pub fn check_sums() -> usize {
    let source = String::from_utf8(read("SOURCE.toml")).expect("UTF-8");
    let source: Source = toml::from_str(&source).expect("`SOURCE.toml` lists files");
    for file in &source.file {
        assert_eq!(
            hex(&Sha256::digest(read(&file.path))),
            file.sha256,
            "{} was edited",
            file.path
        );
    }
    source.file.len()
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}
