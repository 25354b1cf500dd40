//! A service: what its operations reach, planned.

use super::structure::{Role, Structures};
use super::types::Types;
use super::{EnumPlan, Fixups, ManifestPlan, Placement, Plan, VariantPlan, constraints, docs, operation};
use crate::endpoint::EndpointPlan;
use crate::model::{Errors, ModelError, Service, Shape, ShapeKind};
use crate::names;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl Plan {
    /// Plans the crate of a service.
    ///
    /// # Errors
    /// What the model says can't be expressed, or a fix-up no longer applies; all such errors together.
    pub fn new(
        service: &Service,
        placement: &Placement,
        fixups: Fixups,
        endpoint: EndpointPlan,
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
        let structures = Structures {
            types: Types::new(service),
            fixups,
            root: root.clone(),
        };
        let reached = reached(service);
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
        let mut operations: Vec<_> = service
            .operations
            .values()
            .map(|operation| operation::plan(service, &structures, operation, &mut errors))
            .collect();
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        let mut plan = Self {
            package: service.dir_name.clone(),
            lib: service.dir_name.replace('-', "_"),
            version: version.to_owned(),
            title: service.metadata.service_full_name.clone(),
            docs: docs::inner_lines(service.documentation.as_deref()),
            service: structures
                .types
                .free_name(names::type_name(&service.metadata.service_id)),
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
            structures: Vec::new(),
            enums: Vec::new(),
            unions: Vec::new(),
            errors: Vec::new(),
            error_uses: Vec::new(),
            constraints: None,
            manifest: ManifestPlan::new(placement, &service.dir_name, version),
            endpoint,
        };
        for (wire, shape) in &service.shapes {
            if reached.contains(wire.as_str()) {
                plan.add(&structures, wire, shape);
            }
        }
        plan.structures.sort_by(|a, b| a.name.cmp(&b.name));
        plan.enums.sort_by(|a, b| a.name.cmp(&b.name));
        plan.unions.sort_by(|a, b| a.name.cmp(&b.name));
        plan.errors.sort_by(|a, b| a.name.cmp(&b.name));
        plan.name_files();
        plan.name_modules();
        if !matches!(placement, Placement::Module(_)) {
            let inputs = plan.inputs();
            plan.constraints = Some(constraints::plan(service, &structures.types, fixups, &inputs));
        }
        let shapes: Vec<&str> = plan.errors.iter().map(|error| error.wire.as_str()).collect();
        let error_uses = structures.uses(&shapes, &plan.errors.iter().collect::<Vec<_>>(), "super");
        plan.error_uses = error_uses;
        if errors.is_empty() {
            Ok(plan)
        } else {
            Err(Errors(errors))
        }
    }

    /// Name, type of the input and shape of the input of each operation.
    fn inputs(&self) -> Vec<(String, String, String)> {
        let inputs = self.operations.iter().map(|operation| {
            let path = format!("crate::operation::{}::{}", operation.module, operation.input.name);
            (operation.wire.clone(), path, operation.input.wire.clone())
        });
        inputs.collect()
    }

    /// A module and a method of the client for each operation.
    fn name_modules(&mut self) {
        let names = names::operation_modules(self.operations.iter().map(|operation| operation.wire.as_str()));
        for (operation, name) in self.operations.iter_mut().zip(names) {
            operation.file = name.trim_start_matches("r#").to_owned();
            operation.module = name;
        }
    }

    /// A file for each type: different types may have names that differ only in case.
    fn name_files(&mut self) {
        let structures = self.structures.iter_mut().map(|item| (&item.name, &mut item.file));
        let enums = self.enums.iter_mut().map(|item| (&item.name, &mut item.file));
        let unions = self.unions.iter_mut().map(|item| (&item.name, &mut item.file));
        let mut types: Vec<_> = structures.chain(enums).chain(unions).collect();
        types.sort();
        let names = names::file_names(types.iter().map(|(name, _)| name.as_str()));
        for ((_, file), name) in types.into_iter().zip(names) {
            *file = name;
        }
    }

    fn add(&mut self, structures: &Structures<'_>, wire: &str, shape: &Shape) {
        let name = structures.types.name(wire);
        match &shape.kind {
            ShapeKind::Structure(structure) if structure.document => {}
            ShapeKind::Structure(structure) if structure.exception.is_some() => {
                let fallback = format!("The error `{wire}`.");
                self.errors
                    .push(structures.plan(wire, name, Role::Error, Some(shape), &fallback, &[]));
            }
            ShapeKind::Structure(structure) if structure.union => {
                self.unions.push(structures.plan_union(wire, name, structure, shape));
            }
            ShapeKind::Structure(_) => {
                let fallback = format!("The structure `{wire}`.");
                let mut plan = structures.plan(wire, name, Role::Nested, Some(shape), &fallback, &[]);
                plan.uses = structures.uses(&[wire], &[&plan], &structures.types_path());
                self.structures.push(plan);
            }
            ShapeKind::String {
                values: Some(values), ..
            } => {
                let names = names::variant_names(wire, values.iter().map(String::as_str));
                let mut variants: Vec<VariantPlan> = values
                    .iter()
                    .zip(names)
                    .map(|(value, name)| VariantPlan {
                        name,
                        literal: format!("{value:?}"),
                    })
                    .collect();
                variants.sort_by(|a, b| a.name.cmp(&b.name));
                self.enums.push(EnumPlan {
                    file: names::snake(&name),
                    docs: docs::lines(shape.documentation.as_deref(), &format!("The enum `{wire}`.")),
                    name,
                    variants,
                });
            }
            _ => {}
        }
    }
}

/// How many members inputs and outputs may have together; AWS's largest service has 5,000. Operations may share a
/// structure, and each gets its own: without a limit, a small model could ask for a crate that fills any memory.
const MEMBERS: usize = 500_000;

fn members(service: &Service) -> usize {
    let operations = service.operations.values();
    let structures = operations.flat_map(|operation| operation.input.iter().chain(&operation.output));
    let structures = structures.filter_map(|reference| service.structure(&reference.shape));
    structures.map(|structure| structure.members.len()).sum()
}

/// The shapes that the members of inputs, outputs and errors reach.
fn reached(service: &Service) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut open = Vec::new();
    for operation in service.operations.values() {
        for reference in operation.input.iter().chain(&operation.output) {
            let structure = service.structure(&reference.shape);
            open.extend(
                structure
                    .into_iter()
                    .flat_map(|structure| structure.members.values())
                    .map(|m| m.shape.as_str()),
            );
        }
        open.extend(operation.errors.iter().map(|reference| reference.shape.as_str()));
    }
    while let Some(name) = open.pop() {
        if !reached.insert(name) {
            continue;
        }
        match service.shapes.get(name).map(|shape| &shape.kind) {
            Some(ShapeKind::Structure(structure)) => {
                open.extend(structure.members.values().map(|member| member.shape.as_str()));
            }
            Some(ShapeKind::List { member, .. }) => open.push(&member.shape),
            Some(ShapeKind::Map { key, value, .. }) => open.extend([key.shape.as_str(), value.shape.as_str()]),
            _ => {}
        }
    }
    reached
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
    for operation in service
        .operations
        .values()
        .filter(|operation| !operation.request_compression.is_empty())
    {
        let path = format!("$.operations.{}.requestcompression", operation.name);
        refuse(path, "the compression of requests", "leave out the operation");
    }
}
