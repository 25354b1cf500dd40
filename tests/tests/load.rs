//! Load and cancellation, in a short form: each answer carries its own id, none is lost or crossed, memory and sockets
//! stay level. The long form: `cargo run --release -p cognito-tests --bin soak`.

use cognito_tests::load::{Plan, run};
use cognito_tests::report;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_crossed_or_left_behind() {
    let plan = Plan {
        calls: 10_000,
        at_a_time: 500,
        fault_each: 100,
        dropped: 1_000,
    };
    let outcome = run(plan).await.expect("a run");
    report!(
        "load: {} calls, {} at a time, {} faults in {} requests, {} calls dropped, in {:.1} s",
        plan.calls,
        plan.at_a_time,
        outcome.faults,
        outcome.requests,
        2 * plan.dropped - outcome.ended,
        outcome.time.as_secs_f64()
    );
    assert!(
        outcome.failed.is_empty(),
        "{:#?}",
        &outcome.failed[..outcome.failed.len().min(5)]
    );
    assert_eq!(outcome.right, plan.calls);
    assert!(outcome.faults >= 100, "{} faults only", outcome.faults);
    assert!(
        outcome.ended < plan.dropped * 3 / 2,
        "{} calls ended before they were dropped",
        outcome.ended
    );
    assert!(
        outcome.open <= plan.at_a_time + plan.dropped,
        "{} connections",
        outcome.open
    );
    let (before, after) = outcome.files;
    assert!(
        after <= before,
        "{before} open files before the client, {after} after it"
    );
    let (early, late) = outcome.memory;
    assert!(late < early + 20_000, "{early} kB after a fifth, {late} kB after all");
}
