use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document, Number, base64};
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

/// A wire format of `T`, for what serde alone can't know: the form of a timestamp, Base64, the numbers without a
/// JSON form.
///
/// It composes as types do: `Vec<EpochSeconds>` is the format of a `Vec<DateTime>`.
pub trait Codec<T> {
    /// Writes `value`.
    ///
    /// # Errors
    /// The value has no form on the wire, or those of the serializer.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// The input has another form.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// Adapts a [`Codec`] for writing.
pub(super) struct Encoded<'a, C, T>(&'a T, PhantomData<C>);

impl<'a, C, T> Encoded<'a, C, T> {
    pub(super) fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Codec<T>, T> Serialize for Encoded<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, serializer)
    }
}

/// Adapts a [`Codec`] for reading.
pub(super) struct Decoded<C, T>(T, PhantomData<C>);

impl<C, T> Decoded<C, T> {
    pub(super) fn into_inner(self) -> T {
        self.0
    }
}

impl<'de, C: Codec<T>, T> Deserialize<'de> for Decoded<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(C::decode(deserializer)?, PhantomData))
    }
}

/// The type's own serde form, inside of a composed format.
#[derive(Debug)]
pub struct Plain;

impl<T: Serialize + DeserializeOwned> Codec<T> for Plain {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// A boxed value, in the format of what is inside: recursive shapes.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Box<T>> for Boxed<C> {
    fn encode<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::decode(deserializer).map(Box::new)
    }
}

/// An element that may be `null`: lists and maps with the `sparse` trait.
#[derive(Debug)]
pub struct Sparse<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Option<T>> for Sparse<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => C::encode(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        Ok(Option::<Decoded<C, T>>::deserialize(deserializer)?.map(Decoded::into_inner))
    }
}

impl<C: Codec<T>, T> Codec<Vec<T>> for Vec<C> {
    fn encode<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(value.len()))?;
        for item in value {
            seq.serialize_element(&Encoded::<C, T>::new(item))?;
        }
        seq.end()
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        struct ListVisitor<C, T>(PhantomData<(C, T)>);
        impl<'de, C: Codec<T>, T> Visitor<'de> for ListVisitor<C, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element::<Decoded<C, T>>()? {
                    items.push(item.into_inner());
                }
                Ok(items)
            }
        }
        deserializer.deserialize_seq(ListVisitor::<C, T>(PhantomData))
    }
}

/// A map whose keys are strings (or string enums) and whose values have the format `C`.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

impl<C, K, V> Codec<HashMap<K, V>> for Map<C>
where
    C: Codec<V>,
    K: Serialize + DeserializeOwned + Eq + std::hash::Hash,
{
    fn encode<S: Serializer>(value: &HashMap<K, V>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(value.len()))?;
        for (key, value) in value {
            map.serialize_entry(key, &Encoded::<C, V>::new(value))?;
        }
        map.end()
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<K, V>, D::Error> {
        struct MapVisitor<C, K, V>(PhantomData<(C, K, V)>);
        impl<'de, C, K, V> Visitor<'de> for MapVisitor<C, K, V>
        where
            C: Codec<V>,
            K: DeserializeOwned + Eq + std::hash::Hash,
        {
            type Value = HashMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<HashMap<K, V>, A::Error> {
                let mut entries = HashMap::new();
                while let Some((key, value)) = map.next_entry::<K, Decoded<C, V>>()? {
                    entries.insert(key, value.into_inner());
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_map(MapVisitor::<C, K, V>(PhantomData))
    }
}

/// Seconds since 1970-01-01T00:00:00Z as a JSON number, with a fraction where there is one (`unixTimestamp`).
#[derive(Debug)]
pub struct EpochSeconds;

impl Codec<DateTime> for EpochSeconds {
    fn encode<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        match value.subsec_nanos() {
            0 => serializer.serialize_i64(value.secs()),
            _ => serializer.serialize_f64(value.as_secs_f64()),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        struct EpochVisitor;
        impl Visitor<'_> for EpochVisitor {
            type Value = DateTime;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a timestamp in seconds since 1970")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<DateTime, E> {
                Ok(DateTime::from_secs(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<DateTime, E> {
                i64::try_from(value)
                    .map(DateTime::from_secs)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<DateTime, E> {
                Ok(DateTime::from_secs_f64(value))
            }
        }
        deserializer.deserialize_any(EpochVisitor)
    }
}

/// A timestamp as text in a format of [`aws_smithy_types::date_time`].
macro_rules! text_timestamp {
    ($(#[$doc:meta])* $name:ident, $format:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Codec<DateTime> for $name {
            fn encode<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&value.fmt($format).map_err(S::Error::custom)?)
            }

            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
                struct TextVisitor;
                impl Visitor<'_> for TextVisitor {
                    type Value = DateTime;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        write!(f, "a timestamp in the format {:?}", $format)
                    }

                    fn visit_str<E: de::Error>(self, value: &str) -> Result<DateTime, E> {
                        DateTime::from_str(value, $format).map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(TextVisitor)
            }
        }
    };
}

text_timestamp!(
    /// RFC 3339, section 5.6, for example `2014-04-29T18:30:38Z` (`iso8601` in the model, `date-time` in Smithy).
    DateTimeText,
    Format::DateTimeWithOffset
);
text_timestamp!(
    /// RFC 9110, section 5.6.7, for example `Tue, 29 Apr 2014 18:30:38 GMT` (`rfc822` in the model).
    HttpDate,
    Format::HttpDate
);

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
                base64::decode(value).map(Blob::new).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Base64Visitor)
    }
}

/// A floating-point number; `NaN`, `Infinity` and `-Infinity`, which JSON doesn't have, as strings.
#[derive(Debug)]
pub struct Float;

macro_rules! float_codec {
    ($type:ty, $serialize:ident) => {
        impl Codec<$type> for Float {
            fn encode<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                if value.is_nan() {
                    serializer.serialize_str("NaN")
                } else if value.is_infinite() {
                    serializer.serialize_str(if *value > 0.0 { "Infinity" } else { "-Infinity" })
                } else {
                    serializer.$serialize(*value)
                }
            }

            fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                struct FloatVisitor;
                impl Visitor<'_> for FloatVisitor {
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
                            _ => Err(E::invalid_value(de::Unexpected::Str(value), &self)),
                        }
                    }
                }
                deserializer.deserialize_any(FloatVisitor)
            }
        }
    };
}
float_codec!(f32, serialize_f32);
float_codec!(f64, serialize_f64);

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
        deserializer.deserialize_any(DocumentVisitor)
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
        while let Some((key, value)) = map.next_entry::<String, Decoded<JsonDocument, Document>>()? {
            entries.insert(key, value.into_inner());
        }
        Ok(Document::Object(entries))
    }
}
