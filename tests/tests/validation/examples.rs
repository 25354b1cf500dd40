//! No false alarm: what servers accept, and what AWS's own documentation shows, passes.

use crate::{Tested, services};
use cognito_codegen::example::Examples;
use cognito_tests::model::Findings;
use cognito_tests::recording::Recording;
use cognito_tests::report;
use cognito_tests::session::Kind;
use cognito_tests::sessions::sessions;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Requests that ministack or moto accept, though the model forbids them: operation, path and why.
const ACCEPTED: &[(&str, &str, &str)] = &[];

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

/// Checks inputs, but for exceptions, each of which must be needed.
struct Checked {
    exceptions: &'static [(&'static str, &'static str, &'static str)],
    needed: BTreeSet<(&'static str, &'static str)>,
    inputs: usize,
    wrong: Vec<String>,
}

impl Checked {
    fn new(exceptions: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        Self {
            exceptions,
            needed: BTreeSet::new(),
            inputs: 0,
            wrong: Vec::new(),
        }
    }

    fn check(&mut self, tested: &Tested, operation: &str, input: &Value) {
        self.inputs += 1;
        let found = match tested.errors(operation, input) {
            Ok(found) => found,
            Err(error) => return self.wrong.push(format!("{operation}: {error}")),
        };
        for violation in found {
            let is = |it: &&(&str, &str, &str)| it.0 == operation && it.1 == violation.path();
            match self.exceptions.iter().find(is) {
                Some((operation, path, _)) => drop(self.needed.insert((operation, path))),
                None => self.wrong.push(format!("{operation}: {violation}")),
            }
        }
    }

    fn assert_right(&self) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        let exceptions: BTreeSet<_> = self
            .exceptions
            .iter()
            .map(|(operation, path, _)| (*operation, *path))
            .collect();
        assert_eq!(self.needed, exceptions, "an exception that isn't needed any more");
    }
}

#[test]
fn what_servers_accept_passes() {
    let [idp, _] = services();
    let mut checked = Checked::new(ACCEPTED);
    for kind in [Kind::Ministack, Kind::Moto] {
        for (name, _) in sessions(kind) {
            for exchange in Recording::open(kind, name).exchanges() {
                if exchange.status == 200 {
                    checked.check(&idp, &exchange.operation, &exchange.request);
                }
            }
        }
    }
    checked.assert_right();
    report!(
        "validation: {} recorded requests that servers accepted pass, {} exceptions",
        checked.inputs,
        ACCEPTED.len()
    );
    assert!(checked.inputs > 200, "{}", checked.inputs);
}

#[test]
fn what_the_pages_of_the_aws_cli_show_passes_and_is_read() {
    let (mut answers, mut members) = (0, 0);
    let mut checked = Checked::new(SHOWN);
    for tested in services() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../model/awscli")
            .join(tested.name);
        let examples = Examples::load(&folder, &tested.model).expect("pages that fit the model");
        let mut findings = Findings::of(tested.name);
        for operation in tested.model.operations.keys() {
            for example in examples.of(operation) {
                checked.check(&tested, operation, &example.input);
                // With `--query`, the CLI prints a list.
                let Some(answer) = example.answer.as_ref().filter(|answer| answer.is_object()) else {
                    continue;
                };
                answers += 1;
                match (tested.subject(operation).reread)(answer) {
                    Ok(output) => findings.compare(operation, answer, &output),
                    Err(error) => checked.wrong.push(format!("{operation}, its answer: {error}")),
                }
            }
        }
        checked.wrong.append(&mut findings.different);
        members += findings.equal.len();
        // A document may have any member; the model names those of structures.
        let unknown: Vec<_> = findings
            .unknown
            .iter()
            .filter(|it| !it.starts_with("Document."))
            .collect();
        assert!(unknown.is_empty(), "members that the model doesn't know: {unknown:?}");
    }
    checked.assert_right();
    report!(
        "validation: {} commands of the AWS CLI's pages pass, {} exceptions; {answers} answers are read with nothing lost, \
         {members} members",
        checked.inputs,
        SHOWN.len()
    );
    assert!(checked.inputs >= 100 && answers >= 60, "{}, {answers}", checked.inputs);
}
