//! What calls through the orchestrator tell about later ones.

use aws_smithy_runtime::client::retries::TokenBucket;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::DateTime;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::date_time::Format;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

/// By how much the clock may differ from AWS's before signatures are made by AWS's clock, which the orchestrator does.
/// AWS refuses a difference of five minutes.
const MAX_CLOCK_SKEW: Duration = Duration::from_secs(60);

/// What is known of the client's calls. It isn't in the configuration of a call with settings of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learned(Arc<Facts>);

impl Storable for Learned {
    type Storer = StoreReplace<Self>;
}

#[derive(Debug, Default)]
struct Facts {
    /// The retry quota. A success gives some of it back, which only the orchestrator can do.
    token_bucket: OnceLock<TokenBucket>,
    clock_is_off: AtomicBool,
}

impl Learned {
    /// Whether the last answers were as they should be: the retry quota is full, and the clock right.
    pub(super) fn all_is_well(&self) -> bool {
        self.0.token_bucket.get().is_some_and(TokenBucket::is_full) && !self.0.clock_is_off.load(Ordering::Relaxed)
    }

    pub(super) fn look_at_clock(&self, response: &HttpResponse, components: &RuntimeComponents) {
        let date = response.headers().get("date");
        let Some(date) = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok()) else {
            return;
        };
        let now = components.time_source().unwrap_or_default().now();
        let Ok(server) = SystemTime::try_from(date) else { return };
        let skew = now.duration_since(server).unwrap_or_else(|error| error.duration());
        self.0.clock_is_off.store(skew > MAX_CLOCK_SKEW, Ordering::Relaxed);
    }
}

/// Learns.
#[derive(Debug)]
pub(crate) struct LearningInterceptor;

#[dyn_dispatch_hint]
impl Intercept for LearningInterceptor {
    fn name(&self) -> &'static str {
        "LearningInterceptor"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(learned), Some(token_bucket)) = (cfg.load::<Learned>(), cfg.load::<TokenBucket>()) {
            learned.0.token_bucket.get_or_init(|| token_bucket.clone());
        }
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(learned) = cfg.load::<Learned>() {
            learned.look_at_clock(context.response(), components);
        }
        Ok(())
    }
}
