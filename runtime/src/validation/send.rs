//! When a client checks its requests: the setting, and the check of a call.

use super::{ValidationErrors, Violation, walk};
use crate::config::{Builder, Config};
use crate::operation::Operation;
use crate::service::Service;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

/// Whether a client checks its requests before they leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Validation {
    /// It doesn't: the service has the last word.
    #[default]
    Off,
    /// It logs what it finds as warnings (`tracing`), and sends the request.
    Warn,
    /// It sends nothing where it finds a violation. The call gives an `SdkError::ConstructionFailure`, whose source is
    /// [`ValidationErrors`]. What is only advised against is logged.
    Strict,
}

impl Storable for Validation {
    type Storer = StoreReplace<Self>;
}

impl<S: Service> Builder<S> {
    /// Whether calls are checked before they leave. Unless told otherwise: not.
    ///
    /// As a setting for one call (`customize().config_override(…)`) it goes before the client's.
    #[must_use]
    pub fn validation(mut self, validation: Validation) -> Self {
        self.set_validation(Some(validation));
        self
    }

    /// Whether calls are checked before they leave. Unless told otherwise: not.
    pub fn set_validation(&mut self, validation: Option<Validation>) -> &mut Self {
        self.layer.store_or_unset(validation);
        self
    }
}

impl<S: Service> Config<S> {
    /// Whether calls are checked before they leave.
    pub fn validation(&self) -> Option<Validation> {
        self.layer.load::<Validation>().copied()
    }
}

/// Checks the input of a call as the client's settings say, or those of the call alone. Nothing has been sent or asked
/// for yet.
pub(crate) fn check<O: Operation>(
    input: &O::Input,
    client: &Config<O::Service>,
    call: Option<&Builder<O::Service>>,
) -> Result<(), SdkError<O::Error, HttpResponse>> {
    let of_call = call.and_then(|call| call.layer.load::<Validation>().copied());
    let validation = of_call.or_else(|| client.validation()).unwrap_or_default();
    if validation == Validation::Off {
        return Ok(());
    }
    let Some(constraints) = O::Service::constraints() else {
        return Ok(());
    };
    let Ok(index) = constraints.inputs.binary_search_by_key(&O::NAME, |(name, _)| *name) else {
        return Ok(());
    };
    let findings = walk::findings(input, constraints.inputs[index].1, constraints.rules);
    let strict = validation == Validation::Strict;
    let (refused, noted): (Vec<Violation>, Vec<Violation>) = findings
        .into_iter()
        .partition(|violation| strict && violation.is_error());
    for violation in noted {
        tracing::warn!(operation = O::NAME, "{violation}");
    }
    ValidationErrors::of(refused).map_err(SdkError::construction_failure)
}
