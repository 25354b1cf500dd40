//! Our own interceptors of every request. Each replaces one of the AWS SDKs', and is cheaper or safer.

mod chain;
mod clock_skew;
mod endpoint_params;
mod features;

pub(super) use chain::Chain;
pub(super) use clock_skew::{ClockSkewInterceptor, skew};
pub(super) use endpoint_params::{EndpointParamsInterceptor, endpoint_params};
pub(super) use features::{SettingsInterceptor, note_settings};
