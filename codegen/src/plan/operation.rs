//! Operations.

use super::own_names::Names;
use super::structure::{Role, Structures, Subject, imports};
use super::{Auth, ErrorVariant, HostLabel, HostPrefix, OperationPlan, context, docs, example, paginator, usage};
use crate::model::{HostPart, Operation, Service, ShapeRef};
use crate::names;
use std::collections::BTreeMap;

/// The plan of an operation in the module `module`.
pub(super) fn plan(
    service: &Service,
    structures: &Structures<'_>,
    operation: &Operation,
    module: String,
    examples: example::Source<'_>,
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
    let variants = error_variants(service, structures, operation);
    let text = operation.documentation.as_deref();
    let fallback = format!("The operation `{}`.", operation.name);
    OperationPlan {
        wire: operation.name.clone(),
        file: module.trim_start_matches("r#").to_owned(),
        docs: docs::lines(text, &fallback),
        usage: usage::plan(&usage::Subject {
            names: &names,
            input: &input,
            root: &structures.root,
            has_errors: !variants.is_empty(),
            example: example::plan(service, structures, operation, &module, examples),
        }),
        summary: docs::sentence(text, &fallback),
        target: service.target(&operation.name),
        auth: if operation.is_unsigned() {
            Auth::None
        } else {
            Auth::SigV4
        },
        uses: imports.lines(&structures.types_path()),
        errors: variants,
        paginator,
        idempotency_tokens: idempotency_tokens(service, &input_shape),
        has_endpoint_paths: !operation.operation_context_params.is_empty(),
        endpoint_params: context::plan(service, operation, &input_shape),
        host_prefix: host_prefix(service, operation, &input_shape),
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

/// The variants of the operation's error, by name.
fn error_variants(service: &Service, structures: &Structures<'_>, operation: &Operation) -> Vec<ErrorVariant> {
    let errors = operation.errors.iter().map(|reference| reference.shape.as_str());
    let errors: BTreeMap<String, &str> = errors.map(|shape| (structures.types.name(shape), shape)).collect();
    let stems = names::variant_stems(errors.keys().map(String::as_str));
    let variants = errors.into_iter().zip(stems).map(|((name, shape), stem)| {
        let text = service
            .shapes
            .get(shape)
            .and_then(|shape| shape.documentation.as_deref());
        ErrorVariant {
            docs: docs::sentence(text, &format!("The error `{shape}`.")),
            is_method: format!("is_{stem}"),
            name,
        }
    });
    variants.collect()
}

/// The members that identify a request: the caller may leave them out.
fn idempotency_tokens(service: &Service, shape: &str) -> Vec<String> {
    let Some(structure) = service.structure(shape) else {
        return Vec::new();
    };
    let tokens = names::fields(structure).filter(|(_, member, _)| member.idempotency_token);
    tokens.map(|(.., field)| field).collect()
}

/// The host prefix. The reader has checked that the input has the members.
fn host_prefix(service: &Service, operation: &Operation, shape: &str) -> Option<HostPrefix> {
    let prefix = operation.endpoint.as_ref()?.host_prefix.as_ref()?;
    let format = prefix.parts.iter().map(|part| match part {
        HostPart::Text(text) => text.as_str(),
        HostPart::Member(_) => "{}",
    });
    let structure = service.structure(shape);
    let labels = prefix.members().filter_map(|member| {
        let structure = structure?;
        let field = names::field(structure, member)?;
        let value = format!(
            "_input.{field}{}",
            context::as_text(service, &structure.members[member])
        );
        Some(HostLabel { field, value })
    });
    Some(HostPrefix {
        format: format.collect(),
        labels: labels.collect(),
    })
}
