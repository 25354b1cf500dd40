//! What the models of the services say of operations and their errors.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An operation, as the model has it.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: String,
    /// The members of the input that must be there, in the model's order.
    pub(super) required: Vec<String>,
    /// All members of the input.
    pub(super) members: BTreeSet<String>,
    /// The errors that the documentation lists.
    pub(super) errors: BTreeSet<String>,
    /// Whether requests are signed with AWS credentials.
    pub(super) signed: bool,
}

/// The operations of a service, by name.
pub(super) fn read(service: &str) -> BTreeMap<String, Operation> {
    let path = format!("{}/../model/{service}/service.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let model: Value = serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let operations = model["operations"].as_object().expect("operations by name").iter();
    operations
        .map(|(name, operation)| (name.clone(), describe(&model, name, operation)))
        .collect()
}

fn describe(model: &Value, name: &str, operation: &Value) -> Operation {
    let input = &model["shapes"][operation["input"]["shape"].as_str().unwrap_or_default()];
    let texts = |list: &Value| -> Vec<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let errors = operation["errors"].as_array().into_iter().flatten();
    Operation {
        name: name.to_owned(),
        required: texts(&input["required"]),
        members: input["members"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect(),
        errors: errors
            .filter_map(|error| error["shape"].as_str())
            .map(str::to_owned)
            .collect(),
        signed: operation["authtype"] != "none",
    }
}
