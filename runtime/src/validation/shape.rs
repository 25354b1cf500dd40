//! What the model demands of the values of each shape.

use super::pattern::Pattern;
use std::sync::Arc;

/// What the model demands of a value.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) sensitive: bool,
    /// The least length or value.
    pub(super) min: Option<i64>,
    /// The greatest length or value.
    pub(super) max: Option<i64>,
    pub(super) pattern: Option<Arc<Pattern>>,
}

/// The kinds of shapes that the interpreter tells apart.
#[derive(Debug)]
pub(super) enum Kind {
    /// Whatever it is, it is good.
    Any,
    /// A string: its length counts Unicode scalar values.
    Text,
    /// A string with known values. Another one is no violation for a client.
    Enum(Vec<&'static str>),
    /// Bytes: on the wire base64, but its length counts bytes.
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

/// A value of which nothing is demanded.
pub(super) static ANY: Shape = Shape::any();

impl Shape {
    /// A shape of which nothing is demanded.
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
