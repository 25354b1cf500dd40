/// A union: one of several values, which stands in an object under its name. A value that the model doesn't know
/// becomes `Unknown`, which can't be sent.
///
/// ```text
/// BlobValue(is_blob_value, as_blob_value): blob = "blobValue" as Base64;
/// ```
///
/// The rows are those of [`structure!`](crate::structure!), with the names of the methods that ask for a variant.
#[macro_export]
macro_rules! union {
    (
        $(#$attr:tt)*
        pub enum $name:ident {
            $($(#$doc:tt)* $variant:ident($is:ident, $as:ident): $kind:ident $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
        }
    ) => {
        $(#$attr)*
        #[non_exhaustive]
        #[derive(Clone, PartialEq)]
        pub enum $name {
            $($(#$doc)* $variant($crate::__type!($kind $(($($arg)+))?)),)*
            /// A variant that this version doesn't know. A newer version may have it.
            Unknown,
        }

        impl $name {
            $(
                #[doc = concat!("The value, if it is a `", stringify!($variant), "`; else the union.")]
                ///
                /// # Errors
                /// It is another variant.
                #[inline]
                pub fn $as(&self) -> $crate::Result<&$crate::__type!($kind $(($($arg)+))?), &Self> {
                    if let Self::$variant(value) = self { $crate::Ok(value) } else { $crate::Err(self) }
                }

                #[doc = concat!("Whether it is a `", stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*

            /// Whether it is a variant that this version doesn't know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        impl $crate::reexport::Debug for $name {
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                match self {
                    $(Self::$variant(_value) => {
                        f.debug_tuple(stringify!($variant)).field($crate::__shown!(_value, $($flag)?)).finish()
                    })*
                    Self::Unknown => f.write_str("Unknown"),
                }
            }
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                let mut writer = $crate::serde::Writer::new(serializer);
                match self {
                    $(Self::$variant(value) => {
                        $crate::members::Visitor::required(&mut writer)$(.codec::<$codec>())?.member(stringify!($variant), $wire, value, value);
                    })*
                    Self::Unknown => writer.unknown_variant(stringify!($name)),
                }
                writer.end()
            }
        }

        impl $crate::serde::ReadVariant for $name {
            const NAME: &'static str = stringify!($name);
            const UNKNOWN: Self = Self::Unknown;

            fn read_variant<'de, A: $crate::reexport::MapAccess<'de>>(
                member: &str,
                map: &mut A,
            ) -> $crate::Result<$crate::Option<Self>, A::Error> {
                match member {
                    $($wire => {
                        let mut slot = $crate::None;
                        $crate::__read!(&mut slot, map $($codec)?)?;
                        $crate::Ok(slot.map(Self::$variant))
                    })*
                    _ => $crate::serde::read_unknown(map),
                }
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::serde::read_union::<Self, D>(deserializer)
            }
        }
    };
}

/// Reads a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __read {
    ($slot:expr, $map:ident) => {
        $crate::serde::read($slot, $map)
    };
    ($slot:expr, $map:ident $codec:ty) => {
        $crate::serde::read_as::<$codec, _, _>($slot, $map)
    };
}

/// What `Debug` shows of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($value:expr,) => {
        $value
    };
    ($value:expr, sensitive) => {
        &"*** Sensitive Data Redacted ***"
    };
}
