//! What the commands for models print of the changes from one to another.

use cognito_codegen::diff::{self, Bump, Change};
use cognito_codegen::generate::GenerateError;
use cognito_codegen::model::Service;
use serde::Serialize;
use std::fmt;
use std::path::PathBuf;

/// What changes for Rust users from one model to another.
#[derive(Serialize)]
pub(super) struct Changes {
    changes: Vec<Change>,
    /// The part of the version that semver asks to raise: `major`, `minor` or `patch`.
    semver: String,
    /// The version that follows.
    version: String,
    /// A draft of the CHANGELOG's entry, as Markdown.
    changelog: String,
}

impl Changes {
    pub(super) fn new(old: &Service, new: &Service, source: &str) -> Result<Self, GenerateError> {
        let changes = diff::diff(old, new)?;
        let version = semver::Version::parse(env!("CARGO_PKG_VERSION")).map_err(|error| GenerateError::Parse {
            path: PathBuf::from("Cargo.toml"),
            message: error.to_string(),
            hint: "this is a mistake in the generator",
        })?;
        let bump = Bump::of(&changes);
        let version = bump.next(&version);
        Ok(Self {
            semver: bump.to_string(),
            changelog: diff::changelog(&version, source, &changes),
            version: version.to_string(),
            changes,
        })
    }

    pub(super) fn are_none(&self) -> bool {
        self.changes.is_empty()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.are_none() {
            return writeln!(f, "The models are the same for Rust users: nothing changes.");
        }
        write!(f, "{}\n{}", diff::report(&self.changes), self.changelog)
    }
}
