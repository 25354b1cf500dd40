//! Structures, and what is particular to those that are exceptions.

use indexmap::IndexMap;

use super::reference::ShapeRef;
use super::traits;
use crate::read::{Cursor, Object};

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
    /// What it says as an exception, if it is one.
    pub exception: Option<Exception>,
}

/// What is particular to an exception.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exception {
    /// Whether the service is to blame.
    pub fault: bool,
    /// Whether, and how, it may be retried.
    pub retryable: Option<Retryable>,
}

/// An exception after which the request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retryable {
    /// Whether the service asks the client to slow down.
    pub throttling: bool,
}

impl Structure {
    /// Reads what is particular to a structure; `None` when its members cannot be read.
    pub(super) fn read(object: &mut Object<'_>) -> Option<Self> {
        let members = object.require("members")?;
        let structure = Self {
            members: members
                .entries()?
                .map(|(name, at)| {
                    at.check_key(name);
                    (name.to_owned(), ShapeRef::read(at))
                })
                .collect(),
            required: object.strings("required"),
            union: object.flag("union"),
            document: object.flag("document"),
            event_stream: object.flag("eventstream"),
            exception: Exception::read(object),
        };
        let flags = [
            ("union", structure.union),
            ("document", structure.document),
            ("eventstream", structure.event_stream),
            ("exception", structure.exception.is_some()),
        ];
        let kinds: Vec<&str> = flags
            .iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(name, _)| *name)
            .collect();
        if kinds.len() > 1 {
            object.error(
                format!("a structure can't be `{}` at once", kinds.join("` and `")),
                "keep one of them",
            );
        }
        Some(structure)
    }
}

impl Exception {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let is_exception = object.flag("exception");
        let exception = Self {
            fault: object.flag("fault"),
            retryable: Retryable::read(object),
        };
        let error = object.get("error").and_then(Cursor::object);
        let says_something = error.is_some() || exception != Self::default();
        if let Some(error) = error {
            error.finish_as(&[&traits::ERROR]);
        }
        if !is_exception && says_something {
            object.error(
                "this shape has traits of an exception and is not marked as one",
                "add `\"exception\": true`, or remove `fault`, `error` and `retryable`",
            );
        }
        is_exception.then_some(exception)
    }
}

impl Retryable {
    fn read(object: &mut Object<'_>) -> Option<Self> {
        let mut retryable = object.get("retryable")?.object()?;
        let throttling = retryable.flag("throttling");
        retryable.finish_as(&[&traits::RETRYABLE]);
        Some(Self { throttling })
    }
}
