//! What it costs to compile each crate, its dependencies already built, and programs on it.

mod documentation;
mod few;
mod lines;
mod program;
mod programs;
mod subject;

use crate::goal::{Bound, Form, Goal};
use crate::table::Table;
use crate::wrapper::Cost;
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use std::path::Path;
pub(crate) use subject::Profile;
use subject::Subject;

/// The official crate's version that ours is measured against.
pub(crate) const OFFICIAL: &str = "version = \"=1.144.0\"";

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often to compile each crate; the fastest run counts
    #[arg(long, default_value_t = 3)]
    pub(crate) runs: u32,
    /// The profiles to measure
    #[arg(long, value_delimiter = ',', default_value = "check,debug,release")]
    pub(crate) profiles: Vec<Profile>,
    /// What to measure
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "crate,documentation,program"
    )]
    pub(crate) parts: Vec<Part>,
}

/// A part of the measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The crate alone, its dependencies already built
    Crate,
    /// The documentation of the crate alone
    Documentation,
    /// Programs with all their dependencies
    Program,
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let root = crate::repository()?;
    let mut goals = Vec::new();
    if arguments.parts.contains(&Part::Crate) {
        goals.extend(crates(root, arguments)?);
    }
    if arguments.parts.contains(&Part::Documentation) {
        let [official, ours] = official_and_ours(root)?;
        goals.extend(documentation::run(&official, &ours, arguments.runs.max(1))?);
    }
    if arguments.parts.contains(&Part::Program) {
        goals.extend(programs::run(root, arguments.runs.max(1))?);
    }
    Ok(goals)
}

fn crates(root: &Path, arguments: &Arguments) -> Result<Vec<Goal>> {
    let lockfile = root.join("Cargo.lock");
    let few = few::generate(root)?;
    let [official, ours] = official_and_ours(root)?;
    let subjects = [
        official,
        ours,
        Subject::new("ours, 5 operations", "cognito-idp", &path(few.path()), &lockfile)?,
        Subject::with_features(
            "ours, validation",
            "cognito-idp",
            &path(&root.join("generated/cognito-idp")),
            &["rt-tokio", "validation"],
            &lockfile,
        )?,
    ];
    println!("### Source\n\n{}", sources(&subjects)?);
    let mut goals = Vec::new();
    for profile in &arguments.profiles {
        let rows = measure(&subjects, *profile, arguments.runs.max(1))?;
        println!("### Compile the crate alone: {}\n\n{}", profile.label(), table(&rows));
        goals.extend(goals_of(*profile, &rows));
    }
    if arguments.profiles.contains(&Profile::Debug) {
        println!("### LLVM IR of the crate alone, debug\n\n{}", llvm(&subjects)?);
    }
    Ok(goals)
}

fn official_and_ours(root: &Path) -> Result<[Subject; 2]> {
    let lockfile = root.join("Cargo.lock");
    let ours = path(&root.join("generated/cognito-idp"));
    Ok([
        Subject::new("official", "aws-sdk-cognitoidentityprovider", OFFICIAL, &lockfile)?,
        Subject::new("ours", "cognito-idp", &ours, &lockfile)?,
    ])
}

/// A folder as the source of a dependency.
fn path(folder: &Path) -> String {
    format!("path = {:?}", folder.display().to_string())
}

fn sources(subjects: &[Subject]) -> Result<Table> {
    let mut table = Table::new(["crate", "files", "lines", "MB"]);
    for subject in subjects {
        let source = lines::count_source(&subject.sources()?)?;
        table.row([
            subject.label.to_owned(),
            source.files.to_string(),
            source.lines.to_string(),
            format!("{:.2}", source.bytes as f64 / 1e6),
        ]);
    }
    Ok(table)
}

fn llvm(subjects: &[Subject]) -> Result<Table> {
    let mut table = Table::new(["crate", "lines", "functions"]);
    for subject in subjects {
        subject.warm_up(Profile::Debug)?;
        let (lines, functions) = lines::count_llvm(&subject.llvm_ir()?)?;
        table.row([subject.label.to_owned(), lines.to_string(), functions.to_string()]);
    }
    Ok(table)
}

/// What the fastest run of a subject took.
struct Row {
    label: &'static str,
    cost: Cost,
    /// The size of the library, in bytes; `cargo check` makes none.
    library: Option<u64>,
}

fn measure(subjects: &[Subject], profile: Profile, runs: u32) -> Result<Vec<Row>> {
    for subject in subjects {
        subject.warm_up(profile)?;
    }
    let mut best: Vec<Option<Cost>> = subjects.iter().map(|_| None).collect();
    for _ in 0..runs {
        for (subject, best) in subjects.iter().zip(&mut best) {
            let cost = subject.measure(profile)?;
            if best.as_ref().is_none_or(|best| cost.cpu < best.cpu) {
                *best = Some(cost);
            }
        }
    }
    let rows = subjects.iter().zip(best).map(|(subject, best)| {
        let library = (profile != Profile::Check).then(|| subject.library_size(profile));
        Ok(Row {
            label: subject.label,
            cost: best.context("no run")?,
            library: library.transpose()?,
        })
    });
    rows.collect()
}

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new([
        "crate",
        "CPU s",
        "to official",
        "wall s",
        "peak MB",
        "to official",
        "rlib MB",
        "to official",
    ]);
    for row in rows {
        let reference = &rows[0];
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let library_ratio = row
            .library
            .zip(reference.library)
            .map(|(ours, official)| ours as f64 / official as f64);
        table.row([
            row.label.to_owned(),
            format!("{:.1}", row.cost.cpu),
            Form::Fraction.text(row.cost.cpu / reference.cost.cpu),
            format!("{:.1}", row.cost.wall),
            format!("{:.0}", megabytes(row.cost.memory)),
            Form::Fraction.text(row.cost.memory as f64 / reference.cost.memory as f64),
            row.library
                .map_or_else(String::new, |it| format!("{:.1}", megabytes(it))),
            library_ratio.map_or_else(String::new, |ratio| Form::Fraction.text(ratio)),
        ]);
    }
    table
}

fn goals_of(profile: Profile, rows: &[Row]) -> Vec<Goal> {
    let [official, ours, few, validation] = rows else {
        return Vec::new();
    };
    let goal = |what: &str, bound: f64, ratio: f64| Goal::new(what, Bound::AtMost(bound), Form::Fraction, ratio);
    let cpu = ours.cost.cpu / official.cost.cpu;
    let mut goals = vec![goal(&format!("compile the crate, {}, CPU", profile.label()), 0.1, cpu)];
    goals.push(Goal::new(
        format!(
            "compile the crate with validation, {}, CPU, to without",
            profile.label()
        ),
        Bound::AtMost(1.05),
        Form::Factor,
        validation.cost.cpu / ours.cost.cpu,
    ));
    if profile == Profile::Debug {
        let memory = ours.cost.memory as f64 / official.cost.memory as f64;
        goals.push(goal("peak memory of that rustc, debug", 0.2, memory));
        if let (Some(ours), Some(official)) = (ours.library, official.library) {
            goals.push(goal("rlib, debug", 1.0 / 15.0, ours as f64 / official as f64));
        }
        let cpu = few.cost.cpu / official.cost.cpu;
        goals.push(goal("compile a crate of 5 operations, debug, CPU", 1.0 / 40.0, cpu));
    }
    goals
}
