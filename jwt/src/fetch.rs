//! Fetching keys: a small trait, and its errors.

use crate::jwks::JwksError;
use crate::key::KeyFault;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// The longest document that is read, in bytes. A user pool's JWKS has about 1,000.
pub(crate) const LONGEST_DOCUMENT: usize = 128 * 1024;

/// The result of [`Fetch::fetch`]: a future of the document's bytes.
pub type FetchFuture<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send + 'a>>;

/// Fetches a document with keys over HTTP.
///
/// The feature `client` has an implementation, `Https`. Implement this trait to use your own HTTP client, a proxy, or a
/// cache. A closure implements it, too:
///
/// ```
/// use cognito_jwt::{Fetch, FetchError};
///
/// async fn get(url: String) -> Result<Vec<u8>, FetchError> {
///     // let answer = reqwest_client.get(&url).send().await.map_err(FetchError::other)?; …
/// #   let _ = url;
///     Ok(br#"{"keys": []}"#.to_vec())
/// }
///
/// fn takes(fetch: impl Fetch) { drop(fetch) }
/// takes(get);
/// ```
///
/// An implementation should follow no redirects, because someone who can redirect can replace the keys. It should read
/// at most a few hundred kilobytes, and have a timeout of a few seconds.
pub trait Fetch: Send + Sync + 'static {
    /// Fetches the document at this URL.
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a>;
}

impl<F, R> Fetch for F
where
    F: Fn(String) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Vec<u8>, FetchError>> + Send + 'static,
{
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        Box::pin(self(url.to_owned()))
    }
}

/// Why keys couldn't be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchError {
    /// The server couldn't be reached, or the connection broke.
    Connection(String),
    /// The server didn't answer in time.
    TimedOut {
        /// The timeout.
        after: Duration,
    },
    /// The server answered with a redirect, which isn't followed.
    Redirect,
    /// The server answered with a status other than 200.
    Status(u16),
    /// The document is too long.
    TooLong {
        /// The maximum number of bytes.
        most: usize,
    },
    /// The document isn't a JWKS.
    Jwks(JwksError),
    /// The document isn't a key in PEM.
    Pem(KeyFault),
    /// There are no root certificates, so no server's certificate can be verified.
    NoRootCertificates,
    /// The fetch was cut short: its runtime ended, or it panicked.
    Abandoned,
    /// The keys haven't arrived yet. If your code can't await, call [`hydrate`](crate::Verifier::hydrate) first.
    UnderWay,
    /// Keys that are fetched one by one aren't fetched for a moment, because the last one that a token named didn't exist.
    Paused,
    /// The error of an implementation of [`Fetch`].
    Other(String),
}

impl FetchError {
    /// Wraps the error of your own HTTP client.
    pub fn other(error: impl fmt::Display) -> Self {
        Self::Other(error.to_string())
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connection(reason) => write!(f, "the server with the keys can't be reached: {reason}"),
            Self::TimedOut { after } => write!(
                f,
                "the server with the keys didn't answer within {} milliseconds",
                after.as_millis()
            ),
            Self::Redirect => {
                f.write_str("the server with the keys answered with a redirect; give the address that it leads to")
            }
            Self::Status(status) => write!(f, "the server with the keys answered with status {status}"),
            Self::TooLong { most } => write!(f, "the server with the keys sent more than {most} bytes"),
            Self::Jwks(error) => error.fmt(f),
            Self::Pem(fault) => write!(f, "the server with the keys sent something else: {fault}"),
            Self::NoRootCertificates => f.write_str(
                "there are no root certificates; install the system's (ca-certificates), or set SSL_CERT_FILE",
            ),
            Self::Abandoned => f.write_str("fetching the keys was cut short"),
            Self::UnderWay => f.write_str("the keys haven't come yet; call hydrate() before the first token"),
            Self::Paused => f.write_str("the last key didn't exist, so no other is fetched for a moment; try again"),
            Self::Other(reason) => write!(f, "the keys can't be fetched: {reason}"),
        }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Jwks(error) => Some(error),
            Self::Pem(fault) => Some(fault),
            _ => None,
        }
    }
}
