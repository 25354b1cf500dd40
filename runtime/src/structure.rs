//! Structures whose members are all optional: they are their own builder's state.

use crate::members::{Fill, Members, Slots, Visitor};
use crate::serde::{ReadMembers, Wire, read_structure};
use aws_smithy_types::error::operation::BuildError;
use serde::de::Deserializer;

/// A structure whose members are all optional.
///
/// The generated crate's one `Builder` is generic over it, and so are printing, writing and reading.
pub trait Structure: ::serde::Serialize + Sized + Send + Sync + 'static {
    /// The structure's name.
    const NAME: &'static str;
    /// What `build` returns: the structure, or for the input of an operation a result.
    type Built: Built<Self>;

    /// The structure with nothing set.
    fn empty() -> Self;

    /// Shows `visitor` each member, as [`Members`] does.
    fn members<V: Visitor>(&self, visitor: &mut V);

    /// Shows `slots` the place of each member.
    fn slots<S: Slots>(&mut self, slots: &mut S);
}

impl<T: Structure> Members for T {
    const NAME: &'static str = T::NAME;

    #[inline]
    fn members<V: Visitor>(&self, visitor: &mut V) {
        Structure::members(self, visitor);
    }
}

/// What `build` makes of a structure.
pub trait Built<T> {
    /// Makes it.
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
