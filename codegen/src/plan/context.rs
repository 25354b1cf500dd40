//! What an operation says to the endpoint rules: context parameters.

use crate::model::{ContextPath, ContextStep, ContextValue, Operation, Service, ShapeKind, ShapeRef};
use crate::names;

/// Calls of the builder of endpoint parameters. A later one wins: Smithy puts what is fixed for the operation above a
/// member's value, and that above what a path leads to.
pub(super) fn plan(service: &Service, operation: &Operation, input: &str) -> Vec<String> {
    let mut calls: Vec<String> = operation
        .operation_context_params
        .iter()
        .map(|(name, path)| {
            let read = if path.is_list() {
                "input::list_at"
            } else {
                "input::text_at"
            };
            format!(".set_extra({name:?}, {read}(_input, {}))", steps(path))
        })
        .collect();
    calls.extend(of_members(service, input));
    calls.extend(
        operation
            .static_context_params
            .iter()
            .map(|(name, value)| format!(".extra({name:?}, {})", literal(value))),
    );
    calls
}

fn of_members(service: &Service, input: &str) -> Vec<String> {
    let Some(structure) = service.structure(input) else {
        return Vec::new();
    };
    names::fields(structure)
        .filter_map(|(_, member, field)| {
            let name = member.context_param.as_ref()?;
            let kind = service.shapes.get(&member.shape).map(|shape| &shape.kind);
            let value = match kind {
                Some(ShapeKind::String { .. }) => as_text(service, member),
                Some(ShapeKind::Boolean) => "",
                _ => ".clone()",
            };
            Some(format!(".set_extra({name:?}, _input.{field}{value})"))
        })
        .collect()
}

/// What makes an `Option<&str>` of the field of a string or an enum.
pub(super) fn as_text(service: &Service, member: &ShapeRef) -> &'static str {
    match service.shapes.get(&member.shape).map(|shape| &shape.kind) {
        Some(ShapeKind::String { values: Some(_), .. }) => ".as_ref().map(|value| value.as_str())",
        _ => ".as_deref()",
    }
}

fn literal(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => format!("{text:?}"),
        ContextValue::Bool(value) => value.to_string(),
        ContextValue::Strings(items) => {
            let items: Vec<_> = items.iter().map(|item| format!("{item:?}.to_owned()")).collect();
            format!("vec![{}]", items.join(", "))
        }
    }
}

fn steps(path: &ContextPath) -> String {
    let steps: Vec<_> = path
        .steps
        .iter()
        .map(|step| match step {
            ContextStep::Member(name) => format!("input::Step::Member({name:?})"),
            ContextStep::Items => "input::Step::Items".to_owned(),
            ContextStep::Keys => "input::Step::Keys".to_owned(),
            ContextStep::Several(paths) => {
                let paths: Vec<_> = paths.iter().map(steps).collect();
                format!("input::Step::Several(&[{}])", paths.join(", "))
            }
        })
        .collect();
    format!("&[{}]", steps.join(", "))
}
