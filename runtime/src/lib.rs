//! The hand-written half of the generated Amazon Cognito clients: configuration, request path, serde helpers.
//!
//! A generated crate contains only what differs between operations: names, members, errors. Everything else is here
//! once, generic over the [`Operation`] and its [`Service`]. It builds on AWS's own runtime (`aws-smithy-runtime`), so
//! interceptors, HTTP clients, credential providers and test tools for the AWS SDKs work here, too.
//!
//! | module | content |
//! |---|---|
//! | [`service`], [`operation`] | the description of a generated crate's service and operations |
//! | [`shape`] | the generated types: members, builders, JSON, and the macros for them |
//! | [`error`] | the generated errors, and how they are read from a response |
//! | [`config`] | the settings of a client |
//! | [`endpoint`] | where requests go |
//! | `validation` | with the feature of the same name: checks of inputs, the crate `cognito-validation` |
//! | [`send`] | how a call is sent; it uses all other modules, and none of them uses it |
//!
//! Depend on a generated crate, such as `cognito-idp`, and not on this one.

pub mod config;
#[doc = include_str!("differences.md")]
pub mod differences {}
pub mod endpoint;
pub mod error;
pub mod operation;
pub mod send;
#[cfg(feature = "server")]
pub mod server;
pub mod service;
pub mod shape;

#[cfg(feature = "validation")]
pub use cognito_validation as validation;
pub use operation::Operation;
pub use send::{
    BoxFuture, Call, Client, CustomizableOperation, CustomizableSend, SendFuture, SendResult, ViaFastPath,
    default_http_client, default_sleep_impl, paginate,
};
pub use service::Service;
pub use shape::json;

// The macros' names for them: each segment of a path costs, thousands of times.
#[doc(hidden)]
pub use shape::{members, serde, structure};

// What the macros name thousands of times. They can't trust the prelude, because a model may have a shape `Option`, and
// in `::std::option::Option` rustc resolves and keeps four segments each time.
#[doc(hidden)]
pub use std::{
    convert::{From, Into},
    fmt::{Formatter, Result as FmtResult},
    option::Option::{self, None, Some},
    result::Result::{self, Err, Ok},
    string::String,
};

/// The crates and items that the generated code names. Not part of the public API.
#[doc(hidden)]
pub mod reexport {
    pub use ::serde::de::{Deserialize, Deserializer, MapAccess};
    pub use ::serde::ser::{Serialize, Serializer};
    pub use aws_smithy_async::future::pagination_stream::PaginationStream;
    pub use aws_smithy_runtime_api::box_error::BoxError;
    pub use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
    pub use aws_smithy_types::error::ErrorMetadata;
    pub use aws_smithy_types::error::metadata::ProvideErrorMetadata;
    pub use aws_smithy_types::error::operation::BuildError;
    pub use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
    pub use aws_smithy_types::{Blob, DateTime, Document};
    pub use aws_types::request_id::RequestId;
    pub use std::cmp::PartialEq;
    pub use std::error::Error;
    pub use std::fmt::{Debug, Display};

    pub use aws_credential_types;
    pub use aws_runtime;
    pub use aws_smithy_runtime;
    pub use aws_smithy_runtime_api;
    pub use aws_smithy_types;
    pub use aws_types;
}
