/// A structure: type, getters, builder, serde, `Debug`.
///
/// The first word says what its builder can do: all members of an `optional` structure may stay unset, a `defaulted`
/// one has a default for those that may not, and the builder of a `required` one fails without them. `input` and
/// `output` are those of an operation.
///
/// `Builder`, `Hold` and `Fluent` of the generated crate must be in scope where it builds optional structures.
#[macro_export]
macro_rules! structure {
    (optional $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name {} $($members)*);
        $crate::__optional!($name $builder -> $name {} $($members)*);
        $crate::__optional_setters!($name $($members)*);
    };
    (optional output $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name { _request_id: ::std::option::Option<::std::string::String> } $($members)*);
        $crate::__optional!($name $builder -> $name { _request_id } $($members)*);
        $crate::__optional_setters!($name $($members)*);
        $crate::__output!($name $crate::structure::Optional<$name>);
    };
    (input of $operation:ident $(#$attr:tt)* pub struct $name:ident, $builder:ident, $fluent:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name {} $($members)*);
        $crate::__optional!($name $builder ->
            ::std::result::Result<$name, $crate::reexport::aws_smithy_types::error::operation::BuildError> {} $($members)*);
        $crate::__input_setters!($name $($members)*);

        impl $crate::operation::OperationInput for $name {
            type Operation = $operation;
        }

        #[doc = concat!("A call of [`", stringify!($operation), "`] that is being built; `send` sends it.")]
        pub type $fluent = Builder<$name, Fluent>;
    };
    (defaulted $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name {} $($members)*);
        $crate::__required!($name $builder {} $($members)*);
        $crate::__infallible_build!($name $builder {} $($members)*);
    };
    (defaulted output $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name { _request_id: ::std::option::Option<::std::string::String> } $($members)*);
        $crate::__required!($name $builder { _request_id: ::std::option::Option<::std::string::String> } $($members)*);
        $crate::__infallible_build!($name $builder { _request_id } $($members)*);
        $crate::__output!($name $builder);
    };
    (required $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name {} $($members)*);
        $crate::__required!($name $builder {} $($members)*);
        $crate::__fallible_build!($name $builder {} $($members)*);
    };
    (required output $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__structure!([$(#$attr)*] $name { _request_id: ::std::option::Option<::std::string::String> } $($members)*);
        $crate::__required!($name $builder { _request_id: ::std::option::Option<::std::string::String> } $($members)*);
        $crate::__fallible_build!($name $builder { _request_id } $($members)*);
        $crate::__output!($name $builder);
    };
}

/// The type, its getters, `Serialize`.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    (
        [$(#$attr:tt)*] $name:ident { $($extra:ident: $extra_type:ty)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        $(#$attr)*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#$doc)* pub $member: $crate::__field!($($kind)+ $(($($arg)+))?),)*
            $($extra: $extra_type,)?
        }

        $crate::__equal!($name: $($member)* $($extra)?);

        impl $name {
            $($crate::__getter!([#[doc = "What the member holds."]] $member $($kind)+ $(($($arg)+))?);)*
        }

        impl $crate::reexport::serde::Serialize for $name {
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut)]
                let mut writer = $crate::serde::Writer::new(serializer);
                $($crate::__write!(writer &self.$member, $wire [$($codec)?] $($kind)+ $(($($arg)+))?);)*
                writer.end()
            }
        }
    };
}

/// What is the same for all structures of optional members.
#[doc(hidden)]
#[macro_export]
macro_rules! __optional {
    (
        $name:ident $builder:ident -> $built:ty { $($extra:ident $(: $extra_type:ty)?)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        pub type $builder = Builder<$name>;

        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }
        }

        impl $crate::structure::Structure for $name {
            const NAME: &'static str = stringify!($name);
            const BUILDER: &'static str = stringify!($builder);
            type Built = $built;

            #[inline]
            fn empty() -> Self {
                Self {
                    $($member: ::std::option::Option::None,)*
                    $($extra: ::std::option::Option::None,)?
                }
            }

            #[inline]
            fn debug_as(&self, name: &str, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug::structure(f, name, &[
                    $((stringify!($member), $crate::__shown!(&self.$member, $($flag)?)),)*
                    $((stringify!($extra), &self.$extra),)?
                ])
            }

            fn read_member<'de, A: $crate::reexport::serde::de::MapAccess<'de>>(
                &mut self,
                member: &str,
                map: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                match member {
                    $($wire => $crate::__read!(&mut self.$member, map $($codec)?),)*
                    _ => $crate::serde::skip(map),
                }
            }

            $crate::__fill!($($member [$($kind)+])*);
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::structure::Structure::debug_as(self, stringify!($name), f)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::read_structure::<$crate::structure::Optional<Self>, D>(deserializer)
            }
        }
    };
}

/// `PartialEq`, as statements instead of the one expression that `derive` makes: the depth of that is the number of
/// members, and with thousands of them it overflows the compiler's stack.
#[doc(hidden)]
#[macro_export]
macro_rules! __equal {
    ($name:ident: $($member:ident)*) => {
        impl ::std::cmp::PartialEq for $name {
            #[allow(unused_variables)]
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $(if self.$member != other.$member {
                    return false;
                })*
                true
            }
        }
    };
}

/// `fill` of a structure that has expected members. Nothing here recurses: a structure may have thousands of members.
#[doc(hidden)]
#[macro_export]
macro_rules! __fill {
    ($($member:ident [$kind:ident])*) => {};
    ($($member:ident [$($kind:ident)+])*) => {
        fn fill(&mut self) {
            $($crate::__fill_member!(self.$member, $($kind)+);)*
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __fill_member {
    ($member:expr, expected $kind:ident) => {
        if $member.is_none() {
            $member = $crate::serde::absent();
        }
    };
    ($member:expr, $kind:ident) => {};
}

/// The builder's methods for the members of a structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __optional_setters {
    (
        $name:ident
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl Builder<$name> {
            $($crate::__setters!([#[doc = "Sets the member."]] [store] $member $set $get $($kind)+ $(($($arg)+))?);)*
        }
    };
}

/// The methods of the builder and the fluent builder for the members of an input: the same, wherever the input is.
#[doc(hidden)]
#[macro_export]
macro_rules! __input_setters {
    (
        $name:ident
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl<K: Hold<$name>> Builder<$name, K> {
            $($crate::__setters!([$(#$doc)*] [K::store] $member $set $get $($kind)+ $(($($arg)+))?);)*
        }
    };
}

/// The builder of a structure with required members: they are optional in it.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (
        $name:ident $builder:ident { $($extra:ident: $extra_type:ty)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug::structure(f, stringify!($name), &[
                    $((stringify!($member), $crate::__shown!(&self.$member, $($flag)?)),)*
                    $((stringify!($extra), &self.$extra),)?
                ])
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::serde::read_structure::<$builder, D>(deserializer)
            }
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct $builder {
            $($member: ::std::option::Option<$crate::__type!($($kind)+ $(($($arg)+))?)>,)*
            $($extra: $extra_type,)?
        }

        $crate::__equal!($builder: $($member)* $($extra)?);

        impl ::std::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::debug::structure(f, stringify!($builder), &[
                    $((stringify!($member), $crate::__shown!(&self.$member, $($flag)?)),)*
                    $((stringify!($extra), &self.$extra),)?
                ])
            }
        }

        impl $builder {
            $($crate::__setters!([#[doc = "Sets the member."]] [own] $member $set $get $($kind)+ $(($($arg)+))?);)*
        }

        impl $crate::serde::ReadMembers for $builder {
            type Built = $name;
            const NAME: &'static str = stringify!($name);

            fn read_member<'de, A: $crate::reexport::serde::de::MapAccess<'de>>(
                &mut self,
                member: &str,
                map: &mut A,
            ) -> ::std::result::Result<(), A::Error> {
                match member {
                    $($wire => $crate::__read!(&mut self.$member, map $($codec)?),)*
                    _ => $crate::serde::skip(map),
                }
            }

            #[inline]
            fn finish(self) -> $name {
                $name {
                    $($member: $crate::__finish!(self.$member, $($kind)+ $(($($arg)+))?),)*
                    $($extra: self.$extra,)?
                }
            }
        }
    };
}

/// `build` of a builder whose required members have defaults.
#[doc(hidden)]
#[macro_export]
macro_rules! __infallible_build {
    (
        $name:ident $builder:ident { $($extra:ident)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl $builder {
            /// Builds the structure.
            #[inline]
            pub fn build(self) -> $name {
                $name {
                    $($member: $crate::__build!($name $member self.$member, $($kind)+ $(($($arg)+))?),)*
                    $($extra: self.$extra,)?
                }
            }
        }
    };
}

/// `build` of a builder that must have its required members.
#[doc(hidden)]
#[macro_export]
macro_rules! __fallible_build {
    (
        $name:ident $builder:ident { $($extra:ident)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl $builder {
            /// Builds the structure.
            ///
            /// # Errors
            /// A required member isn't set.
            #[inline]
            pub fn build(self) -> ::std::result::Result<$name, $crate::reexport::aws_smithy_types::error::operation::BuildError> {
                ::std::result::Result::Ok($name {
                    $($member: $crate::__build!($name $member self.$member, $($kind)+ $(($($arg)+))?),)*
                    $($extra: self.$extra,)?
                })
            }
        }
    };
}

/// The output of an operation knows the request's id.
#[doc(hidden)]
#[macro_export]
macro_rules! __output {
    ($name:ident $reader:ty) => {
        impl $crate::operation::OperationOutput for $name {
            type Reader = $reader;

            #[inline]
            fn set_request_id(&mut self, id: ::std::option::Option<::std::string::String>) {
                self._request_id = id;
            }
        }

        impl $crate::reexport::aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self._request_id.as_deref()
            }
        }
    };
}
