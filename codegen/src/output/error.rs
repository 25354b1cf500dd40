//! What can go wrong with files, and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// A file could not be formatted, read or written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// rustfmt isn't there.
    #[error("rustfmt could not be started: {0}\n  hint: install it with `rustup component add rustfmt`")]
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

/// Says at which path something happened.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io { path, source }
}
