//! Inputs checked before they leave: against the model, against Java and botocore, and against what AWS itself writes.

mod calls;
mod examples;
mod limits;
mod patterns;
mod place;
#[path = "../model/samples.rs"]
#[allow(dead_code, reason = "a module of another test, of which this uses a part")]
mod samples;
mod validator;

use cognito_codegen::model::Service;
use cognito_runtime::Operation;
use cognito_runtime::operation::OperationInput;
use cognito_runtime::validation::{Severity, Validate, Violation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;

/// What the tests do with an operation.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    /// What is wrong with an input. It fails where the input can't be read.
    pub(crate) findings: fn(&Value) -> Result<Vec<Violation>, String>,
    /// The output, read and written again.
    pub(crate) reread: fn(&Value) -> Result<Value, String>,
}

type Check = fn() -> Subject;

fn check<O>() -> Subject
where
    O: Operation,
    O::Input: OperationInput + Validate,
    O::Output: DeserializeOwned + Serialize,
{
    Subject {
        findings: |input| {
            let input: O::Input = serde_json::from_value(input.clone()).map_err(|error| error.to_string())?;
            Ok(input.findings())
        },
        reread: |output| {
            let output: O::Output = serde_json::from_value(output.clone()).map_err(|error| error.to_string())?;
            serde_json::to_value(output).map_err(|error| error.to_string())
        },
    }
}

mod cognito_idp_operations {
    use crate::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-idp.rs"));
}

mod cognito_identity_operations {
    use crate::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-identity.rs"));
}

/// A service, its model and its operations.
pub(crate) struct Tested {
    pub(crate) name: &'static str,
    pub(crate) model: Service,
    operations: &'static [(&'static str, Check)],
}

impl Tested {
    pub(crate) fn subject(&self, operation: &str) -> Subject {
        let found = self.operations.iter().find(|(name, _)| *name == operation);
        let (_, check) = found.unwrap_or_else(|| panic!("{operation} has no code"));
        check()
    }

    /// What the model, or a rule that is a must, says against an input.
    pub(crate) fn errors(&self, operation: &str, input: &Value) -> Result<Vec<Violation>, String> {
        let mut findings = (self.subject(operation).findings)(input)?;
        findings.retain(|violation| violation.severity() == Severity::Error);
        Ok(findings)
    }

    /// What the model alone says.
    pub(crate) fn violations(&self, operation: &str, input: &Value) -> Result<Vec<Violation>, String> {
        let mut findings = (self.subject(operation).findings)(input)?;
        findings.retain(|violation| violation.rule().is_none());
        Ok(findings)
    }
}

pub(crate) fn services() -> [Tested; 2] {
    let model = |name| {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model");
        Service::load(&models.join(name)).expect("the model is well-formed")
    };
    [
        Tested {
            name: "cognito-idp",
            model: model("cognito-idp"),
            operations: cognito_idp_operations::OPERATIONS,
        },
        Tested {
            name: "cognito-identity",
            model: model("cognito-identity"),
            operations: cognito_identity_operations::OPERATIONS,
        },
    ]
}
