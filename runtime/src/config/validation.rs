//! When a client checks its inputs.

use aws_smithy_types::config_bag::{Storable, StoreReplace};

/// Whether a client checks its inputs before they are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validation {
    /// Checks nothing: the service decides.
    #[default]
    Off,
    /// Logs the findings as warnings (`tracing`), and sends the request.
    Warn,
    /// Sends nothing if there is a violation. The call returns an `SdkError::ConstructionFailure`, whose source is
    /// [`ValidationErrors`](crate::validation::ValidationErrors). Advice is only logged.
    Strict,
}

impl Storable for Validation {
    type Storer = StoreReplace<Self>;
}
