//! Checks across the whole model: that every name refers to something, and to the right kind of thing.

use std::collections::{HashMap, HashSet};

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
    nesting(service, &shapes, report);
    requirements(service, &shapes, report);
    let params = JsonPath::root().key("clientContextParams");
    for (name, param) in &service.client_context_params {
        if !matches!(param.kind.as_str(), "string" | "boolean" | "stringArray") {
            report.error(
                &params.key(name).key("type"),
                format!("`{}` is no type of a parameter of endpoint rules", param.kind),
                "the types known are: string, boolean, stringArray",
            );
        }
    }
}

/// How many lists and maps may stand directly in each other. AWS has three.
const NESTING: usize = 100;

/// Checks that lists and maps end somewhere: one that holds nothing but itself has no Rust type, and the type of
/// thousands in each other is more than a compiler reads.
fn nesting(service: &Service, shapes: &JsonPath, report: &Report) {
    let inside = |name: &str| match service.shapes.get(name).map(|shape| &shape.kind) {
        Some(ShapeKind::List { member, .. }) => Some(("member", member.shape.as_str())),
        Some(ShapeKind::Map { value, .. }) => Some(("value", value.shape.as_str())),
        _ => None,
    };
    // Each of them has one shape inside, so that the way down is a line, and its end, if known, need not be gone again.
    let mut depths: HashMap<&str, usize> = HashMap::new();
    for start in service.shapes.keys() {
        let (mut way, mut on_way, mut name) = (Vec::new(), HashSet::new(), start.as_str());
        while let Some((key, next)) = inside(name).filter(|_| !depths.contains_key(name)) {
            if !on_way.insert(name) {
                report.error(
                    &shapes.key(name).key(key).key("shape"),
                    format!("`{name}` holds nothing but itself"),
                    "put a structure in between",
                );
                break;
            }
            way.push((name, key));
            name = next;
        }
        let mut depth = depths.get(name).copied().unwrap_or_default();
        for (name, key) in way.into_iter().rev() {
            depth += 1;
            if depth == NESTING + 1 {
                report.error(
                    &shapes.key(name).key(key).key("shape"),
                    format!("more than {NESTING} lists and maps are in each other"),
                    "put a structure in between",
                );
            }
            depths.insert(name, depth);
        }
    }
}

/// Checks that no structure requires itself, directly or through others: none could ever be built. A list, map or
/// union in between ends it.
fn requirements(service: &Service, shapes: &JsonPath, report: &Report) {
    /// The structures that this one requires, with the places of their members in `required`.
    fn required<'a>(service: &'a Service, name: &str) -> Vec<(usize, &'a str)> {
        let Some(structure) = service.structure(name).filter(|it| !it.union && !it.document) else {
            return Vec::new();
        };
        let names = structure.required.iter().enumerate();
        let members = names.filter_map(|(index, member)| Some((index, structure.members.get(member)?.shape.as_str())));
        members
            .filter(|(_, shape)| service.structure(shape).is_some())
            .collect()
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for start in service.shapes.keys().map(String::as_str) {
        // Structures on the way down, each with what is left to look at. A stack of its own can be as deep as it must.
        let mut way: Vec<(&str, Vec<(usize, &str)>)> = Vec::new();
        if seen.insert(start) {
            way.push((start, required(service, start)));
        }
        let mut on_way = HashSet::from([start]);
        while let Some((name, open)) = way.last_mut() {
            let name = *name;
            let Some((index, next)) = open.pop() else {
                on_way.remove(name);
                way.pop();
                continue;
            };
            if on_way.contains(next) {
                let between = way.iter().map(|(name, _)| *name).skip_while(|it| *it != next).skip(1);
                let between: Vec<_> = between.map(|name| format!("`{name}`")).collect();
                let through = if between.is_empty() {
                    String::new()
                } else {
                    format!(", through {}", between.join(", "))
                };
                report.error(
                    &shapes.key(name).key("required").index(index),
                    format!("`{next}` can never be built: it requires itself{through}"),
                    "remove the member from `required`, or put a list in between",
                );
            } else if seen.insert(next) {
                on_way.insert(next);
                way.push((next, required(service, next)));
            }
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
            if shape.as_structure().is_none() {
                self.report.error(
                    &path,
                    format!("the {key} is `{}`, a {}", reference.shape, shape.kind.name()),
                    format!("an operation's {key} must be a structure"),
                );
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
            self.resolve(&path.key("members").key(name).key("shape"), member);
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
                format!("the key is `{}`, a {}", key.shape, shape.kind.name()),
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

/// The hint for an unknown name: the known one that it resembles, or else `otherwise`.
fn suggest<'a>(report: &Report, name: &str, known: impl IntoIterator<Item = &'a String>, otherwise: &str) -> String {
    if report.takes_suggestions()
        && let Some(known) = nearest(name, known.into_iter().map(String::as_str))
    {
        return format!("did you mean `{known}`?");
    }
    otherwise.to_owned()
}
