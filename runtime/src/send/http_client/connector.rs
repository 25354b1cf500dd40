//! The client and its connectors.

use super::root_certificates;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_http_client::ConnectorBuilder;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use std::env;
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

#[cfg(feature = "rustls-aws-lc")]
const CRYPTO: CryptoMode = CryptoMode::AwsLc;
#[cfg(not(feature = "rustls-aws-lc"))]
const CRYPTO: CryptoMode = CryptoMode::Ring;

/// hyper 1 with rustls, which uses the environment's proxy.
#[derive(Debug)]
pub(crate) struct DefaultHttpClient {
    proxy: ProxyConfig,
    /// One for each pair of timeouts, as in the AWS SDKs, because timeouts are part of a connector.
    connectors: RwLock<Connectors>,
}

impl DefaultHttpClient {
    pub(crate) fn new(behavior_version: BehaviorVersion) -> Self {
        #[expect(deprecated, reason = "users may still ask for older versions")]
        let proxy = if behavior_version.is_at_least(BehaviorVersion::v2025_08_07()) && !no_host_has_a_proxy() {
            ProxyConfig::from_env()
        } else {
            ProxyConfig::disabled()
        };
        Self {
            proxy,
            connectors: RwLock::default(),
        }
    }
}

type Connectors = Vec<(HttpConnectorSettings, SharedHttpConnector)>;

fn find(connectors: &Connectors, settings: &HttpConnectorSettings) -> Option<SharedHttpConnector> {
    let timeouts = |it: &HttpConnectorSettings| (it.connect_timeout(), it.read_timeout());
    let found = connectors
        .iter()
        .find(|(known, _)| timeouts(known) == timeouts(settings))?;
    Some(found.1.clone())
}

impl HttpClient for DefaultHttpClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let known = self.connectors.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(connector) = find(&known, settings) {
            return connector;
        }
        drop(known);
        let mut connectors = self.connectors.write().unwrap_or_else(PoisonError::into_inner);
        // Another call may have been faster.
        find(&connectors, settings).unwrap_or_else(|| {
            let by_scheme = ByScheme::new(self.proxy.clone(), settings.clone(), components.sleep_impl());
            let connector = SharedHttpConnector::new(by_scheme);
            connectors.push((settings.clone(), connector.clone()));
            connector
        })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("hyper", Some("1.x".into())))
    }
}

/// A connector without TLS, and one with TLS that is made when it is needed.
#[derive(Debug)]
struct ByScheme {
    builder: ConnectorBuilder,
    plain: SharedHttpConnector,
    tls: OnceLock<SharedHttpConnector>,
    /// Held while the certificates are parsed, so that concurrent calls parse them once.
    making: Mutex<()>,
    always_tls: bool,
}

impl ByScheme {
    fn new(proxy: ProxyConfig, settings: HttpConnectorSettings, sleep: Option<SharedAsyncSleep>) -> Self {
        let mut builder = <ConnectorBuilder>::default();
        builder.set_connector_settings(Some(settings));
        builder.set_sleep_impl(sleep);
        let always_tls = !proxy.is_disabled() && proxy_speaks_tls();
        builder.set_proxy_config(Some(proxy));
        Self {
            plain: SharedHttpConnector::new(builder.clone().build_http()),
            builder,
            tls: OnceLock::new(),
            making: Mutex::new(()),
            always_tls,
        }
    }

    fn tls(&self) -> Result<&SharedHttpConnector, ConnectorError> {
        if let Some(connector) = self.tls.get() {
            return Ok(connector);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if self.tls.get().is_none() {
            root_certificates::are_there().map_err(|error| ConnectorError::user(error.into()))?;
        }
        Ok(self.tls.get_or_init(|| {
            let builder = self.builder.clone().tls_provider(Provider::Rustls(CRYPTO));
            SharedHttpConnector::new(builder.build())
        }))
    }
}

impl HttpConnector for ByScheme {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if !self.always_tls && request.uri().starts_with("http://") {
            return self.plain.call(request);
        }
        match self.tls() {
            Ok(connector) => connector.call(request),
            Err(error) => HttpConnectorFuture::ready(Err(error)),
        }
    }
}

/// Whether the environment disables the proxy for every host. aws-smithy-http-client treats the asterisk as a domain.
fn no_host_has_a_proxy() -> bool {
    let hosts = env::var("NO_PROXY").or_else(|_| env::var("no_proxy"));
    hosts.is_ok_and(|hosts| hosts.split(',').any(|host| host.trim() == "*"))
}

/// Whether plain requests go to a proxy over TLS.
fn proxy_speaks_tls() -> bool {
    ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| env::var(name).is_ok_and(|url| url.trim_start().starts_with("https:")))
}
