//! Structures whose members are all optional. Each is the state of its own builder.

use crate::shape::members::{Fill, Members, Slots, Visitor};
use crate::shape::serde::{ReadMembers, Wire, read_structure};
use aws_smithy_types::error::operation::BuildError;
use serde::de::Deserializer;

/// A structure whose members are all optional.
///
/// The generated crate's single `Builder` is generic over it, and so are printing, writing and reading.
pub trait Structure: ::serde::Serialize + ::serde::de::DeserializeOwned + Send + Sync + 'static {
    /// The structure's name.
    const NAME: &'static str;
    /// The return type of `build`: the structure, or a `Result` for the input of an operation.
    type Built: Built<Self>;

    /// The structure with nothing set.
    fn empty() -> Self;

    /// Calls `visitor` with each member, as [`Members`] does.
    fn members<V: Visitor>(&self, visitor: &mut V);

    /// Calls `slots` with the slot of each member.
    fn slots<S: Slots>(&mut self, slots: &mut S);
}

impl<T: Structure> Members for T {
    const NAME: &'static str = T::NAME;

    #[inline]
    fn members<V: Visitor>(&self, visitor: &mut V) {
        Structure::members(self, visitor);
    }
}

/// The conversion from a structure to the result of `build`.
#[doc(hidden)]
pub trait Built<T> {
    /// Converts the structure.
    fn built(structure: T) -> Self;
}

impl<T> Built<T> for T {
    #[inline]
    fn built(structure: T) -> Self {
        structure
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    #[inline]
    fn built(structure: T) -> Self {
        Ok(structure)
    }
}

impl<T: Structure> Wire for T {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        read_structure::<Optional<T>, D>(deserializer)
    }

    #[inline]
    fn empty() -> T {
        Optional::default().finish()
    }
}

/// Reads a structure of optional members.
#[derive(Debug)]
pub struct Optional<T>(T);

impl<T: Structure> Default for Optional<T> {
    #[inline]
    fn default() -> Self {
        Self(T::empty())
    }
}

impl<T: Structure> ReadMembers for Optional<T> {
    type Built = T;

    #[inline]
    fn slots<S: Slots>(&mut self, slots: &mut S) {
        self.0.slots(slots);
    }

    #[inline]
    fn finish(mut self) -> T {
        self.0.slots(&mut Fill);
        self.0
    }
}
