//! A type's own form as a wire format, and the formats that use it: of secrets, maps, lists and options.

use super::codec::{Decoded, Encoded};
use super::quiet::{Hint, read_quietly};
use super::wire::Wire;
use crate::shape::codec::Codec;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

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

/// A map whose keys are strings (or string enums) and whose values have the format `C`.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

impl<C, K, V> Codec<HashMap<K, V>> for Map<C>
where
    C: Codec<V>,
    K: Wire + Eq + Hash,
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
            K: Wire + Eq + Hash,
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

impl<T: Wire> Wire for Vec<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Vec<Plain>>::decode(deserializer)
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl<K: Wire + Eq + Hash, V: Wire> Wire for HashMap<K, V> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Map<Plain>>::decode(deserializer)
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Wire> Wire for Option<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<Decoded<Plain, T>>::deserialize(deserializer)?.map(Decoded::into_inner))
    }

    fn empty() -> Self {
        None
    }
}
