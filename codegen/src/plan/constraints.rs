//! Constraints: what inputs, and all that is inside of them, must be like, as the text that `cognito-validation`
//! reads (`validation/src/tables.rs` says its form).

use super::types::Types;
use super::{Fixups, OperationPlan};
use crate::model::{Service, Shape, ShapeKind, ShapeRef, Structure};
use crate::pattern;
use serde::Serialize;
use std::collections::BTreeSet;

/// The constraints of a crate.
#[derive(Debug, Serialize)]
pub struct ConstraintsPlan {
    /// The operations, in the alphabet's order.
    pub operations: Vec<OperationRow>,
    /// The types that can be checked.
    pub types: Vec<TypeRow>,
    /// The shapes, in the alphabet's order.
    pub shapes: Vec<ShapeRow>,
    /// What isn't checked, as rows: shape, what it demands, and why that isn't checked.
    pub unchecked: Vec<String>,
    /// The rules that aren't in the model, as an expression.
    pub rules: &'static str,
    /// The code of the error for what the model doesn't allow.
    pub refusal: &'static str,
}

/// An operation and its input, by their names in the model.
#[derive(Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperationRow {
    /// The operation.
    pub name: String,
    /// The shape of its input.
    pub input: String,
}

/// A type that can be checked.
#[derive(Debug, Serialize)]
pub struct TypeRow {
    /// Its path.
    pub path: String,
    /// Its shape's name in the model.
    pub shape: String,
}

/// A shape.
#[derive(Debug, Serialize)]
pub struct ShapeRow {
    /// Its own line: kind, name, what it holds, bounds.
    pub head: String,
    /// The lines under it: members, values, or a pattern and its translation.
    pub below: Vec<String>,
}

/// The services whose rules are written down, and where.
const RULES: [(&str, &str); 1] = [("cognito-idp", "cognito_rules::cognito_idp::RULES")];

/// Whether there are rules for a service.
pub(super) fn has_rules(service: &str) -> bool {
    RULES.iter().any(|(name, _)| *name == service)
}

/// Plans the constraints.
pub(super) fn plan(
    service: &Service,
    types: &Types<'_>,
    fixups: Fixups,
    operations: &[OperationPlan],
) -> ConstraintsPlan {
    let roots: BTreeSet<&str> = operations
        .iter()
        .map(|operation| operation.input.wire.as_str())
        .collect();
    let reached = reached(service, &roots);
    let has_input = |operation: &&OperationPlan| reached.contains(operation.input.wire.as_str());
    let mut rows: Vec<OperationRow> = operations
        .iter()
        .filter(has_input)
        .map(|operation| OperationRow {
            name: operation.wire.clone(),
            input: operation.input.wire.clone(),
        })
        .collect();
    rows.sort();
    let of_operations = operations.iter().filter(has_input).map(|operation| TypeRow {
        path: format!("crate::operation::{}::{}", operation.module, operation.input.name),
        shape: operation.input.wire.clone(),
    });
    let of_types = nested(service, &roots)
        .into_iter()
        .filter(|name| service.structure(name).is_some_and(|structure| !structure.document))
        .map(|name| TypeRow {
            path: format!("crate::types::{}", types.name(name)),
            shape: name.to_owned(),
        });
    let types = of_operations.chain(of_types).collect();
    let mut planner = Planner {
        service,
        fixups,
        roots,
        unchecked: Vec::new(),
    };
    ConstraintsPlan {
        operations: rows,
        types,
        shapes: reached.into_iter().filter_map(|name| planner.shape(name)).collect(),
        unchecked: planner.unchecked.iter().map(|row| format!("{row:?}")).collect(),
        refusal: fixups.refusal.unwrap_or("ValidationException"),
        rules: RULES
            .iter()
            .find(|(name, _)| *name == service.dir_name)
            .map_or("&[]", |(_, rules)| rules),
    }
}

/// The shapes from which inputs are made, the inputs included.
fn reached<'a>(service: &'a Service, roots: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let known = roots
        .iter()
        .filter_map(|name| Some(service.shapes.get_key_value(*name)?.0.as_str()));
    service.reach(known)
}

/// The shapes that are inside of inputs.
fn nested<'a>(service: &'a Service, roots: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let shapes = roots.iter().filter_map(|name| service.shapes.get(*name));
    let members = shapes
        .flat_map(Shape::references)
        .map(|reference| reference.shape.as_str());
    service.reach(members)
}

struct Planner<'a> {
    service: &'a Service,
    fixups: Fixups,
    roots: BTreeSet<&'a str>,
    unchecked: Vec<(String, String, String)>,
}

impl Planner<'_> {
    fn shape(&mut self, wire: &str) -> Option<ShapeRow> {
        let service = self.service;
        let shape = service.shapes.get(wire)?;
        let mut holds = String::new();
        let mut bounds = (None, None);
        let mut below = Vec::new();
        let kind = match &shape.kind {
            ShapeKind::Structure(structure) if structure.document => "any",
            ShapeKind::Structure(structure) => {
                below = self.members(wire, structure);
                "structure"
            }
            ShapeKind::String {
                values: Some(values), ..
            } if values.iter().any(|value| value.contains(['\n', '\r'])) => {
                let why = "a value has a line break, and the tables have a line for each value".to_owned();
                self.unchecked.push((wire.to_owned(), "the values".to_owned(), why));
                "any"
            }
            ShapeKind::String {
                values: Some(values), ..
            } => {
                let documented = self.fixups.documented_values.iter();
                let documented = documented.filter(|(shape, _)| *shape == wire).map(|(_, value)| *value);
                below.extend(values.iter().map(String::as_str).chain(documented).map(str::to_owned));
                "enum"
            }
            ShapeKind::String { min, max, pattern, .. } => {
                bounds = (*min, *max);
                below = self.pattern(wire, pattern.as_deref());
                "text"
            }
            ShapeKind::List { member, min, max, .. } => {
                bounds = (*min, *max);
                holds = format!(" {}", member.shape);
                "list"
            }
            ShapeKind::Map {
                key, value, min, max, ..
            } => {
                bounds = (*min, *max);
                holds = format!(" {} {}", key.shape, value.shape);
                "map"
            }
            ShapeKind::Blob { min, max, .. } => {
                bounds = (*min, *max);
                "blob"
            }
            ShapeKind::Whole { min, max, .. } => {
                bounds = (*min, *max);
                "number"
            }
            ShapeKind::Real { min, max, .. } => {
                bounds = (self.whole(wire, *min), self.whole(wire, *max));
                "number"
            }
            ShapeKind::Boolean | ShapeKind::Timestamp { .. } => "any",
        };
        let secret = if self.fixups.is_secret_to_checks(wire, shape) {
            "secret "
        } else {
            ""
        };
        let bounds = match bounds {
            (None, None) => String::new(),
            (min, max) => {
                let text = |bound: Option<i64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                format!(" {}..{}", text(min), text(max))
            }
        };
        Some(ShapeRow {
            head: format!("{secret}{kind} {wire}{holds}{bounds}"),
            below,
        })
    }

    fn members(&self, wire: &str, structure: &Structure) -> Vec<String> {
        let is_input = self.roots.contains(wire);
        let members = structure.members.iter().map(|(name, reference): (_, &ShapeRef)| {
            // The client fills tokens that identify a request.
            let filled = is_input && reference.idempotency_token;
            let required = !filled && structure.required.contains(name);
            let word = if required { " required" } else { "" };
            format!("{name} {}{word}", reference.shape)
        });
        members.collect()
    }

    /// A bound of a floating-point number: the tables have whole ones.
    fn whole(&mut self, wire: &str, bound: Option<f64>) -> Option<i64> {
        let bound = bound?;
        let whole = bound as i64;
        if whole as f64 == bound {
            return Some(whole);
        }
        let why = "the tables have whole numbers".to_owned();
        self.unchecked
            .push((wire.to_owned(), format!("the bound {bound}"), why));
        None
    }

    /// The lines of a pattern: as the model writes it, and translated.
    fn pattern(&mut self, wire: &str, pattern: Option<&str>) -> Vec<String> {
        let Some(text) = pattern else {
            return Vec::new();
        };
        match self.translated(wire, text) {
            Ok(expression) => vec![text.to_owned(), expression],
            Err(why) => {
                self.unchecked
                    .push((wire.to_owned(), format!("the pattern {text}"), why));
                Vec::new()
            }
        }
    }

    /// The pattern as an expression of the `regex` crate, or why it isn't checked.
    fn translated(&self, wire: &str, text: &str) -> Result<String, String> {
        let contradicted = self.fixups.contradicted_patterns.iter();
        let mut contradicted = contradicted.filter(|(shape, ..)| *shape == wire);
        if let Some((_, words, value)) = contradicted.next() {
            return Err(format!(
                "the documentation says `{words}`, and the pattern forbids {value:?}"
            ));
        }
        let same = self.fixups.patterns.iter().find(|(pattern, _)| *pattern == text);
        let expression = pattern::translate(same.map_or(text, |(_, same)| same)).map_err(|error| error.to_string())?;
        if text.contains(['\n', '\r']) {
            return Err("it has a line break, and the tables have a line for each pattern".to_owned());
        }
        Ok(expression)
    }
}
