//! The tables of programs.

use super::program::Program;
use crate::goal::{Bound, Form, Goal};
use crate::process::Took;
use crate::table::Table;
use anyhow::Result;
use std::path::Path;

/// What was measured of a program.
struct Row {
    label: &'static str,
    crates: usize,
    cold: Took,
    rebuild: Took,
    size: u64,
}

/// Builds the programs, and prints. Each build from nothing is done `runs` times, alternating; the fastest counts.
pub(super) fn run(root: &Path, runs: u32) -> Result<Vec<Goal>> {
    let programs = [Program::official(root)?, Program::ours(root)?];
    let mut colds: [Option<Took>; 2] = [None, None];
    for _ in 0..runs {
        for (program, best) in programs.iter().zip(&mut colds) {
            let took = program.cold()?;
            if best.is_none_or(|best| took.cpu < best.cpu) {
                *best = Some(took);
            }
        }
    }
    let mut rows = Vec::new();
    for (program, cold) in programs.iter().zip(colds) {
        let Some(cold) = cold else { continue };
        rows.push(Row {
            label: program.label,
            crates: program.crates()?.len(),
            cold,
            rebuild: program.rebuild()?,
            size: program.size()?,
        });
    }
    println!(
        "### Hello-world with one operation, and a program of ten\n\n{}",
        table(&rows)
    );
    Ok(goals(&rows))
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new([
        "program",
        "crates",
        "cold, CPU s",
        "cold, s",
        "rebuild of ten, CPU s",
        "rebuild of ten, s",
        "stripped binary, MB",
    ]);
    for row in rows {
        table.row([
            row.label.to_owned(),
            row.crates.to_string(),
            format!("{:.1}", row.cold.cpu),
            format!("{:.1}", row.cold.wall),
            format!("{:.2}", row.rebuild.cpu),
            format!("{:.2}", row.rebuild.wall),
            format!("{:.1}", row.size as f64 / 1e6),
        ]);
    }
    table
}

fn goals(rows: &[Row]) -> Vec<Goal> {
    let [official, ours] = rows else {
        return Vec::new();
    };
    let goal = |what: &str, bound: f64, ratio: f64| Goal::new(what, Bound::AtMost(bound), Form::Factor, ratio);
    vec![
        goal("hello-world from nothing, CPU", 0.4, ours.cold.cpu / official.cold.cpu),
        Goal::new(
            "crates in that build",
            Bound::AtMost(100.0),
            Form::Count,
            ours.crates as f64,
        ),
        goal(
            "rebuild of ten operations, debug, CPU",
            1.0,
            ours.rebuild.cpu / official.rebuild.cpu,
        ),
        goal("stripped release binary", 0.4, ours.size as f64 / official.size as f64),
    ]
}
