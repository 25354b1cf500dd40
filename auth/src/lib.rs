//! Signing in with Amazon Cognito user pools: SRP, every challenge, devices, sessions, machine to machine, managed login.
//!
//! ```no_run
//! use cognito_auth::{Challenge, FileTokens, Session, Step, UserPool};
//! # fn ask(_: &str) -> String { String::new() }
//! # async fn example() -> Result<(), cognito_auth::AuthError> {
//! let pool = UserPool::new("us-east-1_AbCdEf123", "1h57kf5cpq17m0eml12EXAMPLE")?.with_secret("…");
//! let mut step = pool.sign_in("alice").password("…").await?;
//! let tokens = loop {
//!     step = match step {
//!         Step::SignedIn(tokens) => break tokens,
//!         Step::Challenge(Challenge::SoftwareTokenMfa(c)) => c.code(&ask("code")).await?,
//!         Step::Challenge(Challenge::NewPasswordRequired(c)) => c.password(ask("new password")).send().await?,
//!         other => return Err(other.unexpected()),
//!     };
//! };
//! let session = Session::start(&pool, tokens, FileTokens::new("tokens.json")).await?;
//! let bearer = session.access_token().await?; // refreshed once for all callers
//! # Ok(())
//! # }
//! ```
//!
//! Only the flows for administrators need AWS credentials. Secrets are [`Secret`]s, and `Debug` doesn't show them. Logs
//! contain no bodies of requests or responses, at any level, unless `LOG_SENSITIVE_BODIES=true` is set in the
//! environment. The module [`srp`] is for programs that need only the arithmetic.
//!
//! | to do | begin with |
//! |---|---|
//! | sign a user in | [`UserPool::sign_in`], which returns a [`Step`] |
//! | sign a user up, reset a password | [`UserPool::sign_up`], [`UserPool::forgot_password`] |
//! | continue in another page or process | [`Pending::state`], [`UserPool::resume`] |
//! | remember this device | [`UserPool::with_devices`], [`UserPool::confirm_device`] |
//! | keep a user signed in | [`Session`] with a [`TokenStore`]; [`UserPool::refresh`] on a server that keeps nothing |
//! | attributes, second factors, passkeys, devices, sessions | [`Session::user`] |
//! | call an API as a service | [`UserPool::machine`] |
//! | let the browser do it | [`ManagedLogin`], [`LoopbackLogin`] |
//! | get a token with fewer rights for another service | [`UserPool::exchange`] |
//! | get AWS credentials of the user | `IdentityPool`, with the feature `identity-pool` |
//!
//! The [`guide`] explains Cognito's flows, with a picture, the answers to each challenge, and the errors of each step.

#![forbid(unsafe_code)]

/// Cognito's sign-in: all paths through it, the answers to each challenge, the errors of each step, devices, sessions.
///
// The first definition of a link counts: here the picture is on the page itself.
#[doc = "[picture]: #picture\n\n"]
#[doc = include_str!("../sign-in.svg")]
#[doc = "\n"]
#[doc = include_str!("../GUIDE.md")]
pub mod guide {}

pub mod challenge;
mod derived;
mod device;
mod device_store;
mod document;
mod encoding;
mod error;
mod forgotten;
mod hint;
#[cfg(feature = "identity-pool")]
mod identity_pool;
mod machine;
pub mod managed_login;
mod pending;
mod pool;
mod private_file;
mod refresh;
mod secret;
mod secret_hash;
mod session;
mod sign_in;
mod sign_up;
pub mod srp;
mod state;
mod step;
mod token_endpoint;
mod token_store;
mod tokens;
mod totp;
mod turns;
mod wire;

pub use challenge::{Challenge, FirstFactor};
pub use derived::{DerivedToken, Exchange};
pub use device::Confirmed;
pub use device_store::{Device, DeviceStore, FileDevices, MemoryDevices, StoreFuture};
pub use error::{AuthError, BoxError};
pub use forgotten::PasswordReset;
#[cfg(feature = "identity-pool")]
pub use identity_pool::{IdentityPool, IdentityPoolCredentials};
pub use machine::{Machine, MachineTokens};
pub use managed_login::{LoopbackLogin, ManagedLogin};
pub use pending::Pending;
pub use pool::UserPool;
pub use secret::Secret;
pub use secret_hash::secret_hash;
pub use session::{Session, TotpEnrolment, UserCalls};
pub use sign_in::SignIn;
pub use sign_up::{NewUser, SignUp};
pub use state::State;
pub use step::Step;
pub use token_store::{FileTokens, Guard, MemoryTokens, TokenStore};
pub use tokens::{NewDevice, Tokens};
