//! Operations.

use super::own_names::Names;
use super::structure::{Role, Structures, Subject, imports};
use super::{ErrorVariant, HostPrefix, OperationPlan, context, docs, example, paginator, usage};
use crate::model::{ModelError, Operation, Service, ShapeRef};
use crate::names;
use std::path::PathBuf;

/// The plan of an operation in the module `module`.
pub(super) fn plan(
    service: &Service,
    structures: &Structures<'_>,
    operation: &Operation,
    module: String,
    examples: example::Source<'_>,
    errors: &mut Vec<ModelError>,
) -> OperationPlan {
    let names = Names::of(&operation.name);
    let taken = names.taken();
    let shape = |reference: &Option<ShapeRef>| reference.as_ref().map_or("", |it| it.shape.as_str()).to_owned();
    let (input_shape, output_shape) = (shape(&operation.input), shape(&operation.output));
    let structure = |wire: &str, name: &str, role, what: &str| {
        structures.plan(Subject {
            wire,
            name: name.to_owned(),
            role,
            shape: service.shapes.get(wire),
            fallback_docs: format!("The {what} of `{}`.", operation.name),
            taken: &taken,
        })
    };
    let input = structure(&input_shape, &names.input, Role::Input, "input");
    let output = structure(&output_shape, &names.output, Role::Output, "output");
    let model = service.paginators.get(&operation.name);
    let paginator = model.and_then(|model| {
        let names = (names.paginator.clone(), names.paginator_items.clone());
        paginator::plan(service, &structures.types, operation, model, names, &taken)
    });
    let mut imports = imports(input.members.iter().chain(&output.members));
    for ty in paginator.iter().flat_map(|paginator| paginator.types()) {
        imports.ty(ty);
    }
    let mut variants: Vec<ErrorVariant> = operation
        .errors
        .iter()
        .map(|reference| {
            let name = structures.types.name(&reference.shape);
            let shape = service.shapes.get(&reference.shape);
            let text = shape.and_then(|shape| shape.documentation.as_deref());
            ErrorVariant {
                docs: docs::sentence(text, &format!("The error `{}`.", reference.shape)),
                is_method: format!("is_{}", names::snake(&name)),
                name,
            }
        })
        .collect();
    variants.sort_by(|a, b| a.name.cmp(&b.name));
    variants.dedup_by(|a, b| a.name == b.name);
    let text = operation.documentation.as_deref();
    let fallback = format!("The operation `{}`.", operation.name);
    OperationPlan {
        wire: operation.name.clone(),
        file: module.trim_start_matches("r#").to_owned(),
        docs: docs::lines(text, &fallback),
        usage: usage::plan(&usage::Subject {
            names: &names,
            input: &input,
            has_errors: !variants.is_empty(),
            example: example::plan(service, structures, operation, &module, examples),
        }),
        summary: docs::sentence(text, &fallback),
        target: format!(
            "{}.{}",
            service.metadata.target_prefix.as_deref().unwrap_or_default(),
            operation.name
        ),
        auth: if operation.is_unsigned() { "None" } else { "SigV4" },
        uses: imports.lines(&structures.types_path()),
        errors: variants,
        paginator,
        idempotency_tokens: idempotency_tokens(service, &input_shape),
        endpoint_params: context::plan(service, operation, &input_shape),
        host_prefix: host_prefix(service, operation, &input_shape, errors),
        deprecated: operation.deprecated.then(|| {
            let why = operation
                .deprecated_message
                .as_deref()
                .unwrap_or("the service has deprecated this operation");
            format!("#[deprecated(note = {:?})]", crate::docs::one_line(why))
        }),
        name: names.operation,
        error: names.error,
        fluent_builder: names.fluent_builder,
        module,
        input,
        output,
    }
}

/// The members that identify a request: the caller may leave them out.
fn idempotency_tokens(service: &Service, shape: &str) -> Vec<String> {
    let Some(structure) = service.structure(shape) else {
        return Vec::new();
    };
    let fields = names::member_names(structure.members.keys().map(String::as_str));
    let tokens = structure
        .members
        .values()
        .zip(fields)
        .filter(|(member, _)| member.idempotency_token);
    tokens.map(|(_, field)| field).collect()
}

fn host_prefix(
    service: &Service,
    operation: &Operation,
    shape: &str,
    errors: &mut Vec<ModelError>,
) -> Option<HostPrefix> {
    let prefix = operation.endpoint.as_ref()?.host_prefix.as_deref()?;
    let mut format = String::new();
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, tail) = after.split_once('}').unwrap_or((after, ""));
        let index = service
            .structure(shape)
            .and_then(|structure| structure.members.get_index_of(label));
        let structure = service.structure(shape);
        match structure.zip(index) {
            Some((structure, index)) if structure.members[index].host_label => {
                let mut fields = names::member_names(structure.members.keys().map(String::as_str)).into_iter();
                labels.extend(fields.nth(index));
                format.push_str(&before.replace('}', "}}"));
                format.push_str("{}");
            }
            _ => errors.push(ModelError {
                file: PathBuf::from(&service.dir_name).join("service.json"),
                path: format!("$.operations.{}.endpoint.hostPrefix", operation.name),
                message: format!("`{label}` is no member of the input `{shape}` that has `hostLabel`"),
                hint: "name a member that has `hostLabel`, in braces".to_owned(),
            }),
        }
        rest = tail;
    }
    // Without labels it is a plain text, in which braces mean nothing.
    format.push_str(&if labels.is_empty() {
        rest.to_owned()
    } else {
        rest.replace('}', "}}")
    });
    Some(HostPrefix { format, labels })
}
