//! Where the command runs: in a repository, or anywhere else, with the models that it carries.

use cognito_codegen::generate::Repository;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The models of this version of the generator, by path below `model/`. The build script packs them.
const CARRIED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/models.rs"));

/// What stands for the folder of models in an error about carried ones.
const CARRIED_NAME: &str = "the models that cognito-codegen carries";

/// Where the command runs.
pub(crate) enum Place {
    /// In a repository, or one that is named by `--root`.
    Repository(Repository),
    /// Elsewhere.
    Elsewhere {
        /// The carried models, and nothing that is generated from them.
        models: Repository,
        /// Where they are unpacked.
        _unpacked: TempDir,
    },
}

/// The command works on a repository, and there is none.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no model/SOURCE.toml here\n  hint: run the command in a clone of the generator's repository, or name it with --root"
)]
pub(crate) struct NoRepository;

/// The carried models can't be unpacked.
#[derive(Debug, thiserror::Error)]
#[error("the models can't be unpacked to {}: {source}\n  hint: set TMPDIR to a folder that can be written", path.display())]
pub(crate) struct UnpackError {
    path: PathBuf,
    source: io::Error,
}

impl Place {
    /// The repository at `root`, or the current folder's, or none.
    pub(crate) fn find(root: Option<PathBuf>) -> Result<Self, UnpackError> {
        if let Some(root) = root {
            return Ok(Self::Repository(Repository::new(root)));
        }
        if Path::new("model/SOURCE.toml").is_file() {
            return Ok(Self::Repository(Repository::new(".")));
        }
        let at = |path: &Path| {
            let path = path.to_owned();
            |source| UnpackError { path, source }
        };
        let unpacked = tempfile::tempdir().map_err(at(&std::env::temp_dir()))?;
        for (name, bytes) in CARRIED {
            let path = unpacked.path().join(name);
            let folder = path.parent().unwrap_or(unpacked.path());
            fs::create_dir_all(folder).map_err(at(folder))?;
            fs::write(&path, bytes).map_err(at(&path))?;
        }
        Ok(Self::Elsewhere {
            models: Repository::of_models(unpacked.path()).named(CARRIED_NAME),
            _unpacked: unpacked,
        })
    }

    /// Whose models to read.
    pub(crate) fn models(&self) -> &Repository {
        match self {
            Self::Repository(repository) => repository,
            Self::Elsewhere { models, .. } => models,
        }
    }

    /// The repository, for what writes to it.
    pub(crate) fn repository(&self) -> Result<&Repository, NoRepository> {
        match self {
            Self::Repository(repository) => Ok(repository),
            Self::Elsewhere { .. } => Err(NoRepository),
        }
    }
}
