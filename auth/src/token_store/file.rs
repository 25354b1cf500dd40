//! Tokens in a file.

use super::{Guard, TokenStore};
use crate::device_store::StoreFuture;
use crate::error::BoxError;
use crate::tokens::Tokens;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Tokens in a file that its owner alone can read and write (mode 0600 on Unix).
///
/// A new file is written beside it, synced and renamed, so that the file holds the old tokens or the new ones whenever the
/// program or the machine stops. A lock file beside it keeps processes from refreshing at the same time.
#[derive(Clone, Debug)]
pub struct FileTokens {
    path: PathBuf,
}

impl FileTokens {
    /// Tokens in the file at `path`. Its folder must exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(extension);
        name.into()
    }
}

impl TokenStore for FileTokens {
    // These are a few kilobytes of a local file: to hand them to another thread would cost more than to do them.
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        Box::pin(async {
            match fs::read_to_string(&self.path) {
                Ok(text) => Ok(Some(Tokens::from_json(&zeroize::Zeroizing::new(text))?)),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        Box::pin(async move { write(&self.path, &self.beside(".new"), tokens.to_json().expose()) })
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            match fs::remove_file(&self.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            }
        })
    }

    fn lock(&self) -> StoreFuture<'_, Guard> {
        Box::pin(async {
            let file = private(OpenOptions::new().create(true).truncate(false)).open(self.beside(".lock"))?;
            // Another process may hold it for the time of a refresh, which mustn't stop this one's other tasks.
            tokio::task::spawn_blocking(move || {
                file.lock()?;
                Ok(Box::new(file) as Guard)
            })
            .await?
        })
    }
}

/// Options that let the owner alone read and write.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.write(true)
}

fn write(path: &Path, new: &Path, text: &str) -> Result<(), BoxError> {
    // What an earlier run has left may have another mode.
    let _ = fs::remove_file(new);
    let mut file = private(OpenOptions::new().create_new(true)).open(new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)?;
    // The rename itself lasts once the folder is synced. Not every system can sync a folder.
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(())
}
