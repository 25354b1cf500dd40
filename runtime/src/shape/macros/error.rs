//! Errors: the model's exceptions, and the enums of exceptions.

/// Implements an error that the model describes. The structure itself is defined before it, with a field
/// `meta: ErrorMetadata`.
///
/// Almost all errors have only a message, `message = "Message"`. They share one generic builder. The others have rows
/// as in [`structure!`](crate::structure!), and one of the rows is the message.
#[macro_export]
macro_rules! exception {
    ($name:ident = $code:literal, builder $builder:ident { message = $wire:literal }) => {
        impl $name {
            /// A builder of the error.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }

            /// What went wrong, in the service's words.
            #[inline]
            pub fn message(&self) -> $crate::Option<&str> {
                self.message.as_deref()
            }
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        pub type $builder = $crate::error::MessageBuilder<$name>;

        #[doc(hidden)]
        impl $crate::error::MessageError for $name {
            const WIRE: &'static str = $wire;

            #[inline]
            fn new(message: $crate::Option<$crate::String>, meta: $crate::reexport::ErrorMetadata) -> Self {
                Self { message, meta }
            }
        }

        #[doc(hidden)]
        impl $crate::members::Members for $name {
            const NAME: &'static str = stringify!($name);

            fn members<V: $crate::members::Visitor>(&self, visitor: &mut V) {
                visitor.optional::<$crate::serde::Plain, _>("message", $wire, &self.message);
                visitor.field("meta", &self.meta);
            }
        }

        $crate::__wire!($name by $builder);

        $crate::__partial_eq!($name { message meta });
        $crate::__structure_traits!($name);
        $crate::__exception_traits!($name $builder = $code);
    };
    ($name:ident = $code:literal, builder $builder:ident { $($rows:tt)* }) => {
        $crate::__required!({
            $name $builder, build infallible,
            field meta: $crate::Option<$crate::reexport::ErrorMetadata>, built by unwrap_or_default
        } $($rows)*);
        $crate::__exception_traits!($name $builder = $code);

        impl $builder {
            /// Sets code, message and request id.
            #[inline]
            pub fn meta(mut self, meta: $crate::reexport::ErrorMetadata) -> Self {
                self.meta = $crate::Some(meta);
                self
            }

            /// Sets or unsets code, message and request id.
            #[inline]
            pub fn set_meta(&mut self, meta: $crate::Option<$crate::reexport::ErrorMetadata>) -> &mut Self {
                self.meta = meta;
                self
            }
        }
    };
}

/// The traits of an error, for the runtime and for programs.
#[doc(hidden)]
#[macro_export]
macro_rules! __exception_traits {
    ($name:ident $builder:ident = $code:literal) => {
        #[doc(hidden)]
        impl $crate::error::ModeledError for $name {
            type Builder = $builder;
            const CODE: &'static str = $code;

            #[inline]
            fn fields_mut(
                &mut self,
            ) -> (
                &mut $crate::Option<$crate::String>,
                &mut $crate::reexport::ErrorMetadata,
            ) {
                (&mut self.message, &mut self.meta)
            }
        }

        impl $crate::reexport::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::reexport::ErrorMetadata {
                &self.meta
            }
        }

        impl $crate::reexport::RequestId for $name {
            #[inline]
            fn request_id(&self) -> $crate::Option<&str> {
                $crate::reexport::RequestId::request_id(&self.meta)
            }
        }

        impl $crate::reexport::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::error::display(f, stringify!($name), $code, self.message.as_deref())
            }
        }

        impl $crate::reexport::Error for $name {}
    };
}

/// The error enum of an operation, or of the whole service.
#[doc(hidden)]
#[macro_export]
macro_rules! __error_enum {
    ([$(#$attr:tt)*] $name:ident $module:ident $($(#$doc:tt)* $variant:ident)*) => {
        $(#$attr)*
        #[non_exhaustive]
        pub enum $name {
            $($(#$doc)*
            $variant($module::$variant),)*
            /// An error that this version doesn't know, or something unexpected, such as a response that isn't JSON.
            #[deprecated(note = "Matching `Unhandled` isn't forwards compatible: a code that is unknown today may have a \
                variant tomorrow. Match with a wildcard and check `.code()`, as in \
                `err if err.code() == Some(\"SpecificExceptionCode\")`.")]
            Unhandled($crate::error::Unhandled),
        }

        impl $crate::reexport::Serialize for $name {
            fn serialize<S: $crate::reexport::Serializer>(&self, serializer: S) -> $crate::Result<S::Ok, S::Error> {
                $crate::error::serialize(self, serializer)
            }
        }

        impl $crate::reexport::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::error::debug(self, f)
            }
        }

        impl $crate::reexport::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::Formatter<'_>) -> $crate::FmtResult {
                $crate::error::display_enum(self, f)
            }
        }

        impl $crate::reexport::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::reexport::ErrorMetadata {
                $crate::error::metadata(self)
            }
        }

        impl $crate::reexport::RequestId for $name {
            #[inline]
            fn request_id(&self) -> $crate::Option<&str> {
                $crate::error::request_id(self)
            }
        }
    };
}

/// The error enum of an operation: `Variant: is_variant;` for each error.
#[macro_export]
macro_rules! operation_error {
    ($(#$attr:tt)* pub enum $name:ident in $module:ident for $($service:ident)::+ { $($(#$doc:tt)* $variant:ident: $is:ident;)* }) => {
        $crate::__error_enum!([$(#$attr)*] $name $module $($(#$doc)* $variant)*);

        impl $name {
            /// Wraps any error as `Unhandled`.
            #[inline]
            pub fn unhandled(error: impl $crate::Into<$crate::reexport::BoxError>) -> Self {
                Self::Unhandled($crate::error::unhandled(error.into(), $crate::None))
            }

            /// Makes an `Unhandled` from a code and a message.
            #[inline]
            pub fn generic(meta: $crate::reexport::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::Unhandled::from_metadata(meta))
            }

            /// Code, message and request id.
            #[inline]
            pub fn meta(&self) -> &$crate::reexport::ErrorMetadata {
                $crate::error::metadata(self)
            }

            $(
                /// Whether it is this error.
                #[inline]
                pub fn $is(&self) -> bool {
                    match self {
                        Self::$variant(_) => true,
                        _ => false,
                    }
                }
            )*
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::error::deserialize(deserializer)
            }
        }

        #[doc(hidden)]
        impl $crate::error::OperationError for $name {
            type Service = $($service)::+;

            #[inline]
            fn error(&self) -> &dyn $crate::error::AnyError {
                match self {
                    $(Self::$variant(error) => error,)*
                    Self::Unhandled(error) => error,
                }
            }

            #[inline]
            fn narrow(error: $($service)::+) -> Self {
                use $($service)::+ as Service;
                match error {
                    $(Service::$variant(error) => Self::$variant(error),)*
                    other => Self::Unhandled($crate::error::Unhandled::of(&other)),
                }
            }
        }

        impl $crate::reexport::Error for $name {
            #[inline]
            fn source(&self) -> $crate::Option<&(dyn $crate::reexport::Error + 'static)> {
                $crate::error::source(self)
            }
        }

        impl $crate::reexport::ProvideErrorKind for $name {
            #[inline]
            fn code(&self) -> $crate::Option<&str> {
                $crate::error::metadata(self).code()
            }

            #[inline]
            fn retryable_error_kind(&self) -> $crate::Option<$crate::reexport::ErrorKind> {
                $crate::error::retryable(self)
            }
        }

        impl $crate::reexport::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: $crate::reexport::BoxError,
                meta: $crate::Option<$crate::reexport::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::unhandled(source, meta))
            }
        }

        impl $crate::From<$name> for $($service)::+ {
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
    ($(#$attr:tt)* pub enum $name:ident in $module:ident {
        $($(#$doc:tt)* $variant:ident $(retry $kind:ident)?;)*
    }) => {
        $crate::__error_enum!([$(#$attr)*] $name $module $($(#$doc)* $variant)*);

        impl<'de> $crate::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(deserializer: D) -> $crate::Result<Self, D::Error> {
                $crate::error::deserialize_service(deserializer)
            }
        }

        #[doc(hidden)]
        impl $crate::error::ErrorEnum for $name {
            #[inline]
            fn error(&self) -> &dyn $crate::error::AnyError {
                match self {
                    $(Self::$variant(error) => error,)*
                    Self::Unhandled(error) => error,
                }
            }
        }

        #[doc(hidden)]
        impl $crate::error::ReadError for $name {
            const RETRYABLE: &'static [(&'static str, $crate::reexport::ErrorKind)] =
                &[$($((stringify!($variant), $crate::reexport::ErrorKind::$kind),)?)*];

            #[inline]
            fn read(
                response: $crate::error::ErrorResponse<'_>,
            ) -> $crate::Result<Self, $crate::error::ErrorFormatError> {
                use $crate::error::ModeledError as _;
                match response.code() {
                    $(<$module::$variant>::CODE => response.read().map(Self::$variant),)*
                    _ => $crate::Ok(Self::Unhandled(
                        $crate::error::Unhandled::from_metadata(response.into_metadata()),
                    )),
                }
            }
        }

        // A modeled error prints as the enum does: as its source it would print twice.
        impl $crate::reexport::Error for $name {
            #[inline]
            fn source(&self) -> $crate::Option<&(dyn $crate::reexport::Error + 'static)> {
                match self {
                    Self::Unhandled(error) => $crate::error::AnyError::as_source(error),
                    _ => $crate::None,
                }
            }
        }

        impl $crate::From<$crate::reexport::BuildError> for $name {
            #[inline]
            fn from(error: $crate::reexport::BuildError) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error.into(), ::std::default::Default::default()))
            }
        }

        impl<E, R> $crate::From<$crate::reexport::SdkError<E, R>> for $name
        where
            E: $crate::reexport::Error + $crate::reexport::ProvideErrorMetadata + ::std::marker::Send + ::std::marker::Sync + 'static,
            R: $crate::reexport::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
            Self: $crate::From<E>,
        {
            #[inline]
            fn from(error: $crate::reexport::SdkError<E, R>) -> Self {
                match error {
                    $crate::reexport::SdkError::ServiceError(context) => Self::from(context.into_err()),
                    other => {
                        let meta = $crate::reexport::ProvideErrorMetadata::meta(&other).clone();
                        Self::Unhandled($crate::error::Unhandled::new(other.into(), meta))
                    }
                }
            }
        }
    };
}
