//! The reader and the planner on arbitrary JSON: an error or a plan, never a panic. The seeds are fixed, so that a
//! failure comes again.

mod support;

use cognito_codegen::endpoint::{self, Source};
use cognito_codegen::model::Service;
use cognito_codegen::plan::{Fixups, Placement, Plan};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;
use support::{fixtures, folders, repository};

const ROUNDS: u64 = 3_000;

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

/// Words that mean something in a model, so that arbitrary JSON gets beyond its first key.
const WORDS: [&str; 40] = [
    "type",
    "structure",
    "list",
    "map",
    "string",
    "blob",
    "boolean",
    "integer",
    "timestamp",
    "members",
    "member",
    "key",
    "value",
    "shape",
    "required",
    "enum",
    "min",
    "max",
    "pattern",
    "exception",
    "error",
    "errors",
    "input",
    "output",
    "operations",
    "shapes",
    "metadata",
    "protocol",
    "json",
    "name",
    "http",
    "document",
    "union",
    "eventstream",
    "Book",
    "Text",
    "",
    "{",
    "r#fn",
    "\u{0}",
];

fn arbitrary(random: &mut fastrand::Rng, depth: usize) -> Value {
    match random.usize(..if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => (random.f64() * 1e300).into(),
        4 | 5 => WORDS[random.usize(..WORDS.len())].into(),
        6 => (0..random.usize(..4)).map(|_| arbitrary(random, depth - 1)).collect(),
        _ => {
            let entries = (0..random.usize(..6)).map(|_| {
                (
                    WORDS[random.usize(..WORDS.len())].to_owned(),
                    arbitrary(random, depth - 1),
                )
            });
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// Replaces one value somewhere inside, or removes it.
fn mutate(random: &mut fastrand::Rng, value: &mut Value) {
    if random.usize(..6) == 0 {
        *value = arbitrary(random, 3);
        return;
    }
    match value {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(random.usize(..map.len())).cloned().expect("a key");
            match random.usize(..12) {
                0 => {
                    map.shift_remove(&key);
                }
                1 => {
                    map.insert(WORDS[random.usize(..WORDS.len())].to_owned(), arbitrary(random, 2));
                }
                _ => mutate(random, map.get_mut(&key).expect("the value")),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = random.usize(..items.len());
            mutate(random, &mut items[index]);
        }
        other => *other = arbitrary(random, 3),
    }
}

/// Reads and plans; whether that has worked.
fn survives(service: &Value, paginators: &Value) -> bool {
    match Service::from_values("library", service, Some(paginators), None) {
        Ok(service) => Plan::new(
            &service,
            &Placement::Crate,
            Fixups::of("unknown"),
            Default::default(),
            &Default::default(),
            "",
            "",
        )
        .is_ok(),
        Err(errors) => {
            assert!(!errors.0.is_empty(), "an error that says nothing");
            assert!(
                errors
                    .0
                    .iter()
                    .all(|error| error.path.starts_with('$') && !error.hint.is_empty())
            );
            false
        }
    }
}

#[test]
fn arbitrary_json_is_an_error() {
    for seed in 0..ROUNDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let (service, paginators) = (arbitrary(&mut random, 6), arbitrary(&mut random, 4));
        assert!(!survives(&service, &paginators), "{service}");
    }
}

#[test]
fn models_with_something_replaced_are_read_or_refused() {
    let mut models = vec![fixtures("library")];
    models.extend(folders(&fixtures("hostile")));
    let models: Vec<Value> = models.iter().map(|folder| read(&folder.join("service.json"))).collect();
    let paginators = read(&fixtures("library/paginators.json"));
    let (mut good, mut bad) = (0, 0);
    for seed in 0..ROUNDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut model = models[random.usize(..models.len())].clone();
        let mut pages = if model["operations"].get("ListBooks").is_some() {
            paginators.clone()
        } else {
            pages_of_nothing()
        };
        for _ in 0..=random.usize(..3) {
            let target = if random.usize(..8) == 0 { &mut pages } else { &mut model };
            mutate(&mut random, target);
        }
        if survives(&model, &pages) { good += 1 } else { bad += 1 }
    }
    assert!(
        good > 0 && bad > 0,
        "{good} read, {bad} refused: the mutations are too harsh or too mild"
    );
}

fn pages_of_nothing() -> Value {
    serde_json::json!({ "pagination": {} })
}

#[test]
fn endpoint_rules_with_something_replaced_are_compiled_or_refused() {
    let rules = read(&repository().join("model/cognito-idp/endpoint-rule-set.json"));
    let partitions = read(&repository().join("model/partitions.json"));
    let (file, mut good, mut bad) = (Path::new("rules"), 0, 0);
    for seed in 0..ROUNDS {
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut rules, mut partitions) = (rules.clone(), partitions.clone());
        let target = if random.usize(..4) == 0 {
            &mut partitions
        } else {
            &mut rules
        };
        mutate(&mut random, target);
        match endpoint::compile(
            Source { file, json: &rules },
            Source {
                file,
                json: &partitions,
            },
        ) {
            Ok(_) => good += 1,
            Err(errors) => {
                bad += 1;
                assert!(!errors.0.is_empty());
            }
        }
    }
    assert!(
        good > 0 && bad > 0,
        "{good} compiled, {bad} refused: the mutations are too harsh or too mild"
    );
}

#[test]
fn bytes_that_are_cut_or_flipped_are_an_error_or_another_model() {
    let whole = fs::read(fixtures("library/service.json")).expect("a file");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bytes = whole[..random.usize(1..whole.len())].to_vec();
        let index = random.usize(..bytes.len());
        bytes[index] = random.u8(..);
        fs::write(folder.path().join("service.json"), bytes).expect("written");
        assert!(Service::load(folder.path()).is_err());
    }
}

#[test]
fn json_nested_too_deep_is_an_error_and_no_overflow() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("service.json"), "[".repeat(1_000_000)).expect("written");
    let errors = Service::load(folder.path()).expect_err("an error");
    assert!(
        errors.to_string().contains("not JSON: recursion limit exceeded"),
        "{errors}"
    );
}
