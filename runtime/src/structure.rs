//! Structures whose members are all optional: they are their own builder's state.

use crate::serde::ReadMembers;
use aws_smithy_types::error::operation::BuildError;
use serde::de::MapAccess;
use std::fmt;

/// A structure whose members are all optional.
///
/// The generated crate's one `Builder` is generic over it, and so are printing and reading.
pub trait Structure: Sized + Send + Sync + 'static {
    /// The structure's name.
    const NAME: &'static str;
    /// Its builder's name.
    const BUILDER: &'static str;
    /// What `build` returns: the structure, or for the input of an operation a result.
    type Built: Built<Self>;

    /// The structure with nothing set.
    fn empty() -> Self;

    /// Prints the members as those of `name`.
    ///
    /// # Errors
    /// Those of the formatter.
    fn debug_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// Reads the value of `member`, or skips it where the structure has no such member.
    ///
    /// # Errors
    /// The value has another type than the member.
    fn read_member<'de, A: MapAccess<'de>>(&mut self, member: &str, map: &mut A) -> Result<(), A::Error>;

    /// Gives expected members that a response left out an empty value.
    fn fill(&mut self) {}
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
    const NAME: &'static str = T::NAME;

    #[inline]
    fn read_member<'de, A: MapAccess<'de>>(&mut self, member: &str, map: &mut A) -> Result<(), A::Error> {
        self.0.read_member(member, map)
    }

    #[inline]
    fn finish(mut self) -> T {
        self.0.fill();
        self.0
    }
}
