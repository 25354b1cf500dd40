//! Unions.

/// Implements a union: one of several values, which is in an object under its name. The enum itself is defined before
/// it. Its variant `Unknown` is for values that the model doesn't know, and can't be sent.
///
/// ```text
/// BlobValue: Blob = "blobValue" as Base64 => (is_blob_value, as_blob_value);
/// ```
///
/// A row has the type, the name and the format on the wire, as in [`structure!`](crate::structure!), and the names of
/// the methods that test and access the variant.
#[macro_export]
macro_rules! union {
    ($name:ident {
        $($variant:ident: $type:ty = $wire:literal $(as $codec:ty)? => ($is:ident, $as:ident);)*
    }) => {
        impl $name {
            $(
                #[doc = concat!("The value, if it is a `", stringify!($variant), "`; else the union.")]
                ///
                /// # Errors
                /// This is another variant.
                #[inline]
                pub fn $as(&self) -> $crate::Result<&$type, &Self> {
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
                    $(Self::$variant(value) => {
                        let shown = $crate::members::shown::<$crate::serde::Format<$($codec)?>, _>(value);
                        f.debug_tuple(stringify!($variant)).field(shown).finish()
                    })*
                    Self::Unknown => f.write_str("Unknown"),
                }
            }
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                let mut writer = $crate::serde::Writer::new(serializer, $crate::Some(1));
                match self {
                    $(Self::$variant(value) => {
                        writer.value::<$crate::serde::Format<$($codec)?>, _>($wire, value);
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
                        $crate::serde::read::<$crate::serde::Format<$($codec)?>, _, _>(&mut slot, map)?;
                        $crate::Ok(slot.map(Self::$variant))
                    })*
                    _ => $crate::serde::read_unknown(map),
                }
            }
        }

        impl $crate::serde::Wire for $name {
            #[inline]
            fn read<'de, D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::serde::read_union::<Self, D>(deserializer)
            }

            #[inline]
            fn empty() -> Self {
                Self::Unknown
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
