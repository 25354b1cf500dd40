//! Checks an input before anything else is done with it.

use crate::config::{Builder, Config, Validation};
use crate::operation::Operation;
use crate::service::Service;
use crate::validation::{Severity, ValidationErrors, Violation};

/// Checks the input according to the settings of the client and of the call.
pub(super) fn check<O: Operation>(
    input: &O::Input,
    client: &Config<O::Service>,
    of_call: Option<&Builder<O::Service>>,
) -> Result<(), ValidationErrors> {
    let validation = match of_call {
        Some(of_call) => of_call.validation_on(client),
        None => client.validation(),
    };
    if validation == Validation::Off {
        return Ok(());
    }
    let Some(constraints) = O::Service::constraints() else {
        return Ok(());
    };
    let findings = constraints.findings_of_input(O::NAME, input);
    let strict = validation == Validation::Strict;
    let (refused, noted): (Vec<Violation>, Vec<Violation>) = findings
        .into_iter()
        .partition(|violation| strict && violation.severity() == Severity::Error);
    for violation in noted {
        tracing::warn!(operation = O::NAME, path = violation.path(), "{violation}");
    }
    ValidationErrors::unless_empty(refused)
}
