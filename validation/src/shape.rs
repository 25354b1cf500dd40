//! The model's constraints on the values of each shape.

use crate::pattern::Pattern;
use std::sync::Arc;

/// The model's constraints on a value.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    pub(crate) sensitive: bool,
    /// The minimum length or value.
    pub(crate) min: Option<i64>,
    /// The maximum length or value.
    pub(crate) max: Option<i64>,
    pub(crate) pattern: Option<Arc<Pattern>>,
}

/// The kinds of shapes that the interpreter tells apart.
#[derive(Debug)]
pub(crate) enum Kind {
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

/// The place of a shape in its [`Tables`](crate::tables::Tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShapeId(pub(crate) u32);

/// A structure: its name in the model, by which rules find it, and its members in the model's order.
#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) name: &'static str,
    pub(crate) members: Vec<Member>,
}

/// A member of a [`Structure`].
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) shape: ShapeId,
    pub(crate) required: bool,
}

impl Structure {
    /// The index of the member of that name. It is usually the one at `cursor`, or soon after it.
    pub(crate) fn find(&self, cursor: usize, name: &str) -> Option<usize> {
        let is = |index: &usize| self.members[*index].name == name;
        let count = self.members.len();
        (cursor..count).find(is).or_else(|| (0..cursor.min(count)).find(is))
    }
}

/// A value without constraints.
pub(crate) static ANY: Shape = Shape::any();

impl Shape {
    /// A shape without constraints.
    pub(crate) const fn any() -> Self {
        Self {
            kind: Kind::Any,
            sensitive: false,
            min: None,
            max: None,
            pattern: None,
        }
    }
}
