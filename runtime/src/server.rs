//! The server's side of a service, for emulators and fakes: a trait with one method per operation, and the conversion
//! from HTTP requests and to HTTP responses.
//!
//! None of it is compiled without the feature `server`. The macro [`server!`](crate::server!) makes the generated
//! trait. [`respond`] implements the AWS JSON protocol for it:
//!
//! 1. The request must be a `POST` with a target that the service has, and not too long.
//! 2. The body is read as the operation's input. With the feature `validation`, the model must allow it; otherwise the
//!    refusal has the service's code and message.
//! 3. The trait's method answers.
//! 4. Its output or its error becomes the body of the response, with the headers that an AWS SDK looks for.
//!
//! Source: Smithy's [AWS JSON 1.1 protocol](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).

mod dispatch;
mod macros;
mod refusal;
mod reply;

use crate::operation::Operation;
use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::ErrorMetadata;
pub use dispatch::{MAX_BODY, respond};
pub use refusal::Refusal;
#[doc(hidden)]
pub use reply::reply;
pub use reply::{Reply, ReplyFuture};
use serde::de::DeserializeOwned;

/// The result of an operation: its output or its error.
pub type Answer<O> = Result<<O as Operation>::Output, <O as Operation>::Error>;

/// The answer of an operation that a server doesn't have: the error `NotImplemented`, which names it.
pub fn not_implemented<O: Operation>() -> Answer<O> {
    let meta = ErrorMetadata::builder()
        .code(refusal::NOT_IMPLEMENTED)
        .message(format!("{} is not implemented here", O::NAME))
        .build();
    Err(O::Error::create_unhandled_error(meta.clone().into(), Some(meta)))
}

/// The error of an operation with this code and message, as the operation's variant if it has one.
///
/// # Errors
/// The error has other members that are required.
pub fn error<E: DeserializeOwned>(code: &str, message: &str) -> Result<E, serde_json::Error> {
    serde_json::from_value(serde_json::json!({ "__type": code, "message": message }))
}
