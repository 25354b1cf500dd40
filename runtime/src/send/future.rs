//! The types of a call's future and of its result.

use crate::operation::Operation;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use std::pin::Pin;

/// The result of an operation: its output, or its error with the raw response.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// A future that can be sent to another thread.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What `send` of the operation `O` returns.
///
/// It is boxed. An `async fn` in each of more than a hundred operations would cost every program compile time, and its
/// state of several kilobytes would be part of the caller's future.
pub type SendFuture<O> = BoxFuture<SendResult<<O as Operation>::Output, <O as Operation>::Error>>;
