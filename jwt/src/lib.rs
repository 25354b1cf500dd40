//! Verifies Amazon Cognito's tokens.
mod bearer;
mod builder;
mod cache;
mod claims;
#[cfg(feature = "axum")]
mod extract;
mod fetch;
#[cfg(feature = "client")]
mod https;
mod issuer;
mod jwks;
mod key;
mod kind;
#[cfg(feature = "tower")]
mod layer;
mod object;
mod refusal;
mod token;
mod verifier;

pub use bearer::{Rejection, bearer};
pub use builder::{BuildError, Builder, PoolBuilder};
pub use claims::{AccessClaims, AlbClaims, IdClaims, OidcClaims};
#[cfg(feature = "axum")]
pub use extract::{AccessToken, IdToken};
pub use fetch::{Fetch, FetchError, FetchFuture};
#[cfg(feature = "client")]
pub use https::Https;
pub use issuer::Issuer;
pub use jwks::{Jwks, JwksError};
pub use key::{Algorithm, KeyFault};
pub use kind::{Access, Alb, Id, Kind, Oidc};
#[cfg(feature = "tower")]
pub use layer::{VerifyLayer, VerifyService};
pub use refusal::{Part, Refusal};
pub use verifier::{KeyStatus, Verified, Verifier};
