//! Round trips of every operation, generated from the model: those that no server implements have no other proof.
//!
//! An input is made from the model, sent by the client, and checked by a JSON Schema that the generator writes from the
//! model; an answer is made from the model, read by the client, and written again: nothing may be lost on the way.

mod samples;

use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;
use cognito_codegen::model::Service;
use cognito_runtime::config::Config;
use cognito_runtime::config::exports::{BehaviorVersion, Region};
use cognito_runtime::operation::OperationInput;
use cognito_runtime::{BoxFuture, Client, Operation};
use cognito_tests::report;
use cognito_tests::schema;
use jsonschema::Validator;
use samples::{Members, Samples};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// Sends an input, given as JSON, and reads the answer: what was sent, and the output as JSON.
type Check = fn(Value, Value) -> BoxFuture<Result<(Sent, Value), String>>;

/// All operations of each service.
mod operations {
    pub(crate) mod cognito_idp {
        use crate::{Check, check};

        include!(concat!(env!("OUT_DIR"), "/model-cognito-idp.rs"));
    }

    pub(crate) mod cognito_identity {
        use crate::{Check, check};

        include!(concat!(env!("OUT_DIR"), "/model-cognito-identity.rs"));
    }
}

/// A service, by the name of its model.
struct Tested {
    name: &'static str,
    operations: &'static [(&'static str, Check)],
    /// How many wrong inputs there are at least.
    wrong_inputs: usize,
}

const SERVICES: [Tested; 2] = [
    Tested {
        name: "cognito-idp",
        operations: operations::cognito_idp::OPERATIONS,
        wrong_inputs: 1000,
    },
    Tested {
        name: "cognito-identity",
        operations: operations::cognito_identity::OPERATIONS,
        wrong_inputs: 150,
    },
];

/// What was sent.
#[derive(Clone, Debug, Default)]
struct Sent {
    target: String,
    body: Value,
}

fn check<O>(input: Value, answer: Value) -> BoxFuture<Result<(Sent, Value), String>>
where
    O: Operation,
    O::Input: OperationInput<Operation = O>,
    O::Output: Serialize,
{
    Box::pin(async move {
        let sent = Arc::new(Mutex::new(Sent::default()));
        let config = Config::<O::Service>::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .http_client(server(Arc::clone(&sent), answer))
            .build();
        let input: O::Input = serde_json::from_value(input).map_err(|error| format!("the input: {error}"))?;
        let output = Client::from_conf(config).invoke(input).await;
        let output = output.map_err(|error| format!("{error:?}"))?;
        let output = serde_json::to_value(output).map_err(|error| error.to_string())?;
        let sent = sent.lock().map_err(|error| error.to_string())?.clone();
        Ok((sent, output))
    })
}

fn server(sent: Arc<Mutex<Sent>>, answer: Value) -> SharedHttpClient {
    infallible_client_fn(move |request: http::Request<SdkBody>| {
        let body = request.body().bytes().expect("the body is in memory");
        *sent.lock().expect("no thread has panicked") = Sent {
            target: request.headers()["x-amz-target"]
                .to_str()
                .expect("a header of text")
                .to_owned(),
            body: serde_json::from_slice(body).expect("the body is JSON"),
        };
        http::Response::builder()
            .status(200)
            .body(SdkBody::from(answer.to_string()))
            .expect("a response")
    })
}

impl Tested {
    fn model(&self) -> Service {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model");
        Service::load(&models.join(self.name)).expect("the model is well-formed")
    }
}

fn validator(service: &Service, shape: Option<&str>) -> Validator {
    jsonschema::validator_for(&schema::of(service, shape)).expect("the generator writes valid schemas")
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {}\n{value:#}", errors.join("\n"));
}

/// Checks that nothing of `expected` is missing in `found`, and what is in addition is what absent members read as:
/// `false` or 0.
fn assert_nothing_lost(found: &Value, expected: &Value, what: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (name, value) in expected {
                let member = found.get(name).unwrap_or_else(|| panic!("{what}: {name} is lost"));
                assert_nothing_lost(member, value, &format!("{what}.{name}"));
            }
            for (name, value) in found.iter().filter(|(name, _)| !expected.contains_key(*name)) {
                assert!(
                    *value == json!(false) || *value == json!(0),
                    "{what}: {name} is {value}, from nowhere"
                );
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            for (found, expected) in found.iter().zip(expected) {
                assert_nothing_lost(found, expected, what);
            }
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}

#[tokio::test]
async fn every_operation_sends_and_reads_what_the_model_says() {
    for tested in &SERVICES {
        round_trips(tested).await;
    }
}

async fn round_trips(tested: &Tested) {
    let service = tested.model();
    let prefix = service.metadata.target_prefix.as_deref().expect("a prefix of targets");
    let mut samples = Samples::new(&service);
    let (mut cases, mut members) = (0, 0);
    for (name, check) in tested.operations {
        let operation = &service.operations[*name];
        let input_shape = operation.input.as_ref().map(|reference| reference.shape.as_str());
        let output_shape = operation.output.as_ref().map(|reference| reference.shape.as_str());
        let (inputs, outputs) = (validator(&service, input_shape), validator(&service, output_shape));
        // As many full ones as it takes to see each value of each enum.
        let rounds = samples.rounds(input_shape).max(samples.rounds(output_shape));
        let full = (0..rounds).map(Members::All);
        for chosen in full.chain([Members::Required]) {
            let what = format!("{name}, {chosen:?}");
            let (input, answer) = (
                samples.structure(input_shape, chosen),
                samples.structure(output_shape, chosen),
            );
            assert_valid(&outputs, &answer, &what);
            let (sent, output) = check(input.clone(), answer.clone())
                .await
                .unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(sent.target, format!("{prefix}.{name}"));
            assert_valid(&inputs, &sent.body, &what);
            assert_nothing_lost(&sent.body, &input, &what);
            match chosen {
                Members::All(_) => assert_eq!(output, answer, "{what}"),
                Members::Required => assert_nothing_lost(&output, &answer, &what),
            }
            cases += 1;
            members += count(&input) + count(&answer);
        }
    }
    report!(
        "model: {}: {} operations, {cases} round trips, {members} values",
        tested.name,
        tested.operations.len()
    );
    assert_eq!(tested.operations.len(), service.operations.len());
}

fn count(value: &Value) -> usize {
    match value {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum(),
        _ => 1,
    }
}

#[test]
fn the_schemas_refuse_what_the_model_forbids() {
    SERVICES.iter().for_each(refused_by_the_schemas);
}

fn refused_by_the_schemas(tested: &Tested) {
    let service = tested.model();
    let mut samples = Samples::new(&service);
    let mut refused = 0;
    for operation in service.operations.values() {
        let Some(shape) = operation.input.as_ref().map(|reference| reference.shape.as_str()) else {
            continue;
        };
        let validator = validator(&service, Some(shape));
        let whole = samples.structure(Some(shape), Members::All(0));
        assert_valid(&validator, &whole, &operation.name);
        let structure = service.structure(shape).expect("an input is a structure");
        let mut wrong = Vec::new();
        for member in &structure.required {
            let mut without = whole.clone();
            without.as_object_mut().expect("an object").remove(member);
            wrong.push(without);
        }
        for member in structure.members.keys() {
            for value in [Value::Null, json!([[]]), json!(1.5)] {
                let mut other = whole.clone();
                other[member] = value;
                wrong.push(other);
            }
        }
        let mut more = whole.clone();
        more["Unknown"] = json!("a member that the model doesn't have");
        wrong.push(more);
        for value in wrong {
            let free = |member: &str| {
                structure
                    .members
                    .get(member)
                    .is_some_and(|member| is_document(&service, &member.shape))
            };
            let changed = value
                .as_object()
                .expect("an object")
                .iter()
                .find(|(name, value)| whole.get(*name) != Some(*value));
            if changed.is_some_and(|(name, _)| free(name)) {
                continue;
            }
            assert!(!validator.is_valid(&value), "{} takes {value:#}", operation.name);
            refused += 1;
        }
    }
    report!("model: {}: {refused} wrong inputs refused by the schemas", tested.name);
    assert!(refused > tested.wrong_inputs, "{refused}");
}

fn is_document(service: &Service, shape: &str) -> bool {
    service.structure(shape).is_some_and(|structure| structure.document)
}
