//! Bytes, which have no JSON form, and floating-point numbers, some of which have none.

use super::number;
use super::quiet::{Hint, read_quietly};
use crate::shape::codec::Codec;
use aws_smithy_types::{Blob, base64};
use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::Serializer;
use std::fmt;

/// Bytes as a Base64 string (RFC 4648, section 4).
#[derive(Debug)]
pub struct Base64;

impl Codec<Blob> for Base64 {
    fn encode<S: Serializer>(value: &Blob, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(value.as_ref()))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Blob, D::Error> {
        struct Base64Visitor;
        impl Visitor<'_> for Base64Visitor {
            type Value = Blob;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a Base64 string")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Blob, E> {
                base64::decode(value)
                    .map(Blob::new)
                    .map_err(|_| E::invalid_value(Unexpected::Str(value), &self))
            }
        }
        read_quietly(deserializer, Hint::Str, Base64Visitor)
    }

    fn empty() -> Blob {
        Blob::new(Vec::new())
    }
}

/// A floating-point number; `NaN`, `Infinity` and `-Infinity`, which JSON doesn't have, as strings.
#[derive(Debug)]
pub struct Float;

macro_rules! float_codec {
    ($type:ty, $serialize:ident, $hint:ident) => {
        impl Codec<$type> for Float {
            fn encode<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                if !serializer.is_human_readable() {
                    serializer.$serialize(*value)
                } else if value.is_nan() {
                    serializer.serialize_str("NaN")
                } else if value.is_infinite() {
                    serializer.serialize_str(if *value > 0.0 { "Infinity" } else { "-Infinity" })
                } else {
                    serializer.$serialize(*value)
                }
            }

            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                struct FloatVisitor;
                impl<'de> Visitor<'de> for FloatVisitor {
                    type Value = $type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
                    }

                    fn visit_f64<E: de::Error>(self, value: f64) -> Result<$type, E> {
                        Ok(value as $type)
                    }

                    fn visit_i64<E: de::Error>(self, value: i64) -> Result<$type, E> {
                        Ok(value as $type)
                    }

                    fn visit_u64<E: de::Error>(self, value: u64) -> Result<$type, E> {
                        Ok(value as $type)
                    }

                    fn visit_str<E: de::Error>(self, value: &str) -> Result<$type, E> {
                        match value {
                            "NaN" => Ok(<$type>::NAN),
                            "Infinity" => Ok(<$type>::INFINITY),
                            "-Infinity" => Ok(<$type>::NEG_INFINITY),
                            _ => Err(E::invalid_value(Unexpected::Str(value), &self)),
                        }
                    }

                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        number::visit(map, self)
                    }
                }
                read_quietly(deserializer, Hint::$hint, FloatVisitor)
            }

            fn empty() -> $type {
                0.0
            }
        }
    };
}
float_codec!(f32, serialize_f32, F32);
float_codec!(f64, serialize_f64, F64);
