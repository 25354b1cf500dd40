//! A service: what its operations reach, planned.

use super::own_names::Names;
use super::structure::{Role, Structures, Subject, imports};
use super::types::Types;
use super::{
    EnumPlan, Fixups, ManifestPlan, Placement, Plan, Prose, StructurePlan, UnionPlan, VariantPlan, constraints, docs,
    example, operation, values,
};
use crate::endpoint::EndpointPlan;
use crate::model::{Errors, Exception, ModelError, Service, Shape, ShapeKind, ShapeRef};
use crate::names;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

impl Plan {
    /// Plans what users see of a service's crate: without endpoints, examples and versions. The fix-ups of another version
    /// of the model may not apply.
    ///
    /// # Errors
    /// What the model says can't be expressed.
    pub fn of_api(service: &Service) -> Result<Self, Errors> {
        let fixups = Fixups::of(&service.dir_name).where_they_apply();
        let (endpoint, prose) = (EndpointPlan::default(), Prose::default());
        Self::new(service, &Placement::Crate, fixups, endpoint, &prose, "", "")
    }

    /// Plans the crate of a service.
    ///
    /// # Errors
    /// What the model says can't be expressed, or a fix-up no longer applies; all such errors together.
    pub fn new(
        service: &Service,
        placement: &Placement,
        fixups: Fixups,
        endpoint: EndpointPlan,
        prose: &Prose,
        version: &str,
        model: &str,
    ) -> Result<Self, Errors> {
        let mut errors = fixups.stale(service);
        let (root, latest_behavior_version, example_fence) = match placement {
            Placement::Crate | Placement::Standalone { .. } => {
                ("crate", "cfg!(feature = \"behavior-version-latest\")", "no_run")
            }
            // A module has no features, and the generator doesn't know the name of its crate.
            Placement::Module(path) => (path.as_str(), "true", "ignore"),
        };
        let root = root.to_owned();
        let reached = reached(service);
        let structures = Structures {
            types: Types::new(service, fixups, &reached),
            fixups,
            root: root.clone(),
        };
        refuse(service, &reached, &mut errors);
        if members(service) > MEMBERS {
            errors.push(ModelError {
                file: PathBuf::from(&service.dir_name).join("service.json"),
                path: "$.operations".to_owned(),
                message: format!("the operations have more than {MEMBERS} members in their inputs and outputs"),
                hint: "generate some of the operations only".to_owned(),
            });
            return Err(Errors(errors));
        }
        let package = placement.package(&service.dir_name);
        let lib = package.replace('-', "_");
        let examples = example::Source {
            examples: &prose.examples,
            placement,
            lib: &lib,
        };
        let mut operations: Vec<_> = service.operations.values().collect();
        operations.sort_by_cached_key(|operation| names::operation_module(&operation.name));
        let modules = names::operation_modules(operations.iter().map(|operation| operation.name.as_str()));
        let operations: Vec<_> = operations
            .into_iter()
            .zip(modules)
            .map(|(operation, module)| operation::plan(service, &structures, operation, module, examples))
            .collect();
        let types = SharedTypes::of(service, &structures, &reached);
        let constraints = (!matches!(placement, Placement::Module(_)))
            .then(|| constraints::plan(service, &structures.types, fixups, &operations));
        let title = &service.metadata.service_full_name;
        let plan = Self {
            package: package.to_owned(),
            lib: lib.clone(),
            version: version.to_owned(),
            title: crate::docs::plain(title),
            docs: docs::inner_lines(service.documentation.as_deref()),
            service: service_type(service, &structures),
            service_id: service.metadata.service_id.clone(),
            endpoint_url_variable: format!(
                "AWS_ENDPOINT_URL_{}",
                service.metadata.service_id.replace(' ', "_").to_uppercase()
            ),
            signing_name: service.metadata.signing_name().to_owned(),
            crate_id: service.metadata.service_id.replace([' ', '-'], "").to_lowercase(),
            content_type: format!(
                "application/x-amz-json-{}",
                service.metadata.json_version.as_deref().unwrap_or("1.1")
            ),
            root,
            latest_behavior_version,
            example_fence,
            model: model.to_owned(),
            operations,
            error_uses: imports(types.errors.iter().flat_map(|error| &error.members)).lines(&structures.types_path()),
            structures: types.structures,
            enums: types.enums,
            unions: types.unions,
            errors: types.errors,
            retryable: types.retryable,
            constraints,
            has_server: !matches!(placement, Placement::Module(_)),
            front: prose.front.clone(),
            manifest: ManifestPlan::new(
                placement,
                &service.dir_name,
                &crate::docs::one_line(title),
                version,
                prose.front.is_some(),
            ),
            endpoint,
        };
        if errors.is_empty() {
            Ok(plan)
        } else {
            Err(Errors(errors))
        }
    }
}

/// The types that operations share, each kind by name.
#[derive(Default)]
struct SharedTypes {
    structures: Vec<StructurePlan>,
    enums: Vec<EnumPlan>,
    unions: Vec<UnionPlan>,
    errors: Vec<StructurePlan>,
    retryable: BTreeMap<String, &'static str>,
    builders_of_errors: Vec<String>,
}

impl SharedTypes {
    fn of(service: &Service, structures: &Structures<'_>, reached: &BTreeSet<&str>) -> Self {
        let mut types = Self {
            builders_of_errors: structures.types.builders_of_errors(),
            ..Self::default()
        };
        for (wire, shape) in service
            .shapes
            .iter()
            .filter(|(wire, _)| reached.contains(wire.as_str()))
        {
            types.add(service, structures, wire, shape);
        }
        types.structures.sort_by(|a, b| a.name.cmp(&b.name));
        types.enums.sort_by(|a, b| a.name.cmp(&b.name));
        types.unions.sort_by(|a, b| a.name.cmp(&b.name));
        types.errors.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }

    fn add<'a>(&mut self, service: &Service, structures: &Structures<'a>, wire: &str, shape: &'a Shape) {
        let name = structures.types.name(wire);
        let plan = |name, role, what, taken: &[String]| {
            structures.plan(Subject {
                wire,
                name,
                role,
                shape: Some(shape),
                fallback_docs: format!("The {what} `{wire}`."),
                taken,
            })
        };
        match &shape.kind {
            ShapeKind::Structure(structure) if structure.document => {}
            ShapeKind::Structure(structure) if structure.exception.is_some() => {
                if let Some(kind) = structure.exception.as_ref().and_then(retry_kind) {
                    self.retryable.insert(name.clone(), kind);
                }
                self.errors
                    .push(plan(name, Role::Error, "error", &self.builders_of_errors));
            }
            ShapeKind::Structure(structure) if structure.union => {
                self.unions.push(structures.plan_union(wire, name, structure, shape));
            }
            ShapeKind::Structure(_) => {
                let builder = names::builder_name(&name);
                self.structures.push(plan(name, Role::Nested, "structure", &[builder]));
            }
            ShapeKind::String {
                values: Some(values), ..
            } => {
                let meanings = values::meanings(service, wire, values);
                let names = names::variant_names(wire, values.iter().map(String::as_str));
                let mut variants: Vec<VariantPlan> = values
                    .iter()
                    .zip(names)
                    .map(|(value, name)| VariantPlan {
                        docs: docs::comment(meanings.get(value.as_str()).cloned()),
                        name,
                        literal: format!("{value:?}"),
                    })
                    .collect();
                variants.sort_by(|a, b| a.name.cmp(&b.name));
                self.enums.push(EnumPlan {
                    file: structures.types.file(&name),
                    docs: docs::lines(shape.documentation.as_deref(), &format!("The enum `{wire}`.")),
                    name,
                    variants,
                });
            }
            _ => {}
        }
    }
}

/// The type that stands for the service. No shape has its name, and nothing in the files of operations.
fn service_type(service: &Service, structures: &Structures<'_>) -> String {
    let of_operations: HashSet<String> = service
        .operations
        .keys()
        .flat_map(|operation| Names::of(operation).taken())
        .collect();
    names::service_type(&service.metadata.service_id, |name| {
        structures.types.has(name) || of_operations.contains(name)
    })
}

/// The variant of the runtime's `ErrorKind`, of an exception after which the request may be sent again.
fn retry_kind(exception: &Exception) -> Option<&'static str> {
    let retryable = exception.retryable?;
    Some(match (retryable.throttling, exception.fault) {
        (true, _) => "ThrottlingError",
        (false, true) => "ServerError",
        (false, false) => "ClientError",
    })
}

/// How many members inputs and outputs may have together; AWS's largest service has 5,000. Operations may share a
/// structure, and each gets its own: without a limit, a small model could ask for a crate that fills any memory.
const MEMBERS: usize = 500_000;

fn members(service: &Service) -> usize {
    let structures = carried(service).filter_map(|reference| service.structure(&reference.shape));
    structures.map(|structure| structure.members.len()).sum()
}

/// The shapes that the members of inputs, outputs and errors reach.
fn reached(service: &Service) -> BTreeSet<&str> {
    let members = carried(service)
        .filter_map(|reference| service.structure(&reference.shape))
        .flat_map(|structure| structure.members.values());
    let operations = service.operations.values();
    let errors = operations.flat_map(|operation| &operation.errors);
    service.reach(members.chain(errors).map(|reference| reference.shape.as_str()))
}

/// The inputs and outputs of all operations.
fn carried(service: &Service) -> impl Iterator<Item = &ShapeRef> {
    let operations = service.operations.values();
    operations.flat_map(|operation| operation.input.iter().chain(&operation.output))
}

/// What the runtime can't do.
fn refuse(service: &Service, reached: &BTreeSet<&str>, errors: &mut Vec<ModelError>) {
    let mut refuse = |path: String, what: &str, hint: &str| {
        errors.push(ModelError {
            file: PathBuf::from(&service.dir_name).join("service.json"),
            path,
            message: format!("{what} is not supported"),
            hint: hint.to_owned(),
        });
    };
    for name in reached
        .iter()
        .filter(|name| service.structure(name).is_some_and(|structure| structure.event_stream))
    {
        refuse(
            format!("$.shapes.{name}"),
            "an event stream",
            "leave out the operations that use it",
        );
    }
    // Inputs and outputs are generated with their operations, and are reached only if others hold them.
    let carried = carried(service).map(|reference| reference.shape.as_str());
    let all: BTreeSet<&str> = carried.chain(reached.iter().copied()).collect();
    for name in all {
        let Some(shape) = service.shapes.get(name) else {
            continue;
        };
        let whole = matches!(shape.kind, ShapeKind::Blob { streaming: true, .. });
        if whole || shape.references().iter().any(|reference| reference.streaming) {
            let path = format!("$.shapes.{name}");
            refuse(path, "a streaming blob", "leave out the operations that use it");
        }
    }
    for operation in service
        .operations
        .values()
        .filter(|operation| !operation.request_compression.is_empty())
    {
        let path = format!("$.operations.{}.requestcompression", operation.name);
        refuse(path, "the compression of requests", "leave out the operation");
    }
}
