//! Faults on the wire: in each row of the table, on a first call and on a later one, our crate does as well as the
//! official one, or better, and as the row says.
//!
//! The clients have no interceptors, so that ours takes its short way.

mod known;

use cognito_tests::faults::certificates::Authority;
use cognito_tests::faults::markdown::{Tried, table};
use cognito_tests::faults::measure::{Crate, Row, run};
use cognito_tests::faults::rows::groups;
use cognito_tests::report;
use known::KNOWN;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many rows run at a time: most of them wait.
const AT_A_TIME: usize = 8;

async fn tried(row: Row, authority: Arc<Authority>) -> anyhow::Result<Tried> {
    let each = |which, warm| run(&row, which, warm, &authority);
    let [cold, warm, our_cold, our_warm] = if row.heavy {
        [
            each(Crate::Official, false).await?,
            each(Crate::Official, true).await?,
            each(Crate::Ours, false).await?,
            each(Crate::Ours, true).await?,
        ]
    } else {
        let (cold, warm, our_cold, our_warm) = tokio::try_join!(
            each(Crate::Official, false),
            each(Crate::Official, true),
            each(Crate::Ours, false),
            each(Crate::Ours, true)
        )?;
        [cold, warm, our_cold, our_warm]
    };
    Ok(Tried {
        official: [cold, warm],
        ours: [our_cold, our_warm],
        row: row.clone(),
    })
}

/// Runs all rows, and gives them back in their order.
async fn all() -> Vec<(&'static str, Vec<Tried>)> {
    let authority = Arc::new(Authority::new().expect("certificates"));
    let permits = Arc::new(Semaphore::new(AT_A_TIME));
    let mut tasks = JoinSet::new();
    let mut alone = Vec::new();
    let groups = groups();
    for (group, (_, rows)) in groups.iter().enumerate() {
        for (index, row) in rows.iter().enumerate() {
            let (row, authority) = (row.clone(), Arc::clone(&authority));
            if row.heavy {
                alone.push(((group, index), row));
                continue;
            }
            let permits = Arc::clone(&permits);
            tasks.spawn(async move {
                let _permit = permits.acquire_owned().await.expect("nobody closes it");
                ((group, index), tried(row, authority).await)
            });
        }
    }
    let mut found: BTreeMap<(usize, usize), Tried> = BTreeMap::new();
    while let Some(result) = tasks.join_next().await {
        let (place, result) = result.expect("a row doesn't panic");
        let result = result.expect("a row can be run");
        // Something else may have had the machine.
        if result.is_slower() && !is_known(&result.row) {
            alone.push((place, result.row.clone()));
        }
        found.insert(place, result);
    }
    for (place, row) in alone {
        found.insert(
            place,
            tried(row, Arc::clone(&authority)).await.expect("a row can be run"),
        );
    }
    let mut tables: Vec<(&str, Vec<Tried>)> = groups.iter().map(|(title, _)| (*title, Vec::new())).collect();
    for ((group, _), row) in found {
        tables[group].1.push(row);
    }
    tables
}

fn is_known(row: &Row) -> bool {
    KNOWN.iter().any(|(name, _)| *name == row.name)
}

/// The rows that are worse and not known to be, and those that are known to be worse and aren't.
fn surprises(tables: &[(&str, Vec<Tried>)]) -> Vec<String> {
    let mut surprises = Vec::new();
    let mut known: BTreeMap<&str, &str> = KNOWN.iter().copied().collect();
    assert_eq!(known.len(), KNOWN.len(), "a row is in `KNOWN` twice");
    for tried in tables.iter().flat_map(|(_, rows)| rows) {
        let (worse, reason) = (tried.worse(), known.remove(tried.row.name.as_str()));
        if worse.is_empty() && reason.is_some() {
            surprises.push(format!("{} is right now: take it out of `KNOWN`", tried.row.name));
        }
        if !worse.is_empty() && reason.is_none() {
            let detail = tried
                .ours
                .each_ref()
                .map(|measured| measured.seen.detail.chars().take(300).collect::<String>());
            surprises.push(format!(
                "{}: {}\n    {}",
                tried.row.name,
                worse.join("; "),
                detail.join("\n    ")
            ));
        }
    }
    surprises.extend(
        known
            .keys()
            .map(|name| format!("`KNOWN` names a row that isn't there: {name}")),
    );
    surprises
}

/// Between these two lines of `docs/reliability.md` stands the table.
const BEGIN: &str = "<!-- The table is written by: RELIABILITY=write cargo test -p cognito-tests --test faults -->\n";
const END: &str = "<!-- The end of the table. -->\n";

/// Writes the table into the document, or compares it.
fn document(tables: &[(&str, Vec<Tried>)]) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reliability.md");
    let text = std::fs::read_to_string(&path).expect("docs/reliability.md");
    let (before, rest) = text.split_once(BEGIN).expect("the table's first line");
    let (found, after) = rest.split_once(END).expect("the table's last line");
    let tables: Vec<String> = tables.iter().map(|(title, tried)| table(title, tried)).collect();
    let written = format!("\n{}\n", tables.join("\n"));
    if std::env::var("RELIABILITY").is_ok_and(|value| value == "write") {
        std::fs::write(&path, format!("{before}{BEGIN}{written}{END}{after}")).expect("written");
        return None;
    }
    let differences = found.lines().zip(written.lines()).filter(|(old, new)| old != new);
    let differences: Vec<String> = differences.map(|(old, new)| format!("- {old}\n+ {new}")).collect();
    (found != written).then(|| {
        format!(
            "docs/reliability.md isn't what was measured; write it anew: RELIABILITY=write cargo test -p cognito-tests --test faults\n{}",
            differences.join("\n")
        )
    })
}

#[test]
fn no_fault_is_worse_with_our_crate_than_with_the_official_one() {
    let start = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        // Reading without optimization takes large frames.
        .thread_stack_size(16 << 20)
        .enable_all()
        .build()
        .expect("a runtime");
    let tables = runtime.block_on(all());
    runtime.shutdown_timeout(Duration::from_secs(1));
    let rows: Vec<&Tried> = tables.iter().flat_map(|(_, rows)| rows).collect();
    report!(
        "faults: {} rows with each crate, cold and warm, {} of them known to be worse, in {:.0} s",
        rows.len(),
        KNOWN.len(),
        start.elapsed().as_secs_f64()
    );
    let surprises = surprises(&tables);
    assert!(
        surprises.is_empty(),
        "{} surprises:\n{}",
        surprises.len(),
        surprises.join("\n")
    );
    if let Some(difference) = document(&tables) {
        panic!("{difference}");
    }
}
