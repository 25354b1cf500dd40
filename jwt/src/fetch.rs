//! Fetching keys: the small trait, and what can go wrong.

use crate::jwks::JwksError;
use crate::key::KeyFault;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// The longest document that is read, in bytes. A user pool's JWKS has about 1,000.
pub(crate) const LONGEST_DOCUMENT: usize = 128 * 1024;

/// What [`Fetch::fetch`] gives: a future of the document's bytes.
pub type FetchFuture<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send + 'a>>;

/// Fetches a document with keys over HTTP.
///
/// The feature `client` has one, `Https`. Implement this to go through an HTTP client of your own, a
/// proxy, or a cache. A closure does:
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
/// An implementation should follow no redirects (who can redirect can replace the keys), read at most a few hundred
/// kilobytes, and end: it should have a time-out of a few seconds.
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
        /// How long it was waited for.
        after: Duration,
    },
    /// The server answered with a redirect, which isn't followed.
    Redirect,
    /// The server answered with another status than 200.
    Status(u16),
    /// The document is longer than is read.
    TooLong {
        /// How many bytes are read.
        most: usize,
    },
    /// The document isn't a JWKS.
    Jwks(JwksError),
    /// The document isn't a key in PEM.
    Pem(KeyFault),
    /// There are no root certificates to trust, so no server can prove who it is.
    NoRootCertificates,
    /// The fetch was cut short: its runtime ended, or it panicked.
    Abandoned,
    /// The keys haven't come yet. Where nothing can be awaited, call [`hydrate`](crate::Verifier::hydrate) first.
    UnderWay,
    /// What an implementation of [`Fetch`] says.
    Other(String),
}

impl FetchError {
    /// An error of an HTTP client of one's own.
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
