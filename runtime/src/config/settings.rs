//! The storage of a configuration's settings, and the table of all settings.
//!
//! The [fast path](crate::send) must honour a setting exactly as the orchestrator does, or leave the call to the
//! orchestrator. So the table below says for each setting whether the fast path supports it. A setting that isn't in
//! the table can't be stored: the fields of [`Settings`] are private to this file, and only the code that the table
//! generates writes them.

use super::EndpointParameters;
use super::from_env::FromEnvironment;
#[cfg(feature = "validation")]
use super::validation::Validation;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::auth::sigv4;
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent};
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
use aws_smithy_types::config_bag::{CloneableLayer, Layer, Storable, StoreAppend, StoreReplace};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_ua_metadata::FrameworkMetadata;

/// The settings, in the form that the orchestrator takes.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    layer: CloneableLayer,
    components: RuntimeComponentsBuilder,
    plugins: Vec<SharedRuntimePlugin>,
    behavior_version: Option<BehaviorVersion>,
}

/// A value that has a row in the table, and so can be stored.
pub(super) trait Value: Storable<Storer = StoreReplace<Self>> + Clone {}

/// A value that can be set several times, and that has a row in the table.
pub(super) trait ListValue: Storable<Storer = StoreAppend<Self>> + Clone {}

/// Whether the fast path supports the value of a row.
macro_rules! is_known {
    ($_:ident known) => {
        true
    };
    ($_:ident unknown) => {
        false
    };
    ($value:ident known if $condition:ident) => {
        $condition($value)
    };
}

/// The table. `known`: the fast path does what the setting asks for. `unknown`: a client that sets it sends all its calls
/// through the orchestrator. `known if …`: it depends on the value.
macro_rules! settings {
    (
        values { $($(#[$value_cfg:meta])* $value:ident: $value_knows:ident $(if $value_condition:ident)?;)* }
        value lists { $($item:ident: $item_knows:ident;)* }
        components { $($component:ident = $set:ident($component_type:ty): $component_knows:ident;)* }
        component lists { $($list:ident = $push:ident($list_type:ty) $(, $replace:ident)?: $list_knows:ident;)* }
        credentials: $credentials_know:ident;
        plugins: $plugins_know:ident;
    ) => {
        $($(#[$value_cfg])* impl Value for $value {})*
        $(impl ListValue for $item {})*

        impl Settings {
            $(
                pub(super) fn $component(&self) -> Option<$component_type> {
                    self.components.$component()
                }

                pub(super) fn $set(&mut self, component: Option<$component_type>) {
                    self.components.$set(component);
                }
            )*

            $(
                pub(super) fn $list(&self) -> impl Iterator<Item = $list_type> + '_ {
                    self.components.$list()
                }

                pub(super) fn $push(&mut self, component: $list_type) {
                    self.components.$push(component);
                }

                $(
                    pub(super) fn $replace(&mut self, components: impl Iterator<Item = $list_type>) {
                        self.components.$replace(components);
                    }
                )?
            )*

            /// The first setting that the fast path doesn't support.
            pub(crate) fn for_the_orchestrator(&self) -> Option<&'static str> {
                let Self { layer, components, plugins, behavior_version: _ } = self;
                $(
                    $(#[$value_cfg])*
                    if layer.load::<$value>().is_some_and(|_value| !is_known!(_value $value_knows $(if $value_condition)?)) {
                        return Some(stringify!($value));
                    }
                )*
                $(
                    if layer.load::<$item>().next().is_some() && !is_known!(item $item_knows) {
                        return Some(stringify!($item));
                    }
                )*
                $(
                    if components.$component().is_some() && !is_known!(component $component_knows) {
                        return Some(stringify!($component));
                    }
                )*
                $(
                    if components.$list().next().is_some() && !is_known!(list $list_knows) {
                        return Some(stringify!($list));
                    }
                )*
                if components.has_identity_resolvers() && !is_known!(credentials $credentials_know) {
                    return Some("credentials");
                }
                if !plugins.is_empty() && !is_known!(plugins $plugins_know) {
                    return Some("plugins");
                }
                None
            }
        }
    };
}

settings! {
    values {
        ApiMetadata: known;
        AppName: known;
        AuthSchemePreference: unknown;
        // Only tests set it.
        AwsUserAgent: unknown;
        // Calls by a clock that is off are the orchestrator's, which corrects it or doesn't.
        DisableClockSkewCorrection: known;
        EndpointParameters: known;
        EndpointUrl: known;
        FromEnvironment: known;
        Region: known;
        RetryConfig: known if has_no_rate_limiter;
        RetryPartition: known;
        SharedInvocationIdGenerator: unknown;
        SigningName: known;
        SigningRegion: known;
        StalledStreamProtectionConfig: known;
        TimeoutConfig: known if is_only_for_connections;
        UseDualStack: known;
        UseFips: known;
        // It is looked at before the ways part.
        #[cfg(feature = "validation")]
        Validation: known;
    }
    value lists {
        FrameworkMetadata: unknown;
    }
    components {
        auth_scheme_option_resolver = set_auth_scheme_option_resolver(SharedAuthSchemeOptionResolver): unknown;
        endpoint_resolver = set_endpoint_resolver(SharedEndpointResolver): unknown;
        http_client = set_http_client(SharedHttpClient): known;
        identity_cache = set_identity_cache(SharedIdentityCache): known;
        sleep_impl = set_sleep_impl(SharedAsyncSleep): known;
        time_source = set_time_source(SharedTimeSource): known;
    }
    component lists {
        auth_schemes = push_auth_scheme(SharedAuthScheme): unknown;
        interceptors = push_interceptor(SharedInterceptor), set_interceptors: unknown;
        retry_classifiers = push_retry_classifier(SharedRetryClassifier), set_retry_classifiers: unknown;
    }
    credentials: known;
    plugins: unknown;
}

/// Adaptive retries limit the rate of all requests.
fn has_no_rate_limiter(retries: &RetryConfig) -> bool {
    retries.mode() == RetryMode::Standard
}

/// The HTTP client enforces connect and read timeouts; only the orchestrator has timers for attempts and calls.
fn is_only_for_connections(timeouts: &TimeoutConfig) -> bool {
    timeouts.operation_timeout().is_none() && timeouts.operation_attempt_timeout().is_none()
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            layer: CloneableLayer::default(),
            components: RuntimeComponentsBuilder::new("service config"),
            plugins: Vec::new(),
            behavior_version: None,
        }
    }
}

/// The parts of the settings, for a runtime plugin.
pub(crate) struct Parts {
    pub(crate) layer: CloneableLayer,
    pub(crate) components: RuntimeComponentsBuilder,
    pub(crate) plugins: Vec<SharedRuntimePlugin>,
    pub(crate) behavior_version: Option<BehaviorVersion>,
}

impl Settings {
    pub(super) fn get<T: Value>(&self) -> Option<&T> {
        self.layer.load::<T>()
    }

    /// Stores a value. `None` hides the value of lower layers.
    pub(super) fn set<T: Value>(&mut self, value: Option<T>) {
        self.layer.store_or_unset(value);
    }

    /// The values, the newest first.
    pub(super) fn get_all<T: ListValue>(&self) -> impl Iterator<Item = &T> {
        self.layer.load::<T>()
    }

    pub(super) fn push<T: ListValue>(&mut self, value: T) {
        self.layer.store_append(value);
    }

    pub(super) fn set_credentials(&mut self, provider: SharedCredentialsProvider) {
        self.components.set_identity_resolver(sigv4::SCHEME_ID, provider);
    }

    /// Whether something other than SigV4 with these credentials may authenticate a request.
    pub(super) fn has_own_auth(&self) -> bool {
        !self.plugins.is_empty() || self.auth_schemes().next().is_some() || self.auth_scheme_option_resolver().is_some()
    }

    pub(super) fn push_plugin(&mut self, plugin: SharedRuntimePlugin) {
        self.plugins.push(plugin);
    }

    pub(super) fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) {
        self.behavior_version = behavior_version;
    }

    pub(super) fn layer(&self) -> Layer {
        self.layer.clone().into()
    }

    pub(crate) fn components(&self) -> &RuntimeComponentsBuilder {
        &self.components
    }

    pub(crate) fn into_parts(self) -> Parts {
        let Self {
            layer,
            components,
            plugins,
            behavior_version,
        } = self;
        Parts {
            layer,
            components,
            plugins,
            behavior_version,
        }
    }
}
