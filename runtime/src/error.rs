//! The building blocks of the generated error types.

use crate::shape::members::Members;
use crate::shape::serde::ReadMembers;
use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
use aws_types::request_id::RequestId;
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{self, Serialize, Serializer};
use serde_json::Value;
use std::error::Error;
use std::fmt;

mod envelope;
mod hint;
mod message;
mod response;
mod summary;
mod unhandled;
mod unknown;

pub(crate) use envelope::Envelope;
#[doc(hidden)]
pub use hint::hint_of_code;
pub use message::MessageBuilder;
pub use response::ErrorResponse;
pub use summary::{ErrorSummary, ProvideSummary};
#[allow(deprecated)]
pub use unhandled::Unhandled;
#[doc(hidden)]
pub use unhandled::unhandled;
pub use unknown::{UnknownVariantError, UnknownVariantValue, known};

/// The error enum of an operation.
pub trait OperationError:
    ProvideErrorMetadata + ProvideErrorKind + CreateUnhandledError + Error + Send + Sync + 'static
{
    /// The error enum of the service, which has all codes. It is compiled once for all operations: a `match` over codes
    /// costs much compile time per operation, and one over variants little.
    type Service: ReadError + ProvideErrorMetadata;

    /// The error that it holds.
    #[doc(hidden)]
    fn error(&self) -> &dyn AnyError;

    /// Converts the variants that the operation has; all others become `Unhandled`.
    fn narrow(error: Self::Service) -> Self;
}

/// The error enum of a service.
pub trait ReadError: Sized {
    /// The errors that the model marks as `retryable`: variant and kind.
    const RETRYABLE: &'static [(&'static str, ErrorKind)] = &[];

    /// Reads the error with the code of `response`; an unknown code gives the `Unhandled` variant.
    ///
    /// # Errors
    /// The body has other types than the error's members.
    fn read(response: ErrorResponse<'_>) -> Result<Self, ErrorFormatError>;
}

/// Whether the model allows a retry after an operation's error.
#[doc(hidden)]
pub fn retryable<E: OperationError>(error: &E) -> Option<ErrorKind> {
    let variant = OperationError::error(error).variant();
    let known = E::Service::RETRYABLE.iter().find(|(name, _)| *name == variant);
    known.map(|(_, kind)| *kind)
}

/// An enum of errors.
#[doc(hidden)]
pub trait ErrorEnum {
    /// The error that it holds.
    fn error(&self) -> &dyn AnyError;
}

impl<E: OperationError> ErrorEnum for E {
    #[inline]
    fn error(&self) -> &dyn AnyError {
        OperationError::error(self)
    }
}

/// An error that the model describes.
pub trait ModeledError: Error + ProvideErrorMetadata + Members + Serialize + Send + Sync + 'static {
    /// The error's builder, which a response is read into.
    type Builder: ReadMembers<Built = Self>;
    /// The error's code on the wire.
    const CODE: &'static str;

    /// Sets the message and the metadata that every error response has.
    fn fields_mut(&mut self) -> (&mut Option<String>, &mut ErrorMetadata);
}

/// A modeled error whose only member is a message.
#[doc(hidden)]
pub trait MessageError: ModeledError {
    /// The message's name on the wire.
    const WIRE: &'static str;

    /// Makes the error.
    fn new(message: Option<String>, meta: ErrorMetadata) -> Self;
}

/// The body of an error response has other types than the error's members.
pub type ErrorFormatError = serde_json::Error;

/// Any error inside an error enum.
#[doc(hidden)]
#[allow(deprecated)]
pub trait AnyError: fmt::Debug + fmt::Display {
    /// The name of the variant that holds it.
    fn variant(&self) -> &'static str;
    /// Code, message and request id.
    fn metadata(&self) -> &ErrorMetadata;
    /// The result of the enum's `source`.
    fn as_source(&self) -> Option<&(dyn Error + 'static)>;
    /// Serializes the error as a service sends it: its members, and its code in `__type`.
    fn to_json(&self) -> Result<Value, serde_json::Error>;
}

impl<E: ModeledError> AnyError for E {
    fn variant(&self) -> &'static str {
        E::NAME
    }

    fn metadata(&self) -> &ErrorMetadata {
        self.meta()
    }

    fn as_source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self)
    }

    fn to_json(&self) -> Result<Value, serde_json::Error> {
        let mut json = serde_json::to_value(self)?;
        json["__type"] = E::CODE.into();
        Ok(json)
    }
}

/// Serializes an error enum.
#[doc(hidden)]
pub fn serialize<S: Serializer>(error: &impl ErrorEnum, serializer: S) -> Result<S::Ok, S::Error> {
    error
        .error()
        .to_json()
        .map_err(ser::Error::custom)?
        .serialize(serializer)
}

/// Deserializes an operation's error from the output of [`serialize`], or from a service's response.
#[doc(hidden)]
pub fn deserialize<'de, E: OperationError, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    deserialize_with(E::Service::read, deserializer).map(E::narrow)
}

/// Deserializes a service's error, as [`deserialize`] does.
#[doc(hidden)]
pub fn deserialize_service<'de, E: ReadError, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    deserialize_with(E::read, deserializer)
}

fn deserialize_with<'de, E, D: Deserializer<'de>>(
    read: impl FnOnce(ErrorResponse<'_>) -> Result<E, ErrorFormatError>,
    deserializer: D,
) -> Result<E, D::Error> {
    let json = Value::deserialize(deserializer)?;
    let mut envelope = Envelope::default();
    for (key, value) in json.as_object().into_iter().flatten() {
        if let Value::String(text) = value {
            envelope.note(key, text.clone());
        }
    }
    let code = envelope.code(None).unwrap_or_default();
    let mut meta = ErrorMetadata::builder();
    if !code.is_empty() {
        meta = meta.code(code);
    }
    if let Some(message) = &envelope.message {
        meta = meta.message(message.clone());
    }
    let body = serde_json::to_vec(&json).map_err(de::Error::custom)?;
    read(ErrorResponse::new(code, &body, meta.build())).map_err(de::Error::custom)
}

/// Prints a modeled error: its name, its code if that has another spelling, and its message.
#[doc(hidden)]
pub fn display(f: &mut fmt::Formatter<'_>, name: &str, code: &str, message: Option<&str>) -> fmt::Result {
    f.write_str(name)?;
    if name != code {
        write!(f, " [{code}]")?;
    }
    message.map_or(Ok(()), |message| write!(f, ": {message}"))
}

/// Prints an error enum.
#[doc(hidden)]
pub fn debug(error: &impl ErrorEnum, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let error = error.error();
    f.debug_tuple(error.variant()).field(&error).finish()
}

/// Displays an error enum.
#[doc(hidden)]
pub fn display_enum(error: &impl ErrorEnum, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(error.error(), f)
}

/// Code, message and request id of an error enum.
#[doc(hidden)]
pub fn metadata(error: &impl ErrorEnum) -> &ErrorMetadata {
    error.error().metadata()
}

/// The request id of an error enum.
#[doc(hidden)]
pub fn request_id(error: &impl ErrorEnum) -> Option<&str> {
    metadata(error).request_id()
}

/// The source of an operation's error.
#[doc(hidden)]
pub fn source(error: &impl ErrorEnum) -> Option<&(dyn Error + 'static)> {
    error.error().as_source()
}

/// Reexports for the `error` module of a generated crate.
#[doc(hidden)]
pub mod exports {
    pub use super::{ErrorSummary, ProvideSummary};
    pub use aws_smithy_runtime_api::box_error::BoxError;
    pub use aws_smithy_runtime_api::client::result::ConnectorError;
    pub use aws_smithy_types::error::display::DisplayErrorContext;
    pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
    pub use aws_smithy_types::error::operation::BuildError;
}
