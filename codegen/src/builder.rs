//! For build scripts: the operations that a crate calls, as a module of that crate.

use crate::emit;
use crate::generate::{GenerateError, Repository};
use crate::output::{self, OutputError};
use crate::plan::Placement;
use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Generates a module in a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), cognito_codegen::BuildError> {
///     cognito_codegen::Builder::new()
///         .service("cognito-idp")
///         .operations(["SignUp", "ConfirmSignUp", "Admin*User"])
///         .generate()?;
///     Ok(())
/// }
/// ```
///
/// ```ignore
/// // src/main.rs: declares the module `cognito_idp`
/// include!(concat!(env!("OUT_DIR"), "/cognito_idp.rs"));
/// ```
///
/// The crate needs `cognito-runtime` among its dependencies, and this crate, with `default-features = false`, among its
/// build dependencies. The models come with this crate, so that nothing is downloaded.
#[derive(Debug, Clone)]
pub struct Builder {
    models: PathBuf,
    service: String,
    operations: Vec<String>,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

/// Why a build script has generated nothing.
///
/// A build script that returns it prints it as `Debug` does, which is why that is the sentence and its hint, too.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Nothing can be generated from the model.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// Cargo sets `OUT_DIR`, in build scripts only.
    #[error("OUT_DIR isn't set\n  hint: call this from a build script, or name a folder with `out_dir`")]
    NoOutDir,
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl From<OutputError> for BuildError {
    fn from(error: OutputError) -> Self {
        Self::Generate(error.into())
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// All operations of `cognito-idp`, from the models that come with this crate.
    pub fn new() -> Self {
        // In the published package the models are in the crate; in the repository they are beside it, too.
        let this = Path::new(env!("CARGO_MANIFEST_DIR"));
        let packaged = this.join("model");
        Self {
            models: if packaged.is_dir() {
                packaged
            } else {
                this.join("../model")
            },
            service: "cognito-idp".to_owned(),
            operations: Vec::new(),
            module: None,
            out_dir: None,
        }
    }

    /// The service, by the name of its folder among the models.
    #[must_use]
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.service = name.into();
        self
    }

    /// The operations to generate, with the types that they need. In a name `*` stands for any text: `Admin*User`.
    #[must_use]
    pub fn operations<I: IntoIterator<Item: Into<String>>>(mut self, names: I) -> Self {
        self.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Models of your own: a folder with `partitions.json`, `SOURCE.toml` and a folder for each service.
    #[must_use]
    pub fn models(mut self, folder: impl Into<PathBuf>) -> Self {
        self.models = folder.into();
        self
    }

    /// The module's path, where the file is not included at the root of the crate: `crate::aws::cognito_idp`.
    #[must_use]
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// The folder to write to, instead of Cargo's `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates, tells Cargo when to do so again, and answers with the file to include.
    ///
    /// # Errors
    /// The service or an operation is unknown, the model says something wrong, or the folder can't be written.
    pub fn generate(self) -> Result<PathBuf, BuildError> {
        let out_dir = self.out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out_dir = out_dir.ok_or(BuildError::NoOutDir)?;
        let repository = Repository::of_models(&self.models);
        let name = self.service.replace('-', "_");
        let path = self.module.unwrap_or_else(|| format!("crate::{name}"));
        let plan = repository.plan_of_operations(&self.service, &self.operations, &Placement::Module(path))?;
        let files = emit::emit(&plan).map_err(GenerateError::from)?;
        // rustfmt only makes it pleasant to read: a machine without it can build all the same.
        let files = match output::format(files.clone()) {
            Err(OutputError::RustfmtMissing(_)) => files,
            formatted => formatted?,
        };
        let folder = out_dir.join(&self.service);
        output::write(&folder, &emit::as_module(files))?;
        let include = out_dir.join(format!("{name}.rs"));
        fs::write(&include, include_text(&folder.join("mod.rs"), &name)).map_err(|source| OutputError::Io {
            path: include.clone(),
            source,
        })?;
        for file in ["partitions.json", "SOURCE.toml", &self.service] {
            println!("cargo:rerun-if-changed={}", self.models.join(file).display());
        }
        Ok(include)
    }
}

/// The declaration of the module. Its file says nothing about the lints of the crate that includes it.
fn include_text(file: &Path, module: &str) -> String {
    format!(
        "#[allow(clippy::all, clippy::pedantic, dead_code, unreachable_pub, unused_imports)]\n#[path = {file:?}]\npub mod {module};\n"
    )
}
