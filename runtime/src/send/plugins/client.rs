//! The runtime plugins of a client, with which every call begins.

use crate::config::{Config, Parts};
use crate::endpoint::{DefaultResolver, ResolveEndpoint};
use crate::send::bodies::HideResponseInterceptor;
use crate::send::fast_path::{Health, HealthInterceptor};
use crate::send::http_client::validated;
use crate::send::interceptors::{Chain, ClockSkewInterceptor, SettingsInterceptor};
use crate::send::user_agent::CachedUserAgentInterceptor;
use crate::service::Service;
use aws_runtime::auth::sigv4::{self, SigV4AuthScheme};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::defaults::{self, DefaultPluginParams};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::SharedAuthScheme;
use aws_smithy_runtime_api::client::auth::SharedAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use std::borrow::Cow;
use std::time::Duration;

/// The plugins of a client, lowest precedence first: defaults, the user's configuration, what every request needs,
/// the user's plugins.
#[track_caller]
pub(crate) fn client_plugins<S: Service>(config: Config<S>) -> Result<RuntimePlugins, BoxError> {
    let layer = config.layer().clone();
    let region = config.region().cloned();
    let has_http_client = config.http_client().is_some();
    let Parts {
        components,
        plugins,
        mut behavior_version,
        layer: _,
    } = config.to_builder().into_parts();
    if S::LATEST_BEHAVIOR_VERSION && behavior_version.is_none() {
        behavior_version = Some(BehaviorVersion::latest());
    }
    let Some(behavior_version) = behavior_version else {
        panic!(
            "Invalid client configuration: A behavior major version must be set when sending a request or \
             constructing a client. You must set it during client construction or by enabling the \
             `behavior-version-latest` cargo feature."
        );
    };
    let retry_partition = match region {
        Some(region) => Cow::from(format!("{}-{region}", S::CRATE_ID)),
        None => Cow::from(S::CRATE_ID),
    };
    let defaults = RuntimePlugins::new()
        .with_client_plugins(default_plugins(behavior_version, retry_partition))
        .with_client_plugin(http_client_plugin(behavior_version))
        .with_client_plugin(service_plugin::<S>());
    let may_bring_http_client = has_http_client || !plugins.is_empty();
    let plugins = RuntimePlugins::new()
        .with_client_plugin(merge(&defaults)?)
        .with_client_plugin(
            StaticRuntimePlugin::new()
                .with_config(layer)
                .with_runtime_components(components),
        )
        .with_client_plugins(plugins);
    validated(plugins, may_bring_http_client)
}

/// The runtime's defaults that matter here.
///
/// `defaults::default_plugins` would also build an HTTPS client, if another crate of the program has enabled it. That
/// reads all root certificates, which takes ten times as long as building the rest of a client.
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

/// Merges several plugins that never change into one. A call applies every plugin, and looks for each setting in every
/// layer.
fn merge(plugins: &RuntimePlugins) -> Result<StaticRuntimePlugin, BoxError> {
    let mut cfg = ConfigBag::base();
    let mut components = plugins.apply_client_configuration(&mut cfg)?;
    let chain = Chain::new(components.interceptors());
    components.set_interceptors(std::iter::once(SharedInterceptor::permanent(chain)));
    let mut layer = Layer::new("defaults");
    layer
        .store_or_unset(cfg.load::<AuthSchemeAndEndpointOrchestrationV2>().cloned())
        .store_or_unset(cfg.load::<Health>().cloned())
        .store_or_unset(cfg.load::<RetryConfig>().cloned())
        .store_or_unset(cfg.load::<RetryPartition>().cloned())
        .store_or_unset(cfg.load::<StalledStreamProtectionConfig>().cloned())
        .store_or_unset(cfg.load::<TimeoutConfig>().cloned());
    Ok(StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(components))
}

/// The HTTP client that is used if the configuration sets none.
#[cfg_attr(not(feature = "__rustls"), expect(unused_variables))]
fn http_client_plugin(behavior_version: BehaviorVersion) -> StaticRuntimePlugin {
    let components = RuntimeComponentsBuilder::new("default_http_client_plugin");
    #[cfg(feature = "__rustls")]
    let components =
        components.with_http_client(Some(crate::send::http_client::DefaultHttpClient::new(behavior_version)));
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_runtime_components(components)
}

/// The plugin for every request of the service. The interceptors run in the order of the AWS SDKs.
fn service_plugin<S: Service>() -> StaticRuntimePlugin {
    let mut layer = Layer::new(S::ID);
    layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
    layer.store_put(Health::default());
    let components = RuntimeComponentsBuilder::new(S::ID)
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![sigv4::SCHEME_ID]),
        )))
        .with_endpoint_resolver(Some(DefaultResolver::<S>::new().into_shared_resolver()))
        .with_interceptor(SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()))
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_interceptor(SharedInterceptor::permanent(SettingsInterceptor))
        .with_interceptor(SharedInterceptor::permanent(HealthInterceptor))
        .with_interceptor(SharedInterceptor::permanent(HideResponseInterceptor))
        .with_interceptor(ClockSkewInterceptor::default())
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
