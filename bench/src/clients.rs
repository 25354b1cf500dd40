//! The official client and ours, configured alike.

use aws_credential_types::Credentials;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// The region of all clients.
pub(crate) const REGION: &str = "us-east-1";
/// The keys of all clients; they open nothing.
pub(crate) const KEYS: (&str, &str) = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

/// Both crates' default: hyper 1 with rustls; on ring for both, and not through the environment's proxy.
pub(crate) fn http_client() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

pub(crate) fn credentials() -> Credentials {
    let (key, secret) = KEYS;
    Credentials::new(key, secret, None, None, "benchmark")
}

/// The configuration of a client of `$sdk`, which is the same for both crates.
macro_rules! config {
    ($sdk:ident, $url:expr, $http_client:expr) => {
        $sdk::Config::builder()
            .behavior_version($sdk::config::BehaviorVersion::latest())
            .region($sdk::config::Region::new($crate::clients::REGION))
            .credentials_provider($crate::clients::credentials())
            .endpoint_url($url)
            .http_client($http_client)
            .build()
    };
}
pub(crate) use config;
