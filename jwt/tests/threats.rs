//! The tables of the documentation name tests. They exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The tests that a page's tables name, as file and function.
fn named(page: &str) -> BTreeSet<(String, String)> {
    let rows = page.lines().filter(|line| line.starts_with('|'));
    let code = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    code.filter_map(|code| {
        let (file, test) = code.split_once("::")?;
        let is_test = file.chars().all(|char| char.is_ascii_lowercase() || char == '_');
        is_test.then(|| (file.to_owned(), test.to_owned()))
    })
    .collect()
}

/// Whether a file has such a test: a function with the attribute.
fn has_test(text: &str, test: &str) -> bool {
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((_, name)) = line.split_once("fn ") {
            if is_test && name.split('(').next() == Some(test) {
                return true;
            }
            is_test = false;
        }
    }
    false
}

#[test]
fn every_test_that_the_documentation_names_exists() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (page, least) in [("src/threats.md", 40), ("src/key_servers.md", 15)] {
        let text = fs::read_to_string(folder.join(page)).expect("a page of the documentation");
        let named = named(&text);
        assert!(named.len() >= least, "{page} names {} tests", named.len());
        for (file, test) in named {
            let path = folder.join("tests").join(&file).with_extension("rs");
            let text =
                fs::read_to_string(&path).unwrap_or_else(|_| panic!("{page} names {file}::{test}: no such file"));
            assert!(has_test(&text, &test), "{page} names {file}::{test}: no such test");
        }
    }
}

#[test]
fn every_row_of_the_threats_names_a_test() {
    let page = include_str!("../src/threats.md");
    let (threats, _) = page.split_once("\n# ").expect("the table comes first");
    let rows: Vec<&str> = threats.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    assert!(rows.len() > 30);
    for row in rows {
        assert!(!named(row).is_empty(), "{row}");
    }
}

#[test]
fn a_function_without_the_attribute_is_no_test() {
    assert!(has_test("#[test]\nfn a() {\n", "a"));
    assert!(has_test("#[tokio::test(start_paused = true)]\nasync fn a() {\n", "a"));
    assert!(!has_test("#[test]\nfn b() {\nfn a() {\n", "a"));
    assert!(!has_test("#[test]\nfn ab() {\n", "a"));
}
