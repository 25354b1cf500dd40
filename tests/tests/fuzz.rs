//! Every reader of what others write, with the seeds in `tests/fuzz` and random changes of them: nothing panics, and what
//! `tests/src/fuzz.rs` says holds. `FUZZ_SECONDS=120` goes on for as long, with other changes each time.

use cognito_tests::fuzz::mutation::mutated;
use cognito_tests::fuzz::{TARGETS, Target};
use cognito_tests::report;
use fastrand::Rng;
use std::error::Error;
use std::fs;
use std::panic;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many changed inputs a target gets in every test run.
const EXECUTIONS: u64 = 4_000;

fn run(name: &str, target: Target, input: &[u8]) -> bool {
    panic::catch_unwind(|| target(input)).unwrap_or_else(|_| {
        panic!(
            "{name} fails: put this into a file in tests/fuzz/{name}, mend it, and keep the file:\n{}",
            input.escape_ascii()
        )
    })
}

fn fuzz(name: &str) -> Result<(), Box<dyn Error>> {
    let (_, target) = *TARGETS.iter().find(|(other, _)| *other == name).ok_or("a target")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(name);
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let seeds: Vec<Vec<u8>> = files
        .iter()
        .map(|file| fs::read(file.path()))
        .collect::<Result<_, _>>()?;
    let accepted = seeds.iter().filter(|seed| run(name, target, seed)).count();
    assert!(accepted > 0, "{name}: no seed is accepted, so that little is reached");

    let seconds: Option<u64> = std::env::var("FUZZ_SECONDS")
        .ok()
        .map(|text| text.parse())
        .transpose()?;
    let mut rng = if seconds.is_some() {
        Rng::new()
    } else {
        Rng::with_seed(1)
    };
    let (start, mut executions, mut read) = (Instant::now(), 0, 0);
    let goes_on = |executions| match seconds {
        Some(seconds) => start.elapsed() < Duration::from_secs(seconds),
        None => executions < EXECUTIONS,
    };
    while goes_on(executions) {
        read += u64::from(run(name, target, &mutated(&seeds, &mut rng)));
        executions += 1;
    }
    report!(
        "fuzz: {name}: {} seeds, {executions} executions in {:.1} s, {read} of them accepted",
        seeds.len(),
        start.elapsed().as_secs_f64()
    );
    assert!(
        read > 0 && read < executions,
        "{name}: the changes are all accepted or all refused"
    );
    Ok(())
}

#[test]
fn any_body_is_an_output_or_an_error() -> Result<(), Box<dyn Error>> {
    fuzz("response")
}

#[test]
fn any_error_response_keeps_the_code_of_its_header() -> Result<(), Box<dyn Error>> {
    fuzz("error")
}

#[test]
fn any_region_is_a_part_of_the_host_or_refused() -> Result<(), Box<dyn Error>> {
    fuzz("endpoint")
}

#[test]
fn any_model_is_read_or_its_mistakes_are_said() -> Result<(), Box<dyn Error>> {
    fuzz("model")
}

#[test]
fn any_challenge_is_one_or_an_error() -> Result<(), Box<dyn Error>> {
    fuzz("challenge")
}
