//! When a client checks its inputs.

use aws_smithy_types::config_bag::{Storable, StoreReplace};

/// Whether a client checks its inputs before they leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validation {
    /// It doesn't: the service has the last word.
    #[default]
    Off,
    /// It logs what it finds as warnings (`tracing`), and sends the request.
    Warn,
    /// It sends nothing where it finds a violation. The call gives an `SdkError::ConstructionFailure`, whose source is
    /// [`ValidationErrors`](super::ValidationErrors). What is only advised against is logged.
    Strict,
}

impl Storable for Validation {
    type Storer = StoreReplace<Self>;
}
