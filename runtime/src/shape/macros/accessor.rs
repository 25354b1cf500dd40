//! The accessors of a member, and its value after a build: the parts of `structure!` that differ between members.
//!
//! | access | setter takes | getter returns |
//! |---|---|---|
//! | `text(…)` | `impl Into<T>` | what `T` derefs to: `&str` of a `String` |
//! | `boxed(…)` | `impl Into<T>` | the same: `&T` of a `Box<T>` |
//! | `value(…)` | `T` | `&T` |
//! | `copy(…)` | `T` | `T` |
//! | `append(…; item: I)` | an item, which it appends | a slice |
//! | `insert(…; key: K, value: V)` | an entry, which it inserts | `&T` |
//!
//! If an item, key or value is a `String` (`text`), the setter takes `impl Into<String>`. The getter of a member that
//! may be absent returns an `Option`, except for `append`.

/// The getter of a structure. The presence is in brackets if it isn't optional.
#[doc(hidden)]
#[macro_export]
macro_rules! __getter {
    ([required] append [item: $($item:tt)+] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> &[$crate::__item!($($item)+)] {
            &self.$name
        }
    };
    ([required] text [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> &str {
            &self.$name
        }
    };
    ([required] copy [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> $type {
            self.$name
        }
    };
    ([required] $access:ident $of:tt [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> &$type {
            &self.$name
        }
    };
    ([defaulted] $($member:tt)+) => { $crate::__getter!([required] $($member)+); };
    ([expected] $($member:tt)+) => { $crate::__getter!([] $($member)+); };
    ([] append [item: $($item:tt)+] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        ///
        /// If there is no value, this is an empty slice. The field tells the two apart.
        #[inline]
        pub fn $name(&self) -> &[$crate::__item!($($item)+)] {
            self.$name.as_deref().unwrap_or_default()
        }
    };
    ([] text [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> $crate::Option<&str> {
            self.$name.as_deref()
        }
    };
    ([] boxed [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> $crate::Option<&<$type as ::std::ops::Deref>::Target> {
            self.$name.as_deref()
        }
    };
    ([] copy [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> $crate::Option<$type> {
            self.$name
        }
    };
    ([] $access:ident $of:tt [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(&self) -> $crate::Option<&$type> {
            self.$name.as_ref()
        }
    };
}

/// The setter of a builder, which has the members at `$at`.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($self:ident at $at:expr, text [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        pub fn $name(mut $self, input: impl $crate::Into<$type>) -> Self {
            $at.$name = $crate::Some(input.into());
            $self
        }
    };
    ($self:ident at $at:expr, boxed [] $doc:tt $name:ident $type:ty) => {
        $crate::__setter!($self at $at, text [] $doc $name $type);
    };
    ($self:ident at $at:expr, append [item: $($item:tt)+] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        ///
        /// Appends an item. `set_…` replaces the list.
        #[inline]
        pub fn $name(mut $self, input: $crate::__argument!($($item)+)) -> Self {
            $at.$name.get_or_insert_default().push(input.into());
            $self
        }
    };
    ($self:ident at $at:expr, insert [key: $key:tt, value: $($value:tt)+] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        ///
        /// Inserts an entry. `set_…` replaces the map.
        #[inline]
        pub fn $name(mut $self, k: $crate::__argument!($key), v: $crate::__argument!($($value)+)) -> Self {
            $at.$name.get_or_insert_default().insert(k.into(), v.into());
            $self
        }
    };
    ($self:ident at $at:expr, $value_or_copy:ident [] [$($doc:tt)*] $name:ident $type:ty) => {
        $($doc)*
        #[inline]
        pub fn $name(mut $self, input: $type) -> Self {
            $at.$name = $crate::Some(input);
            $self
        }
    };
}

/// The type of an item, key or value.
#[doc(hidden)]
#[macro_export]
macro_rules! __item {
    (text) => {
        $crate::String
    };
    ($type:ty) => {
        $type
    };
}

/// The type of an item, key or value in a setter.
#[doc(hidden)]
#[macro_export]
macro_rules! __argument {
    (text) => { impl $crate::Into<$crate::String> };
    ($type:ty) => { $type };
}

/// Visits a member, which may be absent.
#[doc(hidden)]
#[macro_export]
macro_rules! __visit {
    ([required] $visitor:ident, $format:ty, $name:expr, $wire:literal, $value:expr) => {
        $crate::members::Visitor::always::<$format, _>($visitor, $name, $wire, $value)
    };
    ([defaulted] $($rest:tt)+) => { $crate::__visit!([required] $($rest)+) };
    ([$($optional:tt)?] $visitor:ident, $format:ty, $name:expr, $wire:literal, $value:expr) => {
        $crate::members::Visitor::optional::<$format, _>($visitor, $name, $wire, $value)
    };
}

/// Visits the slot of a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    ([expected] $slots:ident, $format:ty, $wire:literal, $slot:expr) => {
        $crate::members::Slots::expected::<$format, _>($slots, $wire, $slot)
    };
    ([$($presence:tt)?] $slots:ident, $format:ty, $wire:literal, $slot:expr) => {
        $crate::members::Slots::member::<$format, _>($slots, $wire, $slot)
    };
}

/// The value of a member after a build, if the caller must have set it.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    ([defaulted] $struct:ident $name:ident $value:expr) => {
        $value.unwrap_or_default()
    };
    ([required] $struct:ident $name:ident $value:expr) => {
        $crate::serde::required(
            $value,
            stringify!($name),
            concat!(
                stringify!($name),
                " was not specified but it is required when building ",
                stringify!($struct)
            ),
        )?
    };
    ([$($optional:tt)?] $struct:ident $name:ident $value:expr) => {
        $value
    };
}

/// The value of a member after a response was read. The service may have omitted any member.
#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ([expected] $format:ty, $value:expr) => {
        $value.or_else(|| $crate::Some(<$format as $crate::serde::Codec<_>>::empty()))
    };
    ([] $format:ty, $value:expr) => {
        $value
    };
    ([$required:tt] $format:ty, $value:expr) => {
        $value.unwrap_or_else(<$format as $crate::serde::Codec<_>>::empty)
    };
}
