//! The emulator as a third server, over HTTP: the same sessions, with the codes that it has sent.

use cognito_emulator::Cognito;
use cognito_idp::Client;
use cognito_tests::operations::call_all;
use cognito_tests::report;
use cognito_tests::session::{Kind, Session};
use cognito_tests::sessions::sessions;
use std::collections::BTreeSet;
use std::time::SystemTime;

#[tokio::test(flavor = "multi_thread")]
async fn the_emulator_has_the_sessions_of_the_others_and_knows_every_operation() {
    let cognito = Cognito::new();
    let running = cognito.serve("127.0.0.1:0").await.expect("a free port");
    let config = || Session::config().endpoint_url(running.url());
    let mut broken = Vec::new();
    let (mut operations, mut members) = (BTreeSet::new(), BTreeSet::new());
    for (name, run) in sessions(Kind::Emulator) {
        // Each has its own witness: one that was held in a panic can't be asked any more.
        let session = Session::new(Kind::Emulator, SystemTime::now(), config()).with_outbox(cognito.outbox().clone());
        let running = session.clone();
        // In a thread of its own, so that the others run although one panics.
        let ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(run(&running));
        });
        if ended.join().is_err() {
            broken.push(name);
            continue;
        }
        let mut wire = session.wire();
        operations.extend(wire.answers.keys().cloned());
        members.append(&mut wire.findings.equal);
        let unknown = &wire.findings.unknown;
        assert!(
            unknown.is_empty(),
            "AWS's model doesn't know these members: {unknown:?}"
        );
    }
    assert!(broken.is_empty(), "the panics above say at which call: {broken:?}");
    report!(
        "live: cognito-emulator: {} sessions, {} operations called, {} members of answers compared",
        sessions(Kind::Emulator).len(),
        operations.len(),
        members.len(),
    );
    let outcomes = call_all(&Client::from_conf(config().build())).await;
    assert_eq!(outcomes.len(), 141);
    for outcome in &outcomes {
        let Some(error) = &outcome.error else { continue };
        assert!(error.service, "{}: {error:?}", outcome.operation);
        assert_eq!(error.status, Some(400), "{}: {error:?}", outcome.operation);
        assert_ne!(
            error.code.as_deref(),
            Some("UnknownOperationException"),
            "{}",
            outcome.operation
        );
    }
    report!(
        "live: cognito-emulator: {} operations called with nothing in the request",
        outcomes.len()
    );
}
