//! One call: which way it goes.

use crate::config::Builder;
use crate::operation::Operation;
use crate::send::client::Client;
use crate::send::fast_path::Outcome;
use crate::send::orchestrator;
use crate::service::Service;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use std::pin::Pin;

/// What an operation gives: its output, or its error with the raw response.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// A future that may be sent to another thread.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What `send` of the operation `O` returns.
///
/// It is boxed: an `async fn` in each of some hundred operations would cost compile time in all programs, and its
/// state, several kilobytes, would be part of the caller's future.
pub type SendFuture<O> = BoxFuture<SendResult<<O as Operation>::Output, <O as Operation>::Error>>;

/// A call that is being built: the client, and the settings for this call alone.
#[derive(Clone, Debug)]
pub struct Call<S: Service> {
    client: Client<S>,
    config_override: Option<Builder<S>>,
}

impl<S: Service> Call<S> {
    /// A call with the client's settings.
    #[inline]
    pub fn new(client: &Client<S>) -> Self {
        Self {
            client: client.clone(),
            config_override: None,
        }
    }

    /// The same call with these settings on top of the client's.
    #[inline]
    pub fn with_override(mut self, config_override: Builder<S>) -> Self {
        self.config_override = Some(config_override);
        self
    }

    /// Sends the input. The [module](crate::send) tells the way that it goes.
    pub fn send<O: Operation<Service = S>>(self, mut input: O::Input) -> SendFuture<O> {
        Box::pin(async move {
            if let Some(config_override) = self.config_override {
                let config = self.client.config();
                if let Some(missing) = config.missing_variable(O::AUTH, Some(&config_override)) {
                    return Err(SdkError::construction_failure(missing));
                }
                let plugins = self.client.plugins_with::<O>(config_override);
                return orchestrator::invoke::<O>(&plugins, input).await;
            }
            let route = self.client.route::<O>();
            let Some(fast_path) = &route.fast_path else {
                // Whoever lacks a region or credentials has no fast path.
                if let Some(missing) = self.client.config().missing_variable(O::AUTH, None) {
                    return Err(SdkError::construction_failure(missing));
                }
                return orchestrator::invoke::<O>(&route.plugins, input).await;
            };
            match fast_path.attempt::<O>(&mut input).await {
                Outcome::Success(output) => Ok(output),
                Outcome::Orchestrate(hand_over) => {
                    let plugins = hand_over.add_to(route.plugins.clone());
                    orchestrator::invoke::<O>(&plugins, input).await
                }
            }
        })
    }

    pub(super) fn into_client(self) -> Client<S> {
        self.client
    }
}
