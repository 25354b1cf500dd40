//! The tables: what the model demands of the values of each shape.

use super::pattern::Pattern;

/// What the model demands of a value. The generated crate has one for each shape that demands something.
#[derive(Debug)]
pub struct Shape {
    pub(super) kind: Kind,
    pub(super) sensitive: bool,
    /// The least length or value.
    pub(super) min: Option<i64>,
    /// The greatest length or value.
    pub(super) max: Option<i64>,
    pub(super) pattern: Option<&'static Pattern>,
}

/// The kinds of shapes that the interpreter tells apart.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
    /// Whatever it is, it is good.
    Any,
    /// A string: its length counts Unicode scalar values.
    Text,
    /// A string with known values. Another one is no violation for a client.
    Enum(&'static [&'static str]),
    /// Bytes: on the wire base64, but its length counts bytes.
    Blob,
    /// A number.
    Number,
    /// A list of items of a shape.
    List(&'static Shape),
    /// A map from keys to values.
    Map(&'static Shape, &'static Shape),
    /// A structure, or a union.
    Structure(&'static Structure),
}

/// A structure: its name in the model and its members, in the model's order.
#[derive(Debug)]
pub struct Structure {
    /// Its name in the model, by which [rules](super::Rule) find it.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [Member],
}

/// A member of a [`Structure`].
#[derive(Debug)]
pub struct Member {
    pub(super) name: &'static str,
    pub(super) shape: &'static Shape,
    pub(super) required: bool,
}

/// A value of which nothing is demanded.
pub static ANY: Shape = Shape::of(Kind::Any);

/// A value of which nothing is demanded, and which must not be shown.
pub static SECRET: Shape = Shape::of(Kind::Any).secret();

/// A member that must be there.
pub const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        shape,
        required: true,
    }
}

/// A member that may be absent.
pub const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member {
        name,
        shape,
        required: false,
    }
}

impl Shape {
    /// A shape of a kind, of which nothing else is demanded yet.
    pub const fn of(kind: Kind) -> Self {
        Self {
            kind,
            sensitive: false,
            min: None,
            max: None,
            pattern: None,
        }
    }

    /// A string.
    pub const fn text() -> Self {
        Self::of(Kind::Text)
    }

    /// A list.
    pub const fn list(items: &'static Shape) -> Self {
        Self::of(Kind::List(items))
    }

    /// A map.
    pub const fn map(keys: &'static Shape, values: &'static Shape) -> Self {
        Self::of(Kind::Map(keys, values))
    }

    /// A structure.
    pub const fn structure(structure: &'static Structure) -> Self {
        Self::of(Kind::Structure(structure))
    }

    /// The same, with a least length or value.
    #[must_use]
    pub const fn min(mut self, min: i64) -> Self {
        self.min = Some(min);
        self
    }

    /// The same, with a greatest length or value.
    #[must_use]
    pub const fn max(mut self, max: i64) -> Self {
        self.max = Some(max);
        self
    }

    /// The same, with a pattern that the whole string must match.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The same, whose values must not be shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.sensitive = true;
        self
    }
}
