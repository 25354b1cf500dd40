//! Types.

use super::reference::{ShapeRef, TimestampFormat};
use super::structure::Structure;
use super::traits;
use crate::read::{Cursor, Object, Place};

/// A type of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What kind of type it is, and what is particular to that kind.
    pub kind: ShapeKind,
    /// The description, in HTML.
    pub documentation: Option<String>,
    /// Whether values must not appear in logs.
    pub sensitive: bool,
}

/// The kinds of types that the JSON protocol knows. Bounds are inclusive; those of strings count characters,
/// those of blobs bytes, those of lists and maps entries.
#[derive(Debug, Clone, PartialEq)]
pub enum ShapeKind {
    /// A structure, union, document, event stream or exception.
    Structure(Structure),
    /// A list.
    List {
        /// The type of the items.
        member: ShapeRef,
        /// The smallest length.
        min: Option<i64>,
        /// The greatest length.
        max: Option<i64>,
        /// Whether items may be null.
        sparse: bool,
    },
    /// A map with string keys.
    Map {
        /// The type of the keys, a string.
        key: ShapeRef,
        /// The type of the values.
        value: ShapeRef,
        /// The smallest number of entries.
        min: Option<i64>,
        /// The greatest number of entries.
        max: Option<i64>,
        /// Whether values may be null.
        sparse: bool,
    },
    /// A string or an enum.
    String {
        /// The values known today (`enum`), never empty; `None` for a string of free text.
        values: Option<Vec<String>>,
        /// The smallest length.
        min: Option<i64>,
        /// The greatest length.
        max: Option<i64>,
        /// The regular expression, in Java's syntax, that a whole value must match.
        pattern: Option<String>,
    },
    /// Bytes, in base64 on the wire.
    Blob {
        /// The smallest length.
        min: Option<i64>,
        /// The greatest length.
        max: Option<i64>,
        /// Whether it is read and written piece by piece.
        streaming: bool,
    },
    /// True or false.
    Boolean,
    /// A whole number.
    Whole {
        /// Which numbers its type holds.
        number: Whole,
        /// The smallest value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
    },
    /// A floating-point number.
    Real {
        /// Which numbers its type holds.
        number: Real,
        /// The smallest value.
        min: Option<f64>,
        /// The greatest value.
        max: Option<f64>,
    },
    /// A point in time.
    Timestamp {
        /// How it is written; `None` for the protocol's own way, which for JSON is epoch seconds.
        format: Option<TimestampFormat>,
    },
}

/// The types of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
}

/// The types of floating-point numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Real {
    /// 32 bits.
    Float,
    /// 64 bits.
    Double,
}

impl Whole {
    /// The type as models spell it.
    fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Long => "long",
        }
    }
}

impl Real {
    /// The type as models spell it.
    fn name(self) -> &'static str {
        match self {
            Self::Float => "float",
            Self::Double => "double",
        }
    }
}

impl ShapeKind {
    /// The kind as models spell it, such as `structure`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Structure(_) => "structure",
            Self::List { .. } => "list",
            Self::Map { .. } => "map",
            Self::String { .. } => "string",
            Self::Blob { .. } => "blob",
            Self::Boolean => "boolean",
            Self::Whole { number, .. } => number.name(),
            Self::Real { number, .. } => number.name(),
            Self::Timestamp { .. } => "timestamp",
        }
    }
}

const KINDS: &str = "structure, list, map, string, blob, boolean, integer, long, float, double, timestamp";

impl Shape {
    /// Reads a shape; `None` when it has no readable kind.
    pub(super) fn read(mut object: Object<'_>) -> Option<Self> {
        let (kind, place) = ShapeKind::read(&mut object)?;
        let shape = Self {
            kind,
            documentation: object.string("documentation"),
            sensitive: object.flag("sensitive"),
        };
        match place {
            Some(place) => object.finish_as(&[&traits::SHAPE, place]),
            None => object.finish_as(&[&traits::SHAPE]),
        }
        Some(shape)
    }

    /// What this shape is made of: members, items, keys and values.
    pub fn references(&self) -> Vec<&ShapeRef> {
        match &self.kind {
            ShapeKind::Structure(structure) => structure.members.values().collect(),
            ShapeKind::List { member, .. } => vec![member],
            ShapeKind::Map { key, value, .. } => vec![key, value],
            _ => Vec::new(),
        }
    }

    /// Whether it is an exception.
    pub fn is_exception(&self) -> bool {
        self.as_structure()
            .is_some_and(|structure| structure.exception.is_some())
    }

    /// The structure that this shape is, if it is one.
    pub fn as_structure(&self) -> Option<&Structure> {
        match &self.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }
}

impl ShapeKind {
    /// Reads what is particular to a kind, and answers with its keys, if it has keys of its own.
    fn read(object: &mut Object<'_>) -> Option<(Self, Option<&'static Place>)> {
        let at = object.require("type")?;
        let (kind, place) = match at.string()?.as_str() {
            "structure" => (Self::Structure(Structure::read(object)?), &traits::STRUCTURE),
            "list" => (Self::read_list(object), &traits::LIST),
            "map" => (Self::read_map(object), &traits::MAP),
            "string" => (Self::read_string(object), &traits::STRING),
            "blob" => {
                let (min, max) = object.bounds(Cursor::integer);
                let streaming = object.flag("streaming");
                (Self::Blob { min, max, streaming }, &traits::BLOB)
            }
            "boolean" => return Some((Self::Boolean, None)),
            "integer" => (Self::read_whole(object, Whole::Integer), &traits::NUMBER),
            "long" => (Self::read_whole(object, Whole::Long), &traits::NUMBER),
            "float" => (Self::read_real(object, Real::Float), &traits::NUMBER),
            "double" => (Self::read_real(object, Real::Double), &traits::NUMBER),
            "timestamp" => {
                let format = TimestampFormat::read(object);
                (Self::Timestamp { format }, &traits::TIMESTAMP)
            }
            unknown => {
                at.error(
                    format!("unknown type `{unknown}`"),
                    format!("the types known are: {KINDS}"),
                );
                return None;
            }
        };
        Some((kind, Some(place)))
    }

    fn read_whole(object: &mut Object<'_>, number: Whole) -> Self {
        let (min, max) = object.bounds(Cursor::integer);
        Self::Whole { number, min, max }
    }

    fn read_real(object: &mut Object<'_>, number: Real) -> Self {
        let (min, max) = object.bounds(Cursor::number);
        Self::Real { number, min, max }
    }

    fn read_list(object: &mut Object<'_>) -> Self {
        let (min, max) = object.bounds(Cursor::integer);
        Self::List {
            member: ShapeRef::require_at(object, "member"),
            min,
            max,
            sparse: object.flag("sparse"),
        }
    }

    fn read_map(object: &mut Object<'_>) -> Self {
        let (min, max) = object.bounds(Cursor::integer);
        Self::Map {
            key: ShapeRef::require_at(object, "key"),
            value: ShapeRef::require_at(object, "value"),
            min,
            max,
            sparse: object.flag("sparse"),
        }
    }

    fn read_string(object: &mut Object<'_>) -> Self {
        let (min, max) = object.bounds(Cursor::integer);
        let values = object.get("enum").and_then(|at| {
            let values = at.strings()?;
            if values.is_empty() {
                at.error(
                    "an enum without values",
                    "list its values, or remove the key for a string of free text",
                );
            }
            Some(values)
        });
        Self::String {
            values,
            min,
            max,
            pattern: object.string("pattern"),
        }
    }
}
