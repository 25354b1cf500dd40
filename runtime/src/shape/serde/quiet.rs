//! Reads without quoting: an error says which kind of value was found and what was expected. It never contains the
//! value, which may be a password or a token.

use serde::de::{self, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt::{self, Display};

/// The type to request from a format that isn't self-describing (bincode, postcard).
#[derive(Clone, Copy, Debug)]
pub(super) enum Hint {
    Any,
    Bool,
    I32,
    I64,
    F32,
    F64,
    Str,
    Seq,
    Map,
}

/// Deserializes through `visitor`. Errors about the input quote nothing.
///
/// serde_json quotes values that it refuses. So it is asked for any value, and only this function refuses one.
#[inline]
pub(super) fn read_quietly<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    hint: Hint,
    visitor: V,
) -> Result<V::Value, D::Error> {
    let visitor = Quietly(visitor);
    if deserializer.is_human_readable() {
        return deserializer.deserialize_any(visitor);
    }
    match hint {
        Hint::Any => deserializer.deserialize_any(visitor),
        Hint::Bool => deserializer.deserialize_bool(visitor),
        Hint::I32 => deserializer.deserialize_i32(visitor),
        Hint::I64 => deserializer.deserialize_i64(visitor),
        Hint::F32 => deserializer.deserialize_f32(visitor),
        Hint::F64 => deserializer.deserialize_f64(visitor),
        Hint::Str => deserializer.deserialize_str(visitor),
        Hint::Seq => deserializer.deserialize_seq(visitor),
        Hint::Map => deserializer.deserialize_map(visitor),
    }
}

/// An error whose text contains no values. Otherwise its wording is serde's.
#[derive(Debug)]
struct Unquoted(String);

impl Display for Unquoted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unquoted {}

impl de::Error for Unquoted {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("invalid type: {}, expected {expected}", kind(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("invalid value: {}, expected {expected}", kind(found)))
    }
}

fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "floating point number",
        Unexpected::Char(_) | Unexpected::Str(_) => "string",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "sequence",
        Unexpected::Map | Unexpected::NewtypeStruct => "map",
        _ => "something else",
    }
}

/// Calls a macro with the visits of all values that have no parts.
macro_rules! scalars {
    ($with:ident) => {
        $with! {
            visit_bool(bool);
            visit_i64(i64);
            visit_u64(u64);
            visit_i128(i128);
            visit_u128(u128);
            visit_f64(f64);
            visit_str(&str);
            visit_borrowed_str(&'de str);
            visit_string(String);
            visit_bytes(&[u8]);
        }
    };
}
pub(super) use scalars;

/// A visitor whose errors quote nothing.
pub(super) struct Quietly<V>(pub(super) V);

macro_rules! forward {
    ($($visit:ident($type:ty);)*) => {
        $(
            #[inline]
            fn $visit<E: de::Error>(self, value: $type) -> Result<V::Value, E> {
                self.0.$visit::<Unquoted>(value).map_err(E::custom)
            }
        )*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Quietly<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    scalars!(forward);

    #[inline]
    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit::<Unquoted>().map_err(E::custom)
    }

    #[inline]
    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_none::<Unquoted>().map_err(E::custom)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(seq)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _data: A) -> Result<V::Value, A::Error> {
        Err(de::Error::custom("an enum was found, which no AWS service sends"))
    }
}
