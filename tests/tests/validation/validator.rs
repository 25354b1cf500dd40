//! Random inputs, judged by botocore's validator, too: the same verdict on what it checks, which is required members,
//! types, least lengths and least values.

use crate::limits::READ_AS_EMPTY;
use crate::{Tested, services};
use cognito_codegen::model::{Service, ShapeKind};
use cognito_runtime::validation::{Constraint, Unit, Violation};
use cognito_tests::report;
use cognito_tests::servers::run_python;
use fastrand::Rng;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// How many inputs each service gets.
const INPUTS: [(&str, usize); 2] = [("cognito-idp", 2000), ("cognito-identity", 400)];

/// Makes inputs with some mistakes.
struct Inputs<'a> {
    service: &'a Service,
    rng: Rng,
}

impl Inputs<'_> {
    fn one_in(&mut self, count: u32) -> bool {
        self.rng.u32(..count) == 0
    }

    fn value(&mut self, shape: &str) -> Value {
        let service = self.service;
        let kind = &service.shapes[shape].kind;
        if self.one_in(60)
            && let Some(value) = self.of_another_kind(kind)
        {
            return value;
        }
        match kind {
            ShapeKind::Structure(structure) if structure.document => json!({ "colour": "blue", "sizes": [1, 2.5] }),
            ShapeKind::Structure(structure) => {
                let mut members = Map::new();
                for (name, member) in &structure.members {
                    let absent = if structure.required.contains(name) {
                        self.one_in(8)
                    } else {
                        !self.one_in(3)
                    };
                    if !absent {
                        members.insert(name.clone(), self.value(&member.shape));
                    }
                }
                members.into()
            }
            ShapeKind::List { member, min, .. } => {
                let length = self.length(*min);
                (0..length).map(|_| self.value(&member.shape)).collect()
            }
            ShapeKind::Map { value, min, .. } => {
                let length = self.length(*min);
                let entry = |number| (format!("Level{number}"), self.value(&value.shape));
                (1..=length).map(entry).collect::<Map<_, _>>().into()
            }
            ShapeKind::String {
                values: Some(values), ..
            } => json!(values[self.rng.usize(..values.len())]),
            ShapeKind::String { min, .. } => {
                let length = self.length(*min);
                json!(
                    (0..length)
                        .map(|_| ['a', 'é', '日', '😀'][self.rng.usize(..4)])
                        .collect::<String>()
                )
            }
            ShapeKind::Blob { .. } => json!("3q2+7w=="),
            ShapeKind::Boolean => json!(self.rng.bool()),
            ShapeKind::Whole { min, .. } => {
                json!(min.unwrap_or(0) - i64::from(self.one_in(6)) + self.rng.i64(0..3))
            }
            ShapeKind::Real { .. } => json!(self.rng.f64()),
            ShapeKind::Timestamp { .. } => json!(1_700_000_000),
        }
    }

    /// A length about the least one.
    fn length(&mut self, min: Option<i64>) -> usize {
        let min = min.and_then(|min| usize::try_from(min).ok()).unwrap_or(0);
        if self.one_in(5) {
            self.rng.usize(..=min)
        } else {
            min + self.rng.usize(..3)
        }
    }

    /// A value of a kind that a shape of this kind doesn't have, if both sides would say so.
    fn of_another_kind(&mut self, kind: &ShapeKind) -> Option<Value> {
        let others = match kind {
            ShapeKind::Structure(structure) if structure.document => return None,
            // To botocore a text may be a time, and what isn't a file may be bytes.
            ShapeKind::Timestamp { .. } | ShapeKind::Blob { .. } => return None,
            ShapeKind::Structure(_) | ShapeKind::Map { .. } => [json!([1]), json!("text"), json!(1)],
            ShapeKind::List { .. } => [json!({ "a": 1 }), json!("text"), json!(true)],
            ShapeKind::String { .. } => [json!(17), json!(["text"]), json!(true)],
            ShapeKind::Boolean => [json!("true"), json!(1), json!({})],
            ShapeKind::Whole { .. } => [json!("1"), json!(1.5), json!([1])],
            ShapeKind::Real { .. } => [json!("1.5"), json!([1.5]), json!({})],
        };
        self.rng.choice(others)
    }
}

/// What is wrong, and where.
type Verdict = BTreeSet<(&'static str, String)>;

/// What we say, as far as botocore looks at it.
fn ours(found: &[Violation]) -> Verdict {
    let verdict = found.iter().filter_map(|it| {
        let what = match it.constraint() {
            Constraint::Required => "required",
            // Of maps, it doesn't look at lengths.
            Constraint::Length { unit: Unit::Entry, .. } => return None,
            Constraint::Length {
                min: Some(min), actual, ..
            } if (*actual as i64) < *min => "length",
            Constraint::Range { min: Some(min), .. } if it.value()?.parse().is_ok_and(|value: i64| value < *min) => {
                "range"
            }
            _ => return None,
        };
        // botocore's way to write an entry.
        Some((what, it.path().replace("[\"", ".").replace("\"]", "")))
    });
    verdict.collect()
}

/// What botocore says; nothing where it finds a value of another type.
fn theirs(found: &[(String, String)]) -> Option<Verdict> {
    let verdict = found.iter().map(|(what, path)| {
        let what = match what.as_str() {
            "missing required field" => "required",
            "invalid length" => "length",
            "invalid range" => "range",
            "invalid type" => return None,
            other => panic!("botocore says {other} of {path}"),
        };
        Some((what, path.clone()))
    });
    verdict.collect()
}

/// Takes out what is said in other ways: a required member of a nested structure that JSON leaves out is read as an empty
/// value, so that it is too short, or lacks what it requires itself; or, if nothing is demanded of it, isn't missed.
fn without_empty(tested: &Tested, ours: &mut Verdict, theirs: &mut Verdict, input: &Value) -> usize {
    let missed: Vec<String> = theirs
        .iter()
        .filter(|(what, path)| *what == "required" && path.contains(['.', '[']))
        .map(|(_, path)| path.clone())
        .collect();
    let mut count = 0;
    for path in missed {
        let said = ours.iter().any(|(_, at)| at.starts_with(&path));
        let known = READ_AS_EMPTY.iter().any(|member| {
            let name = member.split('.').nth(1).unwrap_or_default();
            path.ends_with(&format!(".{name}"))
        });
        assert!(said || known, "{}: nothing is said of {path}: {input}", tested.name);
        count += usize::from(!ours.contains(&("required", path.clone())));
        theirs.remove(&("required", path.clone()));
        ours.retain(|(_, at)| !at.starts_with(&path));
    }
    count
}

#[test]
fn botocore_gives_the_same_verdict_on_random_inputs() {
    for tested in services() {
        let (_, count) = INPUTS
            .into_iter()
            .find(|(name, _)| *name == tested.name)
            .expect("a number");
        let mut inputs = Inputs {
            service: &tested.model,
            rng: Rng::with_seed(2000),
        };
        let operations: Vec<_> = tested
            .model
            .operations
            .values()
            .filter(|it| it.input.is_some())
            .collect();
        let questions: Vec<(&str, Value)> = (0..count)
            .map(|number| {
                let operation = operations[number % operations.len()];
                let shape = operation.input.as_ref().map_or("", |input| &input.shape);
                let input = loop {
                    let input = inputs.value(shape);
                    if input.is_object() {
                        break input;
                    }
                };
                (operation.name.as_str(), input)
            })
            .collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("inputs.json");
        fs::write(&file, json!(questions).to_string()).expect("the folder is writable");
        let model = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../model")
            .join(tested.name)
            .join("service.json");
        let said = run_python(
            "botocore_validator.py",
            &[&model.display().to_string(), &file.display().to_string()],
        );
        let answers: Vec<Vec<(String, String)>> = serde_json::from_str(&said).expect("JSON");
        assert_eq!(answers.len(), questions.len());
        let (mut good, mut types, mut mistakes, mut empty) = (0, 0, 0, 0);
        for ((operation, input), answer) in questions.iter().zip(&answers) {
            let theirs = theirs(answer);
            let found = tested.violations(operation, input);
            match (found, theirs) {
                (Err(_), None) => types += 1,
                (Ok(found), Some(mut theirs)) => {
                    let mut ours = ours(&found);
                    good += usize::from(theirs.is_empty());
                    mistakes += theirs.len();
                    empty += without_empty(&tested, &mut ours, &mut theirs, input);
                    assert_eq!(ours, theirs, "{operation}: {input}");
                }
                (found, theirs) => panic!("{operation}: {found:?}, but botocore {theirs:?}: {input}"),
            }
        }
        report!(
            "validation: {}: {count} random inputs, {good} good, {types} with a value of another type, {mistakes} other \
             mistakes: the verdict is botocore's, but for {empty} required members that are read as empty",
            tested.name
        );
        assert!(good > count / 20 && types > count / 50 && mistakes > count / 5);
    }
}
