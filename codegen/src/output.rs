//! Rendered files to files on disk: formatted, compared, and only what differs is written.

use crate::emit::{Files, MARK};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

/// rustfmt's settings for generated code, whatever the machine's are.
const RUSTFMT_SETTINGS: &str = "max_width = 120\n";

/// A file could not be formatted, read or written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// rustfmt isn't there.
    #[error("rustfmt could not be started: {0}; install it with `rustup component add rustfmt`")]
    RustfmtMissing(#[source] io::Error),
    /// rustfmt refuses the generated code: a mistake in the templates.
    #[error("rustfmt refuses the generated code, which is a mistake in the generator:\n{0}")]
    Rustfmt(String),
    /// A file or folder can't be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What happened.
        #[source]
        source: io::Error,
    },
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io { path, source }
}

/// Formats the Rust files with rustfmt. `src/lib.rs` must reach each of them.
///
/// # Errors
/// rustfmt is missing or refuses the code.
pub fn format(files: Files) -> Result<Files, OutputError> {
    let folder = tempfile::tempdir().map_err(at(Path::new("the temporary folder")))?;
    write_all(folder.path(), &files)?;
    let settings = folder.path().join("rustfmt.toml");
    fs::write(&settings, RUSTFMT_SETTINGS).map_err(at(&settings))?;
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(&settings)
        .arg(folder.path().join("src/lib.rs"))
        .output()
        .map_err(OutputError::RustfmtMissing)?;
    if !output.status.success() && is_missing_component(&output.stderr) {
        let what_it_says = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(OutputError::RustfmtMissing(io::Error::other(what_it_says)));
    }
    if !output.status.success() {
        return Err(OutputError::Rustfmt(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    let mut formatted = Files::new();
    for name in files.into_keys() {
        let path = folder.path().join(&name);
        let text = fs::read_to_string(&path).map_err(at(&path))?;
        formatted.insert(name, text);
    }
    Ok(formatted)
}

/// Whether what ran is rustup's proxy, which stands in for a rustfmt that its toolchain doesn't have.
fn is_missing_component(stderr: &[u8]) -> bool {
    let text = String::from_utf8_lossy(stderr);
    text.contains("rustup") && (text.contains("is not installed") || text.contains("is not applicable"))
        || text.contains("rustup could not choose a version")
}

fn write_all(folder: &Path, files: &Files) -> Result<(), OutputError> {
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        fs::write(&path, text).map_err(at(&path))?;
    }
    Ok(())
}

/// What is different between a folder and the files that it should hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are there with other content.
    pub changed: Vec<String>,
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files that should not be there. Their names are the file system's own: they need not be UTF-8.
    pub stale: Vec<PathBuf>,
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.stale.is_empty()
    }
}

/// Compares `folder` with the files that it should hold.
///
/// # Errors
/// A file that is there can't be read.
pub fn compare(folder: &Path, files: &Files) -> Result<Difference, OutputError> {
    let on_disk = read_all(folder)?;
    let mut difference = Difference::default();
    for (name, text) in files {
        match on_disk.get(Path::new(name)) {
            None => difference.missing.push(name.clone()),
            Some(Entry::File) if same(folder, name, text)? => {}
            Some(_) => difference.changed.push(name.clone()),
        }
    }
    let wanted: BTreeSet<&Path> = files.keys().map(Path::new).collect();
    difference
        .stale
        .extend(on_disk.into_keys().filter(|path| !wanted.contains(path.as_path())));
    Ok(difference)
}

/// Whether a file has this text. A checkout may have given its lines carriage returns, which say nothing.
fn same(folder: &Path, name: &str, text: &str) -> Result<bool, OutputError> {
    let path = folder.join(name);
    let found = fs::read(&path).map_err(at(&path))?;
    if !found.contains(&b'\r') {
        return Ok(found == text.as_bytes());
    }
    let found = String::from_utf8_lossy(&found);
    Ok(found.replace("\r\n", "\n") == *text)
}

/// Makes `folder` hold just `files`: writes what differs, removes what is stale.
///
/// # Errors
/// A file can't be read, written or removed.
pub fn write(folder: &Path, files: &Files) -> Result<Difference, OutputError> {
    let difference = compare(folder, files)?;
    apply(folder, files, &difference)?;
    Ok(difference)
}

/// As [`write()`], in a folder that isn't the generator's alone: what others have put there stays. `None` where the
/// folder has files, and no manifest of a generated crate.
///
/// # Errors
/// As [`write()`].
pub fn write_beside_others(folder: &Path, files: &Files) -> Result<Option<Difference>, OutputError> {
    // The mark is at the beginning: of a foreign file, which may be of any size, no more is read.
    let generated = |name: &Path| {
        let mut start = Vec::new();
        let file = fs::File::open(folder.join(name));
        let read = file.and_then(|file| file.take(MARK.len() as u64 + 8).read_to_end(&mut start));
        read.is_ok()
            && String::from_utf8_lossy(&start)
                .trim_start_matches(['/', '#'])
                .starts_with(MARK)
    };
    let mut difference = compare(folder, files)?;
    let empty = difference.stale.is_empty() && difference.missing.len() == files.len();
    if !empty && !generated(Path::new("Cargo.toml")) {
        return Ok(None);
    }
    difference
        .stale
        .retain(|name| name.extension().is_some_and(|it| it == "rs") && generated(name));
    apply(folder, files, &difference)?;
    Ok(Some(difference))
}

fn apply(folder: &Path, files: &Files, difference: &Difference) -> Result<(), OutputError> {
    for name in &difference.stale {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(at(&path))?;
        remove_empty_parents(folder, &path);
    }
    for name in &difference.changed {
        // A symbolic link is replaced, not followed: what it points to isn't ours.
        let path = folder.join(name);
        if path.is_symlink() {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    let wanted: BTreeSet<&String> = difference.changed.iter().chain(&difference.missing).collect();
    let differing = files.iter().filter(|(name, _)| wanted.contains(name));
    write_all(
        folder,
        &differing.map(|(name, text)| (name.clone(), text.clone())).collect(),
    )
}

/// Removes the folders that a removed file leaves empty. One that isn't empty stays.
fn remove_empty_parents(root: &Path, path: &Path) {
    for parent in path.ancestors().skip(1).take_while(|parent| *parent != root) {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}

/// What is at a path.
enum Entry {
    File,
    /// A symbolic link or another thing that the generator never writes.
    Other,
}

/// What is below `folder`, by path; what is in the files isn't read. Cargo's `target` isn't looked at.
fn read_all(folder: &Path) -> Result<BTreeMap<PathBuf, Entry>, OutputError> {
    let mut found = BTreeMap::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let path = folder.join(&below);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(at(&path))?;
            let name = below.join(entry.file_name());
            let kind = entry.file_type().map_err(at(&entry.path()))?;
            if kind.is_file() {
                found.insert(name, Entry::File);
            } else if !kind.is_dir() {
                found.insert(name, Entry::Other);
            } else if name != Path::new("target") {
                open.push(name);
            }
        }
    }
    Ok(found)
}
