//! What a client learns of a request.

use crate::request::{ABSENT, Request, with};
use cognito_validation::{Constraint, Constraints, Document, Findings, Rule, Severity, Validate, constrained};
use serde::Serialize;
use serde_json::{Value, json};

/// The paths of all violations, in the alphabet's order: a JSON value may have its members in any.
fn paths(members: Value) -> Vec<String> {
    let findings = with(members).findings();
    let mut paths: Vec<String> = findings.iter().map(|found| found.path().to_owned()).collect();
    paths.sort_unstable();
    paths
}

#[test]
fn the_text_says_where_and_what_to_do_and_keeps_secrets() {
    let request = with(json!({ "Password": "a b", "CallbackURLs": ["a", ""] }));
    let errors = request.validate().expect_err("four violations");
    assert_eq!(errors.violations().len(), 4);
    let text = errors.to_string();
    assert!(!text.contains("a b"), "{text}");
    let expected = "`Password` has 3 characters: give it at least 6 characters";
    assert!(text.lines().any(|line| line == expected), "{text}");
    assert!(!format!("{errors:?}").contains("a b"), "{errors:?}");
}

#[test]
fn each_bad_item_key_and_value_has_its_own_path() {
    assert_eq!(
        paths(json!({ "CallbackURLs": ["", "a", " "] })),
        ["CallbackURLs[0]", "CallbackURLs[0]", "CallbackURLs[2]"]
    );
    // Both the key and its value.
    assert_eq!(paths(json!({ "Tags": { "": "bad" } })), [r#"Tags[""]"#, r#"Tags[""]"#]);
    assert_eq!(paths(json!({ "Tags": { "team": "bad" } })), [r#"Tags["team"]"#]);
    assert_eq!(paths(json!({ "Secrets": { "tell nobody": "bad" } })), ["Secrets[…]"]);
    assert_eq!(paths(json!({ "Nested": [[], ["a", "b", "c"]] })), ["Nested[1]"]);
    assert_eq!(
        paths(json!({ "Schema": [{ "Name": "abcd" }, {}] })),
        ["Schema[0].Name", "Schema[1].Name"]
    );
}

#[test]
fn the_service_decides_about_new_values_of_an_enum() {
    assert_eq!(paths(json!({ "Mode": "SLEEPY", "Modes": ["SLEEPY"] })), [""; 0]);
}

static NO_NAME: Rule = Rule::should("no-name", "https://example.com");
static NO_SPACES: Rule = Rule::must("no-spaces", "https://example.com");

fn rule(request: Document<'_>, findings: &mut Findings<'_>) {
    if request.get("Name").is_none() {
        findings.report_missing(&NO_NAME, request, "Name", "makes the request easier to find");
    }
    for word in request.list("Words").filter(|word| word.text() == Some(" ")) {
        findings.report(&NO_SPACES, word, "must be a word");
    }
}

#[derive(Serialize)]
struct Kinds {
    #[serde(rename = "Kind")]
    kind: &'static str,
    #[serde(rename = "Words")]
    words: Vec<&'static str>,
}

static KINDS: Constraints = Constraints::new(
    "structure Kinds\n  Kind Kind required\n  Words Any\nenum Kind\n  A\n",
    ABSENT,
    &[("Kinds", rule)],
    "",
);

constrained! {
    KINDS;
    Kinds = "Kinds";
}

#[test]
fn an_enum_that_was_read_as_absent_is_missing() {
    let kinds = |kind| Kinds {
        kind,
        words: Vec::new(),
    };
    let errors = kinds(ABSENT).validate().expect_err("a required member");
    let [violation] = errors.violations() else {
        panic!("{errors}");
    };
    assert_eq!(
        (violation.path(), violation.constraint()),
        ("Kind", &Constraint::Required)
    );
    kinds("another").validate().expect("the service may know it");
}

#[test]
fn advice_is_found_and_refuses_nothing() {
    let kinds = Kinds {
        kind: "A",
        words: vec![" "],
    };
    let found = kinds.findings();
    let said: Vec<(String, Severity)> = found.iter().map(|it| (it.to_string(), it.severity())).collect();
    assert_eq!(
        said,
        [
            (
                "`Name` makes the request easier to find (https://example.com)".to_owned(),
                Severity::Warning
            ),
            (
                r#"`Words[0]` (now " ") must be a word (https://example.com)"#.to_owned(),
                Severity::Error
            ),
        ]
    );
    let errors = kinds.validate().expect_err("a violation");
    assert_eq!(errors.violations(), &found[1..]);
}

#[test]
fn a_value_that_can_not_be_written_is_checked_as_far_as_it_goes() {
    struct Broken;
    impl Serialize for Broken {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no"))
        }
    }
    #[derive(Serialize)]
    struct Half {
        #[serde(rename = "UserPoolId")]
        pool: &'static str,
        #[serde(rename = "CallbackURLs")]
        urls: (&'static str, Broken),
    }
    let half = Half {
        pool: "a b",
        urls: ("", Broken),
    };
    let found = crate::request::CONSTRAINTS.findings_of_input("Ask", &half);
    let paths: Vec<&str> = found.iter().map(|it| it.path()).collect();
    assert_eq!(paths, ["UserPoolId", "CallbackURLs[0]", "CallbackURLs[0]"]);
    let message = crate::request::CONSTRAINTS.refusal_of_input("Ask", &half);
    assert!(message.is_some_and(|message| message.contains("Value '[]' at 'callbackURLs'")));
    assert!(Request(json!({})).validate().is_err());
}
