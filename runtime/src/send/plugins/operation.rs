//! The runtime plugin of an operation. Its classifiers and the client's for status codes decide what is retried.

use crate::config::Config;
use crate::operation::{Auth, Operation};
use crate::send::interceptors::EndpointParamsInterceptor;
use crate::send::protocol::{RequestSerializer, ResponseDeserializer};
use crate::send::user_agent;
use crate::service::Service;
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime::client::retries::classifiers::{ModeledAsRetryableClassifier, TransientErrorClassifier};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::{Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_types::config_bag::Layer;

/// How to serialize, sign, retry and parse `O`.
pub(crate) fn operation_plugin<O: Operation>(config: &Config<O::Service>) -> StaticRuntimePlugin {
    let mut layer = Layer::new(O::NAME);
    layer.store_put(SharedRequestSerializer::new(RequestSerializer::<O>::new()));
    layer.store_put(SharedResponseDeserializer::new(ResponseDeserializer::<O>::new()));
    layer.store_put(AuthSchemeOptionResolverParams::new(O::AUTH));
    layer.store_put(Metadata::new(O::NAME, O::Service::ID));
    // Of every operation: the answer to one with nothing secret in its output may say why a password was refused.
    layer.store_put(SensitiveOutput);
    let mut signing_options = SigningOptions::default();
    signing_options.double_uri_encode = true;
    signing_options.content_sha256_header = false;
    signing_options.normalize_uri_path = true;
    layer.store_put(SigV4OperationSigningConfig {
        signing_options,
        ..Default::default()
    });
    user_agent::store(&mut layer, config);
    let mut components = RuntimeComponentsBuilder::new(O::NAME)
        .with_interceptor(SharedInterceptor::permanent(
            StalledStreamProtectionInterceptor::default(),
        ))
        .with_interceptor(SharedInterceptor::permanent(EndpointParamsInterceptor::<O>::default()))
        .with_retry_classifier(TransientErrorClassifier::<O::Error>::new())
        .with_retry_classifier(ModeledAsRetryableClassifier::<O::Error>::new())
        .with_retry_classifier(AwsErrorCodeClassifier::<O::Error>::new())
        .with_retry_classifier(ServiceClockSkewClassifier::<O::Error>::new());
    if O::AUTH == Auth::None {
        components.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![NO_AUTH_SCHEME_ID]),
        )));
    }
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(components)
}
