//! The HTTP client where the configuration names none: hyper 1 with rustls.
//!
//! It reads the root certificates with the first request over TLS: parsing them takes ten times as long as the rest of a
//! client. So it also is what says that there are none.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_types::config_bag::ConfigBag;

#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
mod connector;
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
mod root_certificates;

#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
pub(super) use connector::DefaultHttpClient;

/// Asks the parts of a client whether they fit together.
pub(super) fn validated(plugins: RuntimePlugins) -> Result<RuntimePlugins, BoxError> {
    let mut cfg = ConfigBag::base();
    let mut components = plugins.apply_client_configuration(&mut cfg)?;
    if components
        .http_client()
        .is_some_and(|client| has_nothing_to_validate(&client))
    {
        components.set_http_client(None::<SharedHttpClient>);
    }
    components.validate_base_client_config(&cfg)?;
    Ok(plugins)
}

/// The clients on hyper make a connector when they are asked to validate themselves, and throw it away, so that the
/// root certificates are read early. It is left out where there are some: otherwise a client would fail with its first
/// request, and not when it is made.
fn has_nothing_to_validate(client: &SharedHttpClient) -> bool {
    let is_on_hyper = client
        .connector_metadata()
        .is_some_and(|metadata| metadata.name() == "hyper");
    #[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
    return is_on_hyper && root_certificates::are_there().is_ok();
    #[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc")))]
    is_on_hyper
}
