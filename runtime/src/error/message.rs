//! The builder of an error whose only member is a message.

use super::MessageError;
use crate::shape::members::{Members, Slots, Visitor, debug_as};
use crate::shape::serde::{Plain, ReadMembers};
use aws_smithy_types::error::ErrorMetadata;
use std::fmt;
use std::marker::PhantomData;

/// Builds an error whose only member is a message.
pub struct MessageBuilder<E> {
    message: Option<String>,
    meta: Option<ErrorMetadata>,
    error: PhantomData<fn() -> E>,
}

impl<E> MessageBuilder<E> {
    /// Sets the message: what went wrong, in the service's words.
    pub fn message(mut self, input: impl Into<String>) -> Self {
        self.message = Some(input.into());
        self
    }

    /// Sets or unsets the message.
    pub fn set_message(mut self, input: Option<String>) -> Self {
        self.message = input;
        self
    }

    /// The message so far.
    pub fn get_message(&self) -> &Option<String> {
        &self.message
    }

    /// Sets code, message and request id.
    pub fn meta(mut self, meta: ErrorMetadata) -> Self {
        self.meta = Some(meta);
        self
    }

    /// Sets or unsets code, message and request id.
    pub fn set_meta(&mut self, meta: Option<ErrorMetadata>) -> &mut Self {
        self.meta = meta;
        self
    }
}

impl<E: MessageError> MessageBuilder<E> {
    /// Builds the error.
    pub fn build(self) -> E {
        E::new(self.message, self.meta.unwrap_or_default())
    }
}

impl<E> Clone for MessageBuilder<E> {
    fn clone(&self) -> Self {
        Self {
            message: self.message.clone(),
            meta: self.meta.clone(),
            error: PhantomData,
        }
    }
}

impl<E> PartialEq for MessageBuilder<E> {
    fn eq(&self, other: &Self) -> bool {
        self.message == other.message && self.meta == other.meta
    }
}

impl<E> Default for MessageBuilder<E> {
    fn default() -> Self {
        Self {
            message: None,
            meta: None,
            error: PhantomData,
        }
    }
}

impl<E: MessageError> fmt::Debug for MessageBuilder<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_as(self, &format!("{}Builder", E::NAME), f)
    }
}

impl<E: MessageError> Members for MessageBuilder<E> {
    const NAME: &'static str = E::NAME;

    fn members<V: Visitor>(&self, visitor: &mut V) {
        visitor.optional::<Plain, _>("message", E::WIRE, &self.message);
        visitor.field("meta", &self.meta);
    }
}

impl<E: MessageError> ReadMembers for MessageBuilder<E> {
    type Built = E;

    fn slots<S: Slots>(&mut self, slots: &mut S) {
        slots.member::<Plain, _>(E::WIRE, &mut self.message);
    }

    fn finish(self) -> E {
        self.build()
    }
}
