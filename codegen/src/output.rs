//! Rendered files to files on disk: formatted, compared, and only what differs is written.

mod stage;

use crate::emit::{Files, MARK};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use stage::write_file;
pub use stage::{Staged, commit};

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
    #[error("{}: {source}\n  hint: {}", path.display(), hint(source))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What happened.
        #[source]
        source: io::Error,
    },
    /// A folder is where a file belongs, or the other way round.
    #[error("{} is a {found}, and the generator writes a {wanted} there\n  hint: remove it, or give it another name", path.display())]
    InTheWay {
        /// Its path.
        path: PathBuf,
        /// What it is.
        found: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// A folder below the one that is written to is a link.
    #[error("{} is a link, and what it leads to may be someone else's\n  hint: remove the link, or write to another folder", .0.display())]
    Link(PathBuf),
    /// The folder to write to is a link, and nothing is where it leads to.
    #[error("{} is a link that leads nowhere\n  hint: make the folder that it leads to, or remove the link", .0.display())]
    LinkToNowhere(PathBuf),
    /// A file couldn't be moved to its place, and all others are as they were before.
    #[error("{0}\n  nothing has changed: what had been written before was put back")]
    PutBack(#[source] Box<OutputError>),
    /// A file couldn't be moved to its place, and neither could others be put back.
    #[error("{cause}\n  the files are neither all old nor all new:{left}")]
    Torn {
        /// What happened first.
        #[source]
        cause: Box<OutputError>,
        /// A line for each file that isn't as it was, with what it is now.
        left: String,
    },
}

/// What to do when a file can't be read or written.
fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "check whose it is, and that you may write there"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk, and run the command again",
        io::ErrorKind::NotFound => "check the path; another program may have removed it",
        io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists => {
            "something else has this name: remove it, or give it another name"
        }
        _ => "check the path and the disk, and run the command again",
    }
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

/// Makes `folder` hold just `files`: writes what differs, removes what is stale. It is [`stage()`] and [`commit`].
///
/// # Errors
/// A file can't be read, written or removed. Then nothing has changed, or the error says what has.
pub fn write(folder: &Path, files: &Files) -> Result<Difference, OutputError> {
    let staged = stage(folder, files)?;
    Ok(commit(vec![staged])?.pop().unwrap_or_default())
}

/// Writes what [`write()`] would change beside its place, for [`commit`] to move it there.
///
/// # Errors
/// A file can't be read or written. Nothing has changed.
pub fn stage(folder: &Path, files: &Files) -> Result<Staged, OutputError> {
    Staged::new(folder, files, compare(folder, files)?)
}

/// As [`stage()`], in a folder that isn't the generator's alone: what others have put there stays. `None` where the
/// folder has files, and no manifest of a generated crate.
///
/// # Errors
/// As [`stage()`].
pub fn stage_beside_others(folder: &Path, files: &Files) -> Result<Option<Staged>, OutputError> {
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
    let empty = difference.stale.iter().all(|name| is_left_over(name)) && difference.missing.len() == files.len();
    if !empty && !generated(Path::new("Cargo.toml")) {
        return Ok(None);
    }
    difference
        .stale
        .retain(|name| is_left_over(name) || name.extension().is_some_and(|it| it == "rs") && generated(name));
    Staged::new(folder, files, difference).map(Some)
}

/// Makes `folder` hold `files` beside what others have put there: [`stage_beside_others`] and [`commit`].
///
/// # Errors
/// As [`write()`].
pub fn write_beside_others(folder: &Path, files: &Files) -> Result<Option<Difference>, OutputError> {
    let Some(staged) = stage_beside_others(folder, files)? else {
        return Ok(None);
    };
    Ok(commit(vec![staged])?.pop())
}

/// Whether a file is one that a run has written beside its place before it was killed.
fn is_left_over(name: &Path) -> bool {
    let name = name.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(stage::PREFIX.as_bytes())
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
        // Joined with nothing, it would end in a slash.
        let path = if below.as_os_str().is_empty() {
            folder.to_owned()
        } else {
            folder.join(&below)
        };
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
