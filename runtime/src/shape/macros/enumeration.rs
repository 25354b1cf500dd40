//! String enums.

/// A string enum. A value that the model doesn't know becomes `Unknown` and survives a round trip.
#[macro_export]
macro_rules! enumeration {
    ($(#$attr:tt)* pub enum $name:ident { $($(#$doc:tt)* $variant:ident = $wire:literal,)* }) => {
        $(#$attr)*
        ///
        /// The service may add values at any time, so match with a wildcard. To handle a value that this version
        /// doesn't know, compare `as_str`.
        #[non_exhaustive]
        #[allow(clippy::derive_ord_xor_partial_ord)]
        #[derive(Clone, Debug, PartialEq, Ord, Hash)]
        pub enum $name {
            $(
                #[doc = concat!("`", $wire, "`")]
                ///
                $(#$doc)*
                $variant,
            )*
            /// A value that this version doesn't know.
            #[deprecated(note = "Don't match `Unknown`: a value may get a variant of its own. See the docs of the enum.")]
            Unknown($crate::error::UnknownVariantValue),
        }

        // Written out, these two cost less to compile than derived; the one of `PartialOrd` is that of `Ord`, so that
        // they can't disagree.
        impl ::std::cmp::Eq for $name {}

        impl ::std::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> $crate::Option<::std::cmp::Ordering> {
                $crate::Some(::std::cmp::Ord::cmp(self, other))
            }
        }

        impl $crate::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown($crate::error::UnknownVariantValue::new(other)),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> $crate::Result<Self, Self::Err> {
                $crate::Ok(Self::from(value))
            }
        }

        impl $name {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// All values that this version knows.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($wire,)*]
            }

            /// Parses a value, and refuses values that this version doesn't know.
            ///
            /// # Errors
            /// `value` isn't one of [`values`](Self::values).
            #[inline]
            pub fn try_parse(value: &str) -> $crate::Result<Self, $crate::error::UnknownVariantError> {
                $crate::error::known(value, Self::values())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::reexport::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                f.write_str(self.as_str())
            }
        }

        impl $crate::reexport::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::serde::read_enum(deserializer)
            }
        }

        impl $crate::serde::Wire for $name {
            #[inline]
            fn empty() -> Self {
                Self::from($crate::serde::NO_VALUE)
            }
        }
    };
}
