//! Tokens in a file.

use super::{Guard, TokenStore};
use crate::device_store::StoreFuture;
use crate::private_file::PrivateFile;
use crate::tokens::Tokens;
use std::path::PathBuf;

/// Tokens in a file that only its owner can read and write (mode 0600 on Unix).
///
/// A new file is written in the same folder, synced and renamed. So the file has either the old tokens or the new ones,
/// even if the program or the machine stops. A lock file keeps processes from refreshing at the same time.
#[derive(Clone, Debug)]
pub struct FileTokens {
    file: PrivateFile,
}

impl FileTokens {
    /// Tokens in the file at `path`. Its folder must exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            file: PrivateFile::new(path.into()),
        }
    }
}

impl TokenStore for FileTokens {
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        Box::pin(async {
            match self.file.read()? {
                Some(text) => Ok(Some(Tokens::from_json(text.expose())?)),
                None => Ok(None),
            }
        })
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        Box::pin(async move { self.file.replace(&tokens.to_json()) })
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        Box::pin(async { self.file.remove() })
    }

    fn lock(&self) -> StoreFuture<'_, Guard> {
        Box::pin(async { Ok(Box::new(self.file.lock().await?) as Guard) })
    }
}
