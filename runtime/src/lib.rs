//! The hand-written half of the generated Amazon Cognito clients: configuration, request path, serde helpers.
//!
//! A generated crate only says in what its operations differ: names, members, errors. Everything else is here once,
//! generic over the [`Operation`] and its [`Service`], on top of AWS's own runtime (`aws-smithy-runtime`), so that
//! interceptors, HTTP clients, credential providers and test tools for the AWS SDKs fit.
//!
//! Depend on a generated crate, such as `cognito-idp`, and not on this one.

mod client;
pub mod config;
#[doc(hidden)]
pub mod debug;
#[doc = include_str!("differences.md")]
pub mod differences {}
mod direct;
pub mod endpoint;
pub mod error;
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
mod http;
mod interceptors;
mod macros;
pub mod operation;
pub mod paginate;
mod plugin;
mod protocol;
pub mod serde;
pub mod service;
pub mod structure;
mod user_agent;

pub use client::{BoxFuture, Call, Client, CustomizableOperation, CustomizableSend, SendFuture, SendResult};
pub use operation::Operation;
pub use service::Service;

/// The crates whose items the generated code names. Not part of the public API.
#[doc(hidden)]
pub mod reexport {
    pub use ::serde;
    pub use aws_credential_types;
    pub use aws_runtime;
    pub use aws_smithy_async;
    pub use aws_smithy_runtime;
    pub use aws_smithy_runtime_api;
    pub use aws_smithy_types;
    pub use aws_types;
}
