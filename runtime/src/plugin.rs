//! What an operation adds to the client's runtime plugins, and the interceptors of every request.

use crate::config::Config;
use crate::config::EndpointParameters;
use crate::endpoint::{Params, ParamsBuilder};
use crate::operation::{Auth, Operation};
use crate::protocol::{RequestSerializer, ResponseDeserializer};
use crate::service::Service;
use crate::user_agent;
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID;
use aws_smithy_runtime::client::retries::classifiers::{ModeledAsRetryableClassifier, TransientErrorClassifier};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::endpoint::{EndpointPrefix, EndpointResolverParams};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::marker::PhantomData;

/// How to serialize, sign, retry and parse `O`.
pub(crate) fn operation_plugin<O: Operation>(config: &Config<O::Service>) -> StaticRuntimePlugin {
    let mut layer = Layer::new(O::NAME);
    layer.store_put(SharedRequestSerializer::new(RequestSerializer::<O>::new()));
    layer.store_put(SharedResponseDeserializer::new(ResponseDeserializer::<O>::new()));
    layer.store_put(AuthSchemeOptionResolverParams::new(O::AUTH));
    layer.store_put(Metadata::new(O::NAME, O::Service::ID));
    if O::SENSITIVE_OUTPUT {
        layer.store_put(SensitiveOutput);
    }
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
        .with_interceptor(SharedInterceptor::permanent(EndpointParamsInterceptor::<O>(
            PhantomData,
        )))
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

/// Collects the parameters of the endpoint rules, and the host prefix, before the request is serialized.
#[derive(Debug)]
struct EndpointParamsInterceptor<O>(PhantomData<O>);

#[dyn_dispatch_hint]
impl<O: Operation> Intercept for EndpointParamsInterceptor<O> {
    fn name(&self) -> &'static str {
        "EndpointParamsInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context
            .input()
            .downcast_ref::<O::Input>()
            .ok_or("the input has another type than the operation's")?;
        let params = O::endpoint_params(input, endpoint_params(cfg)).build()?;
        let prefix = O::host_prefix(input)?.map(EndpointPrefix::new).transpose()?;
        let state = cfg.interceptor_state();
        state.store_put(EndpointResolverParams::new(params));
        if let Some(prefix) = prefix {
            state.store_put(prefix);
        }
        Ok(())
    }
}

/// The parameters of the endpoint rules that are settings of the client.
pub(crate) fn endpoint_params(cfg: &ConfigBag) -> ParamsBuilder {
    let params = Params::builder()
        .set_region(cfg.load::<Region>().map(|region| region.as_ref().to_owned()))
        .set_use_dual_stack(cfg.load::<UseDualStack>().map(|setting| setting.0))
        .set_use_fips(cfg.load::<UseFips>().map(|setting| setting.0))
        .set_endpoint(cfg.load::<EndpointUrl>().map(|setting| setting.0.clone()));
    let own = cfg.load::<EndpointParameters>().into_iter();
    own.flat_map(EndpointParameters::iter)
        .fold(params, |params, (name, value)| params.extra(name, value.clone()))
}

/// Counts a feature in the user agent: AWS asks its SDKs to.
#[derive(Debug)]
pub(crate) struct FeatureInterceptor(pub(crate) SmithySdkFeature);

#[dyn_dispatch_hint]
impl Intercept for FeatureInterceptor {
    fn name(&self) -> &'static str {
        "FeatureInterceptor"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().store_append(self.0.clone());
        Ok(())
    }
}
