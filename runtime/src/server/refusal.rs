//! The error response of a server, as it goes over the wire.

use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use serde::ser::Serialize;
use serde_json::json;
use std::fmt::Display;

/// The error code of an operation that a server doesn't implement.
pub(super) const NOT_IMPLEMENTED: &str = "NotImplemented";

/// An error response: status, code and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) body: Vec<u8>,
}

impl Refusal {
    /// An error of the protocol itself, which no operation describes.
    pub(super) fn new(status: u16, code: &str, message: &str) -> Self {
        let body = json!({ "__type": code, "message": message });
        Self {
            status,
            code: code.to_owned(),
            body: body.to_string().into_bytes(),
        }
    }

    /// The error of an operation.
    pub(super) fn of(error: &(impl Serialize + ProvideErrorMetadata)) -> Self {
        let body = match serde_json::to_value(error) {
            Ok(body) => body,
            Err(error) => return Self::internal(&error),
        };
        // An error that was built by hand has its code in the body alone.
        let code = body["__type"].as_str().or(error.code()).unwrap_or("InternalFailure");
        Self {
            status: status(code),
            code: code.to_owned(),
            body: body.to_string().into_bytes(),
        }
    }

    /// A fault of the server.
    pub(super) fn internal(error: &dyn Display) -> Self {
        Self::new(500, "InternalFailure", &error.to_string())
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The error's code, which is also sent as `x-amzn-errortype`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The body: the error's members, and its code in `__type`.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// AWS's JSON services answer 400 to every mistake of the caller, and 500 to their own faults.
fn status(code: &str) -> u16 {
    match code {
        NOT_IMPLEMENTED => 501,
        _ if code.starts_with("Internal") => 500,
        _ => 400,
    }
}
