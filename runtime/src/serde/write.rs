use super::codec::{Codec, Encoded};
use crate::members::{Members, Visitor};
use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use std::fmt::Debug;

/// Serializes members.
///
/// # Errors
/// Those of the serializer.
pub fn write<T: Members, S: Serializer>(members: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(serializer);
    members.members(members, &mut writer);
    writer.end()
}

/// Writes the members of a structure.
///
/// It keeps the first error until [`end`](Self::end): a `?` for each member would double what the generated impls
/// cost to compile.
#[derive(Debug)]
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Begins an object.
    #[inline]
    pub fn new(serializer: S) -> Self {
        Self {
            map: serializer.serialize_map(None),
        }
    }

    /// Writes a member that always has a value.
    #[inline]
    pub fn value<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
    }

    /// Writes a member that always has a value, in the wire format `C`.
    #[inline]
    pub fn value_as<C: Codec<T>, T>(&mut self, name: &'static str, value: &T) {
        self.value(name, &Encoded::<C, T>::new(value));
    }

    /// Refuses a union's variant that this version doesn't know: nobody knows how it is written.
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
    fn member<T: Serialize + Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        wire: &'static str,
        value: &Option<T>,
        _other: &Option<T>,
    ) {
        if let Some(value) = value {
            self.value(wire, value);
        }
    }

    #[inline]
    fn value<T: Serialize + Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        wire: &'static str,
        value: &T,
        _other: &T,
    ) {
        self.value(wire, value);
    }

    #[inline]
    fn member_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        wire: &'static str,
        value: &Option<T>,
        _other: &Option<T>,
    ) {
        if let Some(value) = value {
            self.value_as::<C, T>(wire, value);
        }
    }

    #[inline]
    fn value_as<C: Codec<T>, T: Debug + PartialEq>(
        &mut self,
        _name: &'static str,
        wire: &'static str,
        value: &T,
        _other: &T,
    ) {
        self.value_as::<C, T>(wire, value);
    }
}
