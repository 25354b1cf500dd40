//! No false alarm: what servers accept, and what AWS's own documentation shows, passes.

use crate::{Tested, services};
use cognito_codegen::example::Examples;
use cognito_tests::model::Findings;
use cognito_tests::recording::Recording;
use cognito_tests::report;
use cognito_tests::session::Kind;
use cognito_tests::sessions::sessions;
use serde_json::Value;
use std::path::Path;

/// Requests that ministack or moto accept, though the model forbids them: operation, path and why.
const ACCEPTED: &[(&str, &str, &str)] = &[(
    "UpdateUserPoolClient",
    "AllowedOAuthFlowsUserPoolClient",
    "the servers don't check what the page of the operation demands",
)];

/// Commands of the AWS CLI's pages that the model, or the documentation of the service, forbids: operation, path and why.
const SHOWN: &[(&str, &str, &str)] = &[
    ("AdminGetDevice", "DeviceKey", PLACEHOLDER),
    ("AdminRespondToAuthChallenge", "Session", SHORTENED),
    ("AdminUpdateDeviceStatus", "DeviceKey", PLACEHOLDER),
    ("ConfirmDevice", "DeviceKey", PLACEHOLDER),
    ("GetDevice", "DeviceKey", PLACEHOLDER),
    ("RespondToAuthChallenge", "Session", SHORTENED),
    ("UpdateDeviceStatus", "DeviceKey", PLACEHOLDER),
];

const PLACEHOLDER: &str = "it is a placeholder with capitals; a device's key has none";
const SHORTENED: &str = "it is shortened; a session is far longer";

/// Checks an input. Gives the exceptions that it needs.
fn needed<'e>(
    tested: &Tested,
    operation: &str,
    input: &Value,
    exceptions: &'e [(&str, &str, &str)],
    wrong: &mut Vec<String>,
) -> Vec<&'e str> {
    let found = match tested.errors(operation, input) {
        Ok(found) => found,
        Err(error) => {
            wrong.push(format!("{operation}: {error}"));
            return Vec::new();
        }
    };
    let mut needed = Vec::new();
    for violation in found {
        let known = exceptions
            .iter()
            .find(|(name, path, _)| *name == operation && *path == violation.path());
        match known {
            Some((_, path, _)) => needed.push(*path),
            None => wrong.push(format!("{operation}: {violation}")),
        }
    }
    needed
}

#[test]
fn what_servers_accept_passes() {
    let [idp, _] = services();
    let (mut requests, mut wrong, mut needed_ones) = (0, Vec::new(), 0);
    for kind in [Kind::Ministack, Kind::Moto] {
        for (name, _) in sessions(kind) {
            for exchange in Recording::open(kind, name).exchanges() {
                if exchange.status == 200 {
                    requests += 1;
                    needed_ones += needed(&idp, &exchange.operation, &exchange.request, ACCEPTED, &mut wrong).len();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(needed_ones >= ACCEPTED.len());
    report!("validation: {requests} recorded requests that servers accepted pass, {needed_ones} exceptions");
    assert!(requests > 200, "{requests}");
}

#[test]
fn what_the_pages_of_the_aws_cli_show_passes_and_is_read() {
    let (mut inputs, mut answers, mut needed_ones, mut members) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for tested in services() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../model/awscli")
            .join(tested.name);
        let examples = Examples::load(&folder, &tested.model).expect("pages that fit the model");
        let mut findings = Findings::of(tested.name);
        for operation in tested.model.operations.keys() {
            for example in examples.of(operation) {
                inputs += 1;
                needed_ones += needed(&tested, operation, &example.input, SHOWN, &mut wrong).len();
                // With `--query`, the CLI prints a list.
                let Some(answer) = example.answer.as_ref().filter(|answer| answer.is_object()) else {
                    continue;
                };
                answers += 1;
                match (tested.subject(operation).reread)(answer) {
                    Ok(output) => findings.compare(operation, answer, &output),
                    Err(error) => wrong.push(format!("{operation}, its answer: {error}")),
                }
            }
        }
        wrong.append(&mut findings.different);
        members += findings.equal.len();
        if !findings.unknown.is_empty() {
            report!(
                "validation: members of the pages that the model doesn't know: {:?}",
                findings.unknown
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(needed_ones >= SHOWN.len());
    report!(
        "validation: {inputs} commands of the AWS CLI's pages pass, {needed_ones} exceptions; {answers} answers are read \
         with nothing lost, {members} members"
    );
    assert!(inputs >= 100 && answers >= 60, "{inputs}, {answers}");
}
