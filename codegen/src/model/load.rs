//! A model's files, read and checked as a whole.

use std::collections::HashSet;
use std::path::Path;

use serde_json::Value;

use super::check;
use super::paginator::read_paginators;
use super::service::Service;
use crate::read::{Cursor, Errors, Report, read_file};

const SERVICE: &str = "service.json";
/// The name in botocore, for models that are not in `model/`.
const IN_BOTOCORE: [(&str, &str); 3] = [
    (SERVICE, "service-2.json"),
    (PAGINATORS, "paginators-1.json"),
    (ENDPOINT_RULES, "endpoint-rule-set-1.json"),
];
const PAGINATORS: &str = "paginators.json";
const ENDPOINT_RULES: &str = "endpoint-rule-set.json";

impl Service {
    /// Loads a model from its folder: `service.json` and, where they exist, `paginators.json` and
    /// `endpoint-rule-set.json`. A folder of botocore's, `…/cognito-idp/2016-04-18`, has them under other names.
    ///
    /// # Errors
    /// Everything that is wrong with these files.
    pub fn load(dir: &Path) -> Result<Self, Errors> {
        let in_botocore = !dir.join(SERVICE).exists() && dir.join("service-2.json").exists();
        let file = |name: &str| {
            let other = IN_BOTOCORE.iter().find(|(ours, _)| in_botocore && *ours == name);
            dir.join(other.map_or(name, |(_, theirs)| theirs))
        };
        let reports = Reports {
            service: Report::new(file(SERVICE)),
            paginators: Report::new(file(PAGINATORS)),
            endpoint_rules: Report::new(file(ENDPOINT_RULES)),
        };
        // `.` and `..` have a name only once they are resolved.
        let resolved = dir.canonicalize().unwrap_or_default();
        let named = if in_botocore { resolved.parent() } else { Some(dir) };
        let dir_name = named.and_then(Path::file_name).or_else(|| resolved.file_name());
        let dir_name = dir_name.unwrap_or_default().to_string_lossy().into_owned();
        let optional = |report: &Report, name| {
            let file = file(name);
            file.exists().then(|| read_file(report, &file))?
        };
        let service = read_file(&reports.service, &file(SERVICE));
        let paginators = optional(&reports.paginators, PAGINATORS);
        let endpoint_rules = optional(&reports.endpoint_rules, ENDPOINT_RULES);
        Self::read(dir_name, service.as_ref(), paginators.as_ref(), endpoint_rules, reports)
    }

    /// Reads a model from memory. Errors name its files as if they were in a folder `dir_name`.
    ///
    /// # Errors
    /// Everything that is wrong with these documents.
    pub fn from_values(
        dir_name: &str,
        service: &Value,
        paginators: Option<&Value>,
        endpoint_rules: Option<Value>,
    ) -> Result<Self, Errors> {
        Self::read(
            dir_name.to_owned(),
            Some(service),
            paginators,
            endpoint_rules,
            Reports::new(Path::new(dir_name)),
        )
    }

    fn read(
        dir_name: String,
        service: Option<&Value>,
        paginators: Option<&Value>,
        endpoint_rules: Option<Value>,
        reports: Reports,
    ) -> Result<Self, Errors> {
        let mut unreadable = HashSet::new();
        let document = service
            .and_then(|value| Cursor::root(value, &reports.service).object())
            .and_then(|object| Self::read_document(object, &mut unreadable));
        let paginators = paginators
            .map(|value| read_paginators(Cursor::root(value, &reports.paginators)))
            .unwrap_or_default();
        let model = document.map(|document| Self {
            dir_name,
            paginators,
            endpoint_rules,
            ..document
        });
        if let Some(model) = &model {
            check::references(model, &unreadable, &reports.service);
            check::paginators(model, &unreadable, &reports.paginators);
        }
        reports.into_result(model)
    }
}

/// The mistakes in each file of a model.
struct Reports {
    service: Report,
    paginators: Report,
    endpoint_rules: Report,
}

impl Reports {
    fn new(dir: &Path) -> Self {
        Self {
            service: Report::new(dir.join(SERVICE)),
            paginators: Report::new(dir.join(PAGINATORS)),
            endpoint_rules: Report::new(dir.join(ENDPOINT_RULES)),
        }
    }

    /// The model, if no file has a mistake. Where there is no model there is a mistake: whoever could not read
    /// it has reported why.
    fn into_result(self, model: Option<Service>) -> Result<Service, Errors> {
        let errors: Vec<_> = [self.service, self.paginators, self.endpoint_rules]
            .into_iter()
            .flat_map(Report::into_errors)
            .collect();
        match model {
            Some(model) if errors.is_empty() => Ok(model),
            _ => Err(Errors(errors)),
        }
    }
}
