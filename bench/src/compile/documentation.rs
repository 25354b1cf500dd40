//! What the documentation of a crate costs: the time to make it, and its size.

use super::subject::Subject;
use crate::goal::{Bound, Form, Goal};
use crate::process;
use crate::table::Table;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What the documentation of one crate took.
struct Documentation {
    /// User and system time of `cargo doc`, in seconds.
    cpu: f64,
    files: Files,
}

/// The files of a documentation: pages, sources, search index.
#[derive(Default)]
struct Files {
    /// The HTML pages.
    pages: usize,
    /// The size of all files.
    bytes: u64,
}

/// Documents the official crate and ours, prints a table, and gives the goals.
pub(super) fn run(official: &Subject, ours: &Subject, runs: u32) -> Result<Vec<Goal>> {
    let subjects = [official, ours];
    for subject in subjects {
        process::run(&mut subject.document())?;
    }
    let mut best: [Option<Documentation>; 2] = [None, None];
    for _ in 0..runs {
        for (subject, best) in subjects.iter().zip(&mut best) {
            let one = measure(subject)?;
            if best.as_ref().is_none_or(|best| one.cpu < best.cpu) {
                *best = Some(one);
            }
        }
    }
    let [Some(theirs), Some(our)] = best else {
        return Ok(Vec::new());
    };
    let time = our.cpu / theirs.cpu;
    let size = our.files.bytes as f64 / theirs.files.bytes as f64;
    let mut table = Table::new(["crate", "CPU s", "to official", "pages", "MB", "to official"]);
    for (subject, it, time, size) in [(official, &theirs, 1.0, 1.0), (ours, &our, time, size)] {
        table.row([
            subject.label.to_owned(),
            format!("{:.1}", it.cpu),
            Form::Fraction.text(time),
            it.files.pages.to_string(),
            format!("{:.1}", it.files.bytes as f64 / 1e6),
            Form::Fraction.text(size),
        ]);
    }
    println!("### Document the crate alone\n\n{table}");
    Ok(vec![
        Goal::new("document the crate, CPU", Bound::AtMost(0.1), Form::Fraction, time),
        Goal::new("size of that documentation", Bound::AtMost(0.2), Form::Fraction, size),
    ])
}

fn measure(subject: &Subject) -> Result<Documentation> {
    let folder = subject.documentation();
    fs::remove_dir_all(&folder).with_context(|| format!("{} isn't documented", subject.label))?;
    let cpu = process::run(&mut subject.document())?.cpu;
    let mut files = Files::default();
    count(&folder, &mut files)?;
    Ok(Documentation { cpu, files })
}

fn count(folder: &Path, files: &mut Files) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            count(&entry.path(), files)?;
        } else {
            let html = entry.path().extension().is_some_and(|extension| extension == "html");
            files.pages += usize::from(html);
            files.bytes += entry.metadata()?.len();
        }
    }
    Ok(())
}
