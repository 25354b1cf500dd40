//! The HTTP client that is used if the configuration sets none: hyper 1 with rustls.
//!
//! It reads the root certificates with the first TLS request, because parsing them takes ten times as long as building
//! the rest of a client. So it also reports the error if there are none.

use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
#[cfg(feature = "__rustls")]
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_types::config_bag::ConfigBag;

#[cfg(feature = "__rustls")]
mod connector;
#[cfg(feature = "__rustls")]
mod root_certificates;

#[cfg(feature = "__rustls")]
pub(super) use connector::DefaultHttpClient;

/// The HTTP client that is used if the configuration sets none. A program can use it for its other requests. It is
/// hyper 1 with rustls, and uses the environment's proxy. `None` without a feature that enables rustls.
pub fn default_http_client() -> Option<SharedHttpClient> {
    #[cfg(feature = "__rustls")]
    return Some(SharedHttpClient::new(DefaultHttpClient::new(BehaviorVersion::latest())));
    #[cfg(not(feature = "__rustls"))]
    None
}

/// The timers that are used if the configuration sets none: tokio's. `None` without the feature `rt-tokio`.
/// [`Config::sleep_impl`](crate::config::Config::sleep_impl) has only what a program has set.
pub fn default_sleep_impl() -> Option<SharedAsyncSleep> {
    aws_smithy_async::rt::sleep::default_async_sleep()
}

/// Validates that the parts of a client fit together.
///
/// The default HTTP client has nothing to validate. Another one may be `theirs`: the configuration's, or a plugin's.
pub(super) fn validated(plugins: RuntimePlugins, may_be_theirs: bool) -> Result<RuntimePlugins, BoxError> {
    let mut cfg = ConfigBag::base();
    let mut components = plugins.apply_client_configuration(&mut cfg)?;
    let client = components.http_client().filter(|_| may_be_theirs);
    if client.is_none_or(|client| has_nothing_to_validate(&client)) {
        components.set_http_client(None::<SharedHttpClient>);
    }
    components.validate_base_client_config(&cfg)?;
    Ok(plugins)
}

/// To validate themselves, AWS's clients on hyper make a connector and discard it, which reads the root certificates
/// early. This step is skipped if there are root certificates. If there are none, it runs, so that the client fails when
/// it is made and not with its first request.
fn has_nothing_to_validate(client: &SharedHttpClient) -> bool {
    let is_on_hyper = client
        .connector_metadata()
        .is_some_and(|metadata| metadata.name() == "hyper");
    #[cfg(feature = "__rustls")]
    return is_on_hyper && root_certificates::are_there().is_ok();
    #[cfg(not(feature = "__rustls"))]
    is_on_hyper
}
