/// A structure: type, getters, builder, serde, `Debug`.
///
/// The first word says what its builder can do: all members of an `optional` structure may stay unset, a `defaulted`
/// one has a default for those that may not, and the builder of a `required` one fails without them. `input` and
/// `output` are those of an operation.
///
/// `Builder`, `Hold` and `Fluent` of the generated crate must be in scope where it builds optional structures.
#[macro_export]
macro_rules! structure {
    (optional $(#$attr:tt)* pub struct $name:ident, $builder:ident {
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    }) => {
        $crate::__optional!([$(#$attr)*] $name $builder [$name] {} $($(#$doc)* $member($set, $get): $kind $(($($arg)+))? $($presence)? = $wire $(as $codec)? $(, $flag)?;)*);

        impl Builder<$name> {
            $($crate::__setters!([self [#[inline]] [self.store] [self.store]] [#[doc = "Sets the member."]]
                $member $set $get $kind $(($($arg)+))?);)*
        }
    };
    (optional output $(#$attr:tt)* pub struct $name:ident, $builder:ident {
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    }) => {
        $crate::__optional!([$(#$attr)*] $name $builder [$name] { _request_id } $($(#$doc)* $member($set, $get): $kind $(($($arg)+))? $($presence)? = $wire $(as $codec)? $(, $flag)?;)*);
        $crate::__output!($name $crate::structure::Optional<$name>);

        impl Builder<$name> {
            $($crate::__setters!([self [#[inline]] [self.store] [self.store]] [#[doc = "Sets the member."]]
                $member $set $get $kind $(($($arg)+))?);)*
        }
    };
    (input of $operation:ident $(#$attr:tt)* pub struct $name:ident, $builder:ident, $fluent:ident {
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    }) => {
        $crate::__optional!([$(#$attr)*] $name $builder [$crate::Result<$name, $crate::reexport::BuildError>] {} $($(#$doc)* $member($set, $get): $kind $(($($arg)+))? $($presence)? = $wire $(as $codec)? $(, $flag)?;)*);

        // They serve the fluent builder, too: the docs are there.
        impl<K: Hold<$name>> Builder<$name, K> {
            $($crate::__setters!([self [] [self.store.members_mut()] [self.store.members()]] [$(#$doc)*]
                $member $set $get $kind $(($($arg)+))?);)*
        }

        impl $crate::operation::OperationInput for $name {
            type Operation = $operation;
        }

        #[doc = concat!("A call of [`", stringify!($operation), "`] that is being built; `send` sends it.")]
        pub type $fluent = Builder<$name, Fluent<$name>>;
    };
    (defaulted $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__required!([$(#$attr)*] $name $builder {} $($members)*);
        $crate::__infallible_build!($name $builder {} $($members)*);
    };
    (defaulted output $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__required!([$(#$attr)*] $name $builder { _request_id } $($members)*);
        $crate::__infallible_build!($name $builder { _request_id } $($members)*);
        $crate::__output!($name $builder);
    };
    (required $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__required!([$(#$attr)*] $name $builder {} $($members)*);
        $crate::__fallible_build!($name $builder {} $($members)*);
    };
    (required output $(#$attr:tt)* pub struct $name:ident, $builder:ident { $($members:tt)* }) => {
        $crate::__required!([$(#$attr)*] $name $builder { _request_id } $($members)*);
        $crate::__fallible_build!($name $builder { _request_id } $($members)*);
        $crate::__output!($name $builder);
    };
}

/// A structure whose members are optional.
#[doc(hidden)]
#[macro_export]
macro_rules! __optional {
    (
        [$(#$attr:tt)*] $name:ident $builder:ident [$built:ty] { $($extra:ident)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        $(#$attr)*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#$doc)* pub $member: $crate::__field!($kind $(($($arg)+))? $($presence)?),)*
            $($extra: $crate::Option<$crate::String>,)?
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        pub type $builder = Builder<$name>;

        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                Builder::empty()
            }

            $($crate::__getter!($member $kind $(($($arg)+))? $($presence)?);)*
        }

        impl $crate::structure::Structure for $name {
            const NAME: &'static str = stringify!($name);
            type Built = $built;

            #[inline]
            fn empty() -> Self {
                Self {
                    $($member: $crate::None,)*
                    $($extra: $crate::None,)?
                }
            }

            fn members<V: $crate::members::Visitor>(&self, _other: &Self, _visitor: &mut V) {
                $(_visitor$(.$flag())?$(.$presence())?$(.codec::<$codec>())?.member(stringify!($member), $wire, &self.$member, &_other.$member);)*
                $(_visitor.field(stringify!($extra), &self.$extra, &_other.$extra);)?
            }

            fn slots<S: $crate::members::Slots>(&mut self, _slots: &mut S) {
                $(_slots$(.$presence())?$(.codec::<$codec>())?.member($wire, &mut self.$member);)*
            }
        }

        $crate::__structure_traits!($name, $crate::structure::read);
    };
}

/// The foreign traits of every structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure_traits {
    ($name:ident, $read:path) => {
        impl $crate::reexport::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::members::debug(self, f)
            }
        }

        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::members::equal(self, other)
            }
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                $crate::serde::write(self, serializer)
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $read(deserializer)
            }
        }
    };
}

/// A structure with required members, and its builder: they are optional in it.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (
        [$(#$attr:tt)*] $name:ident $builder:ident { $($extra:ident)? }
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        $(#$attr)*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#$doc)* pub $member: $crate::__field!($kind $(($($arg)+))? $($presence)?),)*
            $($extra: $crate::Option<$crate::String>,)?
        }

        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }

            $($crate::__getter!($member $kind $(($($arg)+))? $($presence)?);)*
        }

        impl $crate::members::Members for $name {
            const NAME: &'static str = stringify!($name);

            fn members<V: $crate::members::Visitor>(&self, _other: &Self, _visitor: &mut V) {
                $(_visitor$(.$flag())?$(.$presence())?$(.codec::<$codec>())?.member(stringify!($member), $wire, &self.$member, &_other.$member);)*
                $(_visitor.field(stringify!($extra), &self.$extra, &_other.$extra);)?
            }
        }

        $crate::__structure_traits!($name, $crate::serde::read_structure::<$builder, D>);

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct $builder {
            $($member: $crate::Option<$crate::__type!($kind $(($($arg)+))?)>,)*
            $($extra: $crate::Option<$crate::String>,)?
        }

        impl ::std::cmp::PartialEq for $builder {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::members::equal(self, other)
            }
        }

        impl $crate::reexport::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::members::debug(self, f)
            }
        }

        impl $crate::members::Members for $builder {
            const NAME: &'static str = stringify!($builder);

            fn members<V: $crate::members::Visitor>(&self, _other: &Self, _visitor: &mut V) {
                $(_visitor$(.$flag())?$(.codec::<$codec>())?.member(stringify!($member), $wire, &self.$member, &_other.$member);)*
                $(_visitor.field(stringify!($extra), &self.$extra, &_other.$extra);)?
            }
        }

        impl $builder {
            $($crate::__setters!([self [#[inline]] [self] [self]] [#[doc = "Sets the member."]]
                $member $set $get $kind $(($($arg)+))?);)*
        }

        impl $crate::serde::ReadMembers for $builder {
            type Built = $name;

            fn slots<S: $crate::members::Slots>(&mut self, _slots: &mut S) {
                $(_slots$(.$presence())?$(.codec::<$codec>())?.member($wire, &mut self.$member);)*
            }

            #[inline]
            fn finish(self) -> $name {
                $name {
                    $($member: $crate::__finish!(self.$member, $kind $(($($arg)+))? $($presence)?),)*
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
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl $builder {
            /// Builds the structure.
            #[inline]
            pub fn build(self) -> $name {
                $name {
                    $($member: $crate::__build!($name $member self.$member, $($presence)?),)*
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
        $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $kind:ident $(($($arg:tt)+))? $($presence:ident)? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
    ) => {
        impl $builder {
            /// Builds the structure.
            ///
            /// # Errors
            /// A required member isn't set.
            #[inline]
            pub fn build(self) -> $crate::Result<$name, $crate::reexport::BuildError> {
                $crate::Ok($name {
                    $($member: $crate::__build!($name $member self.$member, $($presence)?),)*
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
            fn set_request_id(&mut self, id: $crate::Option<$crate::String>) {
                self._request_id = id;
            }
        }

        impl $crate::reexport::RequestId for $name {
            #[inline]
            fn request_id(&self) -> $crate::Option<&str> {
                self._request_id.as_deref()
            }
        }
    };
}
