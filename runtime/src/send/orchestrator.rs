//! A call through the orchestrator of aws-smithy-runtime.

use crate::error::OperationError;
use crate::operation::Operation;
use crate::send::future::{BoxFuture, SendResult};
use crate::send::protocol::wrong_type;
use crate::service::Service;
use aws_smithy_runtime::client::orchestrator;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use tracing::Instrument;

/// Sends one request of `O`, with retries.
///
/// It is boxed. Otherwise the orchestrator's state would make the future of every call several kilobytes larger, even
/// of calls that don't come here.
pub(super) fn invoke<O: Operation>(
    plugins: &RuntimePlugins,
    input: O::Input,
) -> BoxFuture<SendResult<O::Output, O::Error>> {
    let plugins = plugins.clone();
    Box::pin(async move {
        // The id ties the log lines of one call together. It isn't sent.
        let span = tracing::debug_span!(
            "invoke",
            "rpc.service" = O::Service::ID,
            "rpc.method" = O::NAME,
            "rpc.system" = "aws-api",
            "sdk_invocation_id" = tracing::field::Empty,
        );
        let output = orchestrator::invoke(O::Service::ID, O::NAME, Input::erase(input), &plugins)
            .instrument(span)
            .await
            .map_err(|error| error.map_service_error(typed::<O::Error>))?;
        output
            .downcast::<O::Output>()
            .map_err(|_| SdkError::construction_failure(wrong_type("output")))
    })
}

/// The operation's error. An interceptor may have replaced it with another type.
fn typed<E: OperationError>(error: Error) -> E {
    match error.downcast::<E>() {
        Ok(error) => error,
        Err(other) => E::create_unhandled_error(format!("{other:?}").into(), None),
    }
}
