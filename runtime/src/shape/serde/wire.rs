//! The types that have their own form on the wire.

use super::number;
use super::quiet::{Hint, read_quietly};
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::Serialize;
use std::fmt;

/// A type with its own form on the wire. It is written as serde writes it, and read with errors that quote nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't a type of the service",
    label = "neither an input or another type of the service, nor a list or map of them"
)]
pub trait Wire: Serialize + DeserializeOwned {
    /// Reads a value. The default is serde's way, for types of this crate, whose errors quote nothing anyway.
    ///
    /// # Errors
    /// The input is of another kind.
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// The value of a required member that the service omitted, because a response must stay readable without it.
    fn empty() -> Self;
}

impl Wire for String {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StringVisitor;
        impl Visitor<'_> for StringVisitor {
            type Value = String;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            #[inline]
            fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
                Ok(value.to_owned())
            }
        }
        read_quietly(deserializer, Hint::Str, StringVisitor)
    }

    fn empty() -> Self {
        Self::new()
    }
}

impl Wire for bool {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BoolVisitor;
        impl Visitor<'_> for BoolVisitor {
            type Value = bool;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a boolean")
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
                Ok(value)
            }
        }
        read_quietly(deserializer, Hint::Bool, BoolVisitor)
    }

    fn empty() -> Self {
        false
    }
}

macro_rules! read_integer {
    ($($type:ty, $hint:ident, $name:literal;)*) => {
        $(
            impl Wire for $type {
                #[inline]
                fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct IntegerVisitor;
                    impl<'de> Visitor<'de> for IntegerVisitor {
                        type Value = $type;

                        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                            f.write_str($name)
                        }

                        fn visit_i64<E: de::Error>(self, value: i64) -> Result<$type, E> {
                            <$type>::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
                        }

                        fn visit_u64<E: de::Error>(self, value: u64) -> Result<$type, E> {
                            <$type>::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
                        }

                        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                            number::visit(map, self)
                        }
                    }
                    read_quietly(deserializer, Hint::$hint, IntegerVisitor)
                }

                fn empty() -> Self {
                    0
                }
            }
        )*
    };
}
read_integer! {
    i32, I32, "an integer of 32 bits";
    i64, I64, "an integer of 64 bits";
}
