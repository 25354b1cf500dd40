//! The example `check_jws`, on a file in Wycheproof's format that is made here.

#[path = "../examples/check_jws.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod check_jws;
mod support;

use check_jws::{Tally, check};
use serde_json::{Value, json};
use support::*;

fn file(groups: &[(Value, Vec<(String, &str)>)]) -> String {
    let group = |(key, tests): &(Value, Vec<(String, &str)>)| {
        let test = |(token, result): &(String, &str)| json!({"tcId": 1, "comment": "made here", "jws": token, "result": result});
        json!({"type": "JsonWebSignature", "public": key, "tests": tests.iter().map(test).collect::<Vec<_>>()})
    };
    json!({"testGroups": groups.iter().map(group).collect::<Vec<_>>()}).to_string()
}

fn run(groups: &[(Value, Vec<(String, &str)>)]) -> Tally {
    let mut tally = Tally::default();
    check(&file(groups), &mut tally).expect("a file of tests");
    tally
}

#[test]
fn valid_rs256_verifies_and_all_else_is_refused() {
    let good = KEY.sign(KEY.header(), "any payload");
    let curve = CURVE.sign(&json!({"alg": "ES256", "kid": CURVE.kid}), &json!({}));
    let tally = run(&[
        (
            KEY.jwk(),
            vec![
                (good.clone(), "valid"),
                (format!("{good}A"), "invalid"),
                (good.clone(), "acceptable"),
            ],
        ),
        (json!({"keys": [OTHER.jwk(), KEY.jwk()]}), vec![(good.clone(), "valid")]),
        (json!({"keys": [KEY.jwk(), KEY.jwk()]}), vec![(good.clone(), "invalid")]),
        (CURVE.jwk(), vec![(curve, "valid")]),
        (OTHER.jwk(), vec![(good, "invalid")]),
    ]);
    assert_eq!(tally, Tally { tests: 6, right: 6 });
}

#[test]
fn a_difference_is_counted() {
    let good = KEY.sign(KEY.header(), "any payload");
    assert_eq!(
        run(&[(KEY.jwk(), vec![(good.clone(), "invalid")])]),
        Tally { tests: 1, right: 0 }
    );
    assert_eq!(
        run(&[(OTHER.jwk(), vec![(good, "valid")])]),
        Tally { tests: 1, right: 0 }
    );
}

#[test]
fn a_file_of_something_else_is_an_error() {
    for text in ["", "{}", "{\"testGroups\":[{}]}", "{\"testGroups\":[{\"tests\":[{}]}]}"] {
        assert!(check(text, &mut Tally::default()).is_err(), "{text}");
    }
}
