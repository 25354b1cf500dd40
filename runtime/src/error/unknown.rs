//! Values that an enum doesn't have.

use std::error::Error;
use std::fmt;

/// The error of an enum's `try_parse` for a string that isn't one of its values.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    /// An error about `value`.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl Error for UnknownVariantError {}

/// Parses the value of an enum that has these `values`.
///
/// # Errors
/// `value` is none of them.
#[doc(hidden)]
pub fn known<'a, T: From<&'a str>>(value: &'a str, values: &[&str]) -> Result<T, UnknownVariantError> {
    if values.contains(&value) {
        Ok(value.into())
    } else {
        Err(UnknownVariantError::new(value))
    }
}

/// An enum value that the model didn't have when this crate was generated. It survives a round trip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(pub(crate) String);

impl UnknownVariantValue {
    /// A value as it came from the wire.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
