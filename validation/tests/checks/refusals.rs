//! The words of AWS's services.

use crate::request::{CONSTRAINTS, Request, with};
use serde_json::{Value, json};

fn message(request: &Request) -> Option<String> {
    CONSTRAINTS.refusal_of_input("Ask", request)
}

/// The refusal of a request with these members, each of its parts without what they all have in common.
fn parts(members: Value) -> Vec<String> {
    let message = message(&with(members)).unwrap_or_default();
    let Some((head, all)) = message.split_once(" detected: ") else {
        return Vec::new();
    };
    let parts: Vec<String> = all.split("; ").map(str::to_owned).collect();
    let errors = if parts.len() == 1 { "error" } else { "errors" };
    assert_eq!(head, format!("{} validation {errors}", parts.len()));
    parts
}

const ITEMS: &str = "failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or \
    equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: \
    [\\S]+]";
const KEYS: &str = "failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or \
    equal to 8, Member must have length greater than or equal to 1]";
const VALUES: &str = "failed to satisfy constraint: Map value must satisfy constraint: [Member must have length greater \
    than or equal to 5]";

#[test]
fn what_the_model_allows_is_not_refused() {
    let members = json!({
        "Password": "secret", "CallbackURLs": ["a", "b"], "Tags": { "team": "green" }, "Ratio": 1.5, "Mode": "ON",
        "Modes": ["ON", "OFF"], "Nested": [["a"]], "Schema": [{ "Name": "abc" }],
    });
    assert_eq!(message(&with(members)), None);
    assert_eq!(CONSTRAINTS.refusal_of_input("Answer", &Request(json!({}))), None);
    assert_eq!(CONSTRAINTS.refusal_code(), "ValidationException");
}

/// <https://github.com/amazon-archives/amazon-cognito-identity-js/issues/388>
#[test]
fn a_secret_is_not_quoted_and_all_that_is_wrong_is_said() {
    let expected = "2 validation errors detected: Value at 'password' failed to satisfy constraint: Member must have \
        length greater than or equal to 6; Value at 'password' failed to satisfy constraint: Member must satisfy regular \
        expression pattern: [\\S]+";
    assert_eq!(message(&with(json!({ "Password": "" }))).as_deref(), Some(expected));
}

/// <https://github.com/aws/aws-sdk-js/issues/3344>: a pattern matches the whole value.
#[test]
fn a_value_with_a_space_before_it_has_the_wrong_form() {
    let expected = "1 validation error detected: Value ' ap-northeast-1_xxx' at 'userPoolId' failed to satisfy \
        constraint: Member must satisfy regular expression pattern: [\\S]+";
    let request = Request(json!({ "UserPoolId": " ap-northeast-1_xxx" }));
    assert_eq!(message(&request).as_deref(), Some(expected));
}

/// <https://github.com/amazon-archives/amazon-cognito-auth-js/issues/65>
#[test]
fn a_member_that_is_absent_is_null() {
    let expected = "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must \
        not be null";
    for request in [json!({}), json!({ "UserPoolId": null })] {
        assert_eq!(message(&Request(request)).as_deref(), Some(expected));
    }
    let within = parts(json!({ "Schema": [{ "Name": "a" }, {}] }));
    let expected = "Value null at 'schema.2.member.name' failed to satisfy constraint: Member must not be null";
    assert_eq!(within, [expected]);
}

/// <https://github.com/aws/aws-cli/issues/2941>
#[test]
fn what_items_must_be_like_is_said_once_of_their_whole_list() {
    for (list, shown) in [
        (json!(["a", " "]), "[a,  ]"),
        (json!([" ", "a"]), "[ , a]"),
        (json!(["", " ", "a", ""]), "[,  , a, ]"),
    ] {
        let expected = format!("Value '{shown}' at 'callbackURLs' {ITEMS}");
        assert_eq!(parts(json!({ "CallbackURLs": list })), [expected]);
    }
}

#[test]
fn a_list_in_a_list_is_an_item_too() {
    let members = json!({ "Nested": [["a"], [" ", "b"], ["c", "d", "e"]] });
    let inner = format!("Value '[ , b]' at 'nested.2.member' {ITEMS}");
    let outer = "Value '[[a], [ , b], [c, d, e]]' at 'nested' failed to satisfy constraint: Member must satisfy \
        constraint: [Member must have length less than or equal to 2]";
    assert_eq!(parts(members), [inner, outer.to_owned()]);
}

#[test]
fn keys_and_values_of_a_map_have_one_message_each() {
    let said = |tags: Value| parts(json!({ "Tags": tags }));
    let keys = |shown: &str| format!("Value '{shown}' at 'tags' {KEYS}");
    let values = |shown: &str| format!("Value '{shown}' at 'tags' {VALUES}");
    assert_eq!(said(json!({ "team": "bad" })), [values("{team=bad}")]);
    assert_eq!(
        said(json!({ "much too long": "green" })),
        [keys("{much too long=green}")]
    );
    // A value isn't taken for its key, although the text of both begins at one place.
    assert_eq!(said(json!({ "": "green" })), [keys("{=green}")]);
    assert_eq!(said(json!({ "": "bad" })), [keys("{=bad}"), values("{=bad}")]);
    assert_eq!(said(json!({ "": "" })), [keys("{=}"), values("{=}")]);
    let both = json!({ "a": "bad", "b": "bad" });
    assert_eq!(said(both), [values("{a=bad, b=bad}")]);
}

#[test]
fn a_secret_key_is_not_quoted() {
    let expected = format!("Value at 'secrets' {VALUES}");
    assert_eq!(parts(json!({ "Secrets": { "tell nobody": "bad" } })), [expected]);
}

#[test]
fn a_number_is_too_small_or_too_large() {
    let least = |shown: &str| {
        format!(
            "Value '{shown}' at 'ratio' failed to satisfy constraint: Member must have value greater than or equal to 1"
        )
    };
    let most = |shown: &str| {
        format!(
            "Value '{shown}' at 'ratio' failed to satisfy constraint: Member must have value less than or equal to 2"
        )
    };
    for (number, expected) in [
        (json!(0), least("0")),
        (json!(3), most("3")),
        (json!(0.5), least("0.5")),
        (json!(2.5), most("2.5")),
    ] {
        assert_eq!(parts(json!({ "Ratio": number })), [expected]);
    }
}

#[test]
fn a_server_knows_all_values_of_an_enum() {
    let demand = "Member must satisfy enum value set: [ON, OFF]";
    let expected = format!("Value 'SLEEPY' at 'mode' failed to satisfy constraint: {demand}");
    assert_eq!(parts(json!({ "Mode": "SLEEPY" })), [expected]);
    let message = message(&with(json!({ "Modes": ["ON", "SLEEPY"] })));
    let expected = format!(
        "1 validation error detected: Value '[ON, SLEEPY]' at 'modes' failed to satisfy constraint: Member must satisfy \
         constraint: [{demand}]"
    );
    assert_eq!(message, Some(expected));
}
