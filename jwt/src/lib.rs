//! Verifies Amazon Cognito's access and ID tokens.
//!
//! An API gets a bearer token and must know whether to trust it. This crate fetches the user pool's keys, keeps them
//! fresh, verifies the signature, and checks the claims. It returns typed claims, or a typed reason for the refusal. It
//! needs neither an AWS SDK nor credentials.
//!
//! # In five minutes
//!
//! Make a verifier when the program starts. It must know the user pool and the app client:
//!
//! ```
//! # #[cfg(feature = "client")]
//! # mod example {
//! use cognito_jwt::{Refusal, Verifier};
//!
//! # async fn example(token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let verifier = Verifier::user_pool("us-east-1_AbCdEf123")
//!     .client("1example23456789")
//!     .access()                       // or .id_token()
//!     .scope("api/read")
//!     .build()?;
//!
//! match verifier.verify(token).await {
//!     Ok(claims) => println!("{} of groups {:?}", claims.sub, claims.groups),
//!     Err(refusal) if refusal.is_expired() => println!("refresh the token"),
//!     Err(refusal) => println!("{refusal}"),  // for the log; refusal.public() is for the client
//! }
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! For your own claims, from a pre token generation trigger, use your own type:
//!
//! ```
//! use cognito_jwt::{Access, AccessClaims, Refusal, Verifier};
//!
//! struct Mine { tenant: String }
//! # // What `#[derive(serde::Deserialize)]` would write.
//! # impl<'de> serde::Deserialize<'de> for Mine {
//! #     fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
//! #         let mut map = std::collections::BTreeMap::<String, serde_json::Value>::deserialize(d)?;
//! #         match map.remove("tenant") {
//! #             Some(serde_json::Value::String(tenant)) => Ok(Self { tenant }),
//! #             _ => Err(serde::de::Error::missing_field("tenant")),
//! #         }
//! #     }
//! # }
//!
//! async fn tenant(verifier: &Verifier<Access>, token: &str) -> Result<String, Refusal> {
//!     let claims: AccessClaims<Mine> = verifier.verify_with(token).await?;
//!     Ok(claims.custom.tenant)
//! }
//! ```
//!
//! With axum (feature `axum`), a layer lets only valid tokens pass, and a handler takes the claims:
//!
//! ```
//! # #[cfg(feature = "axum")]
//! # mod example {
//! use axum::{Router, routing::get};
//! use cognito_jwt::{Access, AccessToken, Verifier};
//!
//! async fn me(AccessToken(claims): AccessToken) -> String {
//!     claims.username.unwrap_or(claims.client_id)
//! }
//!
//! fn app(verifier: &Verifier<Access>) -> Router {
//!     Router::new().route("/me", get(me)).layer(verifier.layer())
//! }
//! # }
//! ```
//!
//! Refused requests are answered as RFC 6750 says, with `WWW-Authenticate` and an empty body. Without axum, use the
//! tower layer (feature `tower`); without tower, use [`bearer`] and [`Rejection`]. The folder `examples` has programs
//! for axum, hyper alone, a Lambda authorizer and a tonic interceptor.
//!
//! # What it does
//!
//! - Both issuer names that a user pool can have, replicas, every partition: [`Issuer`].
//! - Several pools and clients, scopes, groups, resource servers, a check of your own: [`PoolBuilder`], [`Builder`].
//! - Keys are fetched when a token needs them, one fetch at a time. A request whose key is cached never waits, not even
//!   while keys rotate. [`hydrate`](Verifier::hydrate) fetches them before the first token.
//! - [`verify_sync`](Verifier::verify_sync) is for code that can't await.
//! - Keys from a file or a string, without any HTTP client: [`Issuer::keys`].
//! - Tokens of Application Load Balancers: [`Verifier::load_balancer`]. Other OpenID Connect providers:
//!   [`Verifier::oidc`].
//! - Every reason for a refusal is a variant of [`Refusal`], and none quotes the token.
//!
//! [`threats`] lists what an attacker may try and what stops it, **and what isn't checked, above all revocation.**
//! [`key_servers`] lists what happens when the key server misbehaves.
//!
//! # Features
//!
//! | feature | default | crates in total | |
//! |---|---|---|---|
//! | none | | 15 | keys from a string, or with your own [`Fetch`]; ring |
//! | `client` | yes | 38 | the client that fetches keys: hyper 1 and rustls, `Https`; needs one of the last two |
//! | `tower` | | + 2 | `VerifyLayer` |
//! | `axum` | | + 5 | `AccessToken`, `IdToken`; implies `tower` |
//! | `rustls-ring` | yes | | TLS on ring |
//! | `aws-lc-rs` | | + 2 | signatures and TLS on aws-lc; needs a C build |
//! | `test-util` | | | `TestPool`, which signs tokens for tests |
//!
//! This crate installs nothing process-wide, so no other crate's features can make it panic. But rustls chooses no
//! provider by itself if both are compiled in, and crates that rely on its choice panic. So in a program with aws-lc
//! (cognito-idp, reqwest and aws-config bring it by default), use `default-features = false` and
//! `features = ["client", "aws-lc-rs"]`.
//!
//! # With an emulator
//!
//! ```
//! # #[cfg(feature = "client")]
//! # fn main() -> Result<(), cognito_jwt::BuildError> {
//! use cognito_jwt::{Issuer, Verifier};
//!
//! let pool = Issuer::user_pool("us-east-1_AbCdEf123").emulator("http://localhost:4566");
//! let verifier = Verifier::user_pool(pool).client("1example23456789").access().build()?;
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "client"))]
//! # fn main() {}
//! ```
//!
//! # In a test
//!
//! With the feature `test-util`, a `TestPool` signs the tokens that a test asks for, offline. With tokens of your own,
//! pass their public keys to [`Issuer::keys`]. [`Builder::clock`] sets the time.
//!
//! # In Lambda
//!
//! Make the verifier outside of the handler, and call [`hydrate`](Verifier::hydrate) there. The initialization phase
//! has more CPU, and the keys stay for the life of the environment.

mod bearer;
mod build_error;
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
#[doc = include_str!("key_servers.md")]
pub mod key_servers {}
mod kind;
#[cfg(feature = "tower")]
mod layer;
mod object;
mod refusal;
#[cfg(feature = "test-util")]
mod testing;
#[doc = include_str!("threats.md")]
pub mod threats {}
mod token;
mod verifier;

pub use bearer::{Rejection, bearer};
pub use build_error::BuildError;
pub use builder::{Builder, PoolBuilder};
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
#[cfg(feature = "test-util")]
pub use testing::TestPool;
pub use verifier::{KeyStatus, Verified, Verifier};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
