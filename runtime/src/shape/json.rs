//! Reads requests from JSON, strictly: a key that isn't a member, or is there twice, is an error. (In a response, the
//! former is skipped, and of two values the latter counts.)
//!
//! ```ignore
//! let input: SignUpInput = cognito_idp::json::from_str(text)?;
//! client.invoke(input).await?;
//! ```
//!
//! Otherwise a misspelt member would be missing from the request, and the service would refuse it or do something else
//! than intended. The error says where the key is, and suggests the nearest name:
//!
//! ```text
//! in `UserAttributes`: in element 1: `Nmae` isn't a member of AttributeType; did you mean `Name`? at line 1 column 74
//! ```
//!
//! Errors name keys, never values. Values are read as in a response: an enum's value may be newer than this crate.
//! serde's own `Deserialize` of the types stays lenient. The request id of an output comes from the headers of a
//! response. It isn't part of the JSON, and is neither written nor read.

use crate::shape::serde::{Strict, Wire};

/// The error: line, column, and the path to the key or value.
pub use serde_json::Error;

/// Reads an input, or another type of a service, or a list or map of them.
///
/// # Errors
/// The text isn't JSON, a key isn't a member or is there twice, or a value has another type than the member.
pub fn from_str<T: Wire>(json: &str) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_str(json);
    let value = T::read(Strict(&mut json))?;
    json.end()?;
    Ok(value)
}
