//! Operations.

use super::structure::{Role, Structures};
use super::{ErrorVariant, HostPrefix, OperationPlan, context, docs, paginator};
use crate::docs::summary;
use crate::model::{ModelError, Operation, Service};
use crate::names;
use std::path::PathBuf;

/// The plan of an operation.
pub(super) fn plan(
    service: &Service,
    structures: &Structures<'_>,
    operation: &Operation,
    errors: &mut Vec<ModelError>,
) -> OperationPlan {
    let name = names::operation_type(&operation.name);
    let stem = names::operation_stem(&operation.name);
    let module = names::operation_module(&operation.name);
    let taken = defined_in_file(&name, &stem);
    let input_shape = operation
        .input
        .as_ref()
        .map_or("", |reference| reference.shape.as_str());
    let output_shape = operation
        .output
        .as_ref()
        .map_or("", |reference| reference.shape.as_str());
    let input = structures.plan(
        input_shape,
        format!("{stem}Input"),
        Role::Input,
        service.shapes.get(input_shape),
        &format!("The input of `{}`.", operation.name),
        &taken,
    );
    let output = structures.plan(
        output_shape,
        format!("{stem}Output"),
        Role::Output,
        service.shapes.get(output_shape),
        &format!("The output of `{}`.", operation.name),
        &taken,
    );
    let mut variants: Vec<ErrorVariant> = operation
        .errors
        .iter()
        .map(|reference| {
            let name = structures.types.name(&reference.shape);
            ErrorVariant {
                is_method: format!("is_{}", names::snake(&name)),
                name,
            }
        })
        .collect();
    variants.sort_by(|a, b| a.name.cmp(&b.name));
    variants.dedup_by(|a, b| a.name == b.name);
    let text = operation.documentation.as_deref();
    OperationPlan {
        wire: operation.name.clone(),
        file: names::stem(&module).to_owned(),
        docs: docs::lines(text, &format!("The operation `{}`.", operation.name)),
        summary: text.map(summary).unwrap_or_default(),
        target: format!(
            "{}.{}",
            service.metadata.target_prefix.as_deref().unwrap_or_default(),
            operation.name
        ),
        auth: if operation.is_unsigned() { "None" } else { "SigV4" },
        sensitive: structures.types.holds_secrets(output_shape),
        uses: structures.operation_uses(&[input_shape, output_shape], &[&input, &output], &taken),
        errors: variants,
        paginator: service
            .paginators
            .get(&operation.name)
            .and_then(|paginator| paginator::plan(service, &structures.types, operation, paginator, &taken)),
        idempotency_tokens: idempotency_tokens(service, input_shape),
        endpoint_params: context::plan(service, operation, input_shape),
        host_prefix: host_prefix(service, operation, input_shape, errors),
        deprecated: operation.deprecated.then(|| {
            let why = operation
                .deprecated_message
                .as_deref()
                .unwrap_or("the service has deprecated this operation");
            format!("#[deprecated(note = {why:?})]")
        }),
        name,
        module,
        input,
        output,
    }
}

/// The types that the file of an operation defines. SageMaker, for one, has types called as the error of an operation.
fn defined_in_file(name: &str, stem: &str) -> Vec<String> {
    let own = ["", "Error", "FluentBuilder", "Paginator", "PaginatorItems"].map(|end| format!("{name}{end}"));
    let others = ["Input", "InputBuilder", "Output", "OutputBuilder"].map(|end| format!("{stem}{end}"));
    own.into_iter().chain(others).collect()
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
                format.push_str(before);
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
    format.push_str(rest);
    Some(HostPrefix { format, labels })
}
