//! Whole sessions, played back from recordings of real servers.
//!
//! The client sends what it sent when the recording was made: each request has the same URI, the same headers (with
//! the signature, for the clock stands still) and the same JSON. Each answer says what the response says, member by
//! member, which [`Session::ok`] checks against AWS's model; on top of that come the assertions of the sessions.

use cognito_tests::recording::Recording;
use cognito_tests::report;
use cognito_tests::servers::version;
use cognito_tests::session::Kind;
use cognito_tests::sessions::sessions;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

async fn replay(kind: Kind) {
    let (mut requests, mut answers) = (0, BTreeMap::<String, usize>::new());
    let (mut equal, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for (name, run) in sessions(kind) {
        let recording = Recording::open(kind, name);
        assert_eq!(
            recording.version,
            version(kind.name()),
            "record anew: cargo run -p cognito-tests --bin record"
        );
        let (session, client) = recording.replay();
        run(&session).await;
        if let Err(error) = Recording::compare(client).await {
            panic!("{}-{name}: a request is not what it was: {error}", kind.name());
        }
        let mut wire = session.wire();
        for (operation, count) in &wire.answers {
            requests += count.ok + count.error;
            *answers.entry(operation.clone()).or_default() += count.ok + count.error;
        }
        equal.append(&mut wire.findings.equal);
        unknown.append(&mut wire.findings.unknown);
    }
    report!(
        "recorded: {} sessions with {} {}, {requests} requests of {} operations, {} members of answers compared",
        sessions(kind).len(),
        kind.name(),
        version(kind.name()),
        answers.len(),
        equal.len(),
    );
    report!(
        "recorded: {} sends members that AWS's model doesn't know: {unknown:?}",
        kind.name()
    );
}

#[tokio::test]
async fn the_client_repeats_every_session_with_ministack() {
    replay(Kind::Ministack).await;
}

#[tokio::test]
async fn the_client_repeats_every_session_with_moto() {
    replay(Kind::Moto).await;
}

#[test]
fn every_recording_belongs_to_a_session() {
    let mut expected: Vec<String> = [Kind::Ministack, Kind::Moto]
        .into_iter()
        .flat_map(|kind| {
            sessions(kind)
                .into_iter()
                .map(move |(name, _)| format!("{}-{name}.json", kind.name()))
        })
        .collect();
    let entries = fs::read_dir(Recording::folder()).expect("the recordings");
    let mut found: Vec<_> = entries
        .map(|entry| entry.expect("a file").file_name().into_string().expect("UTF-8"))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_request_that_differs_is_found() {
    for name in ["groups", "Groups"] {
        let (session, client) = Recording::open(Kind::Moto, "groups").replay();
        session
            .client
            .create_user_pool()
            .pool_name(name)
            .send()
            .await
            .expect("the recording answers all the same");
        let error = Recording::compare(client)
            .await
            .expect_err("one call is no session")
            .to_string();
        // The first request is compared before the second is missed.
        let missed = error.contains("request was never sent");
        assert_eq!(missed, name == "groups", "{error}");
    }
}
