//! Any JSON value.

use super::codec::Decoded;
use super::number::{self, Parsed};
use super::plain::Map;
use super::quiet::{Hint, read_quietly};
use super::scalar::Float;
use crate::shape::codec::Codec;
use aws_smithy_types::{Document, Number};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;
use std::collections::HashMap;
use std::fmt;

/// Any JSON value, as a [`Document`].
#[derive(Debug)]
pub struct JsonDocument;

impl Codec<Document> for JsonDocument {
    fn encode<S: Serializer>(value: &Document, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Document::Object(entries) => Map::<JsonDocument>::encode(entries, serializer),
            Document::Array(items) => Vec::<JsonDocument>::encode(items, serializer),
            Document::Number(Number::PosInt(value)) => serializer.serialize_u64(*value),
            Document::Number(Number::NegInt(value)) => serializer.serialize_i64(*value),
            Document::Number(Number::Float(value)) => Float::encode(value, serializer),
            Document::String(value) => serializer.serialize_str(value),
            Document::Bool(value) => serializer.serialize_bool(*value),
            Document::Null => serializer.serialize_none(),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        read_quietly(deserializer, Hint::Any, DocumentVisitor)
    }

    fn empty() -> Document {
        Document::Null
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(if value < 0 {
            Number::NegInt(value)
        } else {
            Number::PosInt(value.unsigned_abs())
        }))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Document, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Decoded<JsonDocument, Document>>()? {
            items.push(item.into_inner());
        }
        Ok(Document::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut entries = HashMap::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == number::KEY {
                return Ok(match number::value(&mut map)? {
                    Parsed::Unsigned(value) => Document::Number(Number::PosInt(value)),
                    Parsed::Signed(value) => Document::Number(Number::NegInt(value)),
                    Parsed::Float(value) => Document::Number(Number::Float(value)),
                });
            }
            let value = map.next_value::<Decoded<JsonDocument, Document>>()?;
            entries.insert(key, value.into_inner());
        }
        Ok(Document::Object(entries))
    }
}
