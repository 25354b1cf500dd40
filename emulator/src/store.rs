//! The state on disk: one JSON file, which is replaced atomically, so that it is complete even if the program stops.

use crate::cognito::Cognito;
use crate::unquoted::unquoted;
use crate::world::State;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long changes may wait before they are written.
const DELAY: Duration = Duration::from_millis(200);

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
    /// The file isn't a state of this version.
    #[error("{}: {message}; move the file away to begin anew", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The parser's message.
        message: String,
    },
}

fn file(folder: &Path) -> PathBuf {
    folder.join("cognito.json")
}

impl Cognito {
    /// Loads the state in `folder`, if there is one.
    ///
    /// # Errors
    /// The file can't be read, or isn't a state.
    pub fn load(&self, folder: &Path) -> Result<(), StoreError> {
        let path = file(folder);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(StoreError::Io { path, source }),
        };
        let state: State = serde_json::from_slice(&text).map_err(|error| StoreError::Format {
            path,
            message: unquoted(&error.to_string()),
        })?;
        self.world().state = state;
        Ok(())
    }

    /// Writes the state into `folder`.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn save(&self, folder: &Path) -> Result<(), StoreError> {
        let path = file(folder);
        let text = serde_json::to_vec(&self.world().state).map_err(|error| StoreError::Format {
            path: path.clone(),
            message: error.to_string(),
        })?;
        let written = || {
            fs::create_dir_all(folder)?;
            let new = path.with_extension("json.new");
            let mut output = File::create(&new)?;
            output.write_all(&text)?;
            output.sync_all()?;
            fs::rename(&new, &path)
        };
        written().map_err(|source| StoreError::Io {
            path: path.clone(),
            source,
        })
    }

    /// Writes the state into `folder` shortly after each change, forever or until a write fails.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub async fn keep(&self, folder: &Path) -> Result<(), StoreError> {
        let mut written = 0;
        loop {
            let answered = self.inner.log.count();
            if answered != written {
                self.save(folder)?;
                written = answered;
            }
            tokio::time::sleep(DELAY).await;
        }
    }
}
