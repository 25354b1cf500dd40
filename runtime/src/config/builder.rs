//! The setters of the settings.

#[cfg(feature = "validation")]
use super::validation::Validation;
use super::{Config, EndpointParameters, Parts, Settings};
use crate::endpoint::{ParamValue, ResolveEndpoint};
use crate::service::Service;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemePreference, ResolveAuthSchemeOptions, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, SharedRetryClassifier};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_runtime_api::shared::IntoShared;
#[cfg(feature = "validation")]
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::marker::PhantomData;

/// Builds a [`Config`].
///
/// Each setting has a chaining method (`region(…)`) and one that takes an option (`set_region(…)`).
#[derive(Clone, Debug)]
pub struct Builder<S: Service> {
    pub(super) settings: Settings,
    pub(super) service: PhantomData<S>,
}

impl<S: Service> Default for Builder<S> {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            service: PhantomData,
        }
    }
}

/// The settings that are values of the configuration layer: name, setter, type, what it does.
macro_rules! layer_settings {
    ($($(#[$doc:meta])* $name:ident, $set:ident: $type:ty;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, $name: $type) -> Self {
                self.$set(Some($name));
                self
            }

            $(#[$doc])*
            pub fn $set(&mut self, $name: Option<$type>) -> &mut Self {
                self.settings.set($name);
                self
            }
        )*
    };
}

/// The settings that are runtime components: name, setter, trait, shared type, what it does.
macro_rules! component_settings {
    ($($(#[$doc:meta])* $name:ident, $set:ident: $trait:path, $shared:ty;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, $name: impl $trait + 'static) -> Self {
                self.$set(Some($name.into_shared()));
                self
            }

            $(#[$doc])*
            pub fn $set(&mut self, $name: Option<$shared>) -> &mut Self {
                self.settings.$set($name);
                self
            }
        )*
    };
}

impl<S: Service> Builder<S> {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    layer_settings! {
        /// The name of the application, for the user agent.
        app_name, set_app_name: AppName;
        /// When a stalled body is abandoned.
        stalled_stream_protection, set_stalled_stream_protection: StalledStreamProtectionConfig;
        /// Whether inputs are checked before they are sent. The default is no.
        ///
        /// A setting for one call (`customize().config_override(…)`) overrides the client's.
        #[cfg(feature = "validation")]
        validation, set_validation: Validation;
    }

    component_settings! {
        /// The HTTP client that sends the requests. The default is hyper 1 with rustls.
        http_client, set_http_client: HttpClient, SharedHttpClient;
        /// The timer for retries and timeouts. The default is tokio.
        sleep_impl, set_sleep_impl: AsyncSleep, SharedAsyncSleep;
        /// The source of the current time. The default is the system's clock.
        time_source, set_time_source: TimeSource, SharedTimeSource;
    }

    /// The region that requests go to.
    #[must_use]
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.set_region(region.into());
        self
    }

    /// The region that requests go to.
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.settings.set(region);
        self
    }

    /// The URL that requests go to, instead of the region's endpoint.
    #[must_use]
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.set_endpoint_url(Some(endpoint_url.into()));
        self
    }

    /// The URL that requests go to, instead of the region's endpoint.
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.settings.set(endpoint_url.map(EndpointUrl));
        self
    }

    /// Whether to use the dual-stack endpoint, which supports IPv6 as well.
    #[must_use]
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(use_dual_stack.into()));
        self
    }

    /// Whether to use the dual-stack endpoint, which supports IPv6 as well.
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.settings.set(use_dual_stack.map(UseDualStack));
        self
    }

    /// Whether to use the endpoint whose cryptography is FIPS 140 validated.
    #[must_use]
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.set_use_fips(Some(use_fips.into()));
        self
    }

    /// Whether to use the endpoint whose cryptography is FIPS 140 validated.
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.settings.set(use_fips.map(UseFips));
        self
    }

    /// Sets a parameter of the service's endpoint rules, by its name in the rules. This is for parameters that only
    /// some services have.
    ///
    /// If an operation or its input sets the same parameter, that value wins. Names and meanings are those of
    /// `endpoint-rule-set.json` in the service's model.
    #[must_use]
    pub fn endpoint_parameter(mut self, name: &'static str, value: impl Into<ParamValue>) -> Self {
        let mut parameters = self.settings.get::<EndpointParameters>().cloned().unwrap_or_default();
        parameters.set(name, value.into());
        self.settings.set(Some(parameters));
        self
    }

    /// The endpoint resolver that replaces the service's rules.
    #[must_use]
    pub fn endpoint_resolver(mut self, endpoint_resolver: impl ResolveEndpoint + 'static) -> Self {
        self.set_endpoint_resolver(Some(endpoint_resolver.into_shared_resolver()));
        self
    }

    /// The endpoint resolver that replaces the service's rules.
    pub fn set_endpoint_resolver(&mut self, endpoint_resolver: Option<SharedEndpointResolver>) -> &mut Self {
        self.settings.set_endpoint_resolver(endpoint_resolver);
        self
    }

    /// Where credentials come from.
    #[must_use]
    pub fn credentials_provider(mut self, credentials_provider: impl ProvideCredentials + 'static) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(credentials_provider)));
        self
    }

    /// Where credentials come from. `None` changes nothing.
    pub fn set_credentials_provider(&mut self, credentials_provider: Option<SharedCredentialsProvider>) -> &mut Self {
        if let Some(credentials_provider) = credentials_provider {
            self.settings.set_credentials(credentials_provider);
        }
        self
    }

    /// Where credentials are kept between requests.
    #[must_use]
    pub fn identity_cache(mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.set_identity_cache(identity_cache);
        self
    }

    /// Where credentials are kept between requests.
    pub fn set_identity_cache(&mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> &mut Self {
        self.settings.set_identity_cache(Some(identity_cache.into_shared()));
        self
    }

    /// How failed requests are retried.
    #[must_use]
    pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.set_retry_config(Some(retry_config));
        self
    }

    /// How failed requests are retried. `None` changes nothing.
    pub fn set_retry_config(&mut self, retry_config: Option<RetryConfig>) -> &mut Self {
        if let Some(retry_config) = retry_config {
            self.settings.set(Some(retry_config));
        }
        self
    }

    /// The partition whose clients share a token bucket and rate limiter.
    #[must_use]
    pub fn retry_partition(mut self, retry_partition: RetryPartition) -> Self {
        self.set_retry_partition(Some(retry_partition));
        self
    }

    /// The partition whose clients share a token bucket and rate limiter. `None` changes nothing.
    pub fn set_retry_partition(&mut self, retry_partition: Option<RetryPartition>) -> &mut Self {
        if let Some(retry_partition) = retry_partition {
            self.settings.set(Some(retry_partition));
        }
        self
    }

    /// How long connecting, reading, an attempt and a whole call may take.
    #[must_use]
    pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.set_timeout_config(Some(timeout_config));
        self
    }

    /// How long connecting, reading, an attempt and a whole call may take. `None` changes nothing; a timeout that
    /// `timeout_config` doesn't set keeps its value.
    pub fn set_timeout_config(&mut self, timeout_config: Option<TimeoutConfig>) -> &mut Self {
        if let Some(mut timeout_config) = timeout_config {
            if let Some(base) = self.settings.get::<TimeoutConfig>() {
                timeout_config.take_defaults_from(base);
            }
            self.settings.set(Some(timeout_config));
        }
        self
    }

    /// Adds an interceptor. Interceptors run in the order in which they were added.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.push_interceptor(SharedInterceptor::new(interceptor));
        self
    }

    /// Adds an interceptor. Interceptors run in the order in which they were added.
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
        self.settings.push_interceptor(interceptor);
        self
    }

    /// Replaces the interceptors.
    pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) -> &mut Self {
        self.settings.set_interceptors(interceptors.into_iter());
        self
    }

    /// Adds a retry classifier. It runs before the default ones.
    #[must_use]
    pub fn retry_classifier(mut self, retry_classifier: impl ClassifyRetry + 'static) -> Self {
        self.push_retry_classifier(SharedRetryClassifier::new(retry_classifier));
        self
    }

    /// Adds a retry classifier. It runs before the default ones.
    pub fn push_retry_classifier(&mut self, retry_classifier: SharedRetryClassifier) -> &mut Self {
        self.settings.push_retry_classifier(retry_classifier);
        self
    }

    /// Replaces the retry classifiers.
    pub fn set_retry_classifiers(
        &mut self,
        retry_classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
    ) -> &mut Self {
        self.settings.set_retry_classifiers(retry_classifiers.into_iter());
        self
    }

    /// Adds an authentication scheme.
    #[must_use]
    pub fn push_auth_scheme(mut self, auth_scheme: impl AuthScheme + 'static) -> Self {
        self.settings.push_auth_scheme(SharedAuthScheme::new(auth_scheme));
        self
    }

    /// The resolver that chooses the authentication scheme.
    #[must_use]
    pub fn auth_scheme_resolver(mut self, auth_scheme_resolver: impl ResolveAuthSchemeOptions + 'static) -> Self {
        self.set_auth_scheme_resolver(auth_scheme_resolver);
        self
    }

    /// The resolver that chooses the authentication scheme.
    pub fn set_auth_scheme_resolver(
        &mut self,
        auth_scheme_resolver: impl ResolveAuthSchemeOptions + 'static,
    ) -> &mut Self {
        let resolver = SharedAuthSchemeOptionResolver::new(auth_scheme_resolver);
        self.settings.set_auth_scheme_option_resolver(Some(resolver));
        self
    }

    /// The order in which authentication schemes are tried.
    #[must_use]
    pub fn auth_scheme_preference(mut self, preference: impl Into<AuthSchemePreference>) -> Self {
        self.set_auth_scheme_preference(Some(preference.into()));
        self
    }

    /// The order in which authentication schemes are tried.
    pub fn set_auth_scheme_preference(&mut self, preference: Option<AuthSchemePreference>) -> &mut Self {
        self.settings.set(preference);
        self
    }

    /// Sends requests unsigned if no other scheme can be used. This is for servers that don't check signatures.
    #[must_use]
    pub fn allow_no_auth(mut self) -> Self {
        self.set_allow_no_auth();
        self
    }

    /// Sends requests unsigned if no other scheme can be used. This is for servers that don't check signatures.
    pub fn set_allow_no_auth(&mut self) -> &mut Self {
        self.push_runtime_plugin(NoAuthRuntimePluginV2::new())
    }

    /// Disables the correction of clock skew.
    #[must_use]
    pub fn disable_clock_skew_correction(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.set_disable_clock_skew_correction(disable.into());
        self
    }

    /// Disables the correction of clock skew.
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) -> &mut Self {
        self.settings.set(disable.map(DisableClockSkewCorrection::from));
        self
    }

    /// Adds a framework to the user agent.
    #[must_use]
    pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
        self.push_framework_metadata(framework_metadata);
        self
    }

    /// Adds a framework to the user agent.
    pub fn push_framework_metadata(&mut self, framework_metadata: FrameworkMetadata) -> &mut Self {
        self.settings.push(framework_metadata);
        self
    }

    /// The generator of the ids in `amz-sdk-invocation-id`.
    #[must_use]
    pub fn invocation_id_generator(mut self, generator: impl InvocationIdGenerator + 'static) -> Self {
        self.set_invocation_id_generator(Some(SharedInvocationIdGenerator::new(generator)));
        self
    }

    /// The generator of the ids in `amz-sdk-invocation-id`.
    pub fn set_invocation_id_generator(&mut self, generator: Option<SharedInvocationIdGenerator>) -> &mut Self {
        self.settings.set(generator);
        self
    }

    /// The version of the defaults. A client needs one.
    #[must_use]
    pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
        self.set_behavior_version(Some(behavior_version));
        self
    }

    /// The version of the defaults. A client needs one.
    pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
        self.settings.set_behavior_version(behavior_version);
        self
    }

    /// The latest version of the defaults: an update may change them.
    #[must_use]
    pub fn behavior_version_latest(mut self) -> Self {
        self.set_behavior_version(Some(BehaviorVersion::latest()));
        self
    }

    pub(crate) fn push_runtime_plugin(&mut self, plugin: impl RuntimePlugin + 'static) -> &mut Self {
        self.settings.push_plugin(SharedRuntimePlugin::new(plugin));
        self
    }

    /// Whether the input of a call with these settings on top of the client's is checked.
    #[cfg(feature = "validation")]
    pub(crate) fn validation_on(&self, client: &Config<S>) -> Validation {
        let mut cfg = ConfigBag::base();
        cfg.push_shared_layer(client.layer().clone())
            .push_layer(self.settings.layer());
        cfg.load::<Validation>().copied().unwrap_or_default()
    }

    pub(crate) fn into_parts(self) -> Parts {
        self.settings.into_parts()
    }

    /// Builds the configuration.
    pub fn build(self) -> Config<S> {
        Config::from_builder(self)
    }
}

#[cfg(feature = "test-util")]
impl<S: Service> Builder<S> {
    /// Makes requests reproducible: sets a fixed clock, user agent, credentials and behavior version.
    pub fn apply_test_defaults(&mut self) -> &mut Self {
        use aws_smithy_async::time::StaticTimeSource;
        use std::time::{Duration, UNIX_EPOCH};

        let time = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_234_567_890));
        self.set_time_source(Some(SharedTimeSource::new(time)));
        self.settings
            .set(Some(aws_runtime::user_agent::AwsUserAgent::for_tests()));
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(
            aws_credential_types::Credentials::for_tests(),
        )));
        self.set_behavior_version(Some(BehaviorVersion::latest()))
    }

    /// Makes requests reproducible: sets a fixed clock, user agent, credentials and behavior version.
    #[must_use]
    pub fn with_test_defaults(mut self) -> Self {
        self.apply_test_defaults();
        self
    }

    /// The same, and sets the region `us-east-1` unless there is one.
    pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
        self.apply_test_defaults();
        if self.settings.get::<Region>().is_none() {
            self.set_region(Some(Region::from_static("us-east-1")));
        }
        self
    }

    /// The same, and sets the region `us-east-1` unless there is one.
    #[must_use]
    pub fn with_test_defaults_v2(mut self) -> Self {
        self.apply_test_defaults_v2();
        self
    }
}
