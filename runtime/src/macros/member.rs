/// The type of a member inside of its `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __type {
    (string) => { $crate::String };
    (timestamp) => { $crate::reexport::DateTime };
    (blob) => { $crate::reexport::Blob };
    (document) => { $crate::reexport::Document };
    (enumeration($type:ty)) => { $type };
    (value($type:ty)) => { $type };
    (boxed($type:ty)) => { $crate::Box<$type> };
    (list($($item:tt)+)) => { $crate::Vec<$crate::__type!($($item)+)> };
    (map($key:ident => $($value:tt)+)) => {
        ::std::collections::HashMap<$crate::__type!($key), $crate::__type!($($value)+)>
    };
    ($type:ty) => { $type };
}

/// The type of a structure's field.
///
/// What is frequent has an arm of its own, here and below: an expansion inside of an expansion costs compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (string) => { $crate::Option<$crate::String> };
    (string required) => { $crate::String };
    (value($type:ty)) => { $crate::Option<$type> };
    (enumeration($type:ty)) => { $crate::Option<$type> };
    (i32) => { $crate::Option<i32> };
    (bool defaulted) => { bool };
    (enumeration($type:ty) required) => { $type };
    (value($type:ty) expected) => { $crate::Option<$type> };
    (map(string => string)) => {
        $crate::Option<::std::collections::HashMap<$crate::String, $crate::String>>
    };
    (list(string)) => { $crate::Option<$crate::Vec<$crate::String>> };
    ($kind:ident $(($($arg:tt)+))? required) => { $crate::__type!($kind $(($($arg)+))?) };
    ($kind:ident $(($($arg:tt)+))? defaulted) => { $crate::__type!($kind $(($($arg)+))?) };
    ($kind:ident $(($($arg:tt)+))? expected) => { $crate::Option<$crate::__type!($kind $(($($arg)+))?)> };
    ($($kind:tt)+) => { $crate::Option<$crate::__type!($($kind)+)> };
}

/// The getter of a structure.
#[doc(hidden)]
#[macro_export]
macro_rules! __getter {
    ($name:ident string) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<&str> {
            self.$name.as_deref()
        }
    };
    ($name:ident value($type:ty)) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<&$type> {
            self.$name.as_ref()
        }
    };
    ($name:ident enumeration($type:ty)) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<&$type> {
            self.$name.as_ref()
        }
    };
    ($name:ident list(string)) => {
        /// What the member holds.
        ///
        /// No value is an empty slice; the field tells them apart.
        #[inline]
        pub fn $name(&self) -> &[$crate::String] {
            self.$name.as_deref().unwrap_or_default()
        }
    };
    ($name:ident list($($item:tt)+)) => {
        /// What the member holds.
        ///
        /// No value is an empty slice; the field tells them apart.
        #[inline]
        pub fn $name(&self) -> &[$crate::__type!($($item)+)] {
            self.$name.as_deref().unwrap_or_default()
        }
    };
    ($name:ident boxed($type:ty)) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<&$type> {
            self.$name.as_deref()
        }
    };
    ($name:ident map $args:tt) => { $crate::__getter!(@optional $name map $args); };
    ($name:ident timestamp) => { $crate::__getter!(@optional $name timestamp); };
    ($name:ident blob) => { $crate::__getter!(@optional $name blob); };
    ($name:ident document) => { $crate::__getter!(@optional $name document); };
    ($name:ident $copy:ident) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<$copy> {
            self.$name
        }
    };
    ($name:ident string required) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> &str {
            &self.$name
        }
    };
    ($name:ident list($($item:tt)+) required) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> &[$crate::__type!($($item)+)] {
            &self.$name
        }
    };
    ($name:ident timestamp required) => { $crate::__getter!(@reference $name timestamp); };
    ($name:ident blob required) => { $crate::__getter!(@reference $name blob); };
    ($name:ident document required) => { $crate::__getter!(@reference $name document); };
    ($name:ident $kind:ident $args:tt required) => { $crate::__getter!(@reference $name $kind $args); };
    ($name:ident $copy:ident required) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $copy {
            self.$name
        }
    };
    ($name:ident $kind:ident $(($($arg:tt)+))? defaulted) => {
        $crate::__getter!($name $kind $(($($arg)+))? required);
    };
    ($name:ident $kind:ident $(($($arg:tt)+))? expected) => {
        $crate::__getter!($name $kind $(($($arg)+))?);
    };
    (@reference $name:ident $($kind:tt)+) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> &$crate::__type!($($kind)+) {
            &self.$name
        }
    };
    (@optional $name:ident $($kind:tt)+) => {
        /// What the member holds.
        #[inline]
        pub fn $name(&self) -> $crate::Option<&$crate::__type!($($kind)+)> {
            self.$name.as_ref()
        }
    };
}

/// The three methods of a builder for a member.
///
/// The first argument says where the builder has the members: its `self`, the attributes of methods that aren't generic
/// by themselves, the members to change, the members to read.
#[doc(hidden)]
#[macro_export]
macro_rules! __setters {
    (
        [$self:ident [$($inline:tt)*] [$($mut:tt)+] [$($ref:tt)+]] [$($doc:tt)*] $name:ident $set:ident $get:ident string
    ) => {
        $($doc)*
        pub fn $name(mut $self, input: impl $crate::Into<$crate::String>) -> Self {
            $($mut)+.$name = $crate::Some(input.into());
            $self
        }
        /// Sets or unsets the member.
        $($inline)*
        pub fn $set(mut $self, input: $crate::Option<$crate::String>) -> Self {
            $($mut)+.$name = input;
            $self
        }
        /// What the member is set to.
        $($inline)*
        pub fn $get(&$self) -> &$crate::Option<$crate::String> {
            &$($ref)+.$name
        }
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident value($type:ty)) => {
        $crate::__setters!(@value $place $docs $name $set $get [$type]);
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident enumeration($type:ty)) => {
        $crate::__setters!(@value $place $docs $name $set $get [$type]);
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident list(string)) => {
        $crate::__setters!(@add " Appends an item. `set_…` replaces all." $place $docs $name $set $get [$crate::Vec<$crate::String>]
            (input: impl $crate::Into<$crate::String>) => (push input.into()));
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident list($($item:tt)+)) => {
        $crate::__setters!(@add " Appends an item. `set_…` replaces all." $place $docs $name $set $get [$crate::Vec<$crate::__type!($($item)+)>]
            (input: $crate::__type!($($item)+)) => (push input));
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident map(string => string)) => {
        $crate::__setters!(@add " Inserts an entry. `set_…` replaces all." $place $docs $name $set $get [::std::collections::HashMap<$crate::String, $crate::String>] (
            k: impl $crate::Into<$crate::String>,
            v: impl $crate::Into<$crate::String>
        ) => (insert k.into(), v.into()));
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident map($key:ident => string)) => {
        $crate::__setters!(@add " Inserts an entry. `set_…` replaces all." $place $docs $name $set $get [$crate::__type!(map($key => string))] (
            k: $key,
            v: impl $crate::Into<$crate::String>
        ) => (insert k, v.into()));
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident map(string => $($value:tt)+)) => {
        $crate::__setters!(@add " Inserts an entry. `set_…` replaces all." $place $docs $name $set $get [$crate::__type!(map(string => $($value)+))] (
            k: impl $crate::Into<$crate::String>,
            v: $crate::__type!($($value)+)
        ) => (insert k.into(), v));
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident map($key:ident => $($value:tt)+)) => {
        $crate::__setters!(@add " Inserts an entry. `set_…` replaces all." $place $docs $name $set $get [$crate::__type!(map($key => $($value)+))] (
            k: $key,
            v: $crate::__type!($($value)+)
        ) => (insert k, v));
    };
    (
        [$self:ident [$($inline:tt)*] [$($mut:tt)+] [$($ref:tt)+]] [$($doc:tt)*]
        $name:ident $set:ident $get:ident boxed($type:ty)
    ) => {
        $($doc)*
        pub fn $name(mut $self, input: impl $crate::Into<$crate::Box<$type>>) -> Self {
            $($mut)+.$name = $crate::Some(input.into());
            $self
        }
        /// Sets or unsets the member.
        $($inline)*
        pub fn $set(mut $self, input: $crate::Option<$crate::Box<$type>>) -> Self {
            $($mut)+.$name = input;
            $self
        }
        /// What the member is set to.
        $($inline)*
        pub fn $get(&$self) -> &$crate::Option<$crate::Box<$type>> {
            &$($ref)+.$name
        }
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident timestamp) => {
        $crate::__setters!(@value $place $docs $name $set $get [$crate::reexport::DateTime]);
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident blob) => {
        $crate::__setters!(@value $place $docs $name $set $get [$crate::reexport::Blob]);
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident document) => {
        $crate::__setters!(@value $place $docs $name $set $get [$crate::reexport::Document]);
    };
    ($place:tt $docs:tt $name:ident $set:ident $get:ident $copy:ident) => {
        $crate::__setters!(@value $place $docs $name $set $get [$copy]);
    };
    (
        @value [$self:ident [$($inline:tt)*] [$($mut:tt)+] [$($ref:tt)+]] [$($doc:tt)*]
        $name:ident $set:ident $get:ident [$($type:tt)+]
    ) => {
        $($doc)*
        $($inline)*
        pub fn $name(mut $self, input: $($type)+) -> Self {
            $($mut)+.$name = $crate::Some(input);
            $self
        }
        /// Sets or unsets the member.
        $($inline)*
        pub fn $set(mut $self, input: $crate::Option<$($type)+>) -> Self {
            $($mut)+.$name = input;
            $self
        }
        /// What the member is set to.
        $($inline)*
        pub fn $get(&$self) -> &$crate::Option<$($type)+> {
            &$($ref)+.$name
        }
    };
    (
        @add $first:literal [$self:ident [$($inline:tt)*] [$($mut:tt)+] [$($ref:tt)+]] [$($doc:tt)*]
        $name:ident $set:ident $get:ident [$($type:tt)+] ($($arg:tt)+) => ($call:ident $($value:tt)+)
    ) => {
        #[doc = $first]
        ///
        $($doc)*
        $($inline)*
        pub fn $name(mut $self, $($arg)+) -> Self {
            $($mut)+.$name.get_or_insert_default().$call($($value)+);
            $self
        }
        /// Sets or unsets the member.
        $($inline)*
        pub fn $set(mut $self, input: $crate::Option<$($type)+>) -> Self {
            $($mut)+.$name = input;
            $self
        }
        /// What the member is set to.
        $($inline)*
        pub fn $get(&$self) -> &$crate::Option<$($type)+> {
            &$($ref)+.$name
        }
    };
}

/// The value of a member after a build, where the caller must have set it.
#[doc(hidden)]
#[macro_export]
macro_rules! __build {
    ($struct:ident $name:ident $value:expr, defaulted) => {
        $value.unwrap_or_default()
    };
    ($struct:ident $name:ident $value:expr, required) => {
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
    ($struct:ident $name:ident $value:expr, $($optional:tt)?) => {
        $value
    };
}

/// The value of a member after a response was read, where the service may have left out anything.
#[doc(hidden)]
#[macro_export]
macro_rules! __finish {
    ($value:expr, enumeration($type:ty) required) => {
        $value.unwrap_or_else(|| <$type>::from("no value was set"))
    };
    ($value:expr, timestamp required) => {
        $value.unwrap_or($crate::reexport::DateTime::from_secs(0))
    };
    ($value:expr, blob required) => {
        $value.unwrap_or_else(|| $crate::reexport::Blob::new($crate::Vec::new()))
    };
    ($value:expr, $kind:ident $(($($arg:tt)+))? required) => {
        $value.unwrap_or_default()
    };
    ($value:expr, $kind:ident $(($($arg:tt)+))? defaulted) => {
        $value.unwrap_or_default()
    };
    ($value:expr, $kind:ident $(($($arg:tt)+))? expected) => {
        $value.or_else($crate::serde::absent)
    };
    ($value:expr, $($kind:tt)+) => {
        $value
    };
}
