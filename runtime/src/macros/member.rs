/// The type of a member inside of its `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __type {
    (required $($kind:tt)+) => { $crate::__type!($($kind)+) };
    (defaulted $($kind:tt)+) => { $crate::__type!($($kind)+) };
    (expected $($kind:tt)+) => { $crate::__type!($($kind)+) };
    (string) => { ::std::string::String };
    (timestamp) => { $crate::reexport::aws_smithy_types::DateTime };
    (blob) => { $crate::reexport::aws_smithy_types::Blob };
    (document) => { $crate::reexport::aws_smithy_types::Document };
    (enumeration($type:ty)) => { $type };
    (value($type:ty)) => { $type };
    (boxed($type:ty)) => { ::std::boxed::Box<$type> };
    (list($($item:tt)+)) => { ::std::vec::Vec<$crate::__type!($($item)+)> };
    (map($key:ident => $($value:tt)+)) => {
        ::std::collections::HashMap<$crate::__type!($key), $crate::__type!($($value)+)>
    };
    ($type:ty) => { $type };
}

/// The type of a structure's field.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (required $($kind:tt)+) => { $crate::__type!($($kind)+) };
    (defaulted $($kind:tt)+) => { $crate::__type!($($kind)+) };
    ($($kind:tt)+) => { ::std::option::Option<$crate::__type!($($kind)+)> };
}

/// The getter of a structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __getter {
    ([$(#$doc:tt)*] $name:ident required string) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> &str {
            &self.$name
        }
    };
    ([$(#$doc:tt)*] $name:ident required list($($item:tt)+)) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> &[$crate::__type!($($item)+)] {
            &self.$name
        }
    };
    ([$(#$doc:tt)*] $name:ident required map $args:tt) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> &$crate::__type!(map $args) {
            &self.$name
        }
    };
    ([$(#$doc:tt)*] $name:ident required timestamp) => { $crate::__getter!(@reference [$(#$doc)*] $name timestamp); };
    ([$(#$doc:tt)*] $name:ident required blob) => { $crate::__getter!(@reference [$(#$doc)*] $name blob); };
    ([$(#$doc:tt)*] $name:ident required document) => { $crate::__getter!(@reference [$(#$doc)*] $name document); };
    ([$(#$doc:tt)*] $name:ident required $kind:ident($type:ty)) => {
        $crate::__getter!(@reference [$(#$doc)*] $name value($type));
    };
    ([$(#$doc:tt)*] $name:ident required $copy:ty) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> $copy {
            self.$name
        }
    };
    ([$(#$doc:tt)*] $name:ident defaulted $($kind:tt)+) => { $crate::__getter!([$(#$doc)*] $name required $($kind)+); };
    ([$(#$doc:tt)*] $name:ident expected $($kind:tt)+) => { $crate::__getter!([$(#$doc)*] $name $($kind)+); };
    ([$(#$doc:tt)*] $name:ident string) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&str> {
            self.$name.as_deref()
        }
    };
    ([$(#$doc:tt)*] $name:ident list($($item:tt)+)) => {
        $(#$doc)*
        ///
        /// No value is an empty slice; the field tells them apart.
        #[inline]
        pub fn $name(&self) -> &[$crate::__type!($($item)+)] {
            self.$name.as_deref().unwrap_or_default()
        }
    };
    ([$(#$doc:tt)*] $name:ident boxed($type:ty)) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&$type> {
            self.$name.as_deref()
        }
    };
    ([$(#$doc:tt)*] $name:ident map $args:tt) => { $crate::__getter!(@optional [$(#$doc)*] $name map $args); };
    ([$(#$doc:tt)*] $name:ident timestamp) => { $crate::__getter!(@optional [$(#$doc)*] $name timestamp); };
    ([$(#$doc:tt)*] $name:ident blob) => { $crate::__getter!(@optional [$(#$doc)*] $name blob); };
    ([$(#$doc:tt)*] $name:ident document) => { $crate::__getter!(@optional [$(#$doc)*] $name document); };
    ([$(#$doc:tt)*] $name:ident $kind:ident($type:ty)) => {
        $crate::__getter!(@optional [$(#$doc)*] $name value($type));
    };
    ([$(#$doc:tt)*] $name:ident $copy:ty) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<$copy> {
            self.$name
        }
    };
    (@reference [$(#$doc:tt)*] $name:ident $($kind:tt)+) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> &$crate::__type!($($kind)+) {
            &self.$name
        }
    };
    (@optional [$(#$doc:tt)*] $name:ident $($kind:tt)+) => {
        $(#$doc)*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&$crate::__type!($($kind)+)> {
            self.$name.as_ref()
        }
    };
}

/// The members of a builder: in itself, in its `store`, or where its kind keeps them.
#[doc(hidden)]
#[macro_export]
macro_rules! __members {
    (mut [own] $self:ident) => {
        $self
    };
    (mut [store] $self:ident) => {
        $self.store
    };
    (mut [$kind:ident::store] $self:ident) => {
        (*<$kind as Hold<_>>::members_mut(&mut $self.store))
    };
    ([own] $self:ident) => {
        $self
    };
    ([store] $self:ident) => {
        $self.store
    };
    ([$kind:ident::store] $self:ident) => {
        (*<$kind as Hold<_>>::members(&$self.store))
    };
}

/// The three methods of a builder for a member; `place` says where the members are.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident required $($kind:tt)+) => {
        $crate::__setters!([$(#$doc)*] $place $name $set $get $($kind)+);
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident defaulted $($kind:tt)+) => {
        $crate::__setters!([$(#$doc)*] $place $name $set $get $($kind)+);
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident expected $($kind:tt)+) => {
        $crate::__setters!([$(#$doc)*] $place $name $set $get $($kind)+);
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident list(string)) => {
        /// Appends an item. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, input: impl ::std::convert::Into<::std::string::String>) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().push(input.into());
            self
        }
        $crate::__setters!(@set_get $place $name $set $get list(string));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident list($($item:tt)+)) => {
        /// Appends an item. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, input: $crate::__type!($($item)+)) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().push(input);
            self
        }
        $crate::__setters!(@set_get $place $name $set $get list($($item)+));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident map(string => string)) => {
        /// Inserts an entry. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(
            mut self,
            k: impl ::std::convert::Into<::std::string::String>,
            v: impl ::std::convert::Into<::std::string::String>,
        ) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().insert(k.into(), v.into());
            self
        }
        $crate::__setters!(@set_get $place $name $set $get map(string => string));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident map($key:ident => string)) => {
        /// Inserts an entry. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, k: $key, v: impl ::std::convert::Into<::std::string::String>) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().insert(k, v.into());
            self
        }
        $crate::__setters!(@set_get $place $name $set $get map($key => string));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident map(string => $($value:tt)+)) => {
        /// Inserts an entry. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(
            mut self,
            k: impl ::std::convert::Into<::std::string::String>,
            v: $crate::__type!($($value)+),
        ) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().insert(k.into(), v);
            self
        }
        $crate::__setters!(@set_get $place $name $set $get map(string => $($value)+));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident map($key:ident => $($value:tt)+)) => {
        /// Inserts an entry. `set_…` replaces all.
        ///
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, k: $key, v: $crate::__type!($($value)+)) -> Self {
            $crate::__members!(mut $place self).$name.get_or_insert_default().insert(k, v);
            self
        }
        $crate::__setters!(@set_get $place $name $set $get map($key => $($value)+));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident string) => {
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, input: impl ::std::convert::Into<::std::string::String>) -> Self {
            $crate::__members!(mut $place self).$name = ::std::option::Option::Some(input.into());
            self
        }
        $crate::__setters!(@set_get $place $name $set $get string);
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident boxed($type:ty)) => {
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, input: impl ::std::convert::Into<::std::boxed::Box<$type>>) -> Self {
            $crate::__members!(mut $place self).$name = ::std::option::Option::Some(input.into());
            self
        }
        $crate::__setters!(@set_get $place $name $set $get boxed($type));
    };
    ([$(#$doc:tt)*] $place:tt $name:ident $set:ident $get:ident $($kind:tt)+) => {
        $(#$doc)*
        #[inline]
        pub fn $name(mut self, input: $crate::__type!($($kind)+)) -> Self {
            $crate::__members!(mut $place self).$name = ::std::option::Option::Some(input);
            self
        }
        $crate::__setters!(@set_get $place $name $set $get $($kind)+);
    };
    (@set_get $place:tt $name:ident $set:ident $get:ident $($kind:tt)+) => {
        /// Sets or unsets the member.
        #[inline]
        pub fn $set(mut self, input: ::std::option::Option<$crate::__type!($($kind)+)>) -> Self {
            $crate::__members!(mut $place self).$name = input;
            self
        }
        /// What the member is set to.
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$crate::__type!($($kind)+)> {
            &$crate::__members!($place self).$name
        }
    };
}

/// Writes a member.
#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    ($writer:ident $value:expr, $wire:literal [] required $($kind:tt)+) => {
        $writer.value($wire, $value)
    };
    ($writer:ident $value:expr, $wire:literal [] defaulted $($kind:tt)+) => {
        $writer.value($wire, $value)
    };
    ($writer:ident $value:expr, $wire:literal [] $($kind:tt)+) => {
        $writer.option($wire, $value)
    };
    ($writer:ident $value:expr, $wire:literal [$codec:ty] required $($kind:tt)+) => {
        $writer.value_as::<$codec, _>($wire, $value)
    };
    ($writer:ident $value:expr, $wire:literal [$codec:ty] defaulted $($kind:tt)+) => {
        $writer.value_as::<$codec, _>($wire, $value)
    };
    ($writer:ident $value:expr, $wire:literal [$codec:ty] $($kind:tt)+) => {
        $writer.option_as::<$codec, _>($wire, $value)
    };
}

/// Reads a member.
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

/// What `Debug` shows of a member.
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

/// The value of a member after a build, where the caller must have set it.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    ($struct:ident $name:ident $value:expr, defaulted $($kind:tt)+) => {
        $value.unwrap_or_default()
    };
    ($struct:ident $name:ident $value:expr, required $($kind:tt)+) => {
        $value.ok_or_else(|| {
            $crate::reexport::aws_smithy_types::error::operation::BuildError::missing_field(
                $crate::debug::member_name(stringify!($name)),
                concat!(
                    stringify!($name),
                    " was not specified but it is required when building ",
                    stringify!($struct)
                ),
            )
        })?
    };
    ($struct:ident $name:ident $value:expr, $($kind:tt)+) => {
        $value
    };
}

/// The value of a member after a response was read, where the service may have left out anything.
#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($value:expr, required enumeration($type:ty)) => {
        $value.unwrap_or_else(|| <$type>::from("no value was set"))
    };
    ($value:expr, required timestamp) => {
        $value.unwrap_or_else(|| $crate::reexport::aws_smithy_types::DateTime::from_secs(0))
    };
    ($value:expr, required blob) => {
        $value.unwrap_or_else(|| $crate::reexport::aws_smithy_types::Blob::new(::std::vec::Vec::new()))
    };
    ($value:expr, required $($kind:tt)+) => {
        $value.unwrap_or_default()
    };
    ($value:expr, defaulted $($kind:tt)+) => {
        $value.unwrap_or_default()
    };
    ($value:expr, expected $($kind:tt)+) => {
        $value.or_else($crate::serde::absent)
    };
    ($value:expr, $($kind:tt)+) => {
        $value
    };
}
