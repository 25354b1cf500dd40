//! Values made from the shapes: what an example needs where AWS shows none.

use crate::model::{Service, ShapeKind, ShapeRef, Structure};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

/// More structures inside of each other than an example needs.
const MAX_DEPTH: usize = 6;

/// Makes values.
pub(super) struct Sampler<'a> {
    service: &'a Service,
    /// What AWS's examples write for a member of this name.
    known: IndexMap<&'a str, &'a str>,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(service: &'a Service, known: IndexMap<&'a str, &'a str>) -> Self {
        Self { service, known }
    }

    /// A structure with its required members.
    pub(super) fn required(&self, structure: &Structure) -> Value {
        self.members(structure, 0)
    }

    fn members(&self, structure: &Structure, depth: usize) -> Value {
        let mut members = Map::new();
        for (name, reference) in &structure.members {
            if structure.required.contains(name) {
                members.insert(name.clone(), self.value(name, reference, depth));
            }
        }
        Value::Object(members)
    }

    fn value(&self, name: &str, reference: &ShapeRef, depth: usize) -> Value {
        let Some(shape) = self.service.shapes.get(&reference.shape) else {
            return Value::Null;
        };
        match &shape.kind {
            ShapeKind::String {
                values: Some(values), ..
            } => json!(values.first()),
            ShapeKind::String { min, max, .. } => Value::String(self.text(name, *min, *max)),
            ShapeKind::Boolean => Value::Bool(true),
            ShapeKind::Whole { min, max, .. } => json!(within(1, *min, *max)),
            ShapeKind::Real { .. } => json!(1.0),
            ShapeKind::Timestamp { .. } => json!(1_700_000_000),
            ShapeKind::Blob { .. } => json!(""),
            ShapeKind::List { member, .. } if depth < MAX_DEPTH => json!([self.value(name, member, depth + 1)]),
            ShapeKind::Map { value, .. } if depth < MAX_DEPTH => json!({"key": self.value(name, value, depth + 1)}),
            ShapeKind::List { .. } => json!([]),
            ShapeKind::Map { .. } => json!({}),
            ShapeKind::Structure(structure) if structure.document || depth >= MAX_DEPTH => json!({}),
            ShapeKind::Structure(structure) => self.members(structure, depth + 1),
        }
    }

    /// A text for the member `name`: what AWS writes there elsewhere, or its name.
    fn text(&self, name: &str, min: Option<i64>, max: Option<i64>) -> String {
        let known = self.known.get(name).copied().filter(|text| text.len() < 80);
        let mut text = known.map_or_else(|| format!("example-{}", super::page::file_stem(name)), str::to_owned);
        let length = |bound: Option<i64>| bound.and_then(|bound| usize::try_from(bound).ok());
        if let Some(max) = length(max) {
            text = text.chars().take(max).collect();
        }
        while length(min).is_some_and(|min| text.chars().count() < min) {
            text.push('0');
        }
        text
    }
}

fn within(wanted: i64, min: Option<i64>, max: Option<i64>) -> i64 {
    let value = min.map_or(wanted, |min| wanted.max(min));
    max.map_or(value, |max| value.min(max))
}
