//! The generator's own time and memory, over growing models.

use crate::goal::{Bound, Form, Goal};
use crate::process;
use crate::table::Table;
use anyhow::{Context, Result};
use clap::Args;
use cognito_codegen::generate::Repository;
use cognito_codegen::model::Service;
use cognito_codegen::plan::{Placement, Plan, Runtime};
use cognito_codegen::{emit, output, select};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The service that this repository has.
const COGNITO: &str = "cognito-idp";

/// How many operations of `cognito-idp` the growing models have; the last one has all of them.
const SIZES: [usize; 5] = [1, 8, 32, 96, usize::MAX];

/// The services of botocore that are measured with `--models`, each about twice as large as the one before.
const SERVICES: [&str; 6] = ["cognito-identity", "cognito-idp", "ecs", "ssm", "glue", "sagemaker"];

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often to generate each crate; the fastest run counts
    #[arg(long, default_value_t = 3)]
    pub(crate) runs: u32,
    /// Measure services of an unpacked botocore, too: its folder botocore/data
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Be a generator: generate this many operations, and print what it took
    #[arg(long, hide = true)]
    child: Option<usize>,
    /// Be a generator: generate the service in this folder
    #[arg(long, hide = true, requires = "models")]
    child_of: Option<PathBuf>,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self {
            runs: 3,
            models: None,
            child: None,
            child_of: None,
        }
    }
}

/// What one run of the generator took.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Run {
    operations: usize,
    /// Those that operations share.
    types: usize,
    bytes: usize,
    /// From reading the model to the rendered files, in seconds.
    generated: f64,
    /// rustfmt, in seconds.
    formatted: f64,
    /// Peak memory of the generator, in bytes; rustfmt is a process of its own.
    memory: u64,
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    if let Some(run) = be_a_generator(arguments)? {
        println!("{}", serde_json::to_string(&run)?);
        return Ok(Vec::new());
    }
    let mut runs = Vec::new();
    for size in SIZES {
        runs.push((
            COGNITO.to_owned(),
            best(&["--child", &size.to_string()], arguments.runs)?,
        ));
    }
    println!(
        "### Generate a growing number of operations of cognito-idp\n\n{}",
        table(&runs)
    );
    let goals = runs.last().map(|(_, run)| goals(run)).unwrap_or_default();
    if let Some(models) = &arguments.models {
        services(models, arguments.runs)?;
    }
    Ok(goals)
}

fn services(models: &Path, times: u32) -> Result<()> {
    let mut runs = Vec::new();
    for service in SERVICES {
        let Some(folder) = newest(&models.join(service)) else {
            println!("{} has no {service}", models.display());
            continue;
        };
        let (models, folder) = (models.display().to_string(), folder.display().to_string());
        let run = best(&["--models", &models, "--child-of", &folder], times)?;
        runs.push((service.to_owned(), run));
    }
    println!("### Generate services of botocore\n\n{}", table(&runs));
    Ok(())
}

/// The newest version of a service.
fn newest(service: &Path) -> Option<PathBuf> {
    let versions = fs::read_dir(service).ok()?.filter_map(Result::ok);
    versions
        .map(|entry| entry.path())
        .filter(|version| version.join("service-2.json").exists())
        .max()
}

fn be_a_generator(arguments: &Arguments) -> Result<Option<Run>> {
    match (arguments.child, &arguments.child_of, &arguments.models) {
        (Some(size), ..) => {
            let repository = Repository::new(crate::repository()?);
            // The names aren't known to this program, but they are to someone who asks for operations.
            let names: Vec<String> = match size {
                usize::MAX => Vec::new(),
                _ => repository.model(COGNITO)?.operations.into_keys().take(size).collect(),
            };
            generate(|placement| Ok(repository.plan_of_operations(COGNITO, &names, placement)?)).map(Some)
        }
        (None, Some(folder), Some(models)) => generate(|placement| {
            let mut service = Service::load(folder)?;
            select::leave_out_unsupported(&mut service);
            Ok(Repository::of_models(models).plan_of(&service, placement, "botocore")?)
        })
        .map(Some),
        _ => Ok(None),
    }
}

fn generate(plan: impl FnOnce(&Placement) -> Result<Plan>) -> Result<Run> {
    let start = Instant::now();
    let plan = plan(&Placement::Standalone {
        runtime: Runtime::Registry,
        name: None,
    })?;
    let files = emit::emit(&plan)?;
    let generated = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let files = output::format(files)?;
    Ok(Run {
        operations: plan.operations.len(),
        types: plan.structures.len() + plan.enums.len() + plan.unions.len() + plan.errors.len(),
        bytes: files.values().map(String::len).sum(),
        generated,
        formatted: start.elapsed().as_secs_f64(),
        memory: process::peak_memory(std::process::id()).context("this needs Linux: /proc/self/status")?,
    })
}

/// The fastest of some processes that generate.
fn best(arguments: &[&str], times: u32) -> Result<Run> {
    let mut best: Option<Run> = None;
    for _ in 0..times.max(1) {
        let mut command = Command::new(std::env::current_exe()?);
        let text = process::output(command.arg("generate").args(arguments))?;
        let run: Run = serde_json::from_str(&text).context("the process printed something else")?;
        let total = |run: &Run| run.generated + run.formatted;
        if best.as_ref().is_none_or(|best| total(&run) < total(best)) {
            best = Some(run);
        }
    }
    best.context("no run")
}

fn table(runs: &[(String, Run)]) -> Table {
    let mut table = Table::new([
        "service",
        "operations",
        "shared types",
        "KB",
        "s",
        "rustfmt s",
        "µs/KB",
        "peak MB",
    ]);
    for (service, run) in runs {
        table.row([
            service.clone(),
            run.operations.to_string(),
            run.types.to_string(),
            (run.bytes / 1000).to_string(),
            format!("{:.3}", run.generated),
            format!("{:.3}", run.formatted),
            format!("{:.0}", run.generated * 1e9 / run.bytes as f64),
            format!("{:.0}", run.memory as f64 / 1e6),
        ]);
    }
    table
}

fn goals(run: &Run) -> Vec<Goal> {
    let goal =
        |what: &str, bound: f64, form: Form, measured: f64| Goal::new(what, Bound::AtMost(bound), form, measured);
    vec![
        goal(
            "generate cognito-idp, before rustfmt",
            1.0,
            Form::Seconds,
            run.generated,
        ),
        goal(
            "generate cognito-idp, with rustfmt",
            4.0,
            Form::Seconds,
            run.generated + run.formatted,
        ),
        goal(
            "peak memory of the generator, MB",
            300.0,
            Form::Count,
            run.memory as f64 / 1e6,
        ),
    ]
}
