//! An error response, on its way to a typed error.

use super::{ErrorFormatError, ModeledError};
use crate::shape::serde::{ReadMembers, from_json};
use aws_smithy_types::error::ErrorMetadata;

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
        let mut error = match from_json::<E::Builder>(String::from_utf8_lossy(self.body).as_bytes()) {
            Ok(error) => error,
            // A member of another type is said. What is no JSON object can't be read, but the error is known by its code.
            Err(format) if is_object(self.body) => return Err(format),
            Err(_) => E::Builder::default().finish(),
        };
        let (message, meta) = error.fields_mut();
        if message.is_none() {
            *message = self.meta.message().map(Into::into);
        }
        *meta = self.meta;
        Ok(error)
    }
}

/// Whether a body is a JSON object, with any members. The category of a serde error that names members doesn't tell
/// this.
#[cold]
fn is_object(body: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(body).is_ok_and(|value| value.is_object())
}
