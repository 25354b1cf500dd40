//! Checks across the whole model: that every name refers to something, and to the right kind of thing.

mod circles;
mod uses;

use std::collections::HashSet;

use super::operation::Operation;
use super::paginator::Paginator;
use super::reference::ShapeRef;
use super::service::Service;
use super::shape::{Shape, ShapeKind};
use super::structure::Structure;
use crate::read::{JsonPath, Report, is_identifier, nearest};

/// Checks every reference from an operation or a shape to a shape, and from a structure to its members.
/// References to what is `unreadable` are not mistakes of their own.
pub(super) fn references(service: &Service, unreadable: &HashSet<&str>, report: &Report) {
    let checker = Checker {
        service,
        unreadable,
        report,
    };
    let operations = JsonPath::root().key("operations");
    for (name, operation) in &service.operations {
        checker.operation(&operations.key(name), operation);
    }
    let shapes = JsonPath::root().key("shapes");
    for (name, shape) in &service.shapes {
        checker.shape(&shapes.key(name), shape);
    }
    circles::nesting(service, &shapes, report);
    circles::requirements(service, &shapes, report);
    let params = JsonPath::root().key("clientContextParams");
    for (name, param) in &service.client_context_params {
        if let Some(ty) = param.ty {
            checker.parameter(&params.key(name), name, ty);
        }
    }
}

struct Checker<'a> {
    service: &'a Service,
    unreadable: &'a HashSet<&'a str>,
    report: &'a Report,
}

impl Checker<'_> {
    fn operation(&self, path: &JsonPath, operation: &Operation) {
        for (key, reference) in [("input", &operation.input), ("output", &operation.output)] {
            let Some(reference) = reference else { continue };
            let path = path.key(key).key("shape");
            let Some(shape) = self.resolve(&path, reference) else {
                continue;
            };
            let kind = match shape.as_structure() {
                Some(structure) if structure.union => "union",
                Some(structure) if structure.document => "document",
                Some(structure) if structure.event_stream => "event stream",
                Some(_) => continue,
                None => shape.kind.name(),
            };
            self.report.error(
                &path,
                format!("the {key} is `{}`, {}", reference.shape, a(kind)),
                format!("an operation's {key} must be a structure"),
            );
        }
        let input = operation.input.as_ref();
        let input = input.and_then(|input| Some((input.shape.as_str(), self.service.structure(&input.shape)?)));
        self.host_prefix(path, operation, input);
        for (name, value) in &operation.static_context_params {
            self.parameter(&path.key("staticContextParams").key(name), name, value.ty());
        }
        for (name, context) in &operation.operation_context_params {
            let path = path.key("operationContextParams").key(name);
            self.parameter(&path, name, context.ty());
            if let Some((shape, _)) = input {
                self.context_path(&path.key("path"), shape, context);
            }
        }
        for (index, reference) in operation.errors.iter().enumerate() {
            let path = path.key("errors").index(index).key("shape");
            let Some(shape) = self.resolve(&path, reference) else {
                continue;
            };
            if shape.as_structure().is_none_or(|it| it.exception.is_none()) {
                self.report.error(
                    &path,
                    format!("`{}` is not an exception", reference.shape),
                    format!(
                        "add `\"exception\": true` to $.shapes.{}, or name another shape",
                        reference.shape
                    ),
                );
            }
        }
    }

    fn shape(&self, path: &JsonPath, shape: &Shape) {
        match &shape.kind {
            ShapeKind::Structure(structure) => self.structure(path, structure),
            ShapeKind::List { member, .. } => {
                self.resolve(&path.key("member").key("shape"), member);
            }
            ShapeKind::Map { key, value, .. } => {
                self.map_key(&path.key("key").key("shape"), key);
                self.resolve(&path.key("value").key("shape"), value);
            }
            _ => {}
        }
    }

    fn structure(&self, path: &JsonPath, structure: &Structure) {
        for (name, member) in &structure.members {
            let path = path.key("members").key(name);
            if let Some(shape) = self.resolve(&path.key("shape"), member) {
                self.member(&path, member, shape);
            }
        }
        for (index, name) in structure.required.iter().enumerate() {
            if !structure.members.contains_key(name) {
                self.report.error(
                    &path.key("required").index(index),
                    format!("`{name}` is required and is not a member"),
                    suggest(
                        self.report,
                        name,
                        structure.members.keys(),
                        "add the member, or remove it from `required`",
                    ),
                );
            }
        }
    }

    fn map_key(&self, path: &JsonPath, key: &ShapeRef) {
        if let Some(shape) = self.resolve(path, key)
            && !matches!(shape.kind, ShapeKind::String { .. })
        {
            self.report.error(
                path,
                format!("the key is `{}`, {}", key.shape, a(shape.kind.name())),
                "keys of JSON objects are strings: name a string shape",
            );
        }
    }

    /// The shape referred to; `None` when there is none, which is then in the report.
    fn resolve(&self, path: &JsonPath, reference: &ShapeRef) -> Option<&Shape> {
        let name = reference.shape.as_str();
        let shape = self.service.shapes.get(name);
        let reported = name.is_empty() || self.unreadable.contains(name);
        if shape.is_none() && !reported {
            self.report.error(
                path,
                format!("there is no shape `{name}`"),
                suggest(
                    self.report,
                    name,
                    self.service.shapes.keys(),
                    "add the shape to $.shapes, or correct the name",
                ),
            );
        }
        shape
    }
}

/// Checks that paginators belong to operations, and that the members they name exist.
pub(super) fn paginators(service: &Service, unreadable: &HashSet<&str>, report: &Report) {
    let pagination = JsonPath::root().key("pagination");
    for (name, paginator) in &service.paginators {
        let path = pagination.key(name);
        if let Some(operation) = service.operations.get(name) {
            paginator_members(service, operation, paginator, &path, report);
        } else if !unreadable.contains(name.as_str()) {
            report.error(
                &path,
                format!("there is no operation `{name}`"),
                suggest(
                    report,
                    name,
                    service.operations.keys(),
                    "take service.json and paginators.json from the same release",
                ),
            );
        }
    }
}

fn paginator_members(
    service: &Service,
    operation: &Operation,
    paginator: &Paginator,
    path: &JsonPath,
    report: &Report,
) {
    let check = |side: &str, reference: &Option<ShapeRef>, key: &str, names: &[String]| {
        let Some(structure) = reference
            .as_ref()
            .and_then(|reference| service.structure(&reference.shape))
        else {
            return;
        };
        // Anything but a plain name is a JMESPath expression, which is for its evaluator to judge.
        for name in names.iter().filter(|name| is_identifier(name)) {
            if !structure.members.contains_key(name) {
                report.error(
                    &path.key(key),
                    format!("`{name}` is not a member of the operation's {side}"),
                    suggest(
                        report,
                        name,
                        structure.members.keys(),
                        "take service.json and paginators.json from the same release",
                    ),
                );
            }
        }
    };
    let input = |key, names: &[String]| check("input", &operation.input, key, names);
    let output = |key, names: &[String]| check("output", &operation.output, key, names);
    input("input_token", &paginator.input_token);
    input("limit_key", paginator.limit_key.as_slice());
    output("output_token", &paginator.output_token);
    output("more_results", paginator.more_results.as_slice());
    output("result_key", &paginator.result_key);
    output("non_aggregate_keys", &paginator.non_aggregate_keys);
}

/// The kind of a shape with its article.
fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// The hint for an unknown name: the known one that it resembles, or else `otherwise`.
fn suggest<'a>(report: &Report, name: &str, known: impl IntoIterator<Item = &'a String>, otherwise: &str) -> String {
    if report.takes_suggestions()
        && let Some(known) = nearest(name, known.into_iter().map(String::as_str))
    {
        return format!("did you mean `{known}`?");
    }
    otherwise.to_owned()
}
