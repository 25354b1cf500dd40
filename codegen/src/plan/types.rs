//! Shapes to kinds, the words of the runtime's macros.

use super::graph;
use crate::model::{Service, Shape, ShapeKind, ShapeRef, TimestampFormat};
use crate::names;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The kind of a shape.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    /// `string`, `list(UserType)`, …
    pub(super) text: String,
    /// The wire format, where serde alone doesn't know it.
    pub(super) codec: Option<String>,
}

impl Kind {
    fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            codec: None,
        }
    }

    fn coded(text: &str, codec: &str) -> Self {
        Self {
            text: text.to_owned(),
            codec: Some(codec.to_owned()),
        }
    }
}

/// What the planner knows of all shapes.
#[derive(Debug)]
pub(super) struct Types<'a> {
    service: &'a Service,
    names: HashMap<&'a str, String>,
    /// Structures that directly hold each other, by a number of each such group.
    groups: HashMap<&'a str, usize>,
    /// The shapes in which something must not be logged.
    secrets: HashSet<&'a str>,
}

impl<'a> Types<'a> {
    pub(super) fn new(service: &'a Service) -> Self {
        let typed: Vec<&str> = service
            .shapes
            .iter()
            .filter(|(_, shape)| is_named(shape))
            .map(|(name, _)| name.as_str())
            .collect();
        let unique = names::disambiguate(typed.iter().map(|name| names::type_name(name)));
        Self {
            service,
            names: typed.into_iter().zip(unique).collect(),
            groups: graph::groups(service),
            secrets: graph::secrets(service),
        }
    }

    /// A name that no shape has: `name`, suffixed with `Service` where one has it.
    pub(super) fn free_name(&self, name: String) -> String {
        if self.names.values().any(|taken| *taken == name) {
            self.free_name(name + "Service")
        } else {
            name
        }
    }

    pub(super) fn shape(&self, name: &str) -> Option<&'a Shape> {
        self.service.shapes.get(name)
    }

    /// The Rust type of a structure or enum.
    pub(super) fn name(&self, shape: &str) -> String {
        self.names
            .get(shape)
            .cloned()
            .unwrap_or_else(|| names::type_name(shape))
    }

    /// The kind of what `reference` refers to, as a member of `owner`.
    pub(super) fn kind(&self, reference: &ShapeRef, owner: &str) -> Kind {
        let Some(shape) = self.shape(&reference.shape) else {
            return Kind::plain("document");
        };
        match &shape.kind {
            ShapeKind::String { values: Some(_), .. } => {
                Kind::plain(format!("enumeration({})", self.name(&reference.shape)))
            }
            ShapeKind::Structure(structure) if structure.document => Kind::coded("document", "JsonDocument"),
            ShapeKind::Structure(_) => {
                // A value that can hold another of its own type without a list or map in between needs a `Box`.
                let group = |name: &str| self.groups.get(name);
                let boxed = group(owner).is_some() && group(owner) == group(&reference.shape);
                Kind::plain(format!(
                    "{}({})",
                    if boxed { "boxed" } else { "value" },
                    self.name(&reference.shape)
                ))
            }
            _ => self.item(reference),
        }
    }

    /// The kind of a list's item, a map's key or value, or a member that is neither structure nor enum.
    fn item(&self, reference: &ShapeRef) -> Kind {
        let Some(shape) = self.shape(&reference.shape) else {
            return Kind::plain("document");
        };
        match &shape.kind {
            ShapeKind::String { values: Some(_), .. } => Kind::plain(self.name(&reference.shape)),
            ShapeKind::String { .. } => Kind::plain("string"),
            ShapeKind::Structure(structure) if structure.document => Kind::coded("document", "JsonDocument"),
            ShapeKind::Structure(_) => Kind::plain(self.name(&reference.shape)),
            ShapeKind::Boolean => Kind::plain("bool"),
            ShapeKind::Integer { .. } => Kind::plain("i32"),
            ShapeKind::Long { .. } => Kind::plain("i64"),
            ShapeKind::Float { .. } => Kind::coded("f32", "Float"),
            ShapeKind::Double { .. } => Kind::coded("f64", "Float"),
            ShapeKind::Blob { .. } => Kind::coded("blob", "Base64"),
            ShapeKind::Timestamp { format } => Kind::coded(
                "timestamp",
                match reference
                    .timestamp_format
                    .or(*format)
                    .unwrap_or(TimestampFormat::EpochSeconds)
                {
                    TimestampFormat::EpochSeconds => "EpochSeconds",
                    TimestampFormat::HttpDate => "HttpDate",
                    TimestampFormat::DateTime => "DateTimeText",
                },
            ),
            ShapeKind::List { member, sparse, .. } => {
                let item = self.element(member, *sparse);
                Kind {
                    text: format!("list({})", item.text),
                    codec: item.codec.map(|codec| format!("Vec<{codec}>")),
                }
            }
            ShapeKind::Map { key, value, sparse, .. } => {
                let value = self.element(value, *sparse);
                Kind {
                    text: format!("map({} => {})", self.item(key).text, value.text),
                    codec: value.codec.map(|codec| format!("Map<{codec}>")),
                }
            }
        }
    }

    /// The kind of a list's item or a map's value, which in a sparse one may be null.
    fn element(&self, reference: &ShapeRef, sparse: bool) -> Kind {
        let dense = self.item(reference);
        if sparse {
            Kind {
                text: format!("Option<{}>", self.rust_type(reference)),
                codec: dense.codec.map(|codec| format!("Sparse<{codec}>")),
            }
        } else {
            dense
        }
    }

    /// The Rust type of a member inside of its `Option`, with the paths of what isn't in scope everywhere.
    pub(super) fn rust_type(&self, reference: &ShapeRef) -> String {
        let primitive = |name| format!("cognito_runtime::reexport::aws_smithy_types::{name}");
        let element = |reference, sparse| {
            let dense = self.rust_type(reference);
            if sparse { format!("Option<{dense}>") } else { dense }
        };
        let Some(shape) = self.shape(&reference.shape) else {
            return primitive("Document");
        };
        match &shape.kind {
            ShapeKind::String { values: None, .. } => "String".to_owned(),
            ShapeKind::List { member, sparse, .. } => format!("Vec<{}>", element(member, *sparse)),
            ShapeKind::Map { key, value, sparse, .. } => {
                format!(
                    "std::collections::HashMap<{}, {}>",
                    self.rust_type(key),
                    element(value, *sparse)
                )
            }
            ShapeKind::Blob { .. } => primitive("Blob"),
            ShapeKind::Timestamp { .. } => primitive("DateTime"),
            ShapeKind::Structure(structure) if structure.document => primitive("Document"),
            _ => self.item(reference).text,
        }
    }

    /// The structures and enums that a member names, through lists and maps.
    pub(super) fn named(&self, reference: &ShapeRef, into: &mut BTreeSet<&'a str>) {
        let Some((name, shape)) = self.service.shapes.get_key_value(&reference.shape) else {
            return;
        };
        match &shape.kind {
            ShapeKind::List { member, .. } => self.named(member, into),
            ShapeKind::Map { key, value, .. } => {
                self.named(key, into);
                self.named(value, into);
            }
            _ if is_named(shape) => {
                into.insert(name.as_str());
            }
            _ => {}
        }
    }

    /// Whether a member's value must not be logged.
    pub(super) fn redacted(&self, reference: &ShapeRef) -> bool {
        let Some(shape) = self.shape(&reference.shape) else {
            return false;
        };
        shape.sensitive
            || match &shape.kind {
                ShapeKind::List { member, .. } => self.redacted(member),
                ShapeKind::Map { key, value, .. } => self.redacted(key) || self.redacted(value),
                _ => false,
            }
    }

    /// Whether anything inside of the structure must not be logged.
    pub(super) fn holds_secrets(&self, name: &str) -> bool {
        self.secrets.contains(name)
    }
}

/// Whether a shape becomes a Rust type of its own.
fn is_named(shape: &Shape) -> bool {
    match &shape.kind {
        ShapeKind::Structure(structure) => !structure.document,
        ShapeKind::String { values, .. } => values.is_some(),
        _ => false,
    }
}
