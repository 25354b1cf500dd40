//! `model update`: new models, and the crates that are generated from them, or nothing at all.

mod replace;

use super::archive::{Archive, ArchiveError, Contents, hex_sha256, newest};
use super::changes::Changes;
use super::terminal::{Terminal, count, text};
use cognito_codegen::emit::Files;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::literal::toml_string;
use cognito_codegen::output;
use replace::{ReplaceError, replace};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What to take, and from where.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The version of botocore; without it, the newest
    #[arg(long, value_name = "VERSION", conflicts_with = "archive")]
    to: Option<String>,
    /// Take this file, botocore-VERSION.tar.gz, instead of asking PyPI
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// The sha256 that the archive must have, where you know it from elsewhere
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    /// Also take this service, which isn't in model/ yet
    #[arg(long, value_name = "SERVICE")]
    add: Vec<String>,
    /// Say what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The files of a service: in botocore, and here. The first must be there.
const FILES: [(&str, &str); 4] = [
    ("service-2.json", "service.json"),
    ("paginators-1.json", "paginators.json"),
    ("endpoint-rule-set-1.json", "endpoint-rule-set.json"),
    ("examples-1.json", "examples.json"),
];

/// The files that all services share.
const SHARED: [(&str, &str); 3] = [
    ("LICENSE.txt", "LICENSE"),
    ("NOTICE", "NOTICE"),
    ("botocore/data/partitions.json", "partitions.json"),
];

/// What an update does.
#[derive(Serialize)]
struct Report {
    package: &'static str,
    from: String,
    to: String,
    sha256: String,
    downgrade: bool,
    dry_run: bool,
    services: Vec<ServiceReport>,
}

#[derive(Serialize)]
struct ServiceReport {
    service: String,
    /// `None` for a service that is new here.
    diff: Option<Changes>,
    files: usize,
    written: Vec<String>,
    removed: Vec<String>,
}

/// Replaces `model/` and regenerates. Everything is read, checked, generated and written beside its place before the
/// first file is touched.
pub(crate) fn run(repository: &Repository, arguments: &Arguments, terminal: Terminal) -> Result<(), Box<dyn Error>> {
    let downloads = tempfile::tempdir()?;
    let archive = match &arguments.archive {
        Some(path) => Archive::open(path, arguments.sha256.as_deref())?,
        None => Archive::download(arguments.to.as_deref(), downloads.path(), terminal)?
            .with_sha256(arguments.sha256.as_deref())?,
    };
    let current = repository.source()?;
    let downgrade = is_before(&archive.version, &current.version);
    if downgrade {
        terminal.warning(format_args!(
            "this is a downgrade: model/ has {current}, and {} is older",
            archive.version
        ));
    }
    let services: BTreeSet<String> = repository
        .services()?
        .into_iter()
        .chain(arguments.add.iter().cloned())
        .collect();
    let folders: Vec<String> = services
        .iter()
        .map(|service| format!("botocore/data/{service}/"))
        .collect();
    let contents = archive.read(terminal, |path| {
        SHARED.iter().any(|(source, _)| path == *source) || folders.iter().any(|folder| path.starts_with(folder))
    })?;

    let models = repository.models();
    let parent = models.parent().unwrap_or(Path::new("."));
    // A dry run touches nothing of the repository, not even for a moment.
    let mut staging = tempfile::Builder::new();
    let staging = staging.prefix(".model-");
    let staging = if arguments.dry_run {
        staging.tempdir()?
    } else {
        staging.tempdir_in(parent)?
    };
    let staged = staging.path().join("model");
    let origins = Origins {
        archive: &archive.name,
        models: &models,
        staged: &staged,
        sources: write_models(&staged, &archive, &services, &contents)?,
    };
    keep_examples(&models, &staged)?;
    let updated = repository.with_models(&staged);
    let mut crates = Vec::new();
    for service in &services {
        let spinner = terminal.spinner(format_args!("generating {service}"));
        let files = updated.generate(service);
        crates.push((service, files.map_err(|error| origins.name(error))?));
        spinner.finish_and_clear();
    }
    let source = format!("From the models of botocore {}.", archive.version);
    let mut diffs = Vec::new();
    for service in &services {
        let is_known = repository.services()?.contains(service);
        let old = is_known.then(|| repository.model(service)).transpose()?;
        let report = old.map(|old| Changes::new(&old, &updated.model(service)?, &source));
        diffs.push(report.transpose()?);
    }
    let differences = if arguments.dry_run {
        let compare = |(service, files): &(&String, Files)| output::compare(&repository.crate_folder(service), files);
        crates.iter().map(compare).collect::<Result<Vec<_>, _>>()?
    } else {
        let stage = |(service, files): &(&String, Files)| output::stage(&repository.crate_folder(service), files);
        let ready = crates.iter().map(stage).collect::<Result<Vec<_>, _>>()?;
        let old = staging.path().join("old");
        match replace(&models, &staged, &old, || output::commit(ready)) {
            Err(error @ ReplaceError::Torn { .. }) => {
                // The only copy of the old models is in there.
                let _ = staging.keep();
                return Err(error.into());
            }
            done => done?,
        }
    };
    let mut reports = Vec::new();
    for (((service, files), diff), difference) in crates.into_iter().zip(diffs).zip(differences) {
        let mut written = difference.changed;
        written.extend(difference.missing);
        reports.push(ServiceReport {
            service: service.clone(),
            diff,
            files: files.len(),
            written,
            removed: difference.stale.iter().map(|path| text(path)).collect(),
        });
    }
    let report = Report {
        package: "botocore",
        from: current.version,
        to: archive.version,
        sha256: archive.sha256,
        downgrade,
        dry_run: arguments.dry_run,
        services: reports,
    };
    terminal.result(&report, &report)?;
    Ok(())
}

/// Whether a version of botocore is older than another: three numbers, of which each counts more than the next.
fn is_before(version: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> { version.split('.').map_while(|part| part.parse().ok()).collect() };
    numbers(version) < numbers(other)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "botocore {}, sha256 {}", self.to, self.sha256)?;
        if self.from == self.to {
            writeln!(f, "model/ has this version already")?;
        }
        for service in &self.services {
            writeln!(f, "\n{}", service.service)?;
            match &service.diff {
                Some(diff) => write!(f, "{diff}")?,
                None => writeln!(f, "a new service")?,
            }
        }
        writeln!(f)?;
        for service in &self.services {
            let (written, removed) = (service.written.len(), service.removed.len());
            let (files, service) = (count(service.files, "file"), &service.service);
            if self.dry_run {
                writeln!(f, "{service}: {files}, {written} would be written, {removed} removed")?;
            } else {
                writeln!(f, "{service}: {files}, {written} written, {removed} removed")?;
            }
        }
        if self.dry_run {
            writeln!(f, "a dry run: nothing was written")?;
        }
        Ok(())
    }
}

/// Where the staged models come from: errors about them must not name files that are gone when they are read.
struct Origins<'a> {
    archive: &'a Path,
    models: &'a Path,
    staged: &'a Path,
    /// Paths in the archive, by staged file.
    sources: BTreeMap<PathBuf, String>,
}

impl Origins<'_> {
    /// The error with the archive and the path inside of it, or with the file in `model/` that was taken along.
    fn name(&self, mut error: GenerateError) -> GenerateError {
        match &mut error {
            GenerateError::Model(errors) => errors.0.iter_mut().for_each(|error| self.rename(&mut error.file)),
            GenerateError::Read { path, .. } | GenerateError::Parse { path, .. } => self.rename(path),
            _ => {}
        }
        error
    }

    fn rename(&self, file: &mut PathBuf) {
        if let Some(source) = self.sources.get(file) {
            *file = PathBuf::from(format!("{}: {source}", self.archive.display()));
        } else if let Ok(below) = file.strip_prefix(self.staged) {
            *file = self.models.join(below);
        }
    }
}

/// Writes the archive's models to a folder, and answers with their paths in the archive.
fn write_models(
    folder: &Path,
    archive: &Archive,
    services: &BTreeSet<String>,
    contents: &Contents,
) -> Result<BTreeMap<PathBuf, String>, ArchiveError> {
    let mut source = source_head(archive);
    let mut sources = BTreeMap::new();
    let mut add = |from: &str, to: &str, bytes: &[u8]| -> Result<(), ArchiveError> {
        let path = folder.join(to);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(at(&path))?;
        fs::write(&path, bytes).map_err(at(&path))?;
        sources.insert(path, from.to_owned());
        let sha256 = hex_sha256(bytes);
        let (from, to) = (toml_string(from), toml_string(to));
        let _ = write!(
            source,
            "\n[[file]]\nsource = {from}\npath = {to}\nsha256 = \"{sha256}\"\n"
        );
        Ok(())
    };
    let missing = |what: String, hint: &str| ArchiveError::Missing {
        path: archive.name.clone(),
        what,
        hint: hint.to_owned(),
    };
    for (from, to) in SHARED {
        let bytes = contents
            .get(from)
            .ok_or_else(|| missing(format!("`{from}`"), "take the source distribution"))?;
        add(from, to, bytes)?;
    }
    for service in services {
        let date = newest(contents, service).ok_or_else(|| {
            missing(
                format!("the service `{service}`"),
                "check its name; AWS may have removed it",
            )
        })?;
        for (from, to) in FILES {
            let from = format!("botocore/data/{service}/{date}/{from}");
            match contents.get(&from) {
                Some(bytes) => add(&from, &format!("{service}/{to}"), bytes)?,
                None if to == FILES[0].1 => return Err(missing(format!("`{from}`"), "AWS may have removed it")),
                None => {}
            }
        }
    }
    let path = folder.join("SOURCE.toml");
    fs::write(&path, source).map_err(at(&path))?;
    Ok(sources)
}

/// Takes the pages of the AWS CLI along, which come from another package.
fn keep_examples(models: &Path, staged: &Path) -> Result<(), ArchiveError> {
    let mut open = vec![PathBuf::from("awscli")];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(models.join(&folder)) else {
            continue;
        };
        let copy = staged.join(&folder);
        fs::create_dir_all(&copy).map_err(at(&copy))?;
        for entry in entries {
            let entry = entry.map_err(at(&copy))?;
            let path = folder.join(entry.file_name());
            let copy = staged.join(&path);
            if entry.file_type().map_err(at(&copy))?.is_dir() {
                open.push(path);
            } else {
                fs::copy(entry.path(), &copy).map_err(at(&copy))?;
            }
        }
    }
    Ok(())
}

/// A file of the staging folder can't be written.
fn at(path: &Path) -> impl FnOnce(io::Error) -> ArchiveError {
    let path = path.to_owned();
    |source| ArchiveError::Write { path, source }
}

fn source_head(archive: &Archive) -> String {
    let Archive { version, sha256, .. } = archive;
    format!(
        r#"# Where the files in this folder come from. They are AWS's, copied byte for byte: to change what is generated,
# change the generator. To update, run `cognito-codegen model update`, which writes this file, too.

[package]
name = "botocore"
version = "{version}"
license = "Apache-2.0"
sdist = "botocore-{version}.tar.gz"
sdist_sha256 = "{sha256}"

# `source` is the path inside the sdist's top folder, `path` the path inside this one, `sha256` that of both.
"#
    )
}

#[cfg(test)]
mod tests {
    use super::is_before;

    #[test]
    fn versions_are_compared_number_by_number() {
        assert!(is_before("1.9.10", "1.44.5"));
        assert!(is_before("1.44.5", "1.44.10"));
        assert!(is_before("0.99.99", "1.0"));
        assert!(!is_before("1.44.5", "1.44.5"));
        assert!(!is_before("2.0.0", "1.44.5"));
    }
}
