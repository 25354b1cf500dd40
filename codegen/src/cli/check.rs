//! `check`: whether `generated/` is what the generator writes.

use super::terminal::{Terminal, text};
use cognito_codegen::generate::Repository;
use cognito_codegen::output;
use serde::Serialize;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// The files that aren't as they should be.
#[derive(Default, Serialize)]
struct Report {
    up_to_date: bool,
    differing: Vec<String>,
    missing: Vec<String>,
    unexpected: Vec<String>,
    without_model: Vec<String>,
}

/// Compares, and prints every difference.
pub(crate) fn run(repository: &Repository, terminal: Terminal) -> Result<ExitCode, Box<dyn Error>> {
    let mut crates = Vec::new();
    for service in repository.some_services()? {
        let spinner = terminal.spinner(format_args!("generating {service}"));
        crates.push((repository.crate_folder(&service), repository.generate(&service)?));
        spinner.finish_and_clear();
    }
    let mut report = Report::default();
    for (folder, files) in crates {
        let difference = output::compare(&folder, &files)?;
        let at = |name: &Path| text(&folder.join(name));
        report
            .differing
            .extend(difference.changed.iter().map(|it| at(it.as_ref())));
        report
            .missing
            .extend(difference.missing.iter().map(|it| at(it.as_ref())));
        report.unexpected.extend(difference.stale.iter().map(|it| at(it)));
    }
    report.without_model = repository.orphans()?.iter().map(|it| text(it)).collect();
    let is_generated = report.differing.is_empty() && report.missing.is_empty() && report.unexpected.is_empty();
    report.up_to_date = is_generated && report.without_model.is_empty();
    for (paths, what) in [
        (&report.differing, "differs from what the generator writes"),
        (&report.missing, "is missing"),
        (&report.unexpected, "isn't written by the generator"),
        (&report.without_model, "has no model: remove it by hand"),
    ] {
        paths.iter().for_each(|path| eprintln!("{path} {what}"));
    }
    if !is_generated {
        eprintln!("run `cargo run -p cognito-codegen -- generate` and commit what it writes");
    }
    if terminal.is_json() || report.up_to_date {
        terminal.summary("generated/ is up to date", &report)?;
    }
    Ok(if report.up_to_date {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
