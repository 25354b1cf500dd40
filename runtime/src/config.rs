//! Configuration of a client, with the same settings, defaults and panics as the AWS SDKs for Rust.

mod builder;
mod endpoint_parameters;
#[doc(hidden)]
pub mod exports;
mod from_env;
mod sdk_config;
mod settings;
#[cfg(feature = "validation")]
mod validation;

pub use builder::Builder;
pub use from_env::FromEnvError;
pub(crate) use settings::{Parts, Settings};
#[cfg(feature = "validation")]
pub use validation::Validation;

use crate::endpoint::{DefaultResolver, ResolveEndpoint};
use crate::service::Service;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::FrozenLayer;
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
    settings: Settings,
    /// The settings that are plain values, for all calls.
    layer: FrozenLayer,
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
            settings: self.settings.clone(),
            service: PhantomData,
        }
    }

    fn from_builder(builder: Builder<S>) -> Self {
        let Builder { mut settings, service } = builder;
        if settings.time_source().is_none() {
            settings.set_time_source(Some(SharedTimeSource::default()));
        }
        settings.set(Some(S::API));
        settings.set(Some(SigningName::from_static(S::SIGNING_NAME)));
        if let Some(region) = settings.get::<Region>().cloned() {
            settings.set(Some(SigningRegion::from(region)));
        }
        let layer = settings.layer().with_name("Config").freeze();
        Self {
            settings,
            layer,
            service,
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn layer(&self) -> &FrozenLayer {
        &self.layer
    }

    /// The name that signatures are scoped to.
    pub fn signing_name(&self) -> &'static str {
        S::SIGNING_NAME
    }

    /// The region that requests go to.
    pub fn region(&self) -> Option<&Region> {
        self.settings.get::<Region>()
    }

    /// The name of the application, for the user agent.
    pub fn app_name(&self) -> Option<&AppName> {
        self.settings.get::<AppName>()
    }

    /// The frameworks that the user agent names, in order.
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        // The layer gives the newest first.
        let mut entries: Vec<_> = self.settings.get_all::<FrameworkMetadata>().collect();
        entries.reverse();
        entries
    }

    /// How failed requests are retried.
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.settings.get::<RetryConfig>()
    }

    /// The partition whose clients share a token bucket and rate limiter.
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.settings.get::<RetryPartition>()
    }

    /// How long connecting, reading, an attempt and a whole call may take.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.settings.get::<TimeoutConfig>()
    }

    /// When a stalled body is abandoned.
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.settings.get::<StalledStreamProtectionConfig>()
    }

    /// Whether the correction of clock skew is disabled.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.settings
            .get::<DisableClockSkewCorrection>()
            .map(DisableClockSkewCorrection::is_disabled)
    }

    /// The generator of the ids in `amz-sdk-invocation-id`.
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.settings.get::<SharedInvocationIdGenerator>().cloned()
    }

    /// The order in which authentication schemes are tried.
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.settings.get::<AuthSchemePreference>()
    }

    /// The authentication schemes that were added.
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.settings.auth_schemes()
    }

    /// The resolver that chooses the authentication scheme, if the operation doesn't.
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.settings.auth_scheme_option_resolver()
    }

    /// The endpoint resolver: the service's rules, unless another resolver was set.
    pub fn endpoint_resolver(&self) -> SharedEndpointResolver {
        self.settings
            .endpoint_resolver()
            .unwrap_or_else(|| DefaultResolver::<S>::new().into_shared_resolver())
    }

    /// The HTTP client that sends the requests.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.settings.http_client()
    }

    /// The timer for retries and timeouts.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.settings.sleep_impl()
    }

    /// The source of the current time.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.settings.time_source()
    }

    /// The cache that keeps credentials between requests.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.settings.identity_cache()
    }

    /// The interceptors that were added, in the order in which they run.
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.settings.interceptors()
    }

    /// The retry classifiers that were added.
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.settings.retry_classifiers()
    }

    /// Whether inputs are checked before they are sent.
    #[cfg(feature = "validation")]
    pub fn validation(&self) -> Validation {
        self.layer.load::<Validation>().copied().unwrap_or_default()
    }

    /// Always `None`: credentials are looked up when a request is signed. This method exists for compatibility.
    #[deprecated(note = "It always returns `None`, as in the AWS SDK.")]
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        None
    }
}
