//! AWS's model as the judge of an answer: what a response says against what the client made of it.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Epoch seconds agree if they differ by less: servers send fractions that no `f64` holds.
const TIME_TOLERANCE: f64 = 1e-5;

static MODELS: LazyLock<BTreeMap<&str, Value>> = LazyLock::new(|| {
    ["cognito-idp", "cognito-identity"]
        .map(|service| (service, read(service)))
        .into()
});

fn read(service: &str) -> Value {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "model", service, "service.json"]
        .iter()
        .collect();
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("AWS's model is JSON")
}

/// What stands before the operation's name in `X-Amz-Target`.
///
/// # Panics
/// There is no model of that name.
pub fn target_prefix(service: &str) -> &'static str {
    MODELS[service]["metadata"]["targetPrefix"]
        .as_str()
        .expect("the model says it")
}

/// The names of all operations.
///
/// # Panics
/// There is no model of that name.
pub fn operations(service: &str) -> Vec<&'static str> {
    let operations = MODELS[service]["operations"].as_object().expect("operations");
    operations.keys().map(String::as_str).collect()
}

/// What comparing answers has found.
#[derive(Debug)]
pub struct Findings {
    model: &'static Value,
    /// The members that had the same value in response and answer, as `Shape.Member`.
    pub equal: BTreeSet<String>,
    /// The members that a server sends though the model doesn't know them.
    pub unknown: BTreeSet<String>,
    /// Where response and answer differ.
    pub different: Vec<String>,
}

impl Findings {
    /// Nothing yet, about the answers of this service.
    ///
    /// # Panics
    /// There is no model of that name.
    pub fn of(service: &str) -> Self {
        Self {
            model: &MODELS[service],
            equal: BTreeSet::new(),
            unknown: BTreeSet::new(),
            different: Vec::new(),
        }
    }

    /// Compares the body of a response with the output that the client parsed from it, written as JSON again.
    ///
    /// # Panics
    /// There is no such operation.
    pub fn compare(&mut self, operation: &str, body: &Value, output: &Value) {
        let shape = self
            .model
            .pointer(&format!("/operations/{operation}"))
            .expect("an operation of the model");
        match shape.pointer("/output/shape").and_then(Value::as_str) {
            Some(shape) => self.shape(shape, operation, body, output),
            None => self.unset(operation, output),
        }
    }

    fn shape(&mut self, name: &str, path: &str, body: &Value, output: &Value) {
        let shape = &self.model["shapes"][name];
        match (shape["type"].as_str().expect("a shape has a type"), body, output) {
            (_, Value::Null, output) => self.unset(path, output),
            ("structure", Value::Object(body), Value::Object(output)) => self.structure(name, path, body, output),
            ("list", Value::Array(body), Value::Array(output)) if body.len() == output.len() => {
                let member = shape["member"]["shape"].as_str().expect("a list has a member");
                for (index, (body, output)) in body.iter().zip(output).enumerate() {
                    self.shape(member, &format!("{path}[{index}]"), body, output);
                }
            }
            ("map", Value::Object(body), Value::Object(output)) if body.len() == output.len() => {
                let value = shape["value"]["shape"].as_str().expect("a map has values");
                for (key, body) in body {
                    self.shape(
                        value,
                        &format!("{path}[{key:?}]"),
                        body,
                        output.get(key).unwrap_or(&Value::Null),
                    );
                }
            }
            ("timestamp", body, Value::Number(output)) => {
                let difference = seconds(body).unwrap_or(f64::NAN) - output.as_f64().unwrap_or(f64::NAN);
                if difference.is_nan() || difference.abs() > TIME_TOLERANCE {
                    self.different.push(format!("{path}: {body} became {output}"));
                }
            }
            ("string" | "integer" | "long" | "boolean" | "float" | "double" | "blob", body, output)
                if body == output => {}
            (kind, body, output) => self.different.push(format!("{path} ({kind}): {body} became {output}")),
        }
    }

    fn structure(&mut self, name: &str, path: &str, body: &Map<String, Value>, output: &Map<String, Value>) {
        let members = self.model["shapes"][name]["members"]
            .as_object()
            .expect("a structure has members");
        for (key, value) in body {
            let Some(member) = members.get(key) else {
                self.unknown.insert(format!("{name}.{key}"));
                continue;
            };
            let before = self.different.len();
            let shape = member["shape"].as_str().expect("a member has a shape");
            self.shape(
                shape,
                &format!("{path}.{key}"),
                value,
                output.get(key).unwrap_or(&Value::Null),
            );
            if self.different.len() == before && !value.is_null() {
                self.equal.insert(format!("{name}.{key}"));
            }
        }
        for (key, value) in output.iter().filter(|(key, _)| !body.contains_key(*key)) {
            self.unset(&format!("{path}.{key}"), value);
        }
    }

    /// What the response doesn't say must be unset, or the default of a member that can't be.
    fn unset(&mut self, path: &str, output: &Value) {
        let default = match output {
            Value::Null => true,
            Value::Bool(value) => !value,
            Value::Number(value) => value.as_f64() == Some(0.0),
            Value::String(value) => value.is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(values) => values.is_empty(),
        };
        if !default {
            self.different.push(format!("{path}: {output} out of nothing"));
        }
    }
}

/// A time as epoch seconds. The AWS CLI prints ISO 8601, services send numbers.
fn seconds(time: &Value) -> Option<f64> {
    match time {
        Value::String(text) => Some(DateTime::from_str(text, Format::DateTimeWithOffset).ok()?.as_secs_f64()),
        time => time.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn compare(body: Value, output: Value) -> Findings {
        let mut findings = Findings::of("cognito-idp");
        findings.compare("SignUp", &body, &output);
        findings
    }

    #[test]
    fn an_answer_that_says_what_the_response_says_is_equal() {
        let body = json!({"UserConfirmed": true, "UserSub": "1", "CodeDeliveryDetails": {"DeliveryMedium": "EMAIL"}});
        let findings = compare(body.clone(), body);
        assert_eq!(findings.different, [""; 0]);
        assert_eq!(findings.equal.len(), 4);
    }

    #[test]
    fn a_value_that_is_lost_changed_or_made_up_is_a_difference() {
        for (body, output) in [
            (json!({"UserSub": "1"}), json!({})),
            (json!({"UserSub": "1"}), json!({"UserSub": "2"})),
            (json!({}), json!({"UserConfirmed": true})),
            (
                json!({"CodeDeliveryDetails": {"Destination": "x"}}),
                json!({"CodeDeliveryDetails": {}}),
            ),
        ] {
            let findings = compare(body, output);
            assert_eq!(findings.different.len(), 1, "{findings:?}");
        }
    }

    #[test]
    fn a_member_that_the_model_does_not_know_is_named() {
        let findings = compare(json!({"Shoes": 1}), json!({}));
        assert!(findings.unknown.contains("SignUpResponse.Shoes"), "{findings:?}");
    }
}
