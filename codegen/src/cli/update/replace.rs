//! The last step of an update: the new models take the place of the old ones, and what is generated from them follows.

use cognito_codegen::output::OutputError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why an update wasn't done, though all of it had been prepared.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplaceError {
    /// The models couldn't be moved; nothing has changed.
    #[error("{} can't be replaced: {source}\n  hint: check that no other program uses it, and that it may be renamed", models.display())]
    Models { models: PathBuf, source: io::Error },
    /// The crates couldn't be written; the old models are in their place again.
    #[error(transparent)]
    Crates(OutputError),
    /// Something went wrong, and the old models couldn't be put back.
    #[error("{cause}\n  the models can't be put back ({source}): the old ones are in {}\n  hint: rename that folder to {}", old.display(), models.display())]
    Torn {
        cause: String,
        old: PathBuf,
        models: PathBuf,
        source: io::Error,
    },
}

/// Puts the folder `new` in the place of `models`, whose old content becomes `old`, and runs `write`. If that fails,
/// the old models come back. On one file system a rename either happens or doesn't.
pub(super) fn replace<T>(
    models: &Path,
    new: &Path,
    old: &Path,
    write: impl FnOnce() -> Result<T, OutputError>,
) -> Result<T, ReplaceError> {
    let cant = |source| ReplaceError::Models {
        models: models.to_owned(),
        source,
    };
    let torn = |cause: String, source| ReplaceError::Torn {
        cause,
        old: old.to_owned(),
        models: models.to_owned(),
        source,
    };
    fs::rename(models, old).map_err(cant)?;
    if let Err(source) = fs::rename(new, models) {
        let cause = cant(source);
        return Err(match fs::rename(old, models) {
            Ok(()) => cause,
            Err(source) => torn(cause.to_string(), source),
        });
    }
    write().map_err(
        |cause| match fs::rename(models, new).and_then(|()| fs::rename(old, models)) {
            Ok(()) => ReplaceError::Crates(cause),
            Err(source) => torn(cause.to_string(), source),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{ReplaceError, replace};
    use cognito_codegen::output::OutputError;
    use std::error::Error;
    use std::fs;
    use std::io;
    use std::path::{Path, PathBuf};

    type Done = Result<(), Box<dyn Error>>;

    /// A folder with old models and new ones.
    fn models() -> io::Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for name in ["model", "new"] {
            fs::create_dir(folder.path().join(name))?;
            fs::write(folder.path().join(name).join("text"), name)?;
        }
        Ok(folder)
    }

    fn run(folder: &Path, write: impl FnOnce() -> Result<(), OutputError>) -> Result<(), ReplaceError> {
        let [models, new, old] = ["model", "new", "old"].map(|name| folder.join(name));
        replace(&models, &new, &old, write)
    }

    fn full() -> OutputError {
        OutputError::Io {
            path: PathBuf::from("lib.rs"),
            source: io::ErrorKind::StorageFull.into(),
        }
    }

    #[test]
    fn the_new_models_take_the_place_of_the_old_ones() -> Done {
        let folder = models()?;
        run(folder.path(), || Ok(()))?;
        assert_eq!(fs::read_to_string(folder.path().join("model/text"))?, "new");
        Ok(())
    }

    #[test]
    fn the_old_models_come_back_if_the_crates_can_not_be_written() -> Done {
        let folder = models()?;
        let error = run(folder.path(), || Err(full())).expect_err("a full disk");
        assert!(matches!(error, ReplaceError::Crates(_)), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("model/text"))?, "model");
        Ok(())
    }

    #[test]
    fn the_old_models_come_back_if_there_are_no_new_ones() -> Done {
        let folder = models()?;
        fs::remove_dir_all(folder.path().join("new"))?;
        let error = run(folder.path(), || Ok(())).expect_err("no new models");
        assert!(error.to_string().contains("model can't be replaced: "), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("model/text"))?, "model");
        Ok(())
    }

    #[test]
    fn models_that_can_not_be_put_back_are_named() -> Done {
        let folder = models()?;
        let write = || {
            fs::create_dir_all(folder.path().join("new/in the way")).map_err(|_| full())?;
            Err(full())
        };
        let error = run(folder.path(), write).expect_err("a full disk");
        assert!(matches!(error, ReplaceError::Torn { .. }), "{error}");
        assert!(error.to_string().contains("the old ones are in "), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("old/text"))?, "model");
        Ok(())
    }
}
