//! A value of a shape as the Rust expression that builds it, laid out as rustfmt would.

use crate::model::{Service, ShapeKind, ShapeRef, Structure};
use crate::names;
use serde_json::Value;
use std::collections::BTreeSet;

/// A longer chain of calls gets a line a call, as rustfmt has it.
const CHAIN: usize = 60;

/// A longer line is broken; the function around the example, which isn't shown, indents it further.
const LINE: usize = 96;

/// A longer text is cut: an example shows how to pass a value, not the value.
const TEXT: usize = 90;

/// What the planner knows of names and builders.
pub(crate) trait Types {
    /// The Rust type of a structure or enum.
    fn name(&self, shape: &str) -> String;
    /// Whether the builder of a structure fails without its required members.
    fn is_fallible(&self, shape: &str) -> bool;
    /// Whether the getter of an answer's member gives the value itself, and not an option.
    fn is_always_there(&self, shape: &str, member: &str) -> bool;
}

/// An expression and the names that it needs in scope.
pub(crate) struct Renderer<'a, T> {
    service: &'a Service,
    types: &'a T,
    /// The types that it names.
    pub(crate) uses: BTreeSet<String>,
    /// Whether it names `Blob`, `DateTime` or `Document`.
    pub(crate) primitives: BTreeSet<&'static str>,
}

/// A piece of code.
enum Code {
    /// It stays on one line.
    Text(String),
    /// A value, and methods called on it.
    Chain(String, Vec<(String, Vec<Code>, &'static str)>),
    /// A call of a function.
    Call(&'static str, Box<Code>),
}

impl<'a, T: Types> Renderer<'a, T> {
    pub(crate) fn new(service: &'a Service, types: &'a T) -> Self {
        Self {
            service,
            types,
            uses: BTreeSet::new(),
            primitives: BTreeSet::new(),
        }
    }

    /// `client.operation().member(…).send().await?`, with a line a call.
    pub(crate) fn call(&mut self, method: &str, input: &Structure, value: &Value) -> Vec<String> {
        let mut calls = vec![(method.to_owned(), Vec::new(), "")];
        calls.extend(self.setters(input, value));
        calls.push(("send".to_owned(), Vec::new(), ""));
        let chain = Code::Chain("client".to_owned(), calls);
        let flat = format!("{}.await?;", chain.flat());
        if flat.len() <= CHAIN {
            return vec![flat];
        }
        let mut lines = Vec::new();
        chain.broken(0, &mut lines);
        lines.push("    .await?;".to_owned());
        lines
    }

    fn setters(&mut self, structure: &Structure, value: &Value) -> Vec<(String, Vec<Code>, &'static str)> {
        let mut calls = Vec::new();
        for (name, reference, field) in names::fields(structure) {
            let Some(value) = value.get(name).filter(|value| !value.is_null()) else {
                continue;
            };
            match (self.kind(reference), value) {
                (Some(ShapeKind::List { member, .. }), Value::Array(items)) if !items.is_empty() => {
                    for item in items {
                        let code = self.value(member, item);
                        calls.push((field.clone(), vec![code], ""));
                    }
                }
                (Some(ShapeKind::Map { key, value: of, .. }), Value::Object(entries)) if !entries.is_empty() => {
                    for (entry, value) in entries {
                        let entry = self.key(key, entry);
                        let code = self.value(of, value);
                        calls.push((field.clone(), vec![entry, code], ""));
                    }
                }
                (Some(ShapeKind::List { .. }), _) => {
                    calls.push((
                        format!("set_{}", names::stem(&field)),
                        vec![text("Some(Vec::new())")],
                        "",
                    ));
                }
                (Some(ShapeKind::Map { .. }), _) => {
                    calls.push((
                        format!("set_{}", names::stem(&field)),
                        vec![text("Some(Default::default())")],
                        "",
                    ));
                }
                (Some(ShapeKind::Blob { .. }), _) => {
                    self.primitives.insert("Blob");
                    let file = format!("std::fs::read({:?})?", names::stem(&field));
                    calls.push((field, vec![Code::Call("Blob::new", Box::new(Code::Text(file)))], ""));
                }
                _ => {
                    let code = self.value(reference, value);
                    calls.push((field, vec![code], ""));
                }
            }
        }
        calls
    }

    pub(super) fn types(&self) -> &'a T {
        self.types
    }

    pub(super) fn kind(&self, reference: &ShapeRef) -> Option<&'a ShapeKind> {
        self.service.shapes.get(&reference.shape).map(|shape| &shape.kind)
    }

    fn key(&mut self, reference: &ShapeRef, key: &str) -> Code {
        self.value(reference, &Value::String(key.to_owned()))
    }

    fn value(&mut self, reference: &ShapeRef, value: &Value) -> Code {
        match (self.kind(reference), value) {
            (Some(ShapeKind::Structure(structure)), _) if structure.document => {
                self.primitives.insert("Document");
                text("Document::Null")
            }
            (Some(ShapeKind::Structure(structure)), _) if structure.union => {
                self.union(&reference.shape, structure, value)
            }
            (Some(ShapeKind::Structure(structure)), _) => {
                let name = self.name(&reference.shape);
                let mut calls = self.setters(structure, value);
                let end = if self.types.is_fallible(&reference.shape) {
                    "?"
                } else {
                    ""
                };
                calls.push(("build".to_owned(), Vec::new(), end));
                Code::Chain(format!("{name}::builder()"), calls)
            }
            (
                Some(ShapeKind::String {
                    values: Some(values), ..
                }),
                Value::String(value),
            ) => {
                let name = self.name(&reference.shape);
                Code::Text(enum_value(&name, &reference.shape, values, value))
            }
            (Some(ShapeKind::Timestamp { .. }), _) => {
                self.primitives.insert("DateTime");
                Code::Text(format!("DateTime::from_secs({})", value.as_i64().unwrap_or_default()))
            }
            (Some(ShapeKind::Blob { .. }), _) => {
                self.primitives.insert("Blob");
                text("Blob::new(\"bytes\")")
            }
            (Some(ShapeKind::List { member, .. }), Value::Array(items)) => {
                let items: Vec<String> = items.iter().map(|item| self.owned(member, item)).collect();
                Code::Text(format!("vec![{}]", items.join(", ")))
            }
            (Some(ShapeKind::Map { value: of, .. }), Value::Object(entries)) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("({key:?}.to_owned(), {})", self.owned(of, value)))
                    .collect();
                Code::Text(format!("[{}].into()", entries.join(", ")))
            }
            (Some(ShapeKind::Real { .. }), _) => Code::Text(format!("{:?}", value.as_f64().unwrap_or_default())),
            (_, Value::String(string)) => Code::Text(literal(string)),
            (_, other) => Code::Text(other.to_string()),
        }
    }

    fn owned(&mut self, reference: &ShapeRef, value: &Value) -> String {
        let owned = matches!(self.kind(reference), Some(ShapeKind::String { values: None, .. }));
        let code = self.value(reference, value).flat();
        if owned { format!("{code}.to_owned()") } else { code }
    }

    fn union(&mut self, shape: &str, structure: &Structure, value: &Value) -> Code {
        let name = self.name(shape);
        let chosen = structure.members.iter().find_map(|(member, reference)| {
            let value = value.get(member)?;
            Some((member, reference, value))
        });
        match chosen {
            Some((member, reference, value)) => {
                let variant = names::type_name(member);
                Code::Text(format!("{name}::{variant}({})", self.owned(reference, value)))
            }
            None => Code::Text(format!("{name}::Unknown")),
        }
    }

    fn name(&mut self, shape: &str) -> String {
        let name = self.types.name(shape);
        self.uses.insert(name.clone());
        name
    }
}

fn text(code: &str) -> Code {
    Code::Text(code.to_owned())
}

pub(super) fn enum_value(name: &str, shape: &str, values: &[String], value: &str) -> String {
    let variants = names::variant_names(shape, values.iter().map(String::as_str));
    match values.iter().zip(variants).find(|(known, _)| *known == value) {
        Some((_, variant)) => format!("{name}::{variant}"),
        None => format!("{name}::from({value:?})"),
    }
}

/// Whether a text is too long for an example.
pub(super) fn is_long(string: &str) -> bool {
    string.chars().count() > TEXT
}

/// A text as a literal, without what would make it longer than a line.
pub(super) fn literal(string: &str) -> String {
    if is_long(string) {
        let start: String = string.chars().take(TEXT - 30).collect();
        format!("{:?}", start + "…")
    } else {
        format!("{string:?}")
    }
}

impl Code {
    /// On one line.
    fn flat(&self) -> String {
        match self {
            Self::Text(code) => code.clone(),
            Self::Call(function, argument) => format!("{function}({})", argument.flat()),
            Self::Chain(start, calls) => {
                let calls = calls.iter().map(|(method, arguments, end)| {
                    let arguments: Vec<String> = arguments.iter().map(Self::flat).collect();
                    format!(".{method}({}){end}", arguments.join(", "))
                });
                start.clone() + &calls.collect::<String>()
            }
        }
    }

    fn is_short(&self) -> bool {
        let flat = self.flat();
        match self {
            Self::Chain(..) => flat.chars().count() < CHAIN,
            Self::Text(_) | Self::Call(..) => true,
        }
    }

    /// With a line a call, indented by `depth` levels.
    fn broken(&self, depth: usize, lines: &mut Vec<String>) {
        let indent = "    ".repeat(depth);
        let Self::Chain(start, calls) = self else {
            lines.push(format!("{indent}{}", self.flat()));
            return;
        };
        lines.push(format!("{indent}{start}"));
        for (method, arguments, end) in calls {
            let flat: Vec<String> = arguments.iter().map(Self::flat).collect();
            let line = format!("{indent}    .{method}({}){end}", flat.join(", "));
            if flat.is_empty() || arguments.iter().all(Self::is_short) && line.chars().count() <= LINE {
                lines.push(line);
                continue;
            }
            lines.push(format!("{indent}    .{method}("));
            for argument in arguments {
                if argument.is_short() {
                    lines.push(format!("{indent}        {},", argument.flat()));
                } else {
                    argument.broken(depth + 2, lines);
                    if let Some(last) = lines.last_mut() {
                        last.push(',');
                    }
                }
            }
            lines.push(format!("{indent}    ){end}"));
        }
    }
}
