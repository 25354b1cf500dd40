//! A tour of `cognito-idp` in one program: a user pool, an app client with every parameter of its operation,
//! a sign-up and a sign-in, a paginator, a typed error.
//!
//! It runs against an Amazon Cognito that lives inside the process (`cognito-emulator`), so it needs no AWS account,
//! no network and no other program. The same steps run against any server that speaks Cognito's protocol, and against AWS.
//!
//! Read [`run`] first: it is the tour, step by step. [`Server`] shows how a client is configured for each place.
//! [`credentials::run`] goes on from there, from a user's token to AWS credentials.

mod app_client;
mod clean_up;
mod console;
pub mod credentials;
mod error;
mod secret_hash;
mod server;
mod steps;

pub use app_client::{Parameter, Verdict};
pub use console::Console;
pub use error::Error;
pub use secret_hash::secret_hash;
pub use server::{Clients, Server};
pub use steps::{Options, Report, run};
