//! Records used features in the user agent, as AWS requires of its SDKs.

use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::endpoint_config::EndpointUrl;

/// Records settings in the user agent: retry mode and endpoint override.
#[derive(Debug)]
pub(crate) struct SettingsInterceptor;

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

/// Records the retry mode, and whether an endpoint is set.
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
