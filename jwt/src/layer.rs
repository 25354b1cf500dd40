//! A tower layer that lets only requests with a valid token pass, and adds the claims to them.

use crate::bearer::{Rejection, bearer};
use crate::kind::Kind;
use crate::verifier::Verifier;
use http::header::{AUTHORIZATION, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_layer::Layer;
use tower_service::Service;

/// Called with each rejection, for the log.
type Listener = Arc<dyn Fn(&Rejection) + Send + Sync>;

/// A tower layer that verifies the token of each request. [`Verifier::layer`] makes one.
///
/// A request with a valid token passes, with a [`Verified`](crate::Verified) in its extensions. Any other request is
/// answered as RFC 6750 says, with an empty body.
pub struct VerifyLayer<K: Kind> {
    verifier: Verifier<K>,
    header: Option<HeaderName>,
    is_optional: bool,
    listener: Option<Listener>,
}

impl<K: Kind> Verifier<K> {
    /// A layer that lets only requests with a valid token pass.
    pub fn layer(&self) -> VerifyLayer<K> {
        VerifyLayer {
            verifier: self.clone(),
            header: None,
            is_optional: false,
            listener: None,
        }
    }
}

impl<K: Kind> VerifyLayer<K> {
    /// Also lets requests without a token pass, without claims. A request with an invalid token is still refused.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// Takes the bare token from this header instead of `Authorization`, for example `x-amzn-oidc-data` behind a load
    /// balancer.
    #[must_use]
    pub fn from_header(mut self, name: HeaderName) -> Self {
        self.header = Some(name);
        self
    }

    /// Calls `listener` with each rejection, for the log. The text of a rejection contains no part of the token.
    #[must_use]
    pub fn on_rejection(mut self, listener: impl Fn(&Rejection) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// The request's token.
    fn token<'r>(&self, headers: &'r HeaderMap) -> Result<&'r str, Rejection> {
        let name = self.header.as_ref().unwrap_or(&AUTHORIZATION);
        let mut values = headers.get_all(name).iter();
        let value = values.next();
        if values.next().is_some() {
            return Err(Rejection::Malformed);
        }
        let text = value
            .map(|value| value.to_str().map_err(|_| Rejection::Malformed))
            .transpose()?;
        match self.header {
            Some(_) => text.ok_or(Rejection::Missing),
            None => bearer(text),
        }
    }

    async fn verify<B>(&self, request: &mut Request<B>) -> Result<(), Rejection>
    where
        K::Claims<()>: Send + Sync,
    {
        let token = match self.token(request.headers()) {
            Err(Rejection::Missing) if self.is_optional => return Ok(()),
            token => token?,
        };
        let verified = self.verifier.verified(token).await?;
        request.extensions_mut().insert(verified);
        Ok(())
    }
}

/// A response with the rejection's status and headers, and an empty body.
impl<B: Default> From<&Rejection> for Response<B> {
    fn from(rejection: &Rejection) -> Self {
        let mut response = Response::new(B::default());
        *response.status_mut() = StatusCode::from_u16(rejection.status()).unwrap_or(StatusCode::UNAUTHORIZED);
        let headers = response.headers_mut();
        let challenge = rejection.www_authenticate().map(HeaderValue::try_from);
        if let Some(Ok(challenge)) = challenge {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = rejection.retry_after() {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl<K: Kind> Clone for VerifyLayer<K> {
    fn clone(&self) -> Self {
        Self {
            verifier: self.verifier.clone(),
            header: self.header.clone(),
            is_optional: self.is_optional,
            listener: self.listener.clone(),
        }
    }
}

impl<K: Kind> fmt::Debug for VerifyLayer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyLayer")
            .field("verifier", &self.verifier)
            .field("header", &self.header)
            .field("is_optional", &self.is_optional)
            .finish_non_exhaustive()
    }
}

impl<K: Kind, S> Layer<S> for VerifyLayer<K> {
    type Service = VerifyService<K, S>;

    fn layer(&self, inner: S) -> Self::Service {
        VerifyService {
            layer: self.clone(),
            inner,
        }
    }
}

/// A service behind a [`VerifyLayer`].
pub struct VerifyService<K: Kind, S> {
    layer: VerifyLayer<K>,
    inner: S,
}

impl<K: Kind, S: Clone> Clone for VerifyService<K, S> {
    fn clone(&self) -> Self {
        Self {
            layer: self.layer.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<K: Kind, S: fmt::Debug> fmt::Debug for VerifyService<K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyService")
            .field("layer", &self.layer)
            .field("inner", &self.inner)
            .finish()
    }
}

impl<K, S, B, R> Service<Request<B>> for VerifyService<K, S>
where
    K: Kind,
    K::Claims<()>: Send + Sync,
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: Default,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let layer = self.layer.clone();
        // The one that is ready goes into the future; its clone may not be.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            match layer.verify(&mut request).await {
                Ok(()) => inner.call(request).await,
                Err(rejection) => {
                    if let Some(listener) = &layer.listener {
                        listener(&rejection);
                    }
                    Ok(Response::from(&rejection))
                }
            }
        })
    }
}
