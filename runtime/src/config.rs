//! Configuration of a client: the same settings, defaults and panics as the AWS SDKs for Rust.

mod builder;
mod endpoint_parameters;
#[doc(hidden)]
pub mod exports;
mod from_env;
mod plugins;
mod sdk_config;

pub use builder::Builder;
pub use from_env::FromEnvError;
pub(crate) use plugins::{OverridePlugin, client_plugins, note_settings};

use crate::service::Service;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{CloneableLayer, FrozenLayer, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::app_name::AppName;
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_config::SdkConfig;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
pub(crate) use endpoint_parameters::EndpointParameters;
use std::marker::PhantomData;

/// The settings of a client of the service `S`.
///
/// Make one from an [`SdkConfig`] (`aws_config::load_defaults(…)`), from the environment
/// ([`from_env`](Self::from_env)), or setting by setting ([`builder`](Self::builder)).
#[derive(Clone, Debug)]
pub struct Config<S: Service> {
    pub(crate) layer: FrozenLayer,
    /// The same settings as `layer`, from which a builder can go on.
    cloneable: CloneableLayer,
    pub(crate) runtime_components: RuntimeComponentsBuilder,
    pub(crate) runtime_plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
    service: PhantomData<S>,
}

impl<S: Service> Config<S> {
    /// A builder with nothing set.
    pub fn builder() -> Builder<S> {
        Builder::default()
    }

    /// The settings of `config` that this service knows.
    pub fn new(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }

    /// A builder that begins with these settings.
    pub fn to_builder(&self) -> Builder<S> {
        Builder {
            layer: self.cloneable.clone(),
            runtime_components: self.runtime_components.clone(),
            runtime_plugins: self.runtime_plugins.clone(),
            behavior_version: self.behavior_version,
            service: PhantomData,
        }
    }

    fn from_builder(builder: Builder<S>) -> Self {
        let Builder {
            mut layer,
            mut runtime_components,
            runtime_plugins,
            behavior_version,
            service,
        } = builder;
        if runtime_components.time_source().is_none() {
            runtime_components.set_time_source(Some(SharedTimeSource::default()));
        }
        layer.store_put(S::API);
        layer.store_put(SigningName::from_static(S::SIGNING_NAME));
        if let Some(region) = layer.load::<Region>().cloned() {
            layer.store_put(SigningRegion::from(region));
        }
        let frozen = Layer::from(layer.clone()).with_name("Config").freeze();
        Self {
            layer: frozen,
            cloneable: layer,
            runtime_components,
            runtime_plugins,
            behavior_version,
            service,
        }
    }

    /// The name that signatures are scoped to.
    pub fn signing_name(&self) -> &'static str {
        S::SIGNING_NAME
    }

    /// The region that requests go to.
    pub fn region(&self) -> Option<&Region> {
        self.layer.load::<Region>()
    }

    /// The name of the application, for the user agent.
    pub fn app_name(&self) -> Option<&AppName> {
        self.layer.load::<AppName>()
    }

    /// The frameworks that the user agent names, first one first.
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        // The layer gives the newest first.
        let mut entries: Vec<_> = self.layer.load::<FrameworkMetadata>().collect();
        entries.reverse();
        entries
    }

    /// How failed requests are retried.
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.layer.load::<RetryConfig>()
    }

    /// The partition whose clients share a token bucket and rate limiter.
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.layer.load::<RetryPartition>()
    }

    /// How long connecting, reading, an attempt and a whole call may take.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.layer.load::<TimeoutConfig>()
    }

    /// When a body that no longer moves is given up.
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.layer.load::<StalledStreamProtectionConfig>()
    }

    /// Whether the clock's difference to AWS's is left uncorrected.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.layer
            .load::<DisableClockSkewCorrection>()
            .map(DisableClockSkewCorrection::is_disabled)
    }

    /// What makes the ids of `amz-sdk-invocation-id`.
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.layer.load::<SharedInvocationIdGenerator>().cloned()
    }

    /// The order in which authentication schemes are tried.
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.layer.load::<AuthSchemePreference>()
    }

    /// The authentication schemes that were added.
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.runtime_components.auth_schemes()
    }

    /// What decides between authentication schemes, where the operation doesn't.
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.runtime_components.auth_scheme_option_resolver()
    }

    /// What finds the endpoint: the service's rules, unless another one was set.
    pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
        self.runtime_components
            .endpoint_resolver()
            .unwrap_or_else(plugins::default_endpoint_resolver::<S>)
    }

    /// What sends the requests.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.runtime_components.http_client()
    }

    /// What waits between retries and for timeouts.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.runtime_components.sleep_impl()
    }

    /// What tells the time.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.runtime_components.time_source()
    }

    /// Where credentials are kept between requests.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.runtime_components.identity_cache()
    }

    /// The interceptors that were added, in the order in which they run.
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.runtime_components.interceptors()
    }

    /// The retry classifiers that were added.
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.runtime_components.retry_classifiers()
    }

    /// Always nothing: credentials are looked up when a request is signed. It exists for compatibility.
    #[deprecated(note = "It always returns `None`, as in the AWS SDK.")]
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        None
    }
}
