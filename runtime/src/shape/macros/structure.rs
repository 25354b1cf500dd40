//! Structures and their builders.

/// Implements a structure: getters, builder, serde, `Debug`, `PartialEq`. The structure itself is defined before it.
/// `macros.rs` explains the rows.
///
/// The first word says how the builder treats unset members. All members of an `optional` structure may stay unset. A
/// `defaulted` structure gets an empty value for those that may not. The builder of a `required` structure fails
/// without them. `input` and `output` are an operation's; an output also has a field `_request_id: Option<String>`.
///
/// For an optional structure, `Builder` of the generated crate must be in scope. For an input, `Fluent` and `DerefMut`
/// must be, too.
#[macro_export]
macro_rules! structure {
    (optional $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__optional!({ $name $builder, builds $name, setters of [$builder] } $($rows)*);
        $crate::__builder_page!($builder of $name, builds $name);
    };
    (optional output $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__optional!({ $name $builder, builds $name, setters of [$builder], field _request_id } $($rows)*);
        $crate::__builder_page!($builder of $name, builds $name);
        $crate::__output!($name, read by $crate::structure::Optional<$name>);
    };
    (
        input $name:ident of $operation:ident, output $output:ident, error $error:ident,
        builder $builder:ident, fluent $fluent:ident { $($rows:tt)* }
    ) => {
        #[cfg(not(doc))]
        $crate::__optional!({
            $name $builder, builds $crate::Result<$name, $crate::reexport::BuildError>,
            // They serve the fluent builder, too.
            // No type of a model is called `_K`: without the underscore, one may be.
            setters of [Builder<$name, _K>] where [_K: DerefMut<Target = $name>]
        } $($rows)*);
        #[cfg(doc)]
        $crate::__optional!({
            $name $builder, builds $crate::Result<$name, $crate::reexport::BuildError>, setters of [$fluent]
        } $($rows)*);
        $crate::__builder_page!($builder of $name, builds $crate::Result<$name, $crate::reexport::BuildError>);
        $crate::__fluent_builder_page!($fluent of $operation, input $name $builder, output $output, error $error);

        impl $crate::operation::OperationInput for $name {
            type Operation = $operation;
        }
    };
    (defaulted $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__required!({ $name $builder, build infallible } $($rows)*);
    };
    (defaulted output $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__required!({ $name $builder, build infallible, field _request_id: $crate::Option<$crate::String> } $($rows)*);
        $crate::__output!($name, read by $builder);
    };
    (required $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__required!({ $name $builder, build fallible } $($rows)*);
    };
    (required output $name:ident, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__required!({ $name $builder, build fallible, field _request_id: $crate::Option<$crate::String> } $($rows)*);
        $crate::__output!($name, read by $builder);
    };
}

/// A structure whose members are all optional. It is the state of its own builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __optional {
    (
        {
            $name:ident $builder:ident, builds $built:ty,
            setters of [$($holder:tt)+] $(where [$hold:ident: $($bound:tt)+])? $(, field $field:ident)?
        }
        $(
            $(#$doc:tt)*
            $member:ident: $type:ty = $wire:literal $(as $codec:ty)?
                => $access:ident($set:ident, $get:ident $(; $($of:tt)+)?) $(, $presence:ident)?;
        )*
    ) => {
        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }

            $($crate::__getter!([] $access [$($($of)+)?] [#[doc = concat!("The member `", $wire, "`.")]] $member $type);)*
        }

        impl $(<$hold: $($bound)+>)? $($holder)+ {
            $(
                $crate::__setter!(
                    self at self.store,
                    $access [$($($of)+)?] [
                        #[cfg_attr(not(doc), doc = concat!("Sets `", $wire, "`."))]
                        // A link costs each build to resolve.
                        #[cfg_attr(doc, doc = concat!("Sets [`", $wire, "`](", stringify!($name), "::", stringify!($member), ")."))]
                        $(#$doc)*
                    ] $member $type
                );

                #[doc = concat!("Sets or unsets `", $wire, "`.")]
                #[inline]
                pub fn $set(mut self, input: $crate::Option<$type>) -> Self {
                    self.store.$member = input;
                    self
                }

                #[doc = concat!("The member `", $wire, "` so far.")]
                #[inline]
                pub fn $get(&self) -> &$crate::Option<$type> {
                    &self.store.$member
                }
            )*
        }

        #[doc(hidden)]
        impl $crate::structure::Structure for $name {
            const NAME: &'static str = stringify!($name);
            type Built = $built;

            #[inline]
            fn empty() -> Self {
                Self {
                    $($member: $crate::None,)*
                    $($field: $crate::None,)?
                }
            }

            fn members<V: $crate::members::Visitor>(&self, _visitor: &mut V) {
                $(_visitor.optional::<$crate::serde::Format<$($codec)?>, _>(stringify!($member), $wire, &self.$member);)*
                $(_visitor.field(stringify!($field), &self.$field);)?
            }

            fn slots<S: $crate::members::Slots>(&mut self, _slots: &mut S) {
                $($crate::__slot!([$($presence)?] _slots, $crate::serde::Format<$($codec)?>, $wire, &mut self.$member);)*
            }
        }

        $crate::__partial_eq!($name { $($member)* $($field)? });
        $crate::__structure_traits!($name);
    };
}

/// A structure with required members, and its builder, in which all members are optional.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (
        {
            $name:ident $builder:ident, build $build:ident
            $(, field $field:ident: $field_type:ty $(, built by $built_by:ident)?)?
        }
        $(
            $(#$doc:tt)*
            $member:ident: $type:ty = $wire:literal $(as $codec:ty)?
                => $access:ident($set:ident, $get:ident $(; $($of:tt)+)?) $(, $presence:ident)?;
        )*
    ) => {
        impl $name {
            /// A builder of the structure.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }

            $($crate::__getter!([$($presence)?] $access [$($($of)+)?] [#[doc = concat!("The member `", $wire, "`.")]] $member $type);)*
        }

        #[doc(hidden)]
        impl $crate::members::Members for $name {
            const NAME: &'static str = stringify!($name);

            fn members<V: $crate::members::Visitor>(&self, _visitor: &mut V) {
                $($crate::__visit!([$($presence)?] _visitor, $crate::serde::Format<$($codec)?>, stringify!($member), $wire, &self.$member);)*
                $(_visitor.field(stringify!($field), &self.$field);)?
            }
        }

        $crate::__wire!($name by $builder);

        $crate::__partial_eq!($name { $($member)* $($field)? });
        $crate::__structure_traits!($name);

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct $builder {
            $($member: $crate::Option<$type>,)*
            $($field: $field_type,)?
        }

        $crate::__partial_eq!($builder { $($member)* $($field)? });

        impl $crate::reexport::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::members::debug(self, f)
            }
        }

        #[doc(hidden)]
        impl $crate::members::Members for $builder {
            const NAME: &'static str = stringify!($builder);

            fn members<V: $crate::members::Visitor>(&self, _visitor: &mut V) {
                $(_visitor.optional::<$crate::serde::Format<$($codec)?>, _>(stringify!($member), $wire, &self.$member);)*
                $(_visitor.field(stringify!($field), &self.$field);)?
            }
        }

        impl $builder {
            $(
                $crate::__setter!(
                    self at self,
                    $access [$($($of)+)?] [#[doc = concat!("Sets `", $wire, "`.")] $(#$doc)*] $member $type
                );

                #[doc = concat!("Sets or unsets `", $wire, "`.")]
                #[inline]
                pub fn $set(mut self, input: $crate::Option<$type>) -> Self {
                    self.$member = input;
                    self
                }

                #[doc = concat!("The member `", $wire, "` so far.")]
                #[inline]
                pub fn $get(&self) -> &$crate::Option<$type> {
                    &self.$member
                }
            )*

            $crate::__build_method!($build self, $name {
                $($member: $crate::__build!([$($presence)?] $name $member self.$member),)*
                $($field: self.$field$(.$built_by())?,)?
            });
        }

        #[doc(hidden)]
        impl $crate::serde::ReadMembers for $builder {
            type Built = $name;

            fn slots<S: $crate::members::Slots>(&mut self, _slots: &mut S) {
                $(_slots.member::<$crate::serde::Format<$($codec)?>, _>($wire, &mut self.$member);)*
            }

            #[inline]
            fn finish(self) -> $name {
                $name {
                    $($member: $crate::__finish!([$($presence)?] $crate::serde::Format<$($codec)?>, self.$member),)*
                    $($field: self.$field$(.$built_by())?,)?
                }
            }
        }
    };
}

/// Compares structures, member by member.
///
/// A derived `PartialEq` is one expression, one level deeper with each member. With some thousand members, rustc's
/// stack overflows on it. rustc is fastest at checking statements that don't branch.
#[doc(hidden)]
#[macro_export]
macro_rules! __partial_eq {
    ($name:ident { $($member:ident)* }) => {
        impl $crate::reexport::PartialEq for $name {
            #[inline]
            fn eq(&self, _other: &Self) -> bool {
                let mut _same = true;
                $(_same &= self.$member == _other.$member;)*
                _same
            }
        }
    };
}

/// Reads a structure through its builder.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($name:ident by $builder:ident) => {
        impl $crate::serde::Wire for $name {
            fn read<'de, D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::serde::read_structure::<$builder, D>(deserializer)
            }

            #[inline]
            fn empty() -> Self {
                $crate::serde::ReadMembers::finish(<$builder>::default())
            }
        }
    };
}

/// The impls of foreign traits for every structure. The orphan rule requires them here.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure_traits {
    ($name:ident) => {
        impl $crate::reexport::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::members::debug(self, f)
            }
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                $crate::serde::write(self, serializer)
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::serde::Wire::read(deserializer)
            }
        }
    };
}

/// `build` of a builder: `fallible` if the caller must set some members, otherwise `infallible`.
#[doc(hidden)]
#[macro_export]
macro_rules! __build_method {
    (infallible $self:ident, $name:ident $value:tt) => {
        /// Builds the structure.
        #[inline]
        pub fn build($self) -> $name {
            $name $value
        }
    };
    (fallible $self:ident, $name:ident $value:tt) => {
        /// Builds the structure.
        ///
        /// # Errors
        /// A required member isn't set.
        #[inline]
        pub fn build($self) -> $crate::Result<$name, $crate::reexport::BuildError> {
            $crate::Ok($name $value)
        }
    };
}

/// Gives an operation's output the request's id.
#[doc(hidden)]
#[macro_export]
macro_rules! __output {
    ($name:ident, read by $reader:ty) => {
        #[doc(hidden)]
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
