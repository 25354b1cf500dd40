//! `every-service`: all services of botocore that speak JSON, to see that the generator can do any of them.

use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::Service;
use cognito_codegen::plan::Placement;
use cognito_codegen::{emit, output, select};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Where models come from, and where crates go.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of services in an unpacked botocore: botocore/data
    data: PathBuf,
    /// Write the crates to this folder, with a workspace for them; without it, nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where a crate's Cargo.toml finds cognito-runtime
    #[arg(long, value_name = "PATH")]
    runtime_path: Option<String>,
    /// Only these services
    #[arg(long, value_delimiter = ',', value_name = "NAME,…")]
    services: Vec<String>,
}

/// What the command has to know of a model before it reads it.
#[derive(Deserialize)]
struct Head {
    metadata: Protocols,
}

#[derive(Deserialize)]
struct Protocols {
    protocol: String,
    #[serde(default)]
    protocols: Vec<String>,
}

/// What has come of a service.
struct Done {
    service: String,
    shapes: usize,
    operations: usize,
    files: usize,
    bytes: usize,
    generated: Duration,
    formatted: Duration,
    left_out: Vec<select::LeftOut>,
}

/// Generates them all. A service that fails is reported, and the others go on.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let folders = json_services(&arguments.data)?;
    let wanted = |name: &str| arguments.services.is_empty() || arguments.services.iter().any(|it| it == name);
    let folders: Vec<_> = folders.into_iter().filter(|(name, _)| wanted(name)).collect();
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {elapsed} {msg}");
    let bar = ProgressBar::new(folders.len() as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (name, folder) in folders {
        bar.set_message(name.clone());
        match one(arguments, &name, &folder) {
            Ok(service) => done.push(service),
            Err(error) => failed.push((name, error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if let Some(out) = &arguments.out {
        fs::write(
            out.join("Cargo.toml"),
            "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"target\"]\n",
        )?;
    }
    print(&done);
    for (name, error) in &failed {
        println!("{name} failed:\n{error}");
    }
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Name and newest folder of each service that speaks JSON.
fn json_services(data: &Path) -> Result<Vec<(String, PathBuf)>, GenerateError> {
    let hint = "name the folder botocore/data of an unpacked botocore";
    let read = |path: &Path| {
        let path = path.to_owned();
        move |source| GenerateError::Read { path, hint, source }
    };
    let mut services = Vec::new();
    for entry in fs::read_dir(data).map_err(read(data))? {
        let folder = entry.map_err(read(data))?.path();
        if !folder.is_dir() {
            continue;
        }
        let mut versions = Vec::new();
        for entry in fs::read_dir(&folder).map_err(read(&folder))? {
            versions.push(entry.map_err(read(&folder))?.path());
        }
        versions.retain(|version| version.join("service-2.json").exists());
        let Some(newest) = versions.into_iter().max() else {
            continue;
        };
        let file = newest.join("service-2.json");
        let text = fs::read(&file).map_err(read(&file))?;
        // What can't be read is generated all the same, so that its error is reported.
        let speaks_json = serde_json::from_slice::<Head>(&text).map_or(true, |head| {
            head.metadata.protocol == "json" || head.metadata.protocols.iter().any(|it| it == "json")
        });
        if speaks_json {
            services.push((
                folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                newest,
            ));
        }
    }
    services.sort();
    Ok(services)
}

fn one(arguments: &Arguments, name: &str, folder: &Path) -> Result<Done, GenerateError> {
    let start = Instant::now();
    let repository = Repository::of_models(&arguments.data);
    let mut service = Service::load(folder)?;
    let shapes = service.shapes.len();
    let left_out = select::leave_out_unsupported(&mut service);
    let placement = Placement::Standalone {
        runtime_path: arguments.runtime_path.clone(),
    };
    let plan = repository.plan_of(&service, &placement, "botocore")?;
    let files = emit::emit(&plan)?;
    let generated = start.elapsed();
    let start = Instant::now();
    let files = output::format(files)?;
    if let Some(out) = &arguments.out {
        let folder = out.join(name);
        output::write_beside_others(&folder, &files)?.ok_or(GenerateError::NotOurs(folder))?;
    }
    Ok(Done {
        service: name.to_owned(),
        shapes,
        operations: plan.operations.len(),
        files: files.len(),
        bytes: files.values().map(String::len).sum(),
        generated,
        formatted: start.elapsed(),
        left_out,
    })
}

/// A line for each service, the smallest first, so that a time that grows faster than the shapes shows.
fn print(done: &[Done]) {
    let mut done: Vec<&Done> = done.iter().collect();
    done.sort_by_key(|service| service.shapes);
    println!(
        "{:<34}{:>7}{:>6}{:>7}{:>9}{:>10}{:>10}{:>12}",
        "service", "shapes", "ops", "files", "KB", "s", "fmt s", "µs/shape"
    );
    for service in &done {
        line(
            &service.service,
            service.shapes,
            service.operations,
            service.files,
            service.bytes,
            service.generated,
            service.formatted,
        );
    }
    let sum = |of: fn(&Done) -> usize| done.iter().map(|it| of(it)).sum::<usize>();
    line(
        &format!("{} services", done.len()),
        sum(|it| it.shapes),
        sum(|it| it.operations),
        sum(|it| it.files),
        sum(|it| it.bytes),
        done.iter().map(|it| it.generated).sum(),
        done.iter().map(|it| it.formatted).sum(),
    );
    if let Some(peak) = peak_memory() {
        println!("peak memory: {} MB", peak / 1024);
    }
    for service in &done {
        for left_out in &service.left_out {
            println!("left out: {} {}: {}", service.service, left_out.operation, left_out.why);
        }
    }
}

fn line(
    name: &str,
    shapes: usize,
    operations: usize,
    files: usize,
    bytes: usize,
    generated: Duration,
    formatted: Duration,
) {
    let each = generated.as_micros() / (shapes.max(1) as u128);
    let (generated, formatted, kb) = (generated.as_secs_f64(), formatted.as_secs_f64(), bytes / 1000);
    println!("{name:<34}{shapes:>7}{operations:>6}{files:>7}{kb:>9}{generated:>10.3}{formatted:>10.3}{each:>12}");
}

/// The greatest resident size of this process so far in KB, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}
