/// An error that the model describes.
#[macro_export]
macro_rules! exception {
    (
        $(#$attr:tt)*
        pub struct $name:ident, $builder:ident = $code:literal {
            $($(#$doc:tt)* $member:ident($set:ident, $get:ident): $($kind:ident)+ $(($($arg:tt)+))? = $wire:literal $(as $codec:ty)? $(, $flag:ident)?;)*
        }
    ) => {
        $crate::__structure!([$(#$attr)*] $name { meta: $crate::reexport::aws_smithy_types::error::ErrorMetadata }
            $($(#$doc)* $member($set, $get): $($kind)+ $(($($arg)+))? = $wire $(as $codec)? $(, $flag)?;)*);

        impl $name {
            /// A builder of the error.
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
                    ("meta", &self.meta),
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
        #[derive(Clone, Default, Debug)]
        #[non_exhaustive]
        pub struct $builder {
            $($member: $crate::__field!($($kind)+ $(($($arg)+))?),)*
            meta: ::std::option::Option<$crate::reexport::aws_smithy_types::error::ErrorMetadata>,
        }

        $crate::__equal!($builder: $($member)* meta);

        impl $builder {
            $($crate::__setters!([#[doc = "Sets the member."]] [own] $member $set $get $($kind)+ $(($($arg)+))?);)*

            /// Sets code, message and request id.
            #[inline]
            pub fn meta(mut self, meta: $crate::reexport::aws_smithy_types::error::ErrorMetadata) -> Self {
                self.meta = ::std::option::Option::Some(meta);
                self
            }

            /// Sets or unsets code, message and request id.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: ::std::option::Option<$crate::reexport::aws_smithy_types::error::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta;
                self
            }

            /// Builds the error.
            #[inline]
            pub fn build(self) -> $name {
                $name { $($member: self.$member,)* meta: self.meta.unwrap_or_default() }
            }
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
                self.build()
            }
        }

        impl $crate::error::ModeledError for $name {
            type Builder = $builder;
            const CODE: &'static str = $code;

            #[inline]
            fn set_metadata(&mut self, meta: $crate::reexport::aws_smithy_types::error::ErrorMetadata) {
                if self.message.is_none() {
                    self.message = meta.message().map(::std::convert::Into::into);
                }
                self.meta = meta;
            }
        }

        impl $crate::reexport::aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::reexport::aws_smithy_types::error::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::reexport::aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::reexport::aws_types::request_id::RequestId::request_id(&self.meta)
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::error::display(f, stringify!($name), $code, self.message.as_deref())
            }
        }

        impl ::std::error::Error for $name {}
    };
}

/// The error enum of an operation, and of the whole service.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_enum {
    ([$(#$attr:tt)*] $name:ident $module:ident $($variant:ident)*) => {
        $(#$attr)*
        #[non_exhaustive]
        pub enum $name {
            $(/// See the error's own documentation.
            $variant($module::$variant),)*
            /// An error that this version doesn't know, or something unexpected, such as a response that isn't JSON.
            #[deprecated(note = "Matching `Unhandled` isn't forwards compatible: a code that is unknown today may have a \
                variant tomorrow. Match with a wildcard and check `.code()`, as in \
                `err if err.code() == Some(\"SpecificExceptionCode\")`.")]
            Unhandled($crate::error::Unhandled),
        }

        impl $name {
            /// The variant's name, and the error that it holds.
            #[inline]
            fn parts(&self) -> (&'static str, &dyn $crate::error::AnyError) {
                match self {
                    $(Self::$variant(error) => (stringify!($variant), error),)*
                    Self::Unhandled(error) => ("Unhandled", error),
                }
            }
        }

        impl $crate::error::ReadError for $name {
            #[inline]
            fn read(
                response: $crate::error::ErrorResponse<'_>,
            ) -> ::std::result::Result<Self, $crate::error::ErrorFormatError> {
                use $crate::error::ModeledError as _;
                match response.code() {
                    $(<$module::$variant>::CODE => response.read().map(Self::$variant),)*
                    _ => ::std::result::Result::Ok(Self::Unhandled(
                        $crate::error::Unhandled::from_metadata(response.into_metadata()),
                    )),
                }
            }
        }

        impl $crate::reexport::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::reexport::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::error::serialize(self.parts().1, serializer)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::error::deserialize(deserializer)
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let (name, error) = self.parts();
                f.debug_tuple(name).field(&error).finish()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.parts().1, f)
            }
        }

        impl $crate::reexport::aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::reexport::aws_smithy_types::error::ErrorMetadata {
                self.parts().1.metadata()
            }
        }

        impl $crate::reexport::aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::reexport::aws_types::request_id::RequestId::request_id(self.parts().1.metadata())
            }
        }
    };
}

/// The error enum of an operation: `Variant: is_variant;` for each error.
#[macro_export]
macro_rules! operation_error {
    ($(#$attr:tt)* pub enum $name:ident in $module:ident for $service_error:path { $($variant:ident: $is:ident;)* }) => {
        $crate::__error_enum!([$(#$attr)*] $name $module $($variant)*);

        impl $name {
            /// Makes `Unhandled` of any error.
            #[inline]
            pub fn unhandled(
                error: impl ::std::convert::Into<::std::boxed::Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static>>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error.into(), ::std::default::Default::default()))
            }

            /// Makes `Unhandled` of code and message.
            #[inline]
            pub fn generic(meta: $crate::reexport::aws_smithy_types::error::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::from_metadata(meta))
            }

            /// Code, message and request id.
            #[inline]
            pub fn meta(&self) -> &$crate::reexport::aws_smithy_types::error::ErrorMetadata {
                self.parts().1.metadata()
            }

            $(
                /// Whether it is this error.
                #[inline]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
        }

        impl $crate::error::OperationError for $name {}

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                self.parts().1.as_source()
            }
        }

        impl $crate::reexport::aws_smithy_types::retry::ProvideErrorKind for $name {
            #[inline]
            fn code(&self) -> ::std::option::Option<&str> {
                self.meta().code()
            }

            #[inline]
            fn retryable_error_kind(&self) -> ::std::option::Option<$crate::reexport::aws_smithy_types::retry::ErrorKind> {
                ::std::option::Option::None
            }
        }

        impl $crate::reexport::aws_smithy_runtime_api::client::result::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: ::std::boxed::Box<dyn ::std::error::Error + ::std::marker::Send + ::std::marker::Sync + 'static>,
                meta: ::std::option::Option<$crate::reexport::aws_smithy_types::error::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, meta.unwrap_or_default()))
            }
        }

        impl ::std::convert::From<$name> for $service_error {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    };
}

/// The error enum of the whole service.
#[macro_export]
macro_rules! service_error {
    ($(#$attr:tt)* pub enum $name:ident in $module:ident { $($variant:ident;)* }) => {
        $crate::__error_enum!([$(#$attr)*] $name $module $($variant)*);

        // A modeled error prints as the enum does: as its source it would print twice.
        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    Self::Unhandled(error) => $crate::error::AnyError::as_source(error),
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::convert::From<$crate::reexport::aws_smithy_types::error::operation::BuildError> for $name {
            #[inline]
            fn from(error: $crate::reexport::aws_smithy_types::error::operation::BuildError) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error.into(), ::std::default::Default::default()))
            }
        }

        impl<E, R> ::std::convert::From<$crate::reexport::aws_smithy_runtime_api::client::result::SdkError<E, R>> for $name
        where
            E: ::std::error::Error + $crate::reexport::aws_smithy_types::error::metadata::ProvideErrorMetadata + ::std::marker::Send + ::std::marker::Sync + 'static,
            R: ::std::fmt::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
            Self: ::std::convert::From<E>,
        {
            #[inline]
            fn from(error: $crate::reexport::aws_smithy_runtime_api::client::result::SdkError<E, R>) -> Self {
                use $crate::reexport::aws_smithy_runtime_api::client::result::SdkError;
                match error {
                    SdkError::ServiceError(context) => Self::from(context.into_err()),
                    other => {
                        let meta = $crate::reexport::aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(&other).clone();
                        Self::Unhandled($crate::error::Unhandled::new(other.into(), meta))
                    }
                }
            }
        }
    };
}
