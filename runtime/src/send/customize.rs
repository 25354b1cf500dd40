//! A call with its own settings, interceptors or changes to the request.

use crate::config::Builder;
use crate::send::future::{BoxFuture, SendResult};
use crate::service::Service;
use aws_smithy_runtime::client::interceptors::{MapRequestInterceptor, MutateRequestInterceptor};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::error::Error as StdError;
use std::fmt;
use std::marker::PhantomData;

/// Something that [`CustomizableOperation`] can send.
pub trait CustomizableSend<T, E, S: Service>: Send + Sync {
    /// Sends it with these settings on top of the client's.
    fn send(self, config_override: Builder<S>) -> BoxFuture<SendResult<T, E>>;
}

/// A call with settings, interceptors or changes to the request for this call only.
///
/// The type parameters are the operation's output, its error, and the thing that is sent.
pub struct CustomizableOperation<T, E, B, S: Service> {
    call: B,
    config_override: Builder<S>,
    interceptors: Vec<SharedInterceptor>,
    result: PhantomData<fn() -> (T, E)>,
}

impl<T, E, B, S: Service> fmt::Debug for CustomizableOperation<T, E, B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomizableOperation").finish_non_exhaustive()
    }
}

impl<T, E, B, S: Service> CustomizableOperation<T, E, B, S> {
    /// Begins with the client's settings.
    #[inline]
    pub fn new(call: B) -> Self {
        Self {
            call,
            config_override: Builder::new(),
            interceptors: Vec::new(),
            result: PhantomData,
        }
    }

    /// Adds an interceptor to this call. It runs after the client's interceptors.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(SharedInterceptor::new(interceptor));
        self
    }

    /// Replaces the request, before it is signed.
    #[must_use]
    pub fn map_request<F, MapE>(self, f: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, MapE> + Send + Sync + 'static,
        MapE: StdError + Send + Sync + 'static,
    {
        self.interceptor(MapRequestInterceptor::new(f))
    }

    /// Changes the request, before it is signed.
    #[must_use]
    pub fn mutate_request<F>(self, f: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.interceptor(MutateRequestInterceptor::new(f))
    }

    /// Uses these settings for this call, on top of the client's.
    #[must_use]
    pub fn config_override(mut self, config_override: impl Into<Builder<S>>) -> Self {
        self.config_override = config_override.into();
        self
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Those of [`Client::invoke`](crate::Client::invoke).
    pub async fn send(self) -> SendResult<T, E>
    where
        E: StdError + Send + Sync + 'static,
        B: CustomizableSend<T, E, S>,
    {
        let mut config_override = self.config_override;
        for interceptor in self.interceptors {
            config_override.push_interceptor(interceptor);
        }
        self.call.send(config_override).await
    }
}
