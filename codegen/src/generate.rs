//! From `model/` to the files of a crate.

mod error;

use crate::emit::{self, Files};
use crate::endpoint::{self, Source};
use crate::example::Examples;
use crate::model::Service;
use crate::names;
use crate::output;
use crate::plan::{Fixups, Placement, Plan, Prose};
use crate::read::{self, Errors, Report, nearest};
use crate::select::select;
use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;

pub use error::GenerateError;

/// A repository: where models are and generated crates go.
#[derive(Debug, Clone)]
pub struct Repository {
    models: PathBuf,
    generated: PathBuf,
    /// What errors call the folder of models, where its path says nothing to anyone.
    name: Option<&'static str>,
}

impl Repository {
    /// The repository at `root`, which has `model/` and `generated/`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self {
            models: root.join("model"),
            generated: root.join("generated"),
            name: None,
        }
    }

    /// Models in a folder, and nothing that is generated from them.
    pub fn of_models(models: impl Into<PathBuf>) -> Self {
        Self {
            models: models.into(),
            generated: PathBuf::new(),
            name: None,
        }
    }

    /// The same repository, whose folder of models errors call `name`.
    #[must_use]
    pub fn named(self, name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    /// The same repository with other models.
    #[must_use]
    pub fn with_models(&self, models: impl Into<PathBuf>) -> Self {
        Self {
            models: models.into(),
            generated: self.generated.clone(),
            name: None,
        }
    }

    /// The folder of models.
    pub fn models(&self) -> PathBuf {
        self.models.clone()
    }

    /// The folder of a service's crate.
    pub fn crate_folder(&self, service: &str) -> PathBuf {
        self.generated.join(service)
    }

    /// The services that have a model.
    ///
    /// # Errors
    /// `model/` can't be read.
    pub fn services(&self) -> Result<Vec<String>, GenerateError> {
        let models = self.models();
        let hint = if self.generated.as_os_str().is_empty() {
            "name a folder with partitions.json, SOURCE.toml and a folder for each service"
        } else {
            "run the command in a clone of the generator's repository, or name it with --root"
        };
        let read = |source| GenerateError::Read {
            path: models.clone(),
            hint,
            source,
        };
        let mut services = Vec::new();
        for entry in fs::read_dir(&models).map_err(read)? {
            let entry = entry.map_err(read)?;
            if entry.path().join("service.json").is_file() {
                services.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        services.sort();
        Ok(services)
    }

    /// The services that have a model, of which there is at least one.
    ///
    /// # Errors
    /// `model/` can't be read, or has none.
    pub fn some_services(&self) -> Result<Vec<String>, GenerateError> {
        let services = self.services()?;
        if services.is_empty() {
            return Err(GenerateError::NoService(self.models()));
        }
        Ok(services)
    }

    /// The crates that no service of `model/` asks for, and whatever else is in `generated/`, which need not be there.
    ///
    /// # Errors
    /// `model/` or `generated/` can't be read.
    pub fn orphans(&self) -> Result<Vec<PathBuf>, GenerateError> {
        let services = self.services()?;
        let folder = self.generated.clone();
        let hint = "run the command in a clone of the generator's repository, or name it with --root";
        let read = |source| GenerateError::Read {
            path: folder.clone(),
            hint,
            source,
        };
        let mut orphans = Vec::new();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(orphans),
            Err(error) => return Err(read(error)),
        };
        for entry in entries {
            let entry = entry.map_err(read)?;
            if !services.iter().any(|service| entry.file_name() == service.as_str()) {
                orphans.push(entry.path());
            }
        }
        orphans.sort();
        Ok(orphans)
    }

    /// Reads the model of a service.
    ///
    /// # Errors
    /// There is none, it can't be read, or it says something wrong.
    pub fn model(&self, service: &str) -> Result<Service, GenerateError> {
        let services = self.services()?;
        if !services.iter().any(|known| known == service) {
            let hint = match nearest(service, services.iter().map(String::as_str)) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("the services are: {}", services.join(", ")),
            };
            return Err(GenerateError::UnknownService {
                name: service.to_owned(),
                models: match self.name {
                    Some(name) => name.to_owned(),
                    None => self.models.display().to_string(),
                },
                hint,
            });
        }
        Ok(Service::load(&self.models().join(service))?)
    }

    /// Plans the crate of a service.
    ///
    /// # Errors
    /// The model, its endpoint rules or the partitions can't be read, or say something wrong.
    pub fn plan(&self, service: &str) -> Result<Plan, GenerateError> {
        let model = self.model(service)?;
        let source = self.source()?.to_string();
        self.plan_of(&model, &Placement::Crate, &source)
    }

    /// Plans a service as a module of another crate, at `path` (`crate::service`), for a build script.
    /// [`emit_module`](emit::emit_module) renders it.
    ///
    /// # Errors
    /// Those of [`plan`](Self::plan), but that the model is there already.
    pub fn plan_module(&self, model: &Service, path: &str) -> Result<Plan, GenerateError> {
        self.plan_of(model, &Placement::Module(path.to_owned()), "a model of its own")
    }

    /// Plans a service with some of its operations, or with all if `operations` is empty.
    ///
    /// # Errors
    /// Those of [`plan`](Self::plan), or a name that no operation has.
    pub fn plan_of_operations(
        &self,
        service: &str,
        operations: &[String],
        placement: &Placement,
    ) -> Result<Plan, GenerateError> {
        let mut model = self.model(service)?;
        if !operations.is_empty() {
            select(&mut model, operations)?;
        }
        self.plan_of(&model, placement, &self.source()?.to_string())
    }

    /// Plans a service whose model is there already.
    ///
    /// # Errors
    /// Those of [`plan`](Self::plan).
    pub fn plan_of(&self, model: &Service, placement: &Placement, source: &str) -> Result<Plan, GenerateError> {
        let service = model.dir_name.as_str();
        let package = placement.package(service);
        if !names::is_crate_name(package) {
            return Err(GenerateError::CrateName(package.to_owned()));
        }
        if let Placement::Module(path) = placement
            && !names::is_module_path(path)
        {
            return Err(GenerateError::ModulePath(path.clone()));
        }
        let partitions_file = self.models().join("partitions.json");
        let report = Report::new(partitions_file.clone());
        let partitions = read::read_file(&report, &partitions_file).filter(|_| report.is_empty());
        let partitions = partitions.ok_or_else(|| Errors(report.into_errors()))?;
        let rules_file = self.models().join(service).join("endpoint-rule-set.json");
        let rules = model.endpoint_rules.as_ref().ok_or_else(|| GenerateError::Read {
            path: rules_file.clone(),
            hint: "copy the service's endpoint-rule-set-1.json there",
            source: io::Error::from(io::ErrorKind::NotFound),
        })?;
        let endpoint = endpoint::compile(
            Source {
                file: &rules_file,
                json: rules,
            },
            Source {
                file: &partitions_file,
                json: &partitions,
            },
        )?;
        // A crate or module of someone's own may be made from models of another version.
        let fixups = match placement {
            Placement::Crate => Fixups::of(service),
            Placement::Standalone { .. } | Placement::Module(_) => Fixups::of(service).where_they_apply(),
        };
        let examples = Examples::load(&self.models().join("awscli").join(service), model);
        let examples = match (examples, placement) {
            (Ok(examples), _) => examples,
            (Err(errors), Placement::Crate) => return Err(Errors(errors).into()),
            (Err(_), Placement::Standalone { .. } | Placement::Module(_)) => Examples::default(),
        };
        let front = match placement {
            Placement::Crate => self.front(service)?,
            Placement::Standalone { .. } | Placement::Module(_) => None,
        };
        let prose = Prose { examples, front };
        let plan = Plan::new(
            model,
            placement,
            fixups,
            endpoint,
            &prose,
            env!("CARGO_PKG_VERSION"),
            source,
        );
        Ok(plan.map_err(|errors| errors.below(&self.models()))?)
    }

    /// The tour of a service's package, `docs/front/SERVICE.md`, if someone has written one.
    fn front(&self, service: &str) -> Result<Option<String>, GenerateError> {
        if self.generated.as_os_str().is_empty() {
            return Ok(None);
        }
        let path = self
            .generated
            .with_file_name("docs")
            .join("front")
            .join(format!("{service}.md"));
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text.trim_end().to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(GenerateError::Read {
                path,
                hint: "it is the tour in the package's README; write it as UTF-8, or remove it",
                source,
            }),
        }
    }

    /// Renders the crate of a service.
    ///
    /// # Errors
    /// Those of [`plan`](Self::plan), or a template is broken.
    pub fn render(&self, service: &str) -> Result<Files, GenerateError> {
        Ok(emit::emit(&self.plan(service)?)?)
    }

    /// Generates the crate of a service: the files as they should be on disk.
    ///
    /// # Errors
    /// Those of [`render`](Self::render), or rustfmt is missing.
    pub fn generate(&self, service: &str) -> Result<Files, GenerateError> {
        Ok(output::format(self.render(service)?)?)
    }

    /// The folder of the runtime that generated crates stand on.
    pub fn runtime(&self) -> PathBuf {
        self.generated.with_file_name("runtime")
    }

    /// The package that the models come from.
    ///
    /// # Errors
    /// `SOURCE.toml` is missing, or doesn't say it.
    pub fn source(&self) -> Result<ModelSource, GenerateError> {
        let path = self.models().join("SOURCE.toml");
        let hint = "it names the package that the models come from";
        let text = fs::read_to_string(&path).map_err(|source| GenerateError::Read {
            path: path.clone(),
            hint,
            source,
        })?;
        let parse = |message: String| GenerateError::Parse {
            path: path.clone(),
            message,
            hint,
        };
        let parsed: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| parse(error.to_string()))?;
        let field = |name: &str| {
            let field = parsed.get("package").and_then(|package| package.get(name));
            field
                .and_then(|field| field.as_str())
                .map(str::to_owned)
                .ok_or_else(|| parse(format!("`package.{name}` is missing")))
        };
        Ok(ModelSource {
            name: field("name")?,
            version: field("version")?,
            sdist_sha256: field("sdist_sha256")?,
        })
    }
}

/// A package that models come from, as `SOURCE.toml` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelSource {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The sha256 of its source distribution, in hexadecimal digits.
    pub sdist_sha256: String,
}

impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.version)
    }
}
