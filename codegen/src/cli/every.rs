//! `every-service`: all services of botocore that speak JSON, to see that the generator can do any of them.

mod check;
mod report;

use super::archive::Archive;
use super::terminal::Terminal;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::Service;
use cognito_codegen::plan::{Placement, Runtime};
use cognito_codegen::{emit, output, select};
use report::Done;
use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Where models come from, and where crates go.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of services in an unpacked botocore, botocore/data; without it, the version that model/ is from is
    /// downloaded from PyPI
    data: Option<PathBuf>,
    /// Take this archive, botocore-VERSION.tar.gz; if there is no such file, the download goes there and stays
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    archive: Option<PathBuf>,
    /// Write the crates to this folder, with a workspace for them; without it, nothing is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Then compile them: a warning is an error
    #[arg(long, requires = "out")]
    check: bool,
    /// Where a crate's Cargo.toml finds cognito-runtime; without it, in this repository
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

/// Generates them all. A service that fails is reported, and the others go on.
pub(crate) fn run(
    repository: &Repository,
    arguments: &Arguments,
    terminal: Terminal,
) -> Result<ExitCode, Box<dyn Error>> {
    let unpacked = tempfile::tempdir()?;
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => unpack(repository, arguments.archive.as_deref(), unpacked.path(), terminal)?,
    };
    let runtime_path = match &arguments.runtime_path {
        Some(path) => path.clone(),
        None => {
            let runtime = repository.runtime();
            fs::canonicalize(&runtime).unwrap_or(runtime).display().to_string()
        }
    };
    let folders = wanted(json_services(&data)?, &arguments.services)?;
    let bar = terminal.bar(folders.len() as u64, "{bar:40} {pos}/{len} {elapsed} {msg}");
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for (name, folder) in folders {
        bar.set_message(name.clone());
        match one(&data, arguments.out.as_deref(), &runtime_path, &name, &folder) {
            Ok(service) => done.push(service),
            Err(error) => failed.push((name, error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    terminal.result(report::text(&done), &report::json(&done, &failed))?;
    for (name, error) in &failed {
        terminal.warning(format_args!("{name} failed:\n{error}"));
    }
    if let Some(out) = &arguments.out {
        check::write_workspace(out, repository)?;
        if arguments.check && !check::compiles(out)? {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Unpacks the models of the archive, and answers with the folder of services.
fn unpack(
    repository: &Repository,
    archive: Option<&Path>,
    to: &Path,
    terminal: Terminal,
) -> Result<PathBuf, Box<dyn Error>> {
    let source = repository.source()?;
    let downloaded = to.join(format!("botocore-{}.tar.gz", source.version));
    let path = archive.unwrap_or(&downloaded);
    let archive = Archive::open_or_download(path, &source.version, &source.sdist_sha256, terminal)?;
    terminal.progress(format_args!("botocore {}, sha256 {}", archive.version, archive.sha256));
    let files = [
        "service-2.json",
        "paginators-1.json",
        "endpoint-rule-set-1.json",
        "partitions.json",
    ];
    archive.unpack(terminal, to, |path| {
        let name = path
            .strip_prefix("botocore/data/")
            .and_then(|below| below.rsplit('/').next());
        name.is_some_and(|name| files.contains(&name))
    })?;
    Ok(to.join("botocore/data"))
}

/// The services that are asked for; all, if none is.
fn wanted(services: Vec<(String, PathBuf)>, names: &[String]) -> Result<Vec<(String, PathBuf)>, Box<dyn Error>> {
    if let Some(unknown) = names.iter().find(|name| services.iter().all(|(it, _)| it != *name)) {
        return Err(format!(
            "no service of botocore that speaks JSON is called `{unknown}`\n  hint: the names are those of the folders in botocore/data"
        )
        .into());
    }
    let wanted = |name: &String| names.is_empty() || names.contains(name);
    Ok(services.into_iter().filter(|(name, _)| wanted(name)).collect())
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

fn one(data: &Path, out: Option<&Path>, runtime_path: &str, name: &str, folder: &Path) -> Result<Done, GenerateError> {
    report::forget_peak_memory();
    let start = Instant::now();
    let repository = Repository::of_models(data);
    let mut service = Service::load(folder)?;
    let shapes = service.shapes.len();
    let left_out = select::leave_out_unsupported(&mut service);
    let placement = Placement::Standalone {
        runtime: Runtime::Path(runtime_path.to_owned()),
        name: None,
    };
    let plan = repository.plan_of(&service, &placement, "botocore")?;
    let files = emit::emit(&plan)?;
    let generated = start.elapsed();
    let start = Instant::now();
    let files = output::format(files)?;
    if let Some(out) = out {
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
        peak: report::peak_memory(),
        left_out,
    })
}
