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

/// The pairs of setters. A row has the chaining method, with what it passes on, and the other method, with what it does
/// to the settings. Documentation in front of the other method continues that of the pair.
macro_rules! setters {
    ($(
        $(#[$doc:meta])*
        $chain:ident($value:ident: $given:ty) = $pass:expr,
        $(#[$more:meta])*
        $set:ident($passed:ty) = |$settings:ident| $store:expr;
    )*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $chain(mut self, $value: $given) -> Self {
                self.$set($pass);
                self
            }

            $(#[$doc])*
            $(#[$more])*
            pub fn $set(&mut self, $value: $passed) -> &mut Self {
                let $settings = &mut self.settings;
                $store;
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

    setters! {
        /// The region that requests go to.
        region(region: impl Into<Option<Region>>) = region.into(),
        set_region(Option<Region>) = |settings| settings.set(region);

        /// The URL that requests go to, instead of the region's endpoint.
        endpoint_url(endpoint_url: impl Into<String>) = Some(endpoint_url.into()),
        set_endpoint_url(Option<String>) = |settings| settings.set(endpoint_url.map(EndpointUrl));

        /// Whether to use the dual-stack endpoint, which supports IPv6 as well.
        use_dual_stack(use_dual_stack: impl Into<bool>) = Some(use_dual_stack.into()),
        set_use_dual_stack(Option<bool>) = |settings| settings.set(use_dual_stack.map(UseDualStack));

        /// Whether to use the endpoint whose cryptography is FIPS 140 validated.
        use_fips(use_fips: impl Into<bool>) = Some(use_fips.into()),
        set_use_fips(Option<bool>) = |settings| settings.set(use_fips.map(UseFips));

        /// The endpoint resolver that replaces the service's rules.
        endpoint_resolver(endpoint_resolver: impl ResolveEndpoint + 'static) =
            Some(endpoint_resolver.into_shared_resolver()),
        set_endpoint_resolver(Option<SharedEndpointResolver>) = |settings| {
            settings.set_endpoint_resolver(endpoint_resolver);
        };

        /// Where credentials come from.
        credentials_provider(credentials_provider: impl ProvideCredentials + 'static) =
            Some(SharedCredentialsProvider::new(credentials_provider)),
        /// `None` changes nothing.
        set_credentials_provider(Option<SharedCredentialsProvider>) = |settings| {
            if let Some(credentials_provider) = credentials_provider {
                settings.set_credentials(credentials_provider);
            }
        };

        /// Where credentials are kept between requests.
        identity_cache(identity_cache: impl ResolveCachedIdentity + 'static) = identity_cache,
        set_identity_cache(impl ResolveCachedIdentity + 'static) = |settings| {
            settings.set_identity_cache(Some(identity_cache.into_shared()));
        };

        /// How failed requests are retried.
        retry_config(retry_config: RetryConfig) = Some(retry_config),
        /// `None` changes nothing.
        set_retry_config(Option<RetryConfig>) = |settings| {
            if retry_config.is_some() {
                settings.set(retry_config);
            }
        };

        /// The partition whose clients share a token bucket and rate limiter.
        retry_partition(retry_partition: RetryPartition) = Some(retry_partition),
        /// `None` changes nothing.
        set_retry_partition(Option<RetryPartition>) = |settings| {
            if retry_partition.is_some() {
                settings.set(retry_partition);
            }
        };

        /// How long connecting, reading, an attempt and a whole call may take.
        timeout_config(timeout_config: TimeoutConfig) = Some(timeout_config),
        /// `None` changes nothing; a timeout that `timeout_config` doesn't set keeps its value.
        set_timeout_config(Option<TimeoutConfig>) = |settings| {
            if let Some(mut timeout_config) = timeout_config {
                if let Some(base) = settings.get::<TimeoutConfig>() {
                    timeout_config.take_defaults_from(base);
                }
                settings.set(Some(timeout_config));
            }
        };

        /// When a stalled body is abandoned.
        stalled_stream_protection(stalled_stream_protection: StalledStreamProtectionConfig) =
            Some(stalled_stream_protection),
        set_stalled_stream_protection(Option<StalledStreamProtectionConfig>) = |settings| {
            settings.set(stalled_stream_protection);
        };

        /// Whether inputs are checked before they are sent. The default is no.
        ///
        /// A setting for one call (`customize().config_override(…)`) overrides the client's.
        #[cfg(feature = "validation")]
        validation(validation: Validation) = Some(validation),
        set_validation(Option<Validation>) = |settings| settings.set(validation);

        /// The HTTP client that sends the requests. The default is hyper 1 with rustls.
        http_client(http_client: impl HttpClient + 'static) = Some(http_client.into_shared()),
        set_http_client(Option<SharedHttpClient>) = |settings| settings.set_http_client(http_client);

        /// The timer for retries and timeouts. The default is tokio.
        sleep_impl(sleep_impl: impl AsyncSleep + 'static) = Some(sleep_impl.into_shared()),
        set_sleep_impl(Option<SharedAsyncSleep>) = |settings| settings.set_sleep_impl(sleep_impl);

        /// The source of the current time. The default is the system's clock.
        time_source(time_source: impl TimeSource + 'static) = Some(time_source.into_shared()),
        set_time_source(Option<SharedTimeSource>) = |settings| settings.set_time_source(time_source);

        /// Adds an interceptor. Interceptors run in the order in which they were added.
        interceptor(interceptor: impl Intercept + 'static) = SharedInterceptor::new(interceptor),
        push_interceptor(SharedInterceptor) = |settings| settings.push_interceptor(interceptor);

        /// Adds a retry classifier. It runs before the default ones.
        retry_classifier(retry_classifier: impl ClassifyRetry + 'static) = SharedRetryClassifier::new(retry_classifier),
        push_retry_classifier(SharedRetryClassifier) = |settings| settings.push_retry_classifier(retry_classifier);

        /// The resolver that chooses the authentication scheme.
        auth_scheme_resolver(auth_scheme_resolver: impl ResolveAuthSchemeOptions + 'static) = auth_scheme_resolver,
        set_auth_scheme_resolver(impl ResolveAuthSchemeOptions + 'static) = |settings| {
            let resolver = SharedAuthSchemeOptionResolver::new(auth_scheme_resolver);
            settings.set_auth_scheme_option_resolver(Some(resolver));
        };

        /// The order in which authentication schemes are tried.
        auth_scheme_preference(preference: impl Into<AuthSchemePreference>) = Some(preference.into()),
        set_auth_scheme_preference(Option<AuthSchemePreference>) = |settings| settings.set(preference);

        /// Disables the correction of clock skew.
        disable_clock_skew_correction(disable: impl Into<Option<bool>>) = disable.into(),
        set_disable_clock_skew_correction(Option<bool>) = |settings| {
            settings.set(disable.map(DisableClockSkewCorrection::from));
        };

        /// The name of the application, for the user agent.
        app_name(app_name: AppName) = Some(app_name),
        set_app_name(Option<AppName>) = |settings| settings.set(app_name);

        /// Adds a framework to the user agent.
        framework_metadata(framework_metadata: FrameworkMetadata) = framework_metadata,
        push_framework_metadata(FrameworkMetadata) = |settings| settings.push(framework_metadata);

        /// The generator of the ids in `amz-sdk-invocation-id`.
        invocation_id_generator(generator: impl InvocationIdGenerator + 'static) =
            Some(SharedInvocationIdGenerator::new(generator)),
        set_invocation_id_generator(Option<SharedInvocationIdGenerator>) = |settings| settings.set(generator);

        /// The version of the defaults. A client needs one.
        behavior_version(behavior_version: BehaviorVersion) = Some(behavior_version),
        set_behavior_version(Option<BehaviorVersion>) = |settings| settings.set_behavior_version(behavior_version);
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

    /// Replaces the interceptors.
    pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) -> &mut Self {
        self.settings.set_interceptors(interceptors.into_iter());
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
