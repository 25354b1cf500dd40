//! Calls that fail: the official crate and ours see the same, in the same time, and after the same number of lookups, on
//! the first call of a client and on later ones, whose first attempt goes the fast path.

// Both crates are compiled into the same functions.
#![allow(clippy::duplicate_mod)]

#[path = "faults/sdk"]
mod official {
    pub(crate) use aws_sdk_cognitoidentityprovider as sdk;

    #[path = "calls.rs"]
    pub(crate) mod calls;
}

#[path = "faults/sdk"]
mod ours {
    pub(crate) use cognito_idp as sdk;

    #[path = "calls.rs"]
    pub(crate) mod calls;
}

#[path = "faults/world.rs"]
mod world;

use official::calls as theirs;
use ours::calls;
use world::{Answer, Kept, World};

/// What a client sees of some calls, and what the world sees of the client.
#[derive(Debug, PartialEq)]
struct Seen {
    results: Vec<String>,
    requests: usize,
    lookups: usize,
    /// How long it took, in seconds of the world's clock.
    seconds: u64,
}

/// Makes as many calls as there are groups of answers, with both crates.
async fn seen(world: impl Fn() -> World, answers: &[&[Answer]]) -> (Seen, Seen) {
    let (theirs_world, ours_world) = (world(), world());
    let theirs = theirs_world
        .watch(answers, theirs::client(&theirs_world), theirs::call)
        .await;
    let ours = ours_world.watch(answers, calls::client(&ours_world), calls::call).await;
    (theirs, ours)
}

/// Compares all but the time, which may differ by what is random: the back-off before two retries.
fn assert_same_with_retries(theirs: Seen, ours: Seen) {
    let difference = theirs.seconds.abs_diff(ours.seconds);
    assert!(difference <= 3, "{ours:?} {theirs:?}");
    let seconds = theirs.seconds;
    assert_eq!(Seen { seconds, ..ours }, theirs);
}

const GOOD: Answer = Answer::Response(200, &[], br#"{"Username":"alice"}"#);

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_is_asked_once_a_call() {
    let (theirs, ours) = seen(|| World::new(Kept::Failing), &[&[], &[], &[]]).await;
    assert_eq!((ours.lookups, ours.requests), (3, 0), "{ours:?}");
    assert_eq!(ours, theirs);

    // The first two calls find credentials, and the third one is on the fast path.
    let (theirs, ours) = seen(|| World::new(Kept::Until(2)), &[&[GOOD], &[GOOD], &[], &[]]).await;
    assert_eq!((ours.lookups, ours.requests), (4, 2), "{ours:?}");
    assert!(ours.results[2].contains("the vault is locked"), "{ours:?}");
    assert_eq!(ours, theirs);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_hangs_is_waited_for_once_a_call() {
    let (theirs, ours) = seen(|| World::new(Kept::HangingAfter(2)), &[&[GOOD], &[GOOD], &[], &[]]).await;
    assert_eq!((ours.lookups, ours.requests), (4, 2), "{ours:?}");
    assert!(
        ours.seconds > 0 && ours.seconds <= theirs.seconds,
        "{ours:?} {theirs:?}"
    );
    assert_eq!(ours, theirs);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stalls_is_given_up_no_later() {
    let stalled = Answer::Stalled(br#"{"Username":"alice""#);
    for answers in [&[&[stalled; 3][..]][..], &[&[GOOD], &[GOOD], &[stalled; 3]]] {
        let (theirs, ours) = seen(|| World::new(Kept::Always), answers).await;
        assert!(
            ours.results.last().is_some_and(|it| it.contains("minimum throughput")),
            "{ours:?}"
        );
        assert_same_with_retries(theirs, ours);
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_not_kept_are_looked_up_once_an_attempt() {
    let busy = Answer::Response(400, &[], br#"{"__type":"TooManyRequestsException"}"#);
    let (theirs, ours) = seen(|| World::new(Kept::Always), &[&[GOOD], &[GOOD], &[busy, busy, GOOD]]).await;
    assert_eq!((ours.lookups, ours.requests), (5, 5), "{ours:?}");
    assert_same_with_retries(theirs, ours);
}

/// Bodies from which an error's code can be known, and which say that the call may be tried again.
#[tokio::test(start_paused = true)]
async fn an_odd_body_does_not_hide_that_a_call_may_be_tried_again() {
    const HEADER: &[(&str, &str)] = &[("x-amzn-errortype", "TooManyRequestsException:http://example.com/")];
    static DEEP: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
        let (open, close) = ("[".repeat(5_000), "]".repeat(5_000));
        format!(r#"{{"__type":"TooManyRequestsException","Zzz":{open}{close}}}"#).into_bytes()
    });
    let bodies: [(world::Headers, &[u8]); 14] = [
        (&[], br#"{"__type":"TooManyRequestsException","Zzz":1e400}"#),
        (
            &[],
            br#"{"Zzz":-1e400,"__type":"com.amazonaws#TooManyRequestsException"}"#,
        ),
        (&[], br#"{"__type":"TooManyRequestsException","Zzz":"\ud800"}"#),
        (
            &[],
            br#"{"__type":"TooManyRequestsException","message":"\udc00\ud800"}"#,
        ),
        (&[], b"{\"__type\":\"TooManyRequestsException\",\"message\":\"\xff\"}"),
        (&[], b"{\"__type\":\"TooManyRequestsException\",\"message\":\"\x01\"}"),
        (&[], br#"{"__type":"TooManyRequestsException"}}"#),
        (&[], b"{\"__type\":\"TooManyRequestsException\"}\x00"),
        (&[], br#"{"code":"TooManyRequestsException","__type":"SomethingElse"}"#),
        (&[], &DEEP),
        (HEADER, b"\r\n"),
        (HEADER, b"<html>"),
        (HEADER, b"{\"__type\":"),
        (HEADER, b"\xff\xfe"),
    ];
    for (headers, body) in bodies {
        let busy = Answer::Response(400, headers, body);
        for answers in [&[&[busy, busy, GOOD][..]][..], &[&[GOOD], &[busy, busy, GOOD], &[GOOD]]] {
            let world = World::new(Kept::Always);
            let ours = world.watch(answers, calls::client(&world), calls::call).await;
            let attempts = answers.iter().map(|it| it.len()).sum::<usize>();
            let text = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            assert_eq!(ours.requests, attempts, "{text}: {ours:?}");
            assert!(ours.results.iter().all(|it| it.starts_with("Ok")), "{text}: {ours:?}");
        }
        let world = World::new(Kept::Always);
        let ours = world
            .watch(&[&[busy, busy, busy]], calls::client(&world), |client| {
                calls::call(client)
            })
            .await;
        assert!(
            ours.results[0].contains("Some(\"TooManyRequestsException\") typed"),
            "{ours:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_that_no_clock_says_is_not_believed() {
    const NEVER: &[(&str, &str)] = &[("date", "Fri, 31 Dec 9999 23:59:59 GMT")];
    const FIRST: &[(&str, &str)] = &[("date", "Mon, 01 Jan 0001 00:00:00 GMT")];
    for headers in [NEVER, FIRST] {
        let wrong = Answer::Response(400, headers, br#"{"__type":"InvalidSignatureException"}"#);
        let success = Answer::Response(200, headers, b"{}");
        for answers in [
            &[&[wrong][..], &[GOOD], &[GOOD]][..],
            &[&[GOOD], &[GOOD], &[wrong], &[GOOD]],
            &[&[success], &[GOOD], &[success], &[GOOD], &[GOOD]],
        ] {
            let world = World::new(Kept::Always);
            let ours = world.watch(answers, calls::client(&world), calls::call).await;
            assert_eq!(ours.requests, answers.len(), "{ours:?}");
        }
    }
}
