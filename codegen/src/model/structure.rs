use indexmap::IndexMap;

use super::reader::{Cursor, Object};
use super::shape::ShapeRef;

/// What is particular to a structure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Structure {
    /// The members, in the model's order.
    pub members: IndexMap<String, ShapeRef>,
    /// The names of the members that must have a value.
    pub required: Vec<String>,
    /// Whether exactly one member has a value.
    pub union: bool,
    /// Whether it is free JSON instead of a structure.
    pub document: bool,
    /// Whether its members are the events of a stream.
    pub event_stream: bool,
    /// Whether it is an event of a stream.
    pub event: bool,
    /// What it says as an exception, if it is one.
    pub exception: Option<Exception>,
}

/// What is particular to an exception.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exception {
    /// Whether the service is to blame.
    pub fault: bool,
    /// Whether AWS added it in all services alike.
    pub synthetic: bool,
    /// The code on the wire, where it is not the shape's name.
    pub code: Option<String>,
    /// The HTTP status.
    pub http_status: Option<u16>,
    /// Whether the caller is to blame.
    pub sender_fault: bool,
    /// Whether, and how, it may be retried.
    pub retryable: Option<Retryable>,
}

/// An exception after which the request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retryable {
    /// Whether the service asks the client to slow down.
    pub throttling: bool,
}

/// Keys of a structure that the JSON protocol has no use for.
const IGNORED: [(&str, &str); 2] = [
    ("xmlOrder", "JSON objects have no order"),
    ("wrapper", "only the query protocol uses it"),
];

impl Structure {
    /// Reads what is particular to a structure; `None` when its members cannot be read.
    pub(super) fn read(object: &mut Object<'_>) -> Option<Self> {
        let members = object.require("members")?;
        let structure = Self {
            members: members
                .entries()?
                .map(|(name, at)| (name.to_owned(), ShapeRef::read(at)))
                .collect(),
            required: object.strings("required"),
            union: object.flag("union"),
            document: object.flag("document"),
            event_stream: object.flag("eventstream"),
            event: object.flag("event"),
            exception: Exception::read(object),
        };
        object.ignore(&IGNORED);
        Some(structure)
    }
}

impl Exception {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let is_exception = object.flag("exception");
        let mut exception = Self {
            fault: object.flag("fault"),
            synthetic: object.flag("synthetic"),
            retryable: Retryable::read(object),
            ..Self::default()
        };
        if let Some(mut error) = object.get("error").and_then(Cursor::object) {
            exception.code = error.string("code");
            exception.http_status = error.get("httpStatusCode").and_then(|at| at.status_code());
            exception.sender_fault = error.flag("senderFault");
            error.finish();
        }
        if !is_exception && exception != Self::default() {
            object.error(
                "this shape has traits of an exception and is not marked as one",
                "add `\"exception\": true`, or remove `fault`, `error`, `synthetic` and `retryable`",
            );
        }
        is_exception.then_some(exception)
    }
}

impl Retryable {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let mut retryable = object.get("retryable")?.object()?;
        let throttling = retryable.flag("throttling");
        retryable.finish();
        Some(Self { throttling })
    }
}
