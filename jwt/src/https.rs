//! The default client that fetches keys: hyper on rustls, with a new connection for each fetch.

use crate::fetch::{Fetch, FetchError, FetchFuture, LONGEST_DOCUMENT};
use bytes::Bytes;
use http::header::{ACCEPT, HOST, USER_AGENT};
use http::uri::Scheme;
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// How long a fetch may take, from looking up the host to the last byte.
const TIME_OUT: Duration = Duration::from_secs(5);

/// Fetches keys with hyper over rustls (on ring, or on aws-lc with the feature `aws-lc-rs`).
///
/// It trusts the system's root certificates, or those in `SSL_CERT_FILE`. It follows no redirect, reads at most 128
/// KiB, and gives up after five seconds. It needs a tokio runtime with I/O and time enabled. It doesn't support
/// proxies; to use one, implement [`Fetch`].
#[derive(Clone)]
pub struct Https {
    time_out: Duration,
    /// Read when it is first needed, because a verifier with keys from a file needs no certificates. If there are none
    /// then, they are looked for again.
    tls: Arc<OnceLock<Arc<ClientConfig>>>,
}

impl Https {
    /// A client with a timeout of five seconds.
    pub fn new() -> Self {
        Self {
            time_out: TIME_OUT,
            tls: Arc::default(),
        }
    }

    /// Sets another timeout for the whole fetch.
    #[must_use]
    pub fn time_out(self, time_out: Duration) -> Self {
        Self { time_out, ..self }
    }

    fn tls(&self) -> Result<TlsConnector, FetchError> {
        let config = match self.tls.get() {
            Some(config) => config,
            None => {
                let config = Arc::new(tls_config()?);
                self.tls.get_or_init(|| config)
            }
        };
        Ok(TlsConnector::from(Arc::clone(config)))
    }

    async fn get(&self, url: &str) -> Result<Vec<u8>, FetchError> {
        let url: Uri = url.parse().map_err(FetchError::other)?;
        let host = url.host().ok_or_else(|| FetchError::other("the URL has no host"))?;
        // An IPv6 address is in brackets, which neither resolver nor certificate know.
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_plain = url.scheme() == Some(&Scheme::HTTP);
        let port = url.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
        let stream = TcpStream::connect((host, port)).await.map_err(connection)?;
        if is_plain {
            return request(stream, &url).await;
        }
        let name = ServerName::try_from(host.to_owned()).map_err(FetchError::other)?;
        let stream = self.tls()?.connect(name, stream).await.map_err(connection)?;
        request(stream, &url).await
    }
}

impl Default for Https {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Https {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Https")
            .field("time_out", &self.time_out)
            .finish_non_exhaustive()
    }
}

impl Fetch for Https {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        Box::pin(async move {
            timeout(self.time_out, self.get(url))
                .await
                .map_err(|_| FetchError::TimedOut { after: self.time_out })?
        })
    }
}

/// The error with its causes. The last one usually says what broke.
fn connection(error: impl std::error::Error) -> FetchError {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    FetchError::Connection(text)
}

/// Sends the request on a fresh connection, and reads the answer.
async fn request<S>(stream: S, url: &Uri) -> Result<Vec<u8>, FetchError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(self::connection)?;
    let exchange = async {
        let authority = url.authority().map_or("", |authority| authority.as_str());
        let path = url.path_and_query().map_or("/", |path| path.as_str());
        let request = Request::get(path)
            .header(HOST, authority)
            .header(ACCEPT, "application/json, application/x-pem-file, */*")
            .header(USER_AGENT, concat!("cognito-jwt/", env!("CARGO_PKG_VERSION")))
            .body(Empty::<Bytes>::new())
            .map_err(FetchError::other)?;
        let response = sender.send_request(request).await.map_err(self::connection)?;
        match response.status() {
            StatusCode::OK => {}
            status if status.is_redirection() => return Err(FetchError::Redirect),
            status => return Err(FetchError::Status(status.as_u16())),
        }
        let mut body = response.into_body();
        let mut document = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(self::connection)?;
            let data = frame.data_ref().map_or(&[][..], |data| data);
            if document.len() + data.len() > LONGEST_DOCUMENT {
                return Err(FetchError::TooLong { most: LONGEST_DOCUMENT });
            }
            document.extend_from_slice(data);
        }
        Ok(document)
    };
    // The connection is driven here, not in a task, so that it ends with the exchange.
    let mut exchange = std::pin::pin!(exchange);
    let mut connection = std::pin::pin!(connection);
    let mut is_open = true;
    std::future::poll_fn(|context| {
        if is_open && connection.as_mut().poll(context).is_ready() {
            is_open = false;
        }
        exchange.as_mut().poll(context)
    })
    .await
}

/// The crypto provider doesn't depend on the process's default, so crates with other features can't make this panic.
fn tls_config() -> Result<ClientConfig, FetchError> {
    let mut roots = RootCertStore::empty();
    // Certificates that can't be read are no reason not to trust the others.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(FetchError::NoRootCertificates);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_safe_default_protocol_versions()
        .map_err(FetchError::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

#[cfg(feature = "aws-lc-rs")]
fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

#[cfg(all(feature = "rustls-ring", not(feature = "aws-lc-rs")))]
fn provider() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(not(any(feature = "rustls-ring", feature = "aws-lc-rs")))]
compile_error!("cognito-jwt's feature `client` needs TLS: enable `rustls-ring` or `aws-lc-rs`, too");
