//! What a program does with an answer: the getters of a typed output, and what AWS's example has there.

use super::render::{Renderer, Types, enum_value, is_long, literal};
use crate::model::{ShapeKind, Structure};
use crate::names;
use serde_json::Value;

/// So many getters show how it goes.
const SHOWN: usize = 3;

/// A longer line says too little for its length.
const LINE: usize = 90;

impl<T: Types> Renderer<'_, T> {
    /// Lines that read `output`, an answer of the structure `wire`.
    pub(crate) fn answer(&mut self, wire: &str, structure: &Structure, answer: &Value) -> Vec<String> {
        let mut lines = self.compared(wire, structure, answer, "output");
        let nested = names::fields(structure).find_map(|(name, reference, field)| {
            let value = answer.get(name)?;
            match (self.kind(reference)?, value) {
                (ShapeKind::Structure(nested), Value::Object(_)) if !nested.document && !nested.union => {
                    Some((field, reference.shape.clone(), nested, value, false))
                }
                (ShapeKind::List { member, .. }, Value::Array(items)) => match self.kind(member)? {
                    ShapeKind::Structure(nested) if !nested.document && !nested.union => {
                        Some((field, member.shape.clone(), nested, items.first()?, true))
                    }
                    _ => None,
                },
                _ => None,
            }
        });
        if let Some((field, shape, nested, value, listed)) = nested {
            // A keyword's field, `r#type`, names a variable as well.
            let one = if listed { "item" } else { field.as_str() };
            let inner = if listed {
                self.printed(nested, value, one)
            } else {
                self.compared(&shape, nested, value, one)
            };
            if !inner.is_empty() {
                let head = if listed {
                    format!("for {one} in output.{field}() {{")
                } else {
                    format!("if let Some({one}) = output.{field}() {{")
                };
                lines.push(head);
                lines.extend(inner.into_iter().map(|line| format!("    {line}")));
                lines.push("}".to_owned());
            }
        }
        lines
    }

    /// `assert_eq!(output.session(), Some("…"));`, a few of them.
    fn compared(&mut self, wire: &str, structure: &Structure, answer: &Value, of: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, field, value) in scalars(structure, answer) {
            let Some(reference) = structure.members.get(name) else {
                continue;
            };
            let expected = match (self.kind(reference), value) {
                (
                    Some(ShapeKind::String {
                        values: Some(values), ..
                    }),
                    Value::String(text),
                ) => {
                    let ty = self.types().name(&reference.shape);
                    let value = enum_value(&ty, &reference.shape, values, text);
                    self.uses.insert(ty);
                    format!("&{value}")
                }
                (Some(ShapeKind::String { .. }), Value::String(text)) if !is_long(text) => literal(text),
                (Some(ShapeKind::Whole { .. }), Value::Number(number)) => number.to_string(),
                (Some(ShapeKind::Boolean), Value::Bool(flag)) => flag.to_string(),
                _ => continue,
            };
            let line = if !self.types().is_always_there(wire, name) {
                format!("assert_eq!({of}.{field}(), Some({expected}));")
            } else if matches!(value, Value::Bool(true)) {
                format!("assert!({of}.{field}());")
            } else if matches!(value, Value::Bool(false)) {
                format!("assert!(!{of}.{field}());")
            } else {
                format!("assert_eq!({of}.{field}(), {expected});")
            };
            if line.len() <= LINE {
                lines.push(line);
            }
            if lines.len() == SHOWN {
                break;
            }
        }
        lines
    }

    /// `println!("{:?}", item.username());`, for the first text of an item.
    fn printed(&self, structure: &Structure, item: &Value, of: &str) -> Vec<String> {
        let first = scalars(structure, item).next();
        first
            .map(|(_, field, _)| format!("println!(\"{{:?}}\", {of}.{field}());"))
            .into_iter()
            .collect()
    }
}

/// The members that have a text, number or flag, with their fields.
fn scalars<'v>(structure: &'v Structure, value: &'v Value) -> impl Iterator<Item = (&'v str, String, &'v Value)> {
    names::fields(structure).filter_map(move |(name, _, field)| {
        let value = value.get(name)?;
        (value.is_string() || value.is_number() || value.is_boolean()).then_some((name, field, value))
    })
}
