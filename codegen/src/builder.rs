//! Generates a module with the operations that a crate calls, from the crate's build script.

use crate::emit;
use crate::generate::{GenerateError, Repository};
use crate::output::{self, OutputError};
use crate::plan::Placement;
use std::env;
use std::fmt;
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
/// build dependencies. The models are part of this crate, so nothing is downloaded.
#[derive(Debug, Clone)]
pub struct Builder {
    models: PathBuf,
    service: String,
    operations: Vec<String>,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

/// Why a build script couldn't generate the module.
///
/// A build script that returns this error prints it with `Debug`. So `Debug` also prints the sentence and its hint.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Nothing can be generated from the model.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// `OUT_DIR` isn't set. Cargo sets it only for build scripts.
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
    /// All operations of `cognito-idp`, from the models in this crate.
    pub fn new() -> Self {
        Self {
            // The build script has found them.
            models: PathBuf::from(env!("COGNITO_CODEGEN_MODELS")),
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

    /// The operations to generate, with the types that they need. In a name, `*` matches any text: `Admin*User`.
    #[must_use]
    pub fn operations<I: IntoIterator<Item: Into<String>>>(mut self, names: I) -> Self {
        self.operations.extend(names.into_iter().map(Into::into));
        self
    }

    /// Uses your own models: a folder with `partitions.json`, `SOURCE.toml` and a folder for each service, relative to the
    /// package. The folder `model/` of the generator's repository is one, for example after `cognito-codegen model update`
    /// has taken a newer version there.
    ///
    /// A service's folder has `service.json`, `paginators.json` and `endpoint-rule-set.json`. `SOURCE.toml` says where they
    /// come from: `[package]` with `name`, `version` and `sdist_sha256`.
    #[must_use]
    pub fn models(mut self, folder: impl Into<PathBuf>) -> Self {
        self.models = folder.into();
        self
    }

    /// Sets the module's path, if the file isn't included at the root of the crate, for example
    /// `crate::aws::cognito_idp`. It begins with `crate::` and ends with the module's name.
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

    /// Generates the module, tells Cargo when to run the build script again, and returns the path of the file to
    /// include.
    ///
    /// # Errors
    /// The service or an operation is unknown, the model is invalid, or the folder can't be written to.
    pub fn generate(self) -> Result<PathBuf, BuildError> {
        let out_dir = self.out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out_dir = out_dir.ok_or(BuildError::NoOutDir)?;
        let repository = Repository::of_models(&self.models);
        let name = self.service.replace('-', "_");
        let path = self.module.unwrap_or_else(|| format!("crate::{name}"));
        let module = path.rsplit("::").next().unwrap_or(&name).to_owned();
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
        output::write_file(&include, &include_text(&folder.join("mod.rs"), &module))?;
        for file in ["partitions.json", "SOURCE.toml", &self.service] {
            println!("cargo:rerun-if-changed={}", self.models.join(file).display());
        }
        Ok(include)
    }
}

/// The declaration of the module. It doesn't change the lints of the crate that includes it.
fn include_text(file: &Path, module: &str) -> String {
    format!(
        "#[allow(clippy::all, clippy::pedantic, dead_code, unreachable_pub, unused_imports)]\n#[path = {file:?}]\npub mod {module};\n"
    )
}
