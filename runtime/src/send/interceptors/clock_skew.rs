//! Uses AWS's clock instead of the client's if they differ.

use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::date_time::Format;
use std::time::{Duration, SystemTime};

/// The largest difference at which a server's clock is believed. A device without a battery starts in 1970, so this is
/// large. The signer panics after the year 9999.
const MAX_BELIEVED: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// AWS's interceptor, which doesn't get to see an impossible `Date`.
#[derive(Debug, Default)]
pub(crate) struct ClockSkewInterceptor(ServiceClockSkewInterceptor);

#[dyn_dispatch_hint]
impl Intercept for ClockSkewInterceptor {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.modify_before_retry_loop(context, components, cfg)
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.read_before_transmit(context, components, cfg)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match skew(context.response(), components) {
            Some(skew) if skew <= MAX_BELIEVED => self.0.modify_before_deserialization(context, components, cfg),
            _ => Ok(()),
        }
    }
}

/// The difference between our clock and the `Date` of the response, whichever is ahead.
pub(crate) fn skew(response: &HttpResponse, components: &RuntimeComponents) -> Option<Duration> {
    let date = DateTime::from_str(response.headers().get("date")?, Format::HttpDate).ok()?;
    let server = SystemTime::try_from(date).ok()?;
    let now = components.time_source().unwrap_or_default().now();
    Some(now.duration_since(server).unwrap_or_else(|error| error.duration()))
}
