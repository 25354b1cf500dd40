//! The model's constraints on the values of each shape.

use super::pattern::Pattern;
use std::sync::Arc;

/// The model's constraints on a value.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) sensitive: bool,
    /// The minimum length or value.
    pub(super) min: Option<i64>,
    /// The maximum length or value.
    pub(super) max: Option<i64>,
    pub(super) pattern: Option<Arc<Pattern>>,
}

/// The kinds of shapes that the interpreter tells apart.
#[derive(Debug)]
pub(super) enum Kind {
    /// Any value is valid.
    Any,
    /// A string: its length counts Unicode scalar values.
    Text,
    /// A string with known values. For a client, another value is no violation.
    Enum(Vec<&'static str>),
    /// Bytes. They are Base64 on the wire, but the length counts bytes.
    Blob,
    /// A number.
    Number,
    /// A list of items of a shape.
    List(ShapeId),
    /// A map from keys to values.
    Map(ShapeId, ShapeId),
    /// A structure, or a union.
    Structure(Structure),
}

/// The place of a shape in its [`Tables`](super::tables::Tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShapeId(pub(super) u32);

/// A structure: its name in the model, by which rules find it, and its members in the model's order.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) name: &'static str,
    pub(super) members: Vec<Member>,
}

/// A member of a [`Structure`].
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) shape: ShapeId,
    pub(super) required: bool,
}

/// A value without constraints.
pub(super) static ANY: Shape = Shape::any();

impl Shape {
    /// A shape without constraints.
    pub(super) const fn any() -> Self {
        Self {
            kind: Kind::Any,
            sensitive: false,
            min: None,
            max: None,
            pattern: None,
        }
    }
}
