//! The kinds of constraints, and what a length counts.

use crate::rule::Rule;

/// The constraint that a value violates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The member must be there.
    Required,
    /// The length must be in a range.
    Length {
        /// The minimum length.
        min: Option<i64>,
        /// The maximum length.
        max: Option<i64>,
        /// What the length counts.
        unit: Unit,
        /// The actual length.
        actual: usize,
    },
    /// The number must be in a range.
    Range {
        /// The minimum value.
        min: Option<i64>,
        /// The maximum value.
        max: Option<i64>,
    },
    /// The whole value must match a regular expression (in Java's syntax, as the model writes it).
    Pattern {
        /// The expression.
        pattern: &'static str,
    },
    /// A rule that AWS's documentation states.
    Rule(&'static Rule),
}

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Character,
    /// Bytes, before they become Base64.
    Byte,
    /// Items of a list.
    Item,
    /// Entries of a map.
    Entry,
}

impl Unit {
    /// Its name for one.
    pub(crate) fn singular(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Byte => "byte",
            Self::Item => "item",
            Self::Entry => "entry",
        }
    }

    /// Its name for several, or none.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Self::Character => "characters",
            Self::Byte => "bytes",
            Self::Item => "items",
            Self::Entry => "entries",
        }
    }
}
