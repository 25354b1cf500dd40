//! What the model says is honoured, refused or ignored with a reason, and the table of it is true.

mod support;

use cognito_codegen::model::traits::{self, PLACES};
use cognito_codegen::read::Treatment;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::repository;

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else {
            into.push(path);
        }
    }
}

fn source_text(keep: impl Fn(&Path) -> bool) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let files = files
        .iter()
        .filter(|path| keep(path.strip_prefix(&root).expect("below")));
    files
        .map(|path| fs::read_to_string(path).expect("a source file"))
        .collect()
}

#[test]
fn the_page_of_traits_is_the_table() {
    let page = repository().join("docs/traits.md");
    let text = fs::read_to_string(&page).expect("docs/traits.md");
    assert_eq!(
        text.replace("\r\n", "\n"),
        traits::markdown(),
        "run `cargo run -p cognito-codegen -- dump traits > docs/traits.md`"
    );
}

#[test]
fn each_key_stands_in_a_table_once_and_with_a_sentence() {
    for place in PLACES {
        let mut seen = BTreeSet::new();
        for key in place.keys {
            assert!(seen.insert(key.name), "{}: `{}` twice", place.name, key.name);
            let (Treatment::Honoured(text) | Treatment::Refused(text) | Treatment::Ignored(text)) = key.treatment;
            assert!(text.len() > 5, "{}: `{}` has no reason", place.name, key.name);
        }
    }
}

/// The fields of the model's types are what is read. One that nothing outside of the reader names is read for nothing.
#[test]
fn no_field_of_the_model_is_read_and_used_by_nothing() {
    let of_model = |path: &Path| path.starts_with("model");
    // Checking that a name refers to something is a use.
    let checks = |path: &Path| path.starts_with("model/check") || path.ends_with("model/check.rs");
    let users = source_text(|path| !of_model(path) && !path.starts_with("read") || checks(path));
    let declared = source_text(|path| of_model(path) && !path.ends_with("model/traits.rs"));
    // `authtype` and `auth` are what `is_unsigned` asks, and `endpoint_prefix` stands in for `signing_name`.
    let asked_by_methods = [
        ("authtype", "is_unsigned()"),
        ("endpoint_prefix", "signing_name()"),
        ("target_prefix", "service.target("),
    ];
    let mut fields = BTreeSet::new();
    for line in declared.lines() {
        if let Some((name, _)) = line.strip_prefix("    pub ").and_then(|rest| rest.split_once(": ")) {
            fields.extend((!name.contains(' ')).then_some(name));
        }
    }
    assert!(fields.len() > 40, "{fields:?}");
    let unused: Vec<_> = fields
        .into_iter()
        .filter(|field| {
            let by_method = asked_by_methods.iter().find(|(name, _)| name == field);
            let used = format!(".{field}");
            let names_field = |(at, _): (usize, &str)| {
                let after = users[at + used.len()..].chars().next();
                !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
            };
            !users.match_indices(&used).any(names_field) && !by_method.is_some_and(|(_, call)| users.contains(call))
        })
        .collect();
    assert!(unused.is_empty(), "read, and used by nothing: {unused:?}");
}
