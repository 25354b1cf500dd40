//! Copies members of a request into a description under the same names.

use crate::fault::{Answer, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads `T` from the members of `input`. `change` may rename, add and remove members first.
///
/// Requests and descriptions share most member names, and each version of the model adds new ones. This way none is
/// forgotten.
pub(crate) fn carry<T: DeserializeOwned>(
    input: &impl Serialize,
    change: impl FnOnce(&mut Map<String, Value>),
) -> Answer<T> {
    let mut members = match serde_json::to_value(input) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err(Fault::internal("a structure is an object")),
        Err(error) => return Err(Fault::internal(error.to_string())),
    };
    change(&mut members);
    serde_json::from_value(Value::Object(members)).map_err(|error| Fault::internal(error.to_string()))
}

/// Replaces the members of `description` that `input` has.
pub(crate) fn update<T: Serialize + DeserializeOwned>(
    description: &T,
    input: &impl Serialize,
    change: impl FnOnce(&mut Map<String, Value>),
) -> Answer<T> {
    let mut new = Map::new();
    if let Ok(Value::Object(members)) = serde_json::to_value(input) {
        new = members;
    }
    change(&mut new);
    carry(description, |members| members.extend(new))
}
