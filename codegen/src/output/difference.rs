//! What is different between files on disk and those that should be there.

use std::path::PathBuf;

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
