//! The error for anything that the model doesn't describe.

use super::AnyError;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde_json::Value;
use std::error::Error;
use std::fmt;

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

    /// Wraps an error that has only metadata.
    pub fn from_metadata(meta: ErrorMetadata) -> Self {
        Self {
            source: meta.clone().into(),
            meta,
        }
    }

    /// Wraps an error that isn't one of the operation's own.
    #[doc(hidden)]
    pub fn of(error: &impl ProvideErrorMetadata) -> Self {
        Self::from_metadata(error.meta().clone())
    }

    /// What went wrong.
    pub fn source(&self) -> &(dyn Error + 'static) {
        &*self.source
    }

    /// Code, message and request id, if they are known.
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

#[allow(deprecated)]
impl AnyError for Unhandled {
    fn variant(&self) -> &'static str {
        "Unhandled"
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

/// An unhandled error.
#[doc(hidden)]
#[allow(deprecated)]
pub fn unhandled(source: BoxError, meta: Option<ErrorMetadata>) -> Unhandled {
    Unhandled::new(source, meta.unwrap_or_default())
}
