//! Smithy's documents, to and from any serde type.

use cognito_runtime::reexport::aws_smithy_types::{Document, Number};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// Writes a value as a document.
pub(crate) fn to_document<T: Serialize + ?Sized>(value: &T) -> Result<Document, Error> {
    serde_json::to_value(value).map(document)
}

/// Reads a value from a document.
pub(crate) fn from_document<T: DeserializeOwned>(document: Document) -> Result<T, Error> {
    serde_json::from_value(value(document))
}

fn document(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (_, Some(number)) => Number::NegInt(number),
            _ => Number::Float(number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) => Document::String(text),
        Value::Array(items) => Document::Array(items.into_iter().map(document).collect()),
        Value::Object(members) => Document::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, document(value)))
                .collect(),
        ),
    }
}

fn value(document: Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(value),
        Document::Number(Number::PosInt(number)) => number.into(),
        Document::Number(Number::NegInt(number)) => number.into(),
        Document::Number(Number::Float(number)) => number.into(),
        Document::String(text) => Value::String(text),
        Document::Array(items) => Value::Array(items.into_iter().map(value).collect()),
        Document::Object(members) => members.into_iter().map(|(name, item)| (name, value(item))).collect(),
    }
}
