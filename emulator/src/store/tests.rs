//! The state on disk: what changes write, what a crash leaves, and what a restart finds.

use super::{Size, file};
use crate::cognito::Cognito;
use crate::kept::Part;
use crate::world::State;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A Cognito with a pool in which there are users, kept in `folder`, and the pool's id.
async fn kept(folder: &Path, users: usize) -> (Cognito, Size, String) {
    let cognito = Cognito::new();
    let pool = ask(&cognito, "CreateUserPool", json!({ "PoolName": "test" })).await;
    let pool = pool["UserPool"]["Id"].as_str().expect("an id").to_owned();
    for user in 0..users {
        add(&cognito, &pool, &format!("user{user}")).await;
    }
    let size = cognito.write(folder, State::watch).expect("written");
    (cognito, size, pool)
}

/// Writes a state with one user, and two changes of its name: `first`, `second`. Returns the pool's id.
async fn renamed_twice(folder: &Path) -> String {
    let (cognito, mut size, pool) = kept(folder, 1).await;
    for turn in ["first", "second"] {
        rename(&cognito, &pool, "user0", turn).await;
        size = cognito.write_changes(folder, size).expect("written");
    }
    pool
}

async fn ask(cognito: &Cognito, operation: &str, input: Value) -> Value {
    let target = format!("AWSCognitoIdentityProviderService.{operation}");
    let body = input.to_string();
    let reply = cognito_idp::server::dispatch(cognito, &target, body.as_bytes()).expect("known");
    let body = reply.await.unwrap_or_else(|_| panic!("{operation} is refused"));
    serde_json::from_slice(&body).unwrap_or_default()
}

async fn add(cognito: &Cognito, pool: &str, name: &str) {
    let attributes = json!([{ "Name": "email", "Value": format!("{name}@example.com") }]);
    let input = json!({ "UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS",
        "UserAttributes": attributes });
    ask(cognito, "AdminCreateUser", input).await;
}

async fn rename(cognito: &Cognito, pool: &str, user: &str, name: &str) {
    let attributes = json!([{ "Name": "name", "Value": name }]);
    let input = json!({ "UserPoolId": pool, "Username": user, "UserAttributes": attributes });
    ask(cognito, "AdminUpdateUserAttributes", input).await;
}

async fn name(cognito: &Cognito, pool: &str, user: &str) -> Value {
    let user = ask(cognito, "AdminGetUser", json!({ "UserPoolId": pool, "Username": user })).await;
    let attributes = user["UserAttributes"].as_array().expect("a list");
    let name = attributes.iter().find(|attribute| attribute["Name"] == "name");
    name.map(|name| name["Value"].clone()).unwrap_or_default()
}

fn whole(cognito: &Cognito) -> Value {
    serde_json::to_value(&cognito.world().state).expect("JSON")
}

fn loaded(folder: &Path) -> Cognito {
    let cognito = Cognito::new();
    cognito.load(folder).expect("loaded");
    cognito
}

#[tokio::test]
async fn a_change_writes_as_much_among_many_users_as_among_few() {
    let mut grown = Vec::new();
    for users in [10, 1_000] {
        let folder = tempfile::tempdir().expect("a folder");
        let (cognito, size, pool) = kept(folder.path(), users).await;
        rename(&cognito, &pool, "user7", "Seven").await;
        let after = cognito.write_changes(folder.path(), size).expect("written");
        assert_eq!(after.state, size.state, "the state isn't written again");
        grown.push(after.changes);
        assert_eq!(
            cognito
                .write_changes(folder.path(), after)
                .expect("nothing to write")
                .changes,
            after.changes
        );
        assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
    }
    assert!(grown[0].abs_diff(grown[1]) < 32, "{grown:?} bytes");
}

#[tokio::test]
async fn the_file_is_written_anew_when_changes_outgrow_the_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cognito, mut size, pool) = kept(folder.path(), 1).await;
    let mut rewritten = 0;
    for turn in 0..600 {
        rename(&cognito, &pool, "user0", &format!("turn {turn} {}", "x".repeat(1_500))).await;
        size = cognito.write_changes(folder.path(), size).expect("written");
        rewritten += u32::from(size.changes == 0);
        let length = fs::metadata(file(folder.path())).expect("there").len();
        assert_eq!(length, size.state + size.changes);
        assert!(length < 2 * super::CHANGES, "{length}");
    }
    assert!(rewritten > 1, "{rewritten}");
    assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
}

#[tokio::test]
async fn changes_that_were_cut_off_are_dropped_and_those_before_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let pool = renamed_twice(folder.path()).await;
    let path = file(folder.path());
    let text = fs::read(&path).expect("there");
    let last = text[..text.len() - 1].iter().rposition(|byte| *byte == b'\n');
    let last = last.expect("three lines") + 1;
    for cut in (last..text.len()).step_by(7).chain([text.len() - 1]) {
        fs::write(&path, &text[..cut]).expect("writable");
        assert_eq!(
            name(&loaded(folder.path()), &pool, "user0").await,
            "first",
            "cut at {cut}"
        );
    }
    // Whoever goes on from there writes nothing behind the torn line.
    fs::write(&path, &text[..text.len() - 3]).expect("writable");
    let cognito = loaded(folder.path());
    let size = cognito.write(folder.path(), State::watch).expect("written");
    rename(&cognito, &pool, "user0", "third").await;
    cognito.write_changes(folder.path(), size).expect("written");
    assert_eq!(name(&loaded(folder.path()), &pool, "user0").await, "third");
}

#[tokio::test]
async fn damage_before_the_end_is_an_error_that_names_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    renamed_twice(folder.path()).await;
    let path = file(folder.path());
    let text = fs::read_to_string(&path).expect("there");
    let damaged = |from: &str, to: &str| {
        fs::write(&path, text.replacen(from, to, 1)).expect("writable");
        Cognito::new().load(folder.path()).expect_err("damaged").to_string()
    };
    for (from, to, line) in [("\"test\"", "\"tent\"", 1), ("\"first\"", "\"worst\"", 2)] {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let error = damaged(from, to);
        assert!(error.contains(&format!("cognito.json, line {line}: ")), "{error}");
        assert!(error.contains("checksum"), "{error}");
    }
}

#[tokio::test]
async fn the_clock_is_as_far_ahead_after_a_restart_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cognito, size, _) = kept(folder.path(), 0).await;
    let year = Duration::from_secs(365 * 86_400);
    cognito.clock().advance(year);
    let size = cognito.write_changes(folder.path(), size).expect("written");
    assert!(size.changes > 0, "the time alone is a change");
    let next = loaded(folder.path());
    assert!(next.clock().now() >= SystemTime::now() + year - Duration::from_secs(60));
    // Whoever is further ahead stays there.
    next.clock().advance(year);
    next.load(folder.path()).expect("loaded");
    assert!(next.clock().now() >= SystemTime::now() + 2 * year - Duration::from_secs(60));
}

#[tokio::test]
async fn a_state_put_in_the_place_of_another_is_written_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let (cognito, size, _) = kept(folder.path(), 3).await;
    cognito.reset();
    let size = cognito.write_changes(folder.path(), size).expect("written");
    assert_eq!(size.changes, 0);
    assert_eq!(whole(&loaded(folder.path())), whole(&Cognito::new()));
    // A file that someone has taken away comes again.
    fs::remove_file(file(folder.path())).expect("there");
    ask(&cognito, "CreateUserPool", json!({ "PoolName": "new" })).await;
    cognito.write_changes(folder.path(), size).expect("written");
    assert_eq!(whole(&loaded(folder.path())), whole(&cognito));
}
