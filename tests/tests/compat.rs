//! Every public item of the official crate compiles against ours, with its exact types.
//!
//! `tests/compat/official-api.txt` lists the items; `tests/compat/README.md` says how to make the list anew.

#![allow(clippy::unwrap_used)]

#[path = "compat/api.rs"]
mod api;
#[path = "compat/scratch.rs"]
mod scratch;

use api::Item;
use cognito_tests::report;
use scratch::Scratch;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

const LIST: &str = include_str!("../compat/official-api.txt");

/// The crates whose types the official API names.
const DEPENDENCIES: &str = "\
aws-credential-types = \"1\"
aws-runtime = { version = \"1\", default-features = false }
aws-smithy-async = \"1\"
aws-smithy-runtime = { version = \"1\", features = [\"client\"] }
aws-smithy-runtime-api = \"1\"
aws-smithy-types = \"1\"
aws-types = \"1\"
";

/// One item a line, so that the line of an error names the item.
fn source(items: &[Item]) -> String {
    let mut source = String::from("#![allow(warnings)]\n");
    for (index, item) in items.iter().enumerate() {
        source.push_str(&format!("mod m{index} {{ {} }}\n", item.code));
    }
    source
}

/// The errors of a scratch crate's items, by index. An error elsewhere is a panic: then nothing is known.
fn errors(scratch: &Scratch, items: &[Item]) -> BTreeMap<usize, String> {
    scratch.write("src/lib.rs", &source(items));
    let output = scratch.cargo(&["check", "--message-format", "json"]);
    let mut errors = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(json) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let message = &json["message"];
        if message["level"] != "error" {
            continue;
        }
        let of_dependency = json["target"]["src_path"]
            .as_str()
            .is_none_or(|path| !path.contains("compat-"));
        assert!(!of_dependency, "{}", message["rendered"]);
        let spans = message["spans"].as_array().unwrap();
        let primary = spans.iter().filter(|span| span["is_primary"] == true);
        for line in primary.filter_map(|span| span["line_start"].as_u64()) {
            // The first line is no item.
            let index = usize::try_from(line).unwrap().checked_sub(2).unwrap();
            errors
                .entry(index)
                .or_insert_with(|| message["message"].as_str().unwrap().to_owned());
        }
    }
    let failed = !output.status.success() && errors.is_empty();
    assert!(!failed, "{}", String::from_utf8_lossy(&output.stderr));
    errors
}

/// Items that don't compile, and why. The compiler stops at the first phase that fails: what fails is taken out, and
/// the rest is checked again.
fn broken(name: &str, mut items: Vec<Item>) -> Vec<(Item, String)> {
    let scratch = Scratch::new(name, &(scratch::replacement("") + DEPENDENCIES), "src/lib.rs", "");
    let mut broken = Vec::new();
    loop {
        let errors = errors(&scratch, &items);
        if errors.is_empty() {
            return broken;
        }
        broken.extend(
            errors
                .iter()
                .map(|(index, message)| (items[*index].clone(), message.clone())),
        );
        items = items
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !errors.contains_key(index))
            .map(|(_, i)| i)
            .collect();
    }
}

#[test]
fn every_item_of_the_official_crate_compiles_against_ours() {
    let items = api::items(LIST);
    let total = items.len();
    assert!(total > 19_000, "the list has {total} items only");
    let broken = broken("compat-items", items);
    for (item, message) in &broken {
        println!("{}\n    {message}", item.text);
    }
    report!("compat: {} of {total} items", total - broken.len());
    assert!(
        broken.is_empty(),
        "{} items don't compile; they are listed above",
        broken.len()
    );
}

#[test]
fn an_item_that_is_not_there_is_found() {
    // One for each phase of the compiler, and one that is there.
    let list = "config\n mod\nno_such_module\n mod\nConfig\n fn @::no_such_method(&self) -> bool\n impl Clone + Copy\n";
    let broken = broken("compat-missing", api::items(list));
    let mut names: Vec<&str> = broken.iter().map(|(item, _)| item.text.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "crate::Config: Copy",
            "crate::Config: fn crate::Config::no_such_method(&self) -> bool",
            "mod crate::no_such_module"
        ]
    );
}

#[test]
fn the_list_is_read_as_it_was_written() {
    let public_api = format!(
        "#[non_exhaustive] pub struct {0}::types::A\n\
         pub {0}::types::A::name: core::option::Option<alloc::string::String>\n\
         pub fn {0}::types::A::name(&self) -> core::option::Option<&str>\n\
         pub fn {0}::types::A::set(self, core::option::Option<{0}::types::B>, impl core::convert::Into<alloc::string::String>) -> Self\n\
         pub fn {0}::types::A::clone(&self) -> {0}::types::A\n\
         impl core::clone::Clone for {0}::types::A\n\
         impl core::convert::From<&str> for {0}::types::A\n\
         pub {0}::types::B::Red\n\
         pub const {0}::types::B::SCHEMA: &'static str\n",
        api::CRATE
    );
    let list = api::shorten(&public_api);
    assert_eq!(
        list,
        "types::A\n struct\n field name: Option<String>\n fn @::name(&self) -> Option<&str>\n \
         fn @::set(self, Option<~B>, impl Into<String>) -> Self\n impl Clone + From<&str>\ntypes::B\n variant Red\n"
    );
    let codes: Vec<String> = api::items(&list)
        .into_iter()
        .map(|item| item.code.replace(api::CRATE, "sdk"))
        .collect();
    assert_eq!(
        codes,
        [
            "use ::sdk::types::A as _x;",
            "fn f(x: &::sdk::types::A) -> &Option<String> { &x.name }",
            "fn f(a0: &::sdk::types::A) -> Option<&str> { ::sdk::types::A::name(a0) }",
            "fn f(a0: ::sdk::types::A, a1: Option<::sdk::types::B>, a2: impl Into<String>) -> ::sdk::types::A { \
             ::sdk::types::A::set(a0, a1, a2) }",
            "fn f<'a, T: Clone>(_: &'a ()) {} fn g() { f::<::sdk::types::A>(&()) }",
            "fn f<'a, T: From<&'a str>>(_: &'a ()) {} fn g() { f::<::sdk::types::A>(&()) }",
            "fn f() -> ::sdk::types::B { ::sdk::types::B::Red }",
        ]
    );
}

#[test]
#[ignore = "writes tests/compat/official-api.txt from the file that PUBLIC_API names"]
fn write_the_list_anew() {
    let file = std::env::var("PUBLIC_API").expect("PUBLIC_API names the output of cargo public-api");
    let list = api::shorten(&fs::read_to_string(file).unwrap());
    fs::write(scratch::root().join("tests/compat/official-api.txt"), list).unwrap();
}
