//! `soak`: 100,000 calls, 1,000 at a time, with 1 % of faults, and 10,000 calls that are dropped at any stage. Prints a
//! table for `docs/reliability.md`, and fails if anything was lost, crossed or left behind.

use anyhow::{Result, ensure};
use cognito_tests::load::{Plan, run};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let plan = Plan {
        calls: 100_000,
        at_a_time: 1_000,
        fault_each: 100,
        dropped: 5_000,
    };
    let outcome = run(plan).await?;
    let (early, late) = outcome.memory;
    let (before, after) = outcome.files;
    println!("| what | how many |\n|---|---|");
    println!("| calls, {} at a time | {} |", plan.at_a_time, plan.calls);
    println!("| calls that got their own answer | {} |", outcome.right);
    println!("| calls that got an error | {} |", outcome.failed.len());
    println!(
        "| requests, faults among them | {}, {} |",
        outcome.requests, outcome.faults
    );
    println!(
        "| calls dropped by the caller, at any stage | {} |",
        2 * plan.dropped - outcome.ended
    );
    println!("| resident memory after a fifth of the calls, and after all | {early} kB, {late} kB |");
    println!("| connections open after the last call | {} |", outcome.open);
    println!("| open files before the client, and after it | {before}, {after} |");
    println!("| seconds for the calls | {:.1} |", outcome.time.as_secs_f64());
    ensure!(outcome.failed.is_empty(), "{}", outcome.failed.join("\n"));
    ensure!(outcome.right == plan.calls && outcome.open <= plan.at_a_time + plan.dropped && after <= before);
    ensure!(late < early + 50_000, "memory grows");
    Ok(())
}
