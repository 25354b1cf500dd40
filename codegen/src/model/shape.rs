use super::reader::{Cursor, Object};
use super::structure::Structure;

/// A type of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What kind of type it is, and what is particular to that kind.
    pub kind: ShapeKind,
    /// The description, in HTML.
    pub documentation: Option<String>,
    /// Whether values must not appear in logs.
    pub sensitive: bool,
    /// Whether AWS advises against its use.
    pub deprecated: bool,
    /// What to use instead.
    pub deprecated_message: Option<String>,
    /// Since when it is deprecated: mostly a date.
    pub deprecated_since: Option<String>,
    /// Whether an absent value differs from zero or false (`box`).
    pub boxed: bool,
}

/// The kinds of types that the JSON protocol knows. Bounds are inclusive; those of strings count characters,
/// those of blobs bytes, those of lists and maps entries.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
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
        /// Whether XML and query write it without a wrapper; JSON does not care.
        flattened: bool,
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
        /// Whether XML and query write it without a wrapper; JSON does not care.
        flattened: bool,
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
    /// A number of 32 bits.
    Integer {
        /// The smallest value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
    },
    /// A number of 64 bits.
    Long {
        /// The smallest value.
        min: Option<i64>,
        /// The greatest value.
        max: Option<i64>,
    },
    /// A floating-point number of 32 bits.
    Float {
        /// The smallest value.
        min: Option<f64>,
        /// The greatest value.
        max: Option<f64>,
    },
    /// A floating-point number of 64 bits.
    Double {
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
            Self::Integer { .. } => "integer",
            Self::Long { .. } => "long",
            Self::Float { .. } => "float",
            Self::Double { .. } => "double",
            Self::Timestamp { .. } => "timestamp",
        }
    }
}

/// How a point in time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970 as a number (`unixTimestamp`).
    EpochSeconds,
    /// The format of HTTP dates (`rfc822`).
    HttpDate,
    /// The format of RFC 3339 (`iso8601`).
    DateTime,
}

/// The use of a shape: in a member, as an input, as the item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShapeRef {
    /// The name of the shape.
    pub shape: String,
    /// The description of this use, in HTML.
    pub documentation: Option<String>,
    /// Where in the HTTP message it goes; the JSON protocol puts all into the body.
    pub location: Option<String>,
    /// The name on the wire, where it differs.
    pub location_name: Option<String>,
    /// Whether an absent value differs from zero or false (`box`).
    pub boxed: bool,
    /// Whether AWS advises against its use.
    pub deprecated: bool,
    /// What to use instead.
    pub deprecated_message: Option<String>,
    /// Since when it is deprecated: mostly a date.
    pub deprecated_since: Option<String>,
    /// Whether the client fills it with a random UUID when it is absent.
    pub idempotency_token: bool,
    /// How a timestamp is written here.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether the string holds a JSON document.
    pub json_value: bool,
    /// Whether a blob is read and written piece by piece.
    pub streaming: bool,
    /// Whether the value is part of the host name.
    pub host_label: bool,
    /// The parameter of the endpoint rule set that takes this value.
    pub context_param: Option<String>,
}

/// Keys of a shape reference that the JSON protocol has no use for.
const IGNORED_IN_REF: [(&str, &str); 4] = [
    ("flattened", "only the XML and query protocols use it"),
    ("resultWrapper", "only the query protocol uses it"),
    ("exception", "old models repeat here what the shape says"),
    ("fault", "old models repeat here what the shape says"),
];

const KINDS: &str = "structure, list, map, string, blob, boolean, integer, long, float, double, timestamp";

impl Shape {
    /// Reads a shape; `None` when it has no readable kind.
    pub(super) fn read(mut object: Object<'_>) -> Option<Self> {
        let kind = ShapeKind::read(&mut object)?;
        let shape = Self {
            kind,
            documentation: object.string("documentation"),
            sensitive: object.flag("sensitive"),
            deprecated: object.flag("deprecated"),
            deprecated_message: object.string("deprecatedMessage"),
            deprecated_since: object.string("deprecatedSince"),
            boxed: object.flag("box"),
        };
        object.finish();
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

    /// The structure that this shape is, if it is one.
    pub fn as_structure(&self) -> Option<&Structure> {
        match &self.kind {
            ShapeKind::Structure(structure) => Some(structure),
            _ => None,
        }
    }
}

impl ShapeKind {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let at = object.require("type")?;
        Some(match at.string()?.as_str() {
            "structure" => Self::Structure(Structure::read(object)?),
            "list" => Self::read_list(object),
            "map" => Self::read_map(object),
            "string" => Self::read_string(object),
            "blob" => {
                let (min, max) = object.bounds(Cursor::integer);
                let streaming = object.flag("streaming");
                Self::Blob { min, max, streaming }
            }
            "boolean" => Self::Boolean,
            "integer" => {
                let (min, max) = object.bounds(Cursor::integer);
                Self::Integer { min, max }
            }
            "long" => {
                let (min, max) = object.bounds(Cursor::integer);
                Self::Long { min, max }
            }
            "float" => {
                let (min, max) = object.bounds(Cursor::number);
                Self::Float { min, max }
            }
            "double" => {
                let (min, max) = object.bounds(Cursor::number);
                Self::Double { min, max }
            }
            "timestamp" => Self::Timestamp {
                format: TimestampFormat::read(object),
            },
            unknown => {
                at.error(
                    format!("unknown type `{unknown}`"),
                    format!("the types known are: {KINDS}"),
                );
                return None;
            }
        })
    }

    fn read_list(object: &mut Object<'_>) -> Self {
        let (min, max) = object.bounds(Cursor::integer);
        Self::List {
            member: ShapeRef::require_at(object, "member"),
            min,
            max,
            sparse: object.flag("sparse"),
            flattened: object.flag("flattened"),
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
            flattened: object.flag("flattened"),
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

impl TimestampFormat {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let at = object.get("timestampFormat")?;
        match at.string()?.as_str() {
            "unixTimestamp" => Some(Self::EpochSeconds),
            "rfc822" => Some(Self::HttpDate),
            "iso8601" => Some(Self::DateTime),
            unknown => {
                at.error(
                    format!("unknown timestamp format `{unknown}`"),
                    "the formats known are: unixTimestamp, rfc822, iso8601",
                );
                None
            }
        }
    }
}

impl ShapeRef {
    /// Reads a reference. One that cannot be read names no shape (`""`), which is then in the report.
    pub(super) fn read(at: Cursor<'_>) -> Self {
        let Some(mut object) = at.object() else {
            return Self::default();
        };
        let reference = Self {
            shape: object.require_string("shape"),
            documentation: object.string("documentation"),
            location: object.string("location"),
            location_name: object.string("locationName"),
            boxed: object.flag("box"),
            deprecated: object.flag("deprecated"),
            deprecated_message: object.string("deprecatedMessage"),
            deprecated_since: object.string("deprecatedSince"),
            idempotency_token: object.flag("idempotencyToken"),
            timestamp_format: TimestampFormat::read(&mut object),
            json_value: object.flag("jsonvalue"),
            streaming: object.flag("streaming"),
            host_label: object.flag("hostLabel"),
            context_param: read_context_param(&mut object),
        };
        object.ignore(&IGNORED_IN_REF);
        object.finish();
        reference
    }

    pub(super) fn read_at(object: &mut Object<'_>, key: &'static str) -> Option<Self> {
        object.get(key).map(Self::read)
    }

    fn require_at(object: &mut Object<'_>, key: &'static str) -> Self {
        object.require(key).map(Self::read).unwrap_or_default()
    }
}

fn read_context_param(object: &mut Object<'_>) -> Option<String> {
    let mut param = object.get("contextParam")?.object()?;
    let name = param.require("name").and_then(|at| at.string());
    param.finish();
    name
}
