//! What can stop the tour.

use cognito_idp::error::BuildError;
use std::error::Error as StdError;

/// An error of the quickstart. Print it with `DisplayErrorContext`, which includes its sources.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A call failed: it didn't reach the server, or the server refused it.
    #[error("{operation} failed")]
    Call {
        /// The operation's name in the API reference.
        operation: &'static str,
        /// The `SdkError` of the call.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The server answered, but left out what the tour needs.
    #[error("{operation} answered without {member}")]
    Incomplete {
        /// The operation's name in the API reference.
        operation: &'static str,
        /// The member's path in the response.
        member: &'static str,
    },
    /// A request or a type lacks a required member.
    #[error("a request is incomplete")]
    Build(#[from] BuildError),
    /// The server let a second user have the same name.
    #[error("SignUp accepted the username {0:?} a second time, where Cognito answers UsernameExistsException")]
    DuplicateAccepted(&'static str),
    /// The program was built without support for AWS's credentials chain.
    #[error("--aws needs the feature of that name: cargo run -p quickstart --features aws -- --aws")]
    WithoutAws,
}

impl Error {
    /// For `map_err`: names the operation that failed.
    pub(crate) fn call<E>(operation: &'static str) -> impl FnOnce(E) -> Self
    where
        E: StdError + Send + Sync + 'static,
    {
        move |error| Self::Call {
            operation,
            source: Box::new(error),
        }
    }

    /// For `ok_or_else`: names the member that is missing.
    pub(crate) fn incomplete(operation: &'static str, member: &'static str) -> impl FnOnce() -> Self {
        move || Self::Incomplete { operation, member }
    }
}
