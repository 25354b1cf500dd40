//! What a new model means for Rust users: each kind of change, made in the fixture `library`.

mod support;

use cognito_codegen::diff::{Bump, Change, Effect, changelog, diff};
use cognito_codegen::model::Service;
use serde_json::{Value, json};
use support::fixtures;

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(fixtures("library").join(name)).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn library(edit: impl FnOnce(&mut Value)) -> Service {
    let mut service = read("service.json");
    edit(&mut service);
    let paginators = read("paginators.json");
    Service::from_values("library", &service, Some(&paginators), None).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The changes that an edit of the model makes.
fn changes(edit: impl FnOnce(&mut Value)) -> Vec<Change> {
    diff(&library(|_| {}), &library(edit)).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The edit must make exactly these changes, and undoing it exactly those.
#[track_caller]
fn means(edit: impl Fn(&mut Value), forth: &[(Effect, &str)], back: &[(Effect, &str)]) {
    let (old, new) = (library(|_| {}), library(edit));
    for (from, to, expected) in [(&old, &new, forth), (&new, &old, back)] {
        let changes = diff(from, to).unwrap_or_else(|errors| panic!("{errors}"));
        let actual: Vec<_> = changes
            .iter()
            .map(|change| (change.effect, change.to_string()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(effect, text)| (*effect, (*text).to_owned()))
            .collect();
        assert_eq!(actual, expected);
    }
}

use Effect::{Addition, Behaviour, Breaking};

#[test]
fn the_same_model_changes_nothing_and_asks_for_a_patch() {
    assert_eq!(changes(|_| {}), []);
    assert_eq!(Bump::of(&[]), Bump::Patch);
}

#[test]
fn documentation_changes_nothing() {
    assert_eq!(
        changes(|model| model["shapes"]["Book"]["documentation"] = json!("<p>New.</p>")),
        []
    );
}

#[test]
fn a_new_operation_is_compatible_and_a_lost_one_breaks() {
    let edit = |model: &mut Value| {
        let http = json!({"method": "POST", "requestUri": "/"});
        model["operations"]["Renew"] = json!({"name": "Renew", "http": http});
    };
    means(
        edit,
        &[(Addition, "operation `Renew`: added")],
        &[(Breaking, "operation `Renew`: removed")],
    );
}

#[test]
fn a_new_member_is_compatible_and_a_lost_one_breaks() {
    means(
        |model| model["shapes"]["Shelf"]["members"]["Floor"] = json!({"shape": "Row"}),
        &[(Addition, "member `Shelf.floor`: added")],
        &[(Breaking, "member `Shelf.floor`: removed")],
    );
}

#[test]
fn a_type_counts_from_when_an_operation_reaches_it() {
    means(
        |model| model["shapes"]["Shelf"]["members"]["Extra"] = json!({"shape": "NobodyUsesThis"}),
        &[
            (Addition, "type `NobodyUsesThis`: added"),
            (Addition, "member `Shelf.extra`: added"),
        ],
        &[
            (Breaking, "type `NobodyUsesThis`: removed"),
            (Breaking, "member `Shelf.extra`: removed"),
        ],
    );
}

#[test]
fn a_member_of_another_type_breaks() {
    means(
        |model| model["shapes"]["Shelf"]["members"]["Row"] = json!({"shape": "Text"}),
        &[(Breaking, "member `Shelf.row`: optional `i32` → optional `String`")],
        &[(Breaking, "member `Shelf.row`: optional `String` → optional `i32`")],
    );
}

#[test]
fn a_string_that_becomes_an_enum_breaks() {
    let edit = |model: &mut Value| model["shapes"]["Text"] = json!({"type": "string", "enum": ["A"]});
    let changes = changes(edit);
    assert!(changes.iter().any(|change| {
        change.effect == Breaking
            && change.to_string() == "member `BorrowBookInput.title`: optional `String` → optional `Text`"
    }));
}

#[test]
fn a_required_member_of_a_nested_type_breaks_as_does_one_no_longer_required() {
    means(
        |model| model["shapes"]["Shelf"]["required"] = json!(["Row"]),
        &[
            (
                Breaking,
                "type `Shelf`: `build()` can't fail → `build()` gives a `Result`",
            ),
            (Breaking, "member `Shelf.row`: optional `i32` → `i32`"),
        ],
        &[
            (
                Breaking,
                "type `Shelf`: `build()` gives a `Result` → `build()` can't fail",
            ),
            (Breaking, "member `Shelf.row`: `i32` → optional `i32`"),
        ],
    );
}

#[test]
fn a_required_member_of_an_input_compiles_and_may_be_refused() {
    means(
        |model| model["shapes"]["BorrowBookRequest"]["required"] = json!(["Title", "Branch"]),
        &[(Behaviour, "constraint `BorrowBookInput.branch`: optional → required")],
        &[(Addition, "constraint `BorrowBookInput.branch`: required → optional")],
    );
}

#[test]
fn a_new_member_that_every_request_must_have_may_be_refused() {
    means(
        |model| {
            model["shapes"]["BorrowBookRequest"]["members"]["Card"] = json!({"shape": "Text"});
            model["shapes"]["BorrowBookRequest"]["required"] = json!(["Title", "Card"]);
        },
        &[
            (Behaviour, "constraint `BorrowBookInput.card`: new, and required"),
            (Addition, "member `BorrowBookInput.card`: added"),
        ],
        &[(Breaking, "member `BorrowBookInput.card`: removed")],
    );
}

#[test]
fn a_new_enum_value_is_compatible_and_a_lost_one_breaks() {
    means(
        |model| model["shapes"]["Branch"]["enum"] = json!(["CENTRAL", "NORTH", "SOUTH"]),
        &[(Addition, "enum value `Branch::South`: added")],
        &[(Breaking, "enum value `Branch::South`: removed")],
    );
}

#[test]
fn an_enum_value_that_is_spelled_differently_on_the_wire_breaks() {
    means(
        |model| model["shapes"]["Branch"]["enum"] = json!(["CENTRAL", "north"]),
        &[(Breaking, "enum value `Branch::North`: \"NORTH\" → \"north\"")],
        &[(Breaking, "enum value `Branch::North`: \"north\" → \"NORTH\"")],
    );
}

#[test]
fn a_new_error_of_an_operation_is_compatible_and_a_lost_one_breaks() {
    means(
        |model| model["operations"]["ListBooks"]["errors"] = json!([{"shape": "FullException"}]),
        &[(Addition, "error `ListBooksError::FullException`: added")],
        &[(Breaking, "error `ListBooksError::FullException`: removed")],
    );
}

#[test]
fn a_structure_that_becomes_an_enum_is_one_change() {
    means(
        |model| model["shapes"]["Shelf"] = json!({"type": "string", "enum": ["TOP"]}),
        &[(Breaking, "type `Shelf`: structure → enum")],
        &[(Breaking, "type `Shelf`: enum → structure")],
    );
}

#[test]
fn a_looser_bound_is_compatible_and_a_tighter_one_may_refuse() {
    means(
        |model| model["shapes"]["Row"]["max"] = json!(80),
        &[(Addition, "constraint `ListBooksInput.size`: max `40` → `80`")],
        &[(Behaviour, "constraint `ListBooksInput.size`: max `80` → `40`")],
    );
    means(
        |model| model["shapes"]["Row"] = json!({"type": "integer", "max": 40}),
        &[(Addition, "constraint `ListBooksInput.size`: min `1` → none")],
        &[(Behaviour, "constraint `ListBooksInput.size`: min none → `1`")],
    );
}

#[test]
fn a_pattern_may_refuse_what_was_fine() {
    means(
        |model| model["shapes"]["Secret"]["pattern"] = json!("[a-z]+"),
        &[(Behaviour, "constraint `JoinInput.password`: pattern none → `[a-z]+`")],
        &[(Behaviour, "constraint `JoinInput.password`: pattern `[a-z]+` → none")],
    );
}

#[test]
fn a_shortest_length_of_zero_is_none() {
    assert_eq!(changes(|model| model["shapes"]["Secret"]["min"] = json!(0)), []);
}

#[test]
fn limits_of_what_only_the_service_sends_change_nothing() {
    let edit = |model: &mut Value| {
        model["shapes"]["FullException"]["members"]["message"] = json!({"shape": "Message"});
        model["shapes"]["Message"] = json!({"type": "string", "max": 5});
    };
    assert_eq!(changes(edit), []);
}

#[test]
fn a_call_that_needs_no_credentials_any_more_is_compatible_and_the_reverse_breaks() {
    means(
        |model| model["operations"]["ListBooks"]["authtype"] = json!("none"),
        &[(Behaviour, "auth `ListBooks`: signed → unsigned")],
        &[(Breaking, "auth `ListBooks`: unsigned → signed")],
    );
}

#[test]
fn a_new_paginator_is_compatible_and_a_lost_one_breaks() {
    let (with, paginators) = (read("service.json"), read("paginators.json"));
    let load = |paginators: Option<&Value>| Service::from_values("library", &with, paginators, None).expect("a model");
    let (without, with) = (load(None), load(Some(&paginators)));
    let text = |old, new| {
        diff(old, new)
            .expect("changes")
            .iter()
            .map(|it| (it.effect, it.to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        text(&without, &with),
        [(Addition, "paginator `ListBooks`: added".to_owned())]
    );
    assert_eq!(
        text(&with, &without),
        [(Breaking, "paginator `ListBooks`: removed".to_owned())]
    );
}

#[test]
fn a_deprecation_is_compatible() {
    means(
        |model| model["operations"]["Join"]["deprecated"] = json!(true),
        &[(Behaviour, "operation `Join`: deprecated")],
        &[],
    );
}

#[test]
fn the_bump_is_the_greatest_that_a_change_asks_for() {
    let version = |text: &str| semver::Version::parse(text).expect("a version");
    let added = changes(|model| model["shapes"]["Shelf"]["members"]["Floor"] = json!({"shape": "Row"}));
    assert_eq!(Bump::of(&added), Bump::Minor);
    assert_eq!(Bump::of(&added).next(&version("0.1.0")), version("0.1.1"));
    assert_eq!(Bump::of(&added).next(&version("1.4.2")), version("1.5.0"));
    let broken = changes(|model| {
        model["shapes"]["Shelf"]["members"] = json!({"Floor": {"shape": "Row"}});
    });
    assert_eq!(Bump::of(&broken), Bump::Major);
    assert_eq!(Bump::of(&broken).next(&version("0.1.7")), version("0.2.0"));
    assert_eq!(Bump::of(&broken).next(&version("1.4.2")), version("2.0.0"));
    assert_eq!(Bump::Patch.next(&version("1.4.2")), version("1.4.3"));
}

#[test]
fn the_changelog_has_a_section_for_each_kind_of_change() {
    let changes = changes(|model| {
        model["shapes"]["Shelf"]["members"] = json!({"Floor": {"shape": "Row"}});
        model["shapes"]["Branch"]["enum"] = json!(["CENTRAL", "NORTH", "SOUTH", "WEST"]);
        model["shapes"]["Row"]["max"] = json!(20);
        model["operations"]["Join"]["authtype"] = json!("v4");
    });
    let version = semver::Version::new(0, 2, 0);
    let expected = "## 0.2.0

From one to the other.

### Breaking

- Auth `Join`: unsigned → signed

### Removed

- Member `Shelf.row`

### Added

- Member `Shelf.floor`
- Enum values `Branch::South`, `Branch::West`

### Changed

- Constraint `ListBooksInput.size`: max `40` → `20`
";
    assert_eq!(changelog(&version, "From one to the other.", &changes), expected);
}
