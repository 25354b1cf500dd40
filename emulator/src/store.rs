//! The state on disk: a file of lines, with the state at some time and each change since.
//!
//! A line is a checksum and JSON. It counts once it is complete on the disk. The first line is a state, the others are
//! lists of changes. The cost of a change is proportional to its size. When the changes outgrow the state, a new file
//! with the current state replaces the old one.

use crate::cognito::Cognito;
use crate::kept::{Change, Part};
use crate::unquoted::unquoted;
use crate::world::{State, World};
use ring::digest::{SHA256, digest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::Duration;

/// How long changes may wait before they are written.
const DELAY: Duration = Duration::from_millis(200);

/// How many bytes of changes a small state may have.
const CHANGES: u64 = 256 * 1024;

/// How many digits a checksum has. The first digits of SHA-256 are enough against accidents.
const CHECKSUM: usize = 16;

/// Why the state can't be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the file can't be used.
    #[error("{}: {source}; name a folder that this program may write to", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The file isn't a state of this version, or was damaged.
    #[error("{}, line {line}: {message}; move the file away to begin anew", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The line in it, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
}

/// How large the file is: with its state alone, and what changes have been added.
#[derive(Debug, Clone, Copy)]
struct Size {
    state: u64,
    changes: u64,
}

fn file(folder: &Path) -> PathBuf {
    folder.join("cognito.json")
}

/// The checksum of a line's JSON.
fn checksum(json: &[u8]) -> String {
    let digest = digest(&SHA256, json);
    let digits = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
    digits.take(CHECKSUM / 2).collect()
}

/// A value as a line.
fn line(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let json = serde_json::to_vec(value)?;
    let mut line = checksum(&json).into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    Ok(line)
}

/// The JSON of a line, if it is whole.
fn json(line: &[u8]) -> Option<&[u8]> {
    let (sum, json) = line.strip_suffix(b"\n")?.split_at_checked(CHECKSUM)?;
    let json = json.strip_prefix(b" ")?;
    (sum == checksum(json).as_bytes()).then_some(json)
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|error| unquoted(&error.to_string()))
}

/// The state that a file tells of. `path` is for messages.
fn state(text: &[u8], path: &Path) -> Result<State, StoreError> {
    let mut lines = text.split_inclusive(|byte| *byte == b'\n').enumerate().peekable();
    let mut state = None;
    while let Some((before, line)) = lines.next() {
        let wrong = |message: String| StoreError::Format {
            path: path.to_owned(),
            line: before + 1,
            message,
        };
        let Some(json) = json(line) else {
            if state.is_some() && lines.peek().is_none() {
                tracing::warn!(
                    file = %path.display(),
                    line = before + 1,
                    "the last changes weren't written to their end, and are lost"
                );
                break;
            }
            return Err(wrong("its checksum isn't that of its text".to_owned()));
        };
        match &mut state {
            None => state = Some(read::<State>(json).map_err(wrong)?),
            Some(state) => {
                for change in read::<Vec<Change>>(json).map_err(wrong)? {
                    let applied = match change {
                        Change::Set(at, to) => state.apply(&at, Some(to)),
                        Change::Remove(at) => state.apply(&at, None),
                    };
                    applied.map_err(|message| wrong(unquoted(&message)))?;
                }
            }
        }
    }
    state.ok_or_else(|| StoreError::Format {
        path: path.to_owned(),
        line: 1,
        message: "there is no state in it".to_owned(),
    })
}

/// Puts a file with this text in the place of the one that is there: at each moment the one or the other is there.
fn put(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let new = path.with_extension("json.new");
    let mut output = File::create(&new)?;
    output.write_all(text)?;
    output.sync_all()?;
    fs::rename(&new, path)?;
    // The new name must survive a loss of power, too; other systems don't open folders.
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Adds a line to the file; says whether there is one.
fn add(path: &Path, line: &[u8]) -> io::Result<bool> {
    let mut output = match OpenOptions::new().append(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    output.write_all(line)?;
    output.sync_data()?;
    Ok(true)
}

impl Cognito {
    /// Loads the state in `folder`, if there is one, and moves the clock forward to where it was. Changes whose writing
    /// was interrupted are dropped, with a warning in the log.
    ///
    /// # Errors
    /// The file can't be read, isn't a state, or was damaged elsewhere than at its end.
    pub fn load(&self, folder: &Path) -> Result<(), StoreError> {
        let path = file(folder);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        let state = state(&text, &path)?;
        let mut world = self.world();
        // The moments in the state are those of a clock that was at least this far ahead.
        world.around.clock.catch_up(state.ahead);
        world.state = state;
        Ok(())
    }

    /// Writes the state into `folder`.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn save(&self, folder: &Path) -> Result<(), StoreError> {
        self.write(folder, |_| Ok(())).map(drop)
    }

    /// Writes changes into `folder` shortly after they happen, forever or until a write fails. Run only one at a time:
    /// with two folders, each would get only some of the changes.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub async fn keep(&self, folder: &Path) -> Result<(), StoreError> {
        let mut size = self.write(folder, State::watch)?;
        loop {
            tokio::time::sleep(DELAY).await;
            size = self.write_changes(folder, size)?;
        }
    }

    /// Writes all of the state, to which `then` happens before it can change.
    fn write(
        &self,
        folder: &Path,
        then: impl FnOnce(&mut State) -> serde_json::Result<()>,
    ) -> Result<Size, StoreError> {
        let _alone = self.inner.disk.lock().unwrap_or_else(PoisonError::into_inner);
        self.write_alone(folder, then)
    }

    fn write_alone(
        &self,
        folder: &Path,
        then: impl FnOnce(&mut State) -> serde_json::Result<()>,
    ) -> Result<Size, StoreError> {
        let path = file(folder);
        let text = {
            let mut world = self.world();
            let state = timed(&mut world);
            line(state).and_then(|text| then(state).map(|()| text))
        };
        let text = text.map_err(|error| unwritable(&path, &error))?;
        put(&path, &text).map_err(|source| StoreError::Io { path, source })?;
        Ok(Size {
            state: text.len() as u64,
            changes: 0,
        })
    }

    /// Adds what has changed to the file, or writes a new one where that is due.
    fn write_changes(&self, folder: &Path, mut size: Size) -> Result<Size, StoreError> {
        let _alone = self.inner.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let path = file(folder);
        let mut changes = Vec::new();
        {
            let mut world = self.world();
            let state = timed(&mut world);
            // A state that was put in another one's place has no changes of its own.
            if state.written.is_watched() && size.changes <= size.state.max(CHANGES) {
                let taken = state.changes(&mut Vec::new(), &mut changes);
                taken.map_err(|error| unwritable(&path, &error))?;
                if changes.is_empty() {
                    return Ok(size);
                }
            }
        }
        if !changes.is_empty() {
            let line = line(&changes).map_err(|error| unwritable(&path, &error))?;
            if add(&path, &line).map_err(|source| StoreError::Io { path, source })? {
                size.changes += line.len() as u64;
                return Ok(size);
            }
        }
        self.write_alone(folder, State::watch)
    }
}

/// The state, with the time that its clock has.
fn timed(world: &mut World) -> &mut State {
    world.state.ahead = world.around.clock.ahead();
    &mut world.state
}

fn unwritable(path: &Path, error: &serde_json::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source: io::Error::other(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
