//! Converts an `SdkConfig`, as `aws-config` loads it, to this service's configuration.

use super::{Builder, Config};
use crate::service::Service;
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

impl<S: Service> From<&SdkConfig> for Builder<S> {
    fn from(input: &SdkConfig) -> Self {
        let mut builder = Self::default();
        builder
            .set_credentials_provider(input.credentials_provider())
            .set_region(input.region().cloned())
            .set_use_fips(input.use_fips())
            .set_use_dual_stack(input.use_dual_stack())
            .set_endpoint_url(endpoint_url::<S>(input))
            .set_retry_config(input.retry_config().cloned())
            .set_timeout_config(input.timeout_config().cloned())
            .set_sleep_impl(input.sleep_impl())
            .set_http_client(input.http_client())
            .set_time_source(input.time_source())
            .set_behavior_version(input.behavior_version())
            .set_auth_scheme_preference(input.auth_scheme_preference().cloned())
            .set_disable_clock_skew_correction(input.disable_clock_skew_correction())
            .set_app_name(input.app_name().cloned());
        // For these, nothing set means the default and not none.
        if let Some(protection) = input.stalled_stream_protection() {
            builder.set_stalled_stream_protection(Some(protection));
        }
        if let Some(cache) = input.identity_cache() {
            builder.set_identity_cache(cache);
        }
        for framework_metadata in input.framework_metadata() {
            builder.push_framework_metadata(framework_metadata.clone());
        }
        builder
    }
}

impl<S: Service> From<&SdkConfig> for Config<S> {
    fn from(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }
}

/// A URL set in code overrides the service's own setting, which overrides the setting for all services.
fn endpoint_url<S: Service>(input: &SdkConfig) -> Option<String> {
    let for_all_services = || input.endpoint_url().map(str::to_owned);
    if input.get_origin("endpoint_url").is_client_config() {
        return for_all_services();
    }
    let key = ServiceConfigKey::builder()
        .service_id(S::ID)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok();
    key.and_then(|key| input.service_config()?.load_config(key))
        .or_else(for_all_services)
}
