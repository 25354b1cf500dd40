//! The HTTPS client that is used where the configuration names none.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

#[cfg(feature = "rustls-aws-lc")]
const CRYPTO: CryptoMode = CryptoMode::AwsLc;
#[cfg(not(feature = "rustls-aws-lc"))]
const CRYPTO: CryptoMode = CryptoMode::Ring;

/// hyper 1 with rustls, through the proxy that the environment names.
///
/// It connects, and loads the root certificates, on the first request.
pub(crate) fn default_client() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = ConnectorBuilder::default().tls_provider(Provider::Rustls(CRYPTO));
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector.set_proxy_config(Some(ProxyConfig::from_env()));
        connector.build()
    })
}
