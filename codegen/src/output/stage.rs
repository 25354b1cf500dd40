//! Changes of folders in two steps: everything is written beside its place first, and then moved there. Whatever fails
//! before the moves changes nothing, and a move that fails takes the others back.

use super::difference::Difference;
use super::error::{OutputError, at};
use crate::emit::Files;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// What the name of a file that is written beside its place begins with. Whoever is killed leaves such files, and the
/// next run removes them.
pub(super) const PREFIX: &str = ".cognito-codegen-";

/// A folder's new files beside their places, and copies of those that they replace. Dropping it removes all of them.
#[derive(Debug)]
pub struct Staged {
    folder: PathBuf,
    difference: Difference,
    /// In the order in which they are made, `Cargo.toml` first: it marks the folder as the generator's.
    changes: Vec<Change>,
    /// Folders that staging has made, outer ones first.
    made: Vec<PathBuf>,
}

/// A file that is to be written or removed.
#[derive(Debug)]
struct Change {
    path: PathBuf,
    /// The new file; none for one that is removed.
    new: Option<TempPath>,
    /// A second name of what is there now; none where nothing is.
    old: Option<TempPath>,
}

impl Staged {
    /// What is going to change.
    pub fn difference(&self) -> &Difference {
        &self.difference
    }

    /// Writes what differs beside its place.
    pub(super) fn new(folder: &Path, files: &Files, difference: Difference) -> Result<Self, OutputError> {
        if folder.is_symlink() && !folder.exists() {
            return Err(OutputError::LinkToNowhere(folder.to_owned()));
        }
        let mut staged = Self {
            folder: folder.to_owned(),
            difference: Difference::default(),
            changes: Vec::new(),
            made: Vec::new(),
        };
        let changed: BTreeSet<&String> = difference.changed.iter().collect();
        let wanted: BTreeSet<&String> = changed.iter().copied().chain(&difference.missing).collect();
        for (name, text) in files.iter().filter(|(name, _)| wanted.contains(name)) {
            let path = folder.join(name);
            let parent = staged.parent(Path::new(name))?;
            if path.is_dir() && !path.is_symlink() {
                return Err(OutputError::InTheWay {
                    path,
                    found: "folder",
                    wanted: "file",
                });
            }
            let new = write_beside(&parent, text).map_err(at(&path))?;
            let old = changed.contains(name).then(|| keep(&path)).transpose()?;
            let new = Some(new);
            staged.changes.push(Change { path, new, old });
        }
        for name in &difference.stale {
            let path = folder.join(name);
            let (new, old) = (None, Some(keep(&path)?));
            staged.changes.push(Change { path, new, old });
        }
        staged.difference = difference;
        Ok(staged)
    }

    /// Makes the folder of the file `name`, below which no link leads elsewhere.
    fn parent(&mut self, name: &Path) -> Result<PathBuf, OutputError> {
        let mut missing = Vec::new();
        for below in name.ancestors().skip(1).filter(|below| !below.as_os_str().is_empty()) {
            let parent = self.folder.join(below);
            if parent.is_symlink() {
                return Err(OutputError::Link(parent));
            }
            if parent.is_file() {
                return Err(OutputError::InTheWay {
                    path: parent,
                    found: "file",
                    wanted: "folder",
                });
            }
            if !parent.exists() {
                missing.push(parent);
            }
        }
        let outside = self.folder.ancestors().filter(|folder| !folder.as_os_str().is_empty());
        missing.extend(outside.take_while(|folder| !folder.exists()).map(Path::to_owned));
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder).map_err(at(&folder))?;
            self.made.push(folder);
        }
        Ok(self.folder.join(name.parent().unwrap_or(Path::new(""))))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // The files beside their places go first, then the folders that nothing has been moved to.
        self.changes.clear();
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Moves everything to its place, in all folders or in none.
///
/// # Errors
/// A file can't be moved or removed. Then all others are put back, or the error says which are not.
pub fn commit(mut staged: Vec<Staged>) -> Result<Vec<Difference>, OutputError> {
    let mut done: Vec<(PathBuf, Option<TempPath>)> = Vec::new();
    for change in staged.iter_mut().flat_map(|staged| &mut staged.changes) {
        let path = &change.path;
        let moved = match change.new.take() {
            // A link is replaced, not followed: what it points to isn't ours.
            Some(new) => new.persist(path).map_err(|error| error.error),
            None => fs::remove_file(path),
        };
        if let Err(source) = moved {
            return Err(undo(done, at(path)(source)));
        }
        done.push((path.clone(), change.old.take()));
    }
    // The copies stand in the folders that may be empty without them.
    drop(done);
    Ok(staged.into_iter().map(Staged::finish).collect())
}

impl Staged {
    fn finish(mut self) -> Difference {
        let difference = std::mem::take(&mut self.difference);
        for name in &difference.stale {
            remove_empty_parents(&self.folder, &self.folder.join(name));
        }
        difference
    }
}

/// Puts back what was there before, the last change first.
fn undo(done: Vec<(PathBuf, Option<TempPath>)>, cause: OutputError) -> OutputError {
    let mut left = String::new();
    for (path, old) in done.into_iter().rev() {
        let shown = path.display();
        match old {
            Some(old) => {
                if let Err(error) = old.persist(&path) {
                    let source = error.error;
                    let kept = match error.path.keep() {
                        Ok(kept) if kept.exists() => format!("what was there is {}", kept.display()),
                        _ => "what was there is lost".to_owned(),
                    };
                    left += &format!("\n  {shown} isn't put back ({source}); {kept}");
                }
            }
            None => {
                if let Err(source) = fs::remove_file(&path) {
                    left += &format!("\n  {shown} is new and isn't removed ({source})");
                }
            }
        }
    }
    let cause = Box::new(cause);
    if left.is_empty() {
        OutputError::PutBack(cause)
    } else {
        OutputError::Torn { cause, left }
    }
}

/// Writes a file in one step: whoever is killed leaves the old content or the new one.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    let parent = path.parent().unwrap_or(Path::new("."));
    let new = write_beside(parent, text).map_err(at(path))?;
    new.persist(path).map_err(|error| at(path)(error.error))
}

/// Writes a file with a name of its own. It isn't synchronised with the disk: the next run mends what a power cut takes.
fn write_beside(folder: &Path, text: &str) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    // As any program's files, and not for their owner only.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file: NamedTempFile = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    // Without its handle: a crate may have more files than a process may open.
    Ok(file.into_temp_path())
}

/// A second name of a file, or a copy where the file system has no such names.
fn keep(path: &Path) -> Result<TempPath, OutputError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let kept = tempfile::Builder::new()
        .prefix(PREFIX)
        .make_in(folder, |second| match fs::hard_link(path, second) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::copy(path, second).map(drop),
            linked => linked,
        });
    Ok(kept.map_err(at(path))?.into_temp_path())
}

/// Removes the folders that a removed file leaves empty. One that isn't empty stays.
fn remove_empty_parents(root: &Path, path: &Path) {
    for parent in path.ancestors().skip(1).take_while(|parent| *parent != root) {
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}
