//! Writing structures and unions.

use super::codec::Encoded;
use crate::shape::codec::Codec;
use crate::shape::members::{Count, Members, Visitor};
use serde::ser::{Error, SerializeMap, Serializer};
use std::fmt::Debug;

/// Serializes members.
///
/// # Errors
/// The serializer's errors.
pub fn write<T: Members, S: Serializer>(members: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let count = (!serializer.is_human_readable()).then(|| {
        let mut count = Count(0);
        members.members(&mut count);
        count.0
    });
    let mut writer = Writer::new(serializer, count);
    members.members(&mut writer);
    writer.end()
}

/// Writes the members of a structure.
///
/// It keeps the first error until [`end`](Self::end), because a `?` per member would double the compile time of the
/// generated impls.
#[derive(Debug)]
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Begins an object with `members` members. Binary formats need the number, JSON doesn't.
    #[inline]
    pub fn new(serializer: S, members: Option<usize>) -> Self {
        Self {
            map: serializer.serialize_map(members),
        }
    }

    /// Writes a member in the wire format `C`.
    #[inline]
    pub fn value<C: Codec<T>, T>(&mut self, wire: &'static str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(wire, &Encoded::<C, T>::new(value))
        {
            self.map = Err(error);
        }
    }

    /// Refuses a union's variant that this version doesn't know, because its form is unknown.
    pub fn unknown_variant(&mut self, union: &str) {
        self.map = Err(S::Error::custom(format_args!(
            "the variant `Unknown` of `{union}` can't be sent: it stands for one that this version doesn't know"
        )));
    }

    /// Ends the object.
    ///
    /// # Errors
    /// The first error of the serializer.
    #[inline]
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
}

impl<S: Serializer> Visitor for Writer<S> {
    #[inline]
    fn optional<C: Codec<T>, T: Debug>(&mut self, _name: &'static str, wire: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.value::<C, T>(wire, value);
        }
    }

    #[inline]
    fn always<C: Codec<T>, T: Debug>(&mut self, _name: &'static str, wire: &'static str, value: &T) {
        self.value::<C, T>(wire, value);
    }
}
