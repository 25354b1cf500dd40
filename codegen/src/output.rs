//! Rendered files to files on disk: formatted, compared, and only what differs is written.

mod difference;
mod error;
mod stage;

use crate::emit::{Files, MARK};
use error::at;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

pub use difference::Difference;
pub use error::OutputError;
pub(crate) use stage::write_file;
pub use stage::{Staged, commit};

/// rustfmt's settings for generated code, whatever the machine's are.
const RUSTFMT_SETTINGS: &str = "max_width = 120\n";

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

#[cfg(test)]
mod tests {
    use super::commit;
    use super::stage::PREFIX;
    use super::{OutputError, stage};
    use crate::emit::Files;
    use std::collections::BTreeMap;
    use std::error::Error;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn files(text: &str) -> Files {
        let names = ["Cargo.toml", "src/a.rs", "src/b.rs", "src/new/c.rs"];
        let names = names
            .into_iter()
            .filter(|name| text == "new" || *name != "src/new/c.rs");
        names.map(|name| (name.to_owned(), text.to_owned())).collect()
    }

    /// All files below a folder, with their text.
    fn content(folder: &Path) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                found.insert(path.clone(), "a folder".to_owned());
                found.extend(content(&path));
            } else {
                found.insert(path.clone(), fs::read_to_string(&path).expect("a text"));
            }
        }
        found
    }

    /// A folder with old files and a stale one.
    fn old() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        super::write(folder.path(), &files("old")).expect("written");
        fs::write(folder.path().join("src/stale.rs"), "old").expect("written");
        folder
    }

    #[test]
    fn what_is_staged_and_dropped_leaves_no_trace() -> Result<(), Box<dyn Error>> {
        let folder = old();
        let before = content(folder.path());
        let staged = stage(folder.path(), &files("new"))?;
        assert_eq!(staged.difference().stale, [PathBuf::from("src/stale.rs")]);
        assert_ne!(content(folder.path()), before);
        drop(staged);
        assert_eq!(content(folder.path()), before);
        Ok(())
    }

    #[test]
    fn a_move_that_fails_takes_back_those_of_all_folders() -> Result<(), Box<dyn Error>> {
        let (one, two) = (old(), old());
        let staged = vec![stage(one.path(), &files("new"))?, stage(two.path(), &files("new"))?];
        // A folder with something in it can't be replaced by a file: it comes between the two steps.
        let (path, aside) = (two.path().join("src/b.rs"), two.path().join("aside"));
        fs::rename(&path, &aside)?;
        fs::create_dir_all(path.join("in the way"))?;
        let error = commit(staged).expect_err("a folder is in the way");
        assert!(matches!(error, OutputError::PutBack(_)), "{error}");
        assert!(error.to_string().contains("src/b.rs: "), "{error}");
        assert!(error.to_string().contains("\n  nothing has changed"), "{error}");
        fs::remove_dir_all(&path)?;
        fs::rename(&aside, &path)?;
        for folder in [one, two] {
            let expected = old();
            let below = |folder: &Path| -> Vec<_> {
                let content = content(folder).into_iter();
                content
                    .map(|(path, text)| (path.strip_prefix(folder).expect("below").to_owned(), text))
                    .collect()
            };
            assert_eq!(below(folder.path()), below(expected.path()));
        }
        Ok(())
    }

    #[test]
    fn what_can_not_be_put_back_is_named_with_what_it_is() -> Result<(), Box<dyn Error>> {
        let folder = old();
        let staged = stage(folder.path(), &files("new"))?;
        let path = folder.path().join("src/b.rs");
        fs::remove_file(&path)?;
        fs::create_dir_all(path.join("in the way"))?;
        // Someone removes the copies of the old files, so that these are gone.
        for (copy, text) in content(folder.path()) {
            let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with(PREFIX) && text == "old" {
                fs::remove_file(copy)?;
            }
        }
        let error = commit(vec![staged]).expect_err("a folder is in the way").to_string();
        let manifest = folder.path().join("Cargo.toml");
        assert!(
            error.contains("\n  the files are neither all old nor all new:\n"),
            "{error}"
        );
        assert!(
            error.contains(&format!("\n  {} isn't put back", manifest.display())),
            "{error}"
        );
        assert!(error.contains("what was there is lost"), "{error}");
        assert_eq!(fs::read_to_string(manifest)?, "new");
        Ok(())
    }
}
