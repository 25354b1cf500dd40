//! AWS's JSON service model, as botocore publishes it, read into types that mirror it.
//!
//! The document's order is kept, nothing is renamed and nothing is interpreted. Reading collects every mistake,
//! including keys that the reader does not know, and fails with all of them.
//!
//! ```no_run
//! use cognito_codegen::model::Service;
//!
//! let service = Service::load("model/cognito-idp".as_ref())?;
//! for operation in service.operations.values().filter(|it| it.is_unsigned()) {
//!     println!("{} needs no credentials", operation.name);
//! }
//! # Ok::<(), cognito_codegen::model::Errors>(())
//! ```

mod auth;
mod check;
mod context;
mod host_prefix;
mod load;
mod metadata;
mod operation;
mod paginator;
mod reference;
mod service;
mod shape;
mod structure;
pub mod traits;

pub use crate::read::{Errors, ModelError};
pub use context::{ContextPath, ContextStep, ContextValue, ParameterType};
pub use host_prefix::{HostPart, HostPrefix};
pub use metadata::Metadata;
pub use operation::{Operation, OperationEndpoint};
pub use paginator::Paginator;
pub use reference::{ShapeRef, TimestampFormat};
pub use service::{ClientContextParam, Service};
pub use shape::{Real, Shape, ShapeKind, Whole};
pub use structure::{Exception, Retryable, Structure};
