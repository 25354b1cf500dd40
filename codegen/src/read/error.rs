//! What is wrong with the JSON that came in.

use std::fmt;
use std::path::{Path, PathBuf};

/// One mistake in a model file: where it is, what it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {path}: {message}\n  hint: {hint}", .file.display())]
pub struct ModelError {
    /// The file, as named by the caller.
    pub file: PathBuf,
    /// The JSON path inside the file, such as `$.shapes.UserType.members.Username.shape`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Everything wrong with a model, in the order in which it was found; never empty when returned as an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(pub Vec<ModelError>);

impl Errors {
    /// The same errors, of files in `folder`.
    pub(crate) fn below(mut self, folder: &Path) -> Self {
        for error in &mut self.0 {
            error.file = folder.join(&error.file);
        }
        self
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
