//! A file that only its owner can read and write. It has either the old text or the new one, even if the machine stops.

use crate::device_store::StoreFuture;
use crate::error::BoxError;
use crate::secret::Secret;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tokio::runtime::Handle;

/// The file, and its lock file.
///
/// The file is local and has a few kilobytes, so moving the work to another thread would cost more than the work
/// itself.
#[derive(Clone, Debug)]
pub(crate) struct PrivateFile {
    path: PathBuf,
}

impl PrivateFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The text, if there is a file.
    pub(crate) fn read(&self) -> Result<Option<Secret>, BoxError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text.into())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes a new file in the same folder, syncs it and renames it.
    pub(crate) fn replace(&self, text: &Secret) -> Result<(), BoxError> {
        let new = self.beside(".new");
        // What an earlier run has left may have another mode.
        let _ = fs::remove_file(&new);
        let mut file = private(OpenOptions::new().create_new(true)).open(&new)?;
        file.write_all(text.expose().as_bytes())?;
        file.sync_all()?;
        fs::rename(new, &self.path)?;
        sync_folder(&self.path);
        Ok(())
    }

    /// Removes the file, if there is one.
    pub(crate) fn remove(&self) -> Result<(), BoxError> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Locks the file, also against other processes, until the result is dropped.
    pub(crate) fn lock(&self) -> StoreFuture<'_, File> {
        Box::pin(async {
            let file = private(OpenOptions::new().create(true).truncate(false)).open(self.beside(".lock"))?;
            let wait = move || {
                file.lock()?;
                Ok(file)
            };
            // Another process may hold it for the time of a refresh, which mustn't stop this one's other tasks. Without
            // a runtime, there are none.
            match Handle::try_current() {
                Ok(runtime) => runtime.spawn_blocking(wait).await?,
                Err(_) => wait(),
            }
        })
    }

    fn beside(&self, extension: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(extension);
        name.into()
    }
}

/// Options that let only the owner read and write.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.write(true)
}

/// A rename lasts once the folder is synced. Not every system can sync a folder.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
