//! A complete Amazon Cognito for tests, in the process or on a port.
//!
//! It has user pools with their rules: sign-up and codes, SRP, MFA, devices, passkeys, tokens that verify, managed
//! login. It needs no AWS account, sends no mail and never waits. Codes go to an [outbox](Cognito::outbox), and the
//! [clock](Cognito::clock) moves when a test says so. Throttling and broken connections come when a test
//! [asks for them](Cognito::disturb).
//!
//! ```
//! use cognito_emulator::Cognito;
//! use std::time::Duration;
//!
//! let cognito = Cognito::new();
//! let client = cognito.client();
//! // … it signs alice up …
//! let code = cognito.outbox().last("alice").map(|message| message.code);
//! cognito.clock().advance(Duration::from_secs(3600));
//! ```
//!
//! It checks what Cognito checks, and answers as Cognito's API reference says. It doesn't check signatures of requests.
//! It signs tokens with published keys, so only tests may trust them.

#![forbid(unsafe_code)]

mod carry;
mod client;
mod clients;
mod clock;
mod cognito;
mod devices;
mod documented;
mod fault;
mod groups;
mod http;
mod identity_operations;
mod identity_pools;
mod kept;
mod messages;
mod oauth;
mod operations;
mod outage;
mod outbox;
mod page;
mod passkeys;
mod pools;
mod quotas;
mod random;
mod seed;
mod sign_in;
mod store;
mod stored;
mod tokens;
pub mod triggers;
mod unquoted;
mod users;
mod world;

pub use clock::Clock;
pub use cognito::{Builder, Cognito};
pub use http::{Logged, Running};
pub use outage::Outage;
pub use outbox::{Medium, Message, Outbox};
pub use seed::{Seed, SeedClient, SeedError, SeedPool, SeedUser};
pub use store::StoreError;
