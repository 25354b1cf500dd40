//! Errors: what the generated error types are made of.

use crate::members::Members;
use crate::serde::{ReadMembers, from_json};
use aws_smithy_runtime_api::box_error::BoxError;
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

mod message;

pub use message::MessageBuilder;

/// The error enum of an operation.
pub trait OperationError:
    ProvideErrorMetadata + ProvideErrorKind + CreateUnhandledError + Error + Send + Sync + 'static
{
    /// The error enum of the service, which knows all codes. It is read once for all operations: a `match` over codes
    /// costs an operation much compile time, one over variants little.
    type Service: ReadError + ProvideErrorMetadata;

    /// The error that it holds.
    #[doc(hidden)]
    fn error(&self) -> &dyn AnyError;

    /// Takes over the variants that the operation has; all others give `Unhandled`.
    fn narrow(error: Self::Service) -> Self;
}

/// The error enum of a service.
pub trait ReadError: Sized {
    /// The errors after which the model says that a request may be sent again (`retryable`): variant and kind.
    const RETRYABLE: &'static [(&'static str, ErrorKind)] = &[];

    /// Reads the error with the code of `response`; an unknown code gives the `Unhandled` variant.
    ///
    /// # Errors
    /// The body has other types than the error's members.
    fn read(response: ErrorResponse<'_>) -> Result<Self, ErrorFormatError>;
}

/// Reads an operation's error.
///
/// # Errors
/// The body has other types than the error's members.
pub(crate) fn read<E: OperationError>(response: ErrorResponse<'_>) -> Result<E, ErrorFormatError> {
    let without_body = ErrorResponse::new(response.code, b"{}", response.meta.clone());
    match E::Service::read(response) {
        Ok(error) => Ok(E::narrow(error)),
        // A body that doesn't fit matters only where the error is one of the operation's.
        Err(format) => match E::narrow(E::Service::read(without_body)?) {
            unhandled if OperationError::error(&unhandled).is_unhandled() => Ok(unhandled),
            _ => Err(format),
        },
    }
}

/// What the model says of retrying after an operation's error.
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
    /// Its builder, into which a response is read.
    type Builder: ReadMembers<Built = Self>;
    /// The code that it has on the wire.
    const CODE: &'static str;

    /// The message, and what the response says of every error.
    fn fields_mut(&mut self) -> (&mut Option<String>, &mut ErrorMetadata);
}

/// A modeled error that has nothing but a message.
#[doc(hidden)]
pub trait MessageError: ModeledError {
    /// The message's name on the wire.
    const WIRE: &'static str;

    /// Makes the error.
    fn new(message: Option<String>, meta: ErrorMetadata) -> Self;
}

/// The body of an error response has other types than the error's members.
pub type ErrorFormatError = serde_json::Error;

/// An error inside of an error enum, whichever it is.
#[doc(hidden)]
#[allow(deprecated)]
pub trait AnyError: fmt::Debug + fmt::Display {
    /// The name of the variant that holds it.
    fn variant(&self) -> &'static str;
    /// Whether it is what the model doesn't describe.
    fn is_unhandled(&self) -> bool {
        false
    }
    /// Code, message and request id.
    fn metadata(&self) -> &ErrorMetadata;
    /// What `source` of the enum gives.
    fn as_source(&self) -> Option<&(dyn Error + 'static)>;
    /// The error as a service sends it: its members, and its code in `__type`.
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

#[allow(deprecated)]
impl AnyError for Unhandled {
    fn variant(&self) -> &'static str {
        "Unhandled"
    }

    fn is_unhandled(&self) -> bool {
        true
    }

    fn metadata(&self) -> &ErrorMetadata {
        &self.meta
    }

    fn as_source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }

    fn to_json(&self) -> Result<Value, serde_json::Error> {
        let mut json = Value::Object(serde_json::Map::new());
        if let Some(code) = self.meta.code() {
            json["__type"] = code.into();
        }
        if let Some(message) = self.meta.message() {
            json["message"] = message.into();
        }
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

/// Deserializes an operation's error from what [`serialize`] makes, or a service sends.
#[doc(hidden)]
pub fn deserialize<'de, E: OperationError, D: Deserializer<'de>>(deserializer: D) -> Result<E, D::Error> {
    deserialize_with(read, deserializer)
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
    let text = |key: &str| json.get(key).and_then(Value::as_str);
    let code = text("__type")
        .or(text("code"))
        .map(crate::protocol::sanitize_error_code)
        .unwrap_or_default();
    let mut meta = ErrorMetadata::builder();
    if !code.is_empty() {
        meta = meta.code(code);
    }
    if let Some(message) = text("message").or(text("Message")) {
        meta = meta.message(message);
    }
    let body = serde_json::to_vec(&json).map_err(de::Error::custom)?;
    read(ErrorResponse::new(code, &body, meta.build())).map_err(de::Error::custom)
}

/// How a modeled error prints: its name, its code where that is spelled otherwise, its message.
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

/// An unhandled error.
#[doc(hidden)]
#[allow(deprecated)]
pub fn unhandled(source: BoxError, meta: Option<ErrorMetadata>) -> Unhandled {
    Unhandled::new(source, meta.unwrap_or_default())
}

/// An error response, on its way to a typed error.
#[derive(Debug)]
pub struct ErrorResponse<'a> {
    code: &'a str,
    body: &'a [u8],
    meta: ErrorMetadata,
}

impl<'a> ErrorResponse<'a> {
    pub(crate) fn new(code: &'a str, body: &'a [u8], meta: ErrorMetadata) -> Self {
        Self { code, body, meta }
    }

    /// The error's code, without namespace and URL.
    pub fn code(&self) -> &'a str {
        self.code
    }

    /// Code, message and request id.
    pub fn into_metadata(self) -> ErrorMetadata {
        self.meta
    }

    /// Reads the body as the error `E`.
    ///
    /// # Errors
    /// The body has other types than the error's members.
    pub fn read<E: ModeledError>(self) -> Result<E, ErrorFormatError> {
        let mut error = from_json::<E::Builder>(self.body)?;
        let (message, meta) = error.fields_mut();
        if message.is_none() {
            *message = self.meta.message().map(Into::into);
        }
        *meta = self.meta;
        Ok(error)
    }
}

/// An error that the model doesn't describe, or something unexpected (a response that isn't JSON, for example).
#[derive(Debug)]
#[deprecated(
    note = "Matching `Unhandled` isn't forwards compatible: a code that is unknown today may have a variant tomorrow. \
            Match with a wildcard and check `.code()`, as in `err if err.code() == Some(\"SpecificExceptionCode\")`."
)]
pub struct Unhandled {
    pub(crate) source: BoxError,
    pub(crate) meta: ErrorMetadata,
}

#[allow(deprecated)]
impl Unhandled {
    /// Wraps any error.
    pub fn new(source: BoxError, meta: ErrorMetadata) -> Self {
        Self { source, meta }
    }

    /// Wraps an error of which there is nothing but its metadata.
    pub fn from_metadata(meta: ErrorMetadata) -> Self {
        Self {
            source: meta.clone().into(),
            meta,
        }
    }

    /// What an operation makes of an error that isn't one of its own.
    #[doc(hidden)]
    pub fn of(error: &impl ProvideErrorMetadata) -> Self {
        Self::from_metadata(error.meta().clone())
    }

    /// What went wrong.
    pub fn source(&self) -> &(dyn Error + 'static) {
        &*self.source
    }

    /// Code, message and request id, as far as they are known.
    pub fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

#[allow(deprecated)]
impl fmt::Display for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}

/// A string that is none of an enum's values, from the enum's `try_parse`.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    /// An error about `value`.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl Error for UnknownVariantError {}

/// Parses the value of an enum that has these `values`.
///
/// # Errors
/// `value` is none of them.
#[doc(hidden)]
pub fn known<'a, T: From<&'a str>>(value: &'a str, values: &[&str]) -> Result<T, UnknownVariantError> {
    if values.contains(&value) {
        Ok(value.into())
    } else {
        Err(UnknownVariantError::new(value))
    }
}

/// The value of an enum that the model didn't know when this crate was generated. It survives a round trip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownVariantValue(pub(crate) String);

impl UnknownVariantValue {
    /// A value as it came from the wire.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownVariantValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the `error` module of a generated crate shows.
#[doc(hidden)]
pub mod exports {
    pub use aws_smithy_runtime_api::box_error::BoxError;
    pub use aws_smithy_runtime_api::client::result::ConnectorError;
    pub use aws_smithy_types::error::display::DisplayErrorContext;
    pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
    pub use aws_smithy_types::error::operation::BuildError;
}
