//! Tracks whether the last responses were healthy, so that the next call doesn't need the orchestrator's state.

use crate::send::interceptors::skew;
use aws_smithy_runtime::client::retries::TokenBucket;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The clock skew from which signatures use AWS's clock. Only the orchestrator corrects it. AWS refuses a difference of
/// five minutes.
const MAX_CLOCK_SKEW: Duration = Duration::from_secs(60);

/// What is known of the client's calls. A call with its own settings doesn't have it in its configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Health(Arc<Facts>);

impl Storable for Health {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug, Default)]
struct Facts {
    /// The retry quota. A success refills it, which only the orchestrator can do.
    token_bucket: OnceLock<TokenBucket>,
    clock_is_off: AtomicBool,
}

impl Health {
    /// Whether the last responses were healthy: the retry quota is full, and the clock is right.
    pub(super) fn all_is_well(&self) -> bool {
        self.0.token_bucket.get().is_some_and(TokenBucket::is_full) && !self.0.clock_is_off.load(Ordering::Relaxed)
    }

    pub(super) fn look_at_clock(&self, response: &HttpResponse, components: &RuntimeComponents) {
        if let Some(skew) = skew(response, components) {
            self.0.clock_is_off.store(skew > MAX_CLOCK_SKEW, Ordering::Relaxed);
        }
    }
}

/// Observes the responses that the orchestrator gets.
#[derive(Debug)]
pub(crate) struct HealthInterceptor;

#[dyn_dispatch_hint]
impl Intercept for HealthInterceptor {
    fn name(&self) -> &'static str {
        "HealthInterceptor"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(health), Some(token_bucket)) = (cfg.load::<Health>(), cfg.load::<TokenBucket>()) {
            health.0.token_bucket.get_or_init(|| token_bucket.clone());
        }
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(health) = cfg.load::<Health>() {
            health.look_at_clock(context.response(), components);
        }
        Ok(())
    }
}
