//! The client, generic over the service, and the request path, generic over the operation.

use crate::config::{Builder, Config, OverridePlugin, client_plugins};
use crate::direct::{Direct, Outcome};
use crate::operation::{Operation, OperationInput};
use crate::plugin::operation_plugin;
use crate::service::Service;
use aws_smithy_runtime::client::interceptors::{MapRequestInterceptor, MutateRequestInterceptor};
use aws_smithy_runtime::client::orchestrator;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, RuntimePlugins};
use aws_smithy_types::config_bag::ConfigBag;
use std::any::TypeId;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use tracing::Instrument;

/// What an operation gives: its output, or its error with the raw response.
pub type SendResult<T, E> = Result<T, SdkError<E, HttpResponse>>;

/// A future that may be sent to another thread.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What `send` of the operation `O` returns.
///
/// It is boxed: an `async fn` in each of some hundred operations would cost compile time in all programs, and its
/// state, several kilobytes, would be part of the caller's future.
pub type SendFuture<O> = BoxFuture<SendResult<<O as Operation>::Output, <O as Operation>::Error>>;

/// A client of the service `S`. Cloning it is cheap, and clones share connections, credentials and retry quota.
#[derive(Debug)]
pub struct Client<S: Service> {
    handle: Arc<Handle<S>>,
}

#[derive(Debug)]
struct Handle<S: Service> {
    config: Config<S>,
    plugins: RuntimePlugins,
    /// What calls of an operation have in common, for each operation that was called: it never changes, and making it
    /// anew would cost each call some twenty allocations.
    routes: RwLock<HashMap<TypeId, Arc<Route>>>,
}

/// How calls of an operation are sent.
#[derive(Debug)]
struct Route {
    /// The client's plugins and the operation's.
    plugins: RuntimePlugins,
    /// The short way, where the client's configuration allows it.
    direct: Option<Direct>,
}

impl<S: Service> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self {
            handle: Arc::clone(&self.handle),
        }
    }
}

impl<S: Service> Client<S> {
    /// A client with this configuration.
    ///
    /// # Panics
    /// The configuration has no behavior version, or retries, timeouts or identity caching without a `sleep_impl`
    /// (and `time_source`). The message says how to mend it.
    #[track_caller]
    pub fn from_conf(config: Config<S>) -> Self {
        let plugins = match client_plugins(config.clone()).and_then(validated) {
            Ok(plugins) => plugins,
            Err(error) => panic!("Invalid client configuration: {error}"),
        };
        Self {
            handle: Arc::new(Handle {
                config,
                plugins,
                routes: RwLock::default(),
            }),
        }
    }

    /// The client's configuration.
    pub fn config(&self) -> &Config<S> {
        &self.handle.config
    }

    /// Sends `input` to its operation.
    ///
    /// # Errors
    /// The request can't be built or sent, the response can't be read, or the service answers with an error.
    pub async fn invoke<I: OperationInput>(
        &self,
        input: I,
    ) -> SendResult<<I::Operation as Operation>::Output, <I::Operation as Operation>::Error>
    where
        I::Operation: Operation<Input = I, Service = S>,
    {
        self.send_plain::<I::Operation>(input).await
    }

    /// How calls of `O` are sent.
    fn route<O: Operation<Service = S>>(&self) -> Arc<Route> {
        let operation = TypeId::of::<O>();
        let routes = &self.handle.routes;
        // Whoever holds a lock only looks up or inserts, so that a poisoned map is as good as any.
        if let Some(route) = routes.read().unwrap_or_else(PoisonError::into_inner).get(&operation) {
            return Arc::clone(route);
        }
        let plugin = operation_plugin::<O>(self.config());
        let plugins = self.handle.plugins.clone().with_operation_plugin(plugin);
        let direct = Direct::of::<O>(self.config(), &plugins);
        let route = Arc::new(Route { plugins, direct });
        let mut routes = routes.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(routes.entry(operation).or_insert(route))
    }

    /// The runtime plugins for calls of `O`.
    pub(crate) fn plugins<O: Operation<Service = S>>(&self) -> RuntimePlugins {
        self.route::<O>().plugins.clone()
    }

    /// Sends one request of `O` with the client's settings.
    async fn send_plain<O: Operation<Service = S>>(&self, mut input: O::Input) -> SendResult<O::Output, O::Error> {
        #[cfg(feature = "validation")]
        crate::validation::check::<O>(&input, self.config(), None)?;
        let route = self.route::<O>();
        let outcome = match &route.direct {
            Some(direct) => direct.call::<O>(&mut input).await,
            None => Outcome::NotSent,
        };
        let plugins = match outcome {
            Outcome::Success(output) => return Ok(output),
            Outcome::NotSent => route.plugins.clone(),
            Outcome::Answered(answered) => route.plugins.clone().with_operation_plugin(answered.into_plugin()),
        };
        // Boxed, because the state of the orchestrator would make that of every call several kilobytes larger.
        Box::pin(send::<O>(&plugins, input)).await
    }

    /// The runtime plugins for one call of `O` with settings of its own.
    fn plugins_with<O: Operation<Service = S>>(&self, mut config_override: Builder<S>) -> RuntimePlugins {
        let configured = config_override.take_runtime_plugins();
        self.plugins::<O>()
            .with_operation_plugins(configured)
            .with_operation_plugin(OverridePlugin::new(config_override, self.config()))
    }
}

fn validated(plugins: RuntimePlugins) -> Result<RuntimePlugins, BoxError> {
    let mut cfg = ConfigBag::base();
    let mut components = plugins.apply_client_configuration(&mut cfg)?;
    if components
        .http_client()
        .is_some_and(|client| has_nothing_to_validate(&client))
    {
        components.set_http_client(None::<SharedHttpClient>);
    }
    components.validate_base_client_config(&cfg)?;
    Ok(plugins)
}

/// The clients on hyper make a connector when they are asked to validate themselves, and throw it away, so that the
/// root certificates are read early. To parse them takes ten times as long as the rest of a client.
fn has_nothing_to_validate(client: &SharedHttpClient) -> bool {
    client
        .connector_metadata()
        .is_some_and(|metadata| metadata.name() == "hyper")
}

/// Sends one request of `O`, with retries.
pub(crate) async fn send<O: Operation>(plugins: &RuntimePlugins, input: O::Input) -> SendResult<O::Output, O::Error> {
    // The id ties the log lines of one call together. It isn't sent.
    let span = tracing::debug_span!(
        "invoke",
        "rpc.service" = O::Service::ID,
        "rpc.method" = O::NAME,
        "rpc.system" = "aws-api",
        "sdk_invocation_id" = tracing::field::Empty,
    );
    let output = orchestrator::invoke(O::Service::ID, O::NAME, Input::erase(input), plugins)
        .instrument(span)
        .await
        .map_err(|error| error.map_service_error(typed_error::<O::Error>))?;
    output.downcast::<O::Output>().map_err(|_| {
        SdkError::construction_failure(
            "an interceptor replaced the output by a value of another type; it must keep the operation's type",
        )
    })
}

fn typed_error<E: crate::error::OperationError>(error: Error) -> E {
    match error.downcast::<E>() {
        Ok(error) => error,
        Err(other) => E::create_unhandled_error(format!("{other:?}").into(), None),
    }
}

/// A call that is being built: the client, the input so far, and the settings for this call alone.
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

    /// Sends the input.
    pub fn send<O: Operation<Service = S>>(self, input: O::Input) -> SendFuture<O> {
        Box::pin(async move {
            match self.config_override {
                None => self.client.send_plain::<O>(input).await,
                Some(config_override) => {
                    #[cfg(feature = "validation")]
                    crate::validation::check::<O>(&input, self.client.config(), Some(&config_override))?;
                    send::<O>(&self.client.plugins_with::<O>(config_override), input).await
                }
            }
        })
    }

    pub(crate) fn into_client(self) -> Client<S> {
        self.client
    }
}

/// Something that [`CustomizableOperation`] can send.
pub trait CustomizableSend<T, E, S: Service>: Send + Sync {
    /// Sends it with these settings on top of the client's.
    fn send(self, config_override: Builder<S>) -> BoxFuture<SendResult<T, E>>;
}

/// A call with settings, interceptors or changes to the request for this call alone.
///
/// The type parameters are the operation's output and error, and what is sent.
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

    /// Adds a runtime plugin to this call.
    #[doc(hidden)]
    #[must_use]
    pub fn runtime_plugin(mut self, plugin: impl RuntimePlugin + 'static) -> Self {
        self.config_override.push_runtime_plugin(plugin);
        self
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Those of [`Client::invoke`].
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
