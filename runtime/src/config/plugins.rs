//! Configuration to the runtime plugins that every call begins with.

use super::{Builder, Config};
use crate::direct::{Learned, LearningInterceptor};
use crate::endpoint::{DefaultResolver, ResolveEndpoint};
use crate::interceptors::Chain;
use crate::service::Service;
use crate::user_agent::{self, CachedUserAgentInterceptor};
use aws_runtime::auth::sigv4::{self, SigV4AuthScheme};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::defaults::{self, DefaultPluginParams};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::SharedAuthScheme;
use aws_smithy_runtime_api::client::auth::SharedAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::{Region, SigningRegion};
use std::borrow::Cow;
use std::time::Duration;

/// The plugins of a client, lowest precedence first: defaults, the user's configuration, what every request needs,
/// the user's plugins.
#[track_caller]
pub(crate) fn client_plugins<S: Service>(mut config: Config<S>) -> Result<RuntimePlugins, BoxError> {
    let configured = std::mem::take(&mut config.runtime_plugins);
    if S::LATEST_BEHAVIOR_VERSION && config.behavior_version.is_none() {
        config.behavior_version = Some(BehaviorVersion::latest());
    }
    let Some(behavior_version) = config.behavior_version else {
        panic!(
            "Invalid client configuration: A behavior major version must be set when sending a request or \
             constructing a client. You must set it during client construction or by enabling the \
             `behavior-version-latest` cargo feature."
        );
    };
    let retry_partition = match config.region() {
        Some(region) => Cow::from(format!("{}-{region}", S::CRATE_ID)),
        None => Cow::from(S::CRATE_ID),
    };
    let defaults = RuntimePlugins::new()
        .with_client_plugins(default_plugins(behavior_version, retry_partition))
        .with_client_plugin(http_client_plugin())
        .with_client_plugin(service_plugin::<S>());
    Ok(RuntimePlugins::new()
        .with_client_plugin(merge(&defaults)?)
        .with_client_plugin(
            StaticRuntimePlugin::new()
                .with_config(config.layer)
                .with_runtime_components(config.runtime_components),
        )
        .with_client_plugins(configured))
}

/// The runtime's defaults, as far as they matter here.
///
/// `defaults::default_plugins` would also build an HTTPS client, where another crate of the program has enabled that
/// one: it reads all root certificates, which takes ten times as long as the rest of a client.
fn default_plugins(behavior_version: BehaviorVersion, retry_partition: Cow<'static, str>) -> Vec<SharedRuntimePlugin> {
    let params = DefaultPluginParams::new()
        .with_retry_partition_name(retry_partition)
        .with_behavior_version(behavior_version)
        .with_is_aws_sdk(true);
    let plugins = [
        defaults::default_identity_cache_plugin(),
        defaults::default_retry_config_plugin_v2(&params),
        defaults::default_sleep_impl_plugin(),
        defaults::default_time_source_plugin(),
        defaults::default_timeout_config_plugin_v2(&params),
        // It has the checks, and the settings of the oldest behavior version.
        #[expect(deprecated, reason = "the one for all behavior versions isn't public")]
        defaults::default_stalled_stream_protection_config_plugin(),
        Some(SharedRuntimePlugin::new(upload_protection_plugin(behavior_version))),
    ];
    plugins.into_iter().flatten().collect()
}

/// Newer behavior versions watch uploads, too.
fn upload_protection_plugin(behavior_version: BehaviorVersion) -> StaticRuntimePlugin {
    let plugin = StaticRuntimePlugin::new().with_order(Order::Defaults);
    #[expect(deprecated, reason = "users may still ask for older versions")]
    if !behavior_version.is_at_least(BehaviorVersion::v2024_03_28()) {
        return plugin;
    }
    let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(5));
    let mut layer = Layer::new("stalled stream protection");
    layer.store_put(protection.build());
    plugin.with_config(layer.freeze())
}

/// One plugin in the place of several that never change: a call applies every plugin, and looks for each setting in
/// every layer.
fn merge(plugins: &RuntimePlugins) -> Result<StaticRuntimePlugin, BoxError> {
    let mut cfg = ConfigBag::base();
    let mut components = plugins.apply_client_configuration(&mut cfg)?;
    let chain = Chain::new(components.interceptors());
    components.set_interceptors(std::iter::once(SharedInterceptor::permanent(chain)));
    let mut layer = Layer::new("defaults");
    layer
        .store_or_unset(cfg.load::<AuthSchemeAndEndpointOrchestrationV2>().cloned())
        .store_or_unset(cfg.load::<Learned>().cloned())
        .store_or_unset(cfg.load::<RetryConfig>().cloned())
        .store_or_unset(cfg.load::<RetryPartition>().cloned())
        .store_or_unset(cfg.load::<StalledStreamProtectionConfig>().cloned())
        .store_or_unset(cfg.load::<TimeoutConfig>().cloned());
    Ok(StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(components))
}

/// The HTTP client where the configuration names none.
fn http_client_plugin() -> StaticRuntimePlugin {
    let components = RuntimeComponentsBuilder::new("default_http_client_plugin");
    #[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
    let components = components.with_http_client(Some(crate::http::default_client()));
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_runtime_components(components)
}

pub(super) fn default_endpoint_resolver<S: Service>() -> SharedEndpointResolver {
    DefaultResolver::<S>::new().into_shared_resolver()
}

/// What every request of the service needs. The interceptors run in the order of the AWS SDKs.
fn service_plugin<S: Service>() -> StaticRuntimePlugin {
    let mut layer = Layer::new(S::ID);
    layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
    layer.store_put(Learned::default());
    let components = RuntimeComponentsBuilder::new(S::ID)
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID]),
        )))
        .with_endpoint_resolver(Some(default_endpoint_resolver::<S>()))
        .with_interceptor(SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()))
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_interceptor(SharedInterceptor::permanent(SettingsInterceptor))
        .with_interceptor(SharedInterceptor::permanent(LearningInterceptor))
        .with_interceptor(ServiceClockSkewInterceptor::new())
        .with_interceptor(RequestInfoInterceptor::new())
        .with_interceptor(CachedUserAgentInterceptor::default())
        .with_interceptor(InvocationIdInterceptor::new())
        .with_interceptor(SharedInterceptor::permanent(RecursionDetectionInterceptor::new()))
        .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        .with_auth_scheme(SharedAuthScheme::new(NoAuthScheme::new()))
        .with_identity_resolver(NO_AUTH_SCHEME_ID, NoAuthIdentityResolver::new());
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(components)
}

/// Counts settings in the user agent: retry mode and endpoint override.
#[derive(Debug)]
struct SettingsInterceptor;

#[dyn_dispatch_hint]
impl Intercept for SettingsInterceptor {
    fn name(&self) -> &'static str {
        "SettingsInterceptor"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        note_settings(cfg);
        Ok(())
    }
}

/// Notes the retry mode and an endpoint that is set.
pub(crate) fn note_settings(cfg: &mut ConfigBag) {
    let mode = match cfg.load::<RetryConfig>().map(RetryConfig::mode) {
        Some(RetryMode::Standard) => Some(SmithySdkFeature::RetryModeStandard),
        Some(RetryMode::Adaptive) => Some(SmithySdkFeature::RetryModeAdaptive),
        _ => None,
    };
    if let Some(mode) = mode {
        cfg.interceptor_state().store_append(mode);
    }
    if cfg.load::<EndpointUrl>().is_some() {
        cfg.interceptor_state().store_append(AwsSdkFeature::EndpointOverride);
    }
}

/// Settings for one call, on top of the client's.
#[derive(Debug)]
pub(crate) struct OverridePlugin {
    layer: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl OverridePlugin {
    pub(crate) fn new<S: Service>(config_override: Builder<S>, client: &Config<S>) -> Self {
        let Builder {
            mut layer,
            runtime_components: mut components,
            ..
        } = config_override;
        let mut resolver = Resolver::overrid(
            client.layer.clone(),
            &client.runtime_components,
            &mut layer,
            &mut components,
        );
        if let Some(region) = resolver.config_mut().load::<Region>().cloned() {
            resolver.config_mut().store_put(SigningRegion::from(region));
        }
        // Other credentials for one call get a cache of their own, which goes with the call: in the client's cache
        // each of them would stay as a new partition.
        if components.has_identity_resolvers() && components.identity_cache().is_none() {
            components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
        }
        let mut layer = Layer::from(layer).with_name("config override");
        user_agent::unset(&mut layer, client);
        layer.unset::<Learned>();
        Self {
            layer: layer.freeze(),
            components,
        }
    }
}

impl RuntimePlugin for OverridePlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.layer.clone())
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}
