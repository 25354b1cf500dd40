//! The largest and most wrong models that anyone could write: each is read or refused in memory that is bounded,
//! whatever is in the file, and in time that grows with its size. The command runs with a limit that the system keeps.

#![cfg(target_os = "linux")]

mod support;

use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use support::{Copy, fixtures};

/// What the command may take, in KB: some 60 times the largest file that it reads. `ulimit` counts address space, which
/// is more than memory.
const LIMIT: usize = 1_000_000;

/// More than any of them takes, unless its time grows with the square of its size.
const TIME: Duration = Duration::from_secs(120);

/// A model with these operations and shapes.
fn model(operations: Map<String, Value>, shapes: Map<String, Value>) -> String {
    let text = fs::read_to_string(fixtures("library/service.json")).expect("a file");
    let mut model: Value = serde_json::from_str(&text).expect("JSON");
    model["operations"] = operations.into();
    model["shapes"] = shapes.into();
    model.to_string()
}

fn operation(name: &str, input: &str) -> (String, Value) {
    let http = json!({"method": "POST", "requestUri": "/"});
    (
        name.to_owned(),
        json!({"name": name, "http": http, "input": {"shape": input}}),
    )
}

fn structure(members: impl IntoIterator<Item = (String, String)>) -> Value {
    let members: Map<_, _> = members
        .into_iter()
        .map(|(name, shape)| (name, json!({ "shape": shape })))
        .collect();
    json!({"type": "structure", "members": members})
}

fn list(of: String) -> Value {
    json!({"type": "list", "member": {"shape": of}})
}

/// Runs the command on a model, with a limit, and gives its exit code and what it says.
fn plan(service: &str) -> (Option<i32>, String) {
    let copy = Copy::of_library();
    fs::write(copy.path("model/library/service.json"), service).expect("written");
    fs::write(copy.path("model/library/paginators.json"), "{\"pagination\":{}}").expect("written");
    let start = Instant::now();
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {LIMIT}; exec \"$0\" \"$@\"")])
        .arg(Path::new(env!("CARGO_BIN_EXE_cognito-codegen")))
        .arg("--root")
        .arg(copy.path(""))
        .args(["dump", "plan", "library"])
        .output()
        .expect("a shell");
    let took = start.elapsed();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    println!(
        "memory: {} MB of model: exit {:?} after {:.1} s",
        service.len() / 1_000_000,
        output.status.code(),
        took.as_secs_f64()
    );
    assert!(took < TIME, "{took:?}");
    (output.status.code(), stderr)
}

/// The model must be refused with this text, in few words.
#[track_caller]
fn refused(service: &str, text: &str) {
    let (code, stderr) = plan(service);
    assert_eq!(code, Some(1), "{stderr:.1000}");
    assert!(stderr.contains(text), "{stderr:.1000}");
    assert!(stderr.len() < 200_000, "{} bytes of errors", stderr.len());
}

#[test]
fn the_limit_is_kept() {
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1000; exec \"$0\" --version"])
        .arg(Path::new(env!("CARGO_BIN_EXE_cognito-codegen")))
        .output()
        .expect("a shell");
    assert!(!output.status.success(), "a megabyte is enough?");
}

#[test]
fn a_file_of_nothing_but_small_values_is_refused() {
    refused(
        &format!("[{}0]", "0,".repeat(7_900_000)),
        "$: expected an object, found an array",
    );
}

#[test]
fn a_file_that_is_too_long_is_not_read() {
    refused(&" ".repeat(20_000_000), "the file has more than 16 MB");
}

#[test]
fn a_million_mistakes_are_counted_and_a_hundred_are_printed() {
    let keys: Map<_, _> = (0..1_000_000).map(|number| (format!("k{number}"), json!(0))).collect();
    let text = model(Map::new(), Map::new());
    let keys = Value::from(keys).to_string();
    refused(
        &format!("{{{},{}", &keys[1..keys.len() - 1], &text[1..]),
        "$: 999900 more mistakes\n  hint: correct those above first",
    );
}

#[test]
fn long_names_are_cut_in_reports() {
    let name = "x".repeat(5_000_000);
    let shape = json!({"type": "structure", "members": {"a": 0, "b": 0, "c": 0}});
    refused(&model(Map::new(), [(name, shape)].into_iter().collect()), "xxx…");
}

#[test]
fn a_hundred_thousand_references_to_nothing_are_refused() {
    let shapes = (0..100_000).map(|number| (format!("ShapeNumber{number}"), list(format!("ShapeNumver{number}"))));
    refused(&model(Map::new(), shapes.collect()), "did you mean `ShapeNumber0`?");
}

#[test]
fn a_hundred_thousand_lists_in_each_other_are_refused() {
    let lists = (0..100_000).map(|number| (format!("L{number}"), list(format!("L{}", number + 1))));
    let ends = [
        ("L100000".to_owned(), json!({"type": "string"})),
        ("R".to_owned(), structure([("M".to_owned(), "L0".to_owned())])),
    ];
    let operations = [operation("Use", "R")].into_iter().collect();
    refused(
        &model(operations, lists.chain(ends).collect()),
        "more than 100 lists and maps are in each other",
    );
}

#[test]
fn a_small_model_that_asks_for_a_huge_crate_is_refused() {
    let operations = (0..2_000)
        .map(|number| operation(&format!("Op{number}"), "R"))
        .collect();
    let members = (0..2_000).map(|number| (format!("M{number}"), "T".to_owned()));
    let shapes = [
        ("R".to_owned(), structure(members)),
        ("T".to_owned(), json!({"type": "string"})),
    ];
    refused(
        &model(operations, shapes.into_iter().collect()),
        "$.operations: the operations have more than 500000 members",
    );
}

#[test]
fn a_ring_of_twenty_thousand_structures_is_planned() {
    let next = |number: usize| structure([("M".to_owned(), format!("S{}", (number + 1) % 20_000))]);
    let shapes = (0..20_000).map(|number| (format!("S{number}"), next(number)));
    let operations = [operation("Use", "S0")].into_iter().collect();
    let (code, stderr) = plan(&model(operations, shapes.collect()));
    assert_eq!(code, Some(0), "{stderr}");
}
