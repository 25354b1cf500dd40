//! Why nothing was generated.

use crate::output::OutputError;
use crate::read::Errors;
use crate::select::SelectError;
use std::io;
use std::path::PathBuf;

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The model, its endpoint rules or the partitions say something wrong, or something that can't be expressed.
    #[error(transparent)]
    Model(#[from] Errors),
    /// A file can't be read.
    #[error("{}: {source}\n  hint: {hint}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What to do.
        hint: &'static str,
        /// What happened.
        #[source]
        source: io::Error,
    },
    /// A file isn't TOML, or doesn't say what it should.
    #[error("{}: {message}\n  hint: {hint}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        message: String,
        /// What to do.
        hint: &'static str,
    },
    /// There is no model of that name.
    #[error("there is no service `{name}` in {models}\n  hint: {hint}")]
    UnknownService {
        /// The name asked for.
        name: String,
        /// The folder of models, or what stands for it.
        models: String,
        /// The nearest name, or all of them.
        hint: String,
    },
    /// There is no model at all.
    #[error("there is no service in {}\n  hint: a service is a folder with service.json; `cognito-codegen model update --add SERVICE` takes one", .0.display())]
    NoService(PathBuf),
    /// The name of the service's folder, or the one given in its place, can't be a crate's name.
    #[error(
        "`{0}` can't be the name of a crate or module\n  hint: use ASCII letters, digits, `-` and `_`, after a letter, and neither a keyword nor `std` or the like: rename the service's folder, or name the crate with --name"
    )]
    CrateName(String),
    /// The path can't be a module's.
    #[error(
        "`{0}` can't be the path of the module\n  hint: write `crate::` and the names of modules, such as `crate::aws::cognito_idp`"
    )]
    ModulePath(String),
    /// There is no operation of that name.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The folder to write to has something else in it.
    #[error("{} holds files that this command hasn't written\n  hint: name an empty folder, or a new one", .0.display())]
    NotOurs(PathBuf),
    /// A template is broken.
    #[error("a template can't be rendered: {0}")]
    Template(#[from] askama::Error),
    /// A file can't be formatted or written.
    #[error(transparent)]
    Output(#[from] OutputError),
}
