//! Requests from JSON, read strictly: a key that no member has is refused, where a response's is skipped.
//!
//! ```ignore
//! let input: SignUpInput = cognito_idp::json::from_str(text)?;
//! client.invoke(input).await?;
//! ```
//!
//! A misspelt member would otherwise be left out of the request, and the service answer that it is missing, or do
//! something else than was meant. The error says where the key is and which name is near:
//!
//! ```text
//! in `UserAttributes`: in element 1: `Nmae` isn't a member of AttributeType; did you mean `Name`? at line 1 column 74
//! ```
//!
//! Errors name keys, never values. Values are taken as a response's are: an enum's value may be newer than this crate.
//! serde's own `Deserialize` of the types stays lenient. The request id of an output is not part of its JSON, neither
//! written nor read: it comes with the headers of a response.

use crate::shape::serde::{Strict, Wire};

/// What is wrong with the JSON: line, column, and the way to the key or value.
pub use serde_json::Error;

/// Reads an input, or another type of a service, or a list or map of them.
///
/// # Errors
/// The text isn't JSON, a key isn't a member's, or a value has another type than the member.
pub fn from_str<T: Wire>(json: &str) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_str(json);
    let value = T::read(Strict(&mut json))?;
    json.end()?;
    Ok(value)
}
