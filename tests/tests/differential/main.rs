//! The official crate as the oracle: what it sends and what it reads, we send and read.
//!
//! One generated source is compiled against both crates. For each operation that both have, random inputs (seeded) are
//! sent through both clients, and random answers are read by both: good ones, errors in every spelling, truncated and
//! hostile ones. Requests must be the same, and so must outputs and errors.

#[macro_use]
#[path = "../bridge/mod.rs"]
mod bridge;
mod answers;
mod exchange;
mod inputs;

/// A call of an operation: its builder is filled from a JSON value, and sent.
macro_rules! call {
    ($name:ident, $builder:ty { $($set:ident $wire:literal,)* }) => {
        fn $name(client: &krate::Client, _value: &serde_json::Value) -> crate::exchange::Answered {
            let client = client.clone();
            let builder = <$builder>::default()$(.$set($crate::bridge::member(_value, $wire)))*;
            Box::pin(async move { crate::exchange::Outcome::of(builder.send_with(&client).await) })
        }
    };
}

macro_rules! compiled_against {
    ($(#[$attr:meta])* $module:ident: $krate:ident) => {
        $(#[$attr])*
        #[allow(deprecated)]
        mod $module {
            use $krate as krate;

            pub(crate) type Call = fn(&krate::Client, &serde_json::Value) -> crate::exchange::Answered;
            pub(crate) type Values = fn() -> &'static [&'static str];

            include!(concat!(env!("OUT_DIR"), "/differential.rs"));

            /// A client that `server` answers.
            pub(crate) fn client(server: &crate::exchange::Server) -> krate::Client {
                let config = krate::Config::builder()
                    .behavior_version(krate::config::BehaviorVersion::latest())
                    .region(krate::config::Region::new("eu-west-1"))
                    .credentials_provider(aws_credential_types::Credentials::for_tests())
                    .retry_config(krate::config::retry::RetryConfig::disabled())
                    .time_source(crate::exchange::clock())
                    .http_client(server.client())
                    .build();
                krate::Client::from_conf(config)
            }
        }
    };
}

compiled_against! {
    /// The oracle.
    official: aws_sdk_cognitoidentityprovider
}
compiled_against! {
    /// What is tested.
    ours: cognito_idp
}

mod newer {
    include!(concat!(env!("OUT_DIR"), "/newer.rs"));
}

use cognito_codegen::model::Service;
use cognito_tests::report;
use exchange::{Difference, Outcome, Server};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Inputs, and answers, for each operation.
const CASES: u64 = 208;

fn model() -> Service {
    Service::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/cognito-idp"))
        .expect("the model is well-formed")
}

/// What differs on purpose, and why: what is wrong with the answer, if it has a name, how the crates differ, and the
/// reason.
const DELIBERATE: &[(Option<&str>, &str, &str)] = &[
    (
        Some(answers::DOCUMENT_TWICE),
        "output",
        "null never unsets what is set, of whatever type; in the official crate it does for a required document",
    ),
    (
        None,
        exchange::WE_GO_ON,
        "an answer must not become unreadable because a member is missing: the caller gets the rest of it",
    ),
    (
        None,
        exchange::WE_FILL,
        "the official crate fills a required structure that is left out where the one around it is left out, too, but \
         not where that is there and empty; we do it in both cases",
    ),
];

/// What one operation's cases gave.
#[derive(Default)]
struct Tally {
    cases: usize,
    outputs: usize,
    errors: BTreeMap<&'static str, usize>,
    deliberate: BTreeMap<&'static str, usize>,
    differences: Vec<String>,
}

async fn operation(service: &Service, index: usize) -> Tally {
    let (name, theirs) = official::OPERATIONS[index];
    let (same_name, our) = ours::OPERATIONS[index];
    assert_eq!(name, same_name);
    let (their_server, our_server) = (Server::new(), Server::new());
    let (their_client, our_client) = (official::client(&their_server), ours::client(&our_server));
    let mut tally = Tally::default();
    for case in 0..CASES {
        let input = inputs::input(service, name, case);
        let answer = answers::answer(service, name, case);
        their_server.answer_with(&answer);
        our_server.answer_with(&answer);
        let (expected, found) = (theirs(&their_client, &input).await, our(&our_client, &input).await);
        tally.cases += 1;
        match &expected {
            Outcome::Output(_) => tally.outputs += 1,
            Outcome::Failure { kind, .. } => *tally.errors.entry(kind).or_default() += 1,
        }
        let requests = exchange::compare_requests(&their_server.take(), &our_server.take());
        let answers = exchange::compare_outcomes(&expected, &found);
        for difference in requests.into_iter().chain(answers) {
            let deliberate = DELIBERATE
                .iter()
                .find(|(quirk, kind, _)| *kind == difference.kind && (quirk.is_none() || *quirk == answer.quirk));
            match deliberate {
                Some((_, kind, _)) => *tally.deliberate.entry(kind).or_default() += 1,
                None => tally.differences.push(describe(name, case, &difference, &answer)),
            }
        }
    }
    tally
}

fn describe(name: &str, case: u64, difference: &Difference, answer: &answers::Answer) -> String {
    let Difference { kind, official, ours } = difference;
    let body = String::from_utf8_lossy(&answer.body);
    format!(
        "{name}, case {case}: {kind}\n  official: {official}\n  ours:     {ours}\n  answer:   {} {:?} {body}",
        answer.status, answer.headers
    )
}

#[test]
fn both_crates_send_the_same_requests_and_read_the_same_answers() {
    let service = model();
    let next = AtomicUsize::new(0);
    let tallies = Mutex::new(BTreeMap::new());
    // Each thread takes the next operation, until there is none.
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime");
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, _)) = ours::OPERATIONS.get(index) else {
                        break;
                    };
                    let tally = runtime.block_on(operation(&service, index));
                    tallies.lock().expect("no thread has panicked").insert(*name, tally);
                }
            });
        }
    });
    report(&tallies.into_inner().expect("no thread has panicked"));
}

fn report(tallies: &BTreeMap<&str, Tally>) {
    let (mut cases, mut deliberate, mut differences) = (0, BTreeMap::<_, usize>::new(), Vec::new());
    for (name, tally) in tallies {
        let errors: Vec<String> = tally
            .errors
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        report!(
            "differential: {name}: {} cases: {} outputs, {}",
            tally.cases,
            tally.outputs,
            errors.join(", ")
        );
        cases += tally.cases;
        for (kind, count) in &tally.deliberate {
            *deliberate.entry(*kind).or_default() += count;
        }
        differences.extend(&tally.differences);
        assert!(
            tally.outputs >= 60 && tally.errors.contains_key("ServiceError"),
            "{name}: the cases are too much alike"
        );
    }
    report!(
        "differential: {} operations, {cases} cases, {} differences",
        tallies.len(),
        differences.len()
    );
    for (quirk, kind, reason) in DELIBERATE {
        let times = deliberate.get(kind).copied().unwrap_or_default();
        let answer = quirk.map_or(String::new(), |quirk| format!(" on {quirk}"));
        report!("differential: deliberate: {kind}{answer}, {times} times: {reason}");
        assert!(times > 0, "{kind}: nothing differs any more; remove it from the list");
    }
    // Two of each kind: one mistake makes hundreds of differences.
    let mut kinds = BTreeMap::<&str, usize>::new();
    let shown: Vec<&str> = differences
        .iter()
        .map(|text| text.as_str())
        .filter(|text| {
            let line = text.lines().next().unwrap_or_default();
            let seen = kinds
                .entry(line.split_once(',').map_or(line, |(_, case)| case))
                .or_default();
            *seen += 1;
            *seen <= 2
        })
        .take(40)
        .collect();
    assert!(
        differences.is_empty(),
        "{} differences, among them:\n{}",
        differences.len(),
        shown.join("\n")
    );
}

#[test]
fn only_the_operations_that_the_official_crate_lacks_are_left_out() {
    let service = model();
    let shared: Vec<&str> = ours::OPERATIONS.iter().map(|(name, _)| *name).collect();
    let left_out: Vec<&String> = service
        .operations
        .keys()
        .filter(|name| !shared.contains(&name.as_str()))
        .collect();
    report!("differential: left out, because the official crate's model is older:");
    report!("  operations: {}", newer::NEW_OPERATIONS.join(", "));
    report!("  structures and enums: {}", newer::NEW_TYPES.join(", "));
    report!("  members: {:?}", newer::NEW_MEMBERS);
    assert_eq!(left_out.len(), newer::NEW_OPERATIONS.len());
    assert_eq!(shared.len(), 132);
}

#[test]
fn enums_have_the_values_of_the_official_crate() {
    let (mut values, mut newer) = (0, Vec::new());
    for ((name, theirs), (_, our)) in official::ENUMS.iter().zip(ours::ENUMS) {
        for value in theirs() {
            assert!(our().contains(value), "{name} lacks {value}");
            values += 1;
        }
        newer.extend(
            our()
                .iter()
                .filter(|value| !theirs().contains(value))
                .map(|value| (*name, *value)),
        );
    }
    report!("differential: {} enums, {values} values", official::ENUMS.len());
    report!("differential: left out, because the official crate's model is older: {newer:?}");
    assert_eq!(newer, newer::NEW_VALUES);
}
