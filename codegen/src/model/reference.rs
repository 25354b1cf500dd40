//! References from one shape to another, with what is said of that use.

use super::traits;
use crate::read::{Cursor, Object};

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
    /// Whether an absent value differs from zero or false (`box`).
    pub boxed: bool,
    /// Whether AWS advises against its use.
    pub deprecated: bool,
    /// What to use instead.
    pub deprecated_message: Option<String>,
    /// Whether the client fills it with a random UUID when it is absent.
    pub idempotency_token: bool,
    /// How a timestamp is written here.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether a blob is read and written piece by piece.
    pub streaming: bool,
    /// Whether the value is part of the host name.
    pub host_label: bool,
    /// The parameter of the endpoint rule set that takes this value.
    pub context_param: Option<String>,
}

impl TimestampFormat {
    pub(super) fn read(object: &mut Object<'_>) -> Option<Self> {
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
            boxed: object.flag("box"),
            deprecated: object.flag("deprecated"),
            deprecated_message: object.string("deprecatedMessage"),
            idempotency_token: object.flag("idempotencyToken"),
            timestamp_format: TimestampFormat::read(&mut object),
            streaming: object.flag("streaming"),
            host_label: object.flag("hostLabel"),
            context_param: read_context_param(&mut object),
        };
        object.finish_as(&[&traits::REFERENCE]);
        reference
    }

    pub(super) fn read_at(object: &mut Object<'_>, key: &'static str) -> Option<Self> {
        object.get(key).map(Self::read)
    }

    pub(super) fn require_at(object: &mut Object<'_>, key: &'static str) -> Self {
        object.require(key).map(Self::read).unwrap_or_default()
    }
}

fn read_context_param(object: &mut Object<'_>) -> Option<String> {
    let mut param = object.get("contextParam")?.object()?;
    let name = param.require("name").and_then(|at| at.string());
    param.finish_as(&[&traits::CONTEXT_PARAM]);
    name
}
