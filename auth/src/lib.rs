//! Signing in with Amazon Cognito user pools.

#![forbid(unsafe_code)]

mod encoding;
mod secret;
mod secret_hash;
pub mod srp;

pub use secret::Secret;
pub use secret_hash::secret_hash;
