//! Wire formats, and how they compose.

use super::quiet::{Hint, read_quietly};
use super::wire::Wire;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

/// A wire format of `T`, and whether logs may show it.
///
/// Most members have the format [`Plain`]. Other formats say what the type alone doesn't: the form of a timestamp,
/// Base64, numbers without a JSON form. They compose as types do: `Vec<EpochSeconds>` is the format of a
/// `Vec<DateTime>`.
pub trait Codec<T> {
    /// Whether `Debug` must not show the value.
    const SENSITIVE: bool = false;

    /// Writes `value`.
    ///
    /// # Errors
    /// The value has no form on the wire, or the serializer fails.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// The input has another form.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// The value of a required member that the service omitted, because a response must stay readable without it.
    fn empty() -> T;
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

/// The format of a member: `Format<>` is [`Plain`], and `Format<C>` is `C`. A row without a format uses the former.
pub type Format<C = Plain> = C;

/// The type's own form: a string as a string, a structure as an object.
#[derive(Debug)]
pub struct Plain;

impl<T: Wire> Codec<T> for Plain {
    #[inline]
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }

    fn empty() -> T {
        T::empty()
    }
}

/// A value in the format `C` that `Debug` must not show.
#[derive(Debug)]
pub struct Sensitive<C = Plain>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<T> for Sensitive<C> {
    const SENSITIVE: bool = true;

    #[inline]
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }

    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        C::decode(deserializer)
    }

    fn empty() -> T {
        C::empty()
    }
}

/// A boxed value in the format of its content, for recursive shapes.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<C: Codec<T>, T> Codec<Box<T>> for Boxed<C> {
    fn encode<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::decode(deserializer).map(Box::new)
    }

    fn empty() -> Box<T> {
        Box::new(C::empty())
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

    fn empty() -> Option<T> {
        None
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
        read_quietly(deserializer, Hint::Seq, ListVisitor::<C, T>(PhantomData))
    }

    fn empty() -> Vec<T> {
        Vec::new()
    }
}

/// A map whose keys are strings (or string enums) and whose values have the format `C`.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

impl<C, K, V> Codec<HashMap<K, V>> for Map<C>
where
    C: Codec<V>,
    K: Wire + Eq + std::hash::Hash,
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
            K: Wire + Eq + std::hash::Hash,
        {
            type Value = HashMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<HashMap<K, V>, A::Error> {
                let mut entries = HashMap::new();
                while let Some((key, value)) = map.next_entry::<Decoded<Plain, K>, Decoded<C, V>>()? {
                    entries.insert(key.into_inner(), value.into_inner());
                }
                Ok(entries)
            }
        }
        read_quietly(deserializer, Hint::Map, MapVisitor::<C, K, V>(PhantomData))
    }

    fn empty() -> HashMap<K, V> {
        HashMap::new()
    }
}
