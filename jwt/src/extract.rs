//! Extractors for axum: a handler names the kind of token it needs, and gets its claims.

use crate::bearer::Rejection;
use crate::claims::{AccessClaims, IdClaims};
use crate::kind::{Access, Id, Kind};
use crate::verifier::Verified;
use axum_core::body::Body;
use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The claims of the request's access token. The route needs the [layer](crate::Verifier::layer) of a verifier of
/// access tokens.
///
/// `C` is the application's own type for further claims. With [`VerifyLayer::optional`](crate::VerifyLayer::optional),
/// take an `Option<AccessToken<C>>`.
#[derive(Debug, Clone)]
pub struct AccessToken<C = ()>(
    /// The claims.
    pub AccessClaims<C>,
);

/// The claims of the request's ID token. The route needs the [layer](crate::Verifier::layer) of a verifier of ID
/// tokens.
#[derive(Debug, Clone)]
pub struct IdToken<C = ()>(
    /// The claims.
    pub IdClaims<C>,
);

/// The value that the layer has put into the request.
fn left<K: Kind, C: DeserializeOwned>(parts: &Parts) -> Result<Option<K::Claims<C>>, Rejection>
where
    K::Claims<()>: Clone + Send + Sync,
{
    let Some(verified) = parts.extensions.get::<Verified<K>>() else {
        return Ok(None);
    };
    Ok(Some(K::with_custom(verified.claims().clone(), verified.custom()?)))
}

macro_rules! extractor {
    ($extractor:ident, $kind:ident) => {
        impl<S: Send + Sync, C: DeserializeOwned + Send> FromRequestParts<S> for $extractor<C> {
            type Rejection = Rejection;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
                left::<$kind, C>(parts)?.map(Self).ok_or(Rejection::NotVerified)
            }
        }

        impl<S: Send + Sync, C: DeserializeOwned + Send> OptionalFromRequestParts<S> for $extractor<C> {
            type Rejection = Rejection;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
                Ok(left::<$kind, C>(parts)?.map(Self))
            }
        }
    };
}

extractor!(AccessToken, Access);
extractor!(IdToken, Id);

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        Response::<Body>::from(&self)
    }
}
