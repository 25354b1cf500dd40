//! Signing in with Amazon Cognito user pools.

#![forbid(unsafe_code)]

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
mod wire;

pub use challenge::{Challenge, FirstFactor};
pub use derived::{DerivedToken, Exchange};
pub use device::Confirmed;
pub use device_store::{Device, DeviceStore, MemoryDevices, StoreFuture};
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
