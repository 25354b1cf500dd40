//! The archive that models come in: botocore's source distribution, as PyPI has it.

use super::terminal::Terminal;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why there is no archive to take models from.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    /// Python or pip isn't there.
    #[error(
        "`{command}` can't be started: {source}\n  hint: install Python with pip, or name an archive with --archive"
    )]
    NoPip { command: String, source: io::Error },
    /// pip has failed, and has said why.
    #[error("`{0}` has failed, see above\n  hint: check the version, or name an archive with --archive")]
    Pip(String),
    /// pip's report isn't what it is known to be.
    #[error("pip's report has no `{0}`\n  hint: update pip (22.2 or later), or name an archive with --archive")]
    Report(&'static str),
    /// The archive isn't the one that PyPI lists.
    #[error("{}: sha256 is {found}, and {expected} was expected\n  hint: download it again; don't use this file", path.display())]
    Checksum {
        path: PathBuf,
        expected: String,
        found: String,
    },
    /// The archive can't be read.
    #[error("{}: {source}\n  hint: it must be botocore's source distribution, a .tar.gz, and whole: download it again", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// What was in the archive can't be written.
    #[error("{}: {source}\n  hint: check that the folder is there and writable, and that the disk has room", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// The archive has not what it must have.
    #[error("{}: {what} isn't in it\n  hint: {hint}", path.display())]
    Missing { path: PathBuf, what: String, hint: String },
    /// The name of the archive has no version.
    #[error("{}: its name has no version\n  hint: call the file botocore-VERSION.tar.gz, as PyPI does; a version has digits, dots and letters, and begins with a digit", .0.display())]
    Version(PathBuf),
}

/// An archive on disk, its checksum verified.
pub(crate) struct Archive {
    path: PathBuf,
    /// What errors call it: a download's own path is gone when they are read.
    pub(crate) name: PathBuf,
    pub(crate) sha256: String,
    /// The version in its name.
    pub(crate) version: String,
}

/// Files of the archive, by path below its top folder.
pub(crate) type Contents = BTreeMap<String, Vec<u8>>;

impl Archive {
    /// The archive in a file. `expected` is its sha256, where one is known.
    pub(crate) fn open(path: &Path, expected: Option<&str>) -> Result<Self, ArchiveError> {
        let read = |source| ArchiveError::Read {
            path: path.to_owned(),
            source,
        };
        let sha256 = hex_sha256(&fs::read(path).map_err(read)?);
        let version = version(path).ok_or_else(|| ArchiveError::Version(path.to_owned()))?;
        let archive = Self {
            path: path.to_owned(),
            name: path.to_owned(),
            sha256,
            version,
        };
        archive.with_sha256(expected)
    }

    /// Asks PyPI, through pip, for this version or the newest one, and downloads it to a folder.
    pub(crate) fn download(version: Option<&str>, to: &Path, terminal: Terminal) -> Result<Self, ArchiveError> {
        let package = version.map_or_else(|| "botocore".to_owned(), |version| format!("botocore=={version}"));
        terminal.progress(format_args!("asking PyPI for {package}"));
        let source_only = ["--no-deps", "--no-binary", ":all:"];
        let report = pip(
            &[
                &["install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-"],
                &source_only[..],
                &[&package],
            ]
            .concat(),
            Stdio::piped(),
        )?;
        let report: serde_json::Value = serde_json::from_slice(&report).unwrap_or_default();
        let info = &report["install"][0]["download_info"];
        let url = info["url"].as_str().ok_or(ArchiveError::Report("url"))?;
        let sha256 = info["archive_info"]["hashes"]["sha256"]
            .as_str()
            .ok_or(ArchiveError::Report("sha256"))?;
        let folder = to.to_string_lossy();
        // pip shows its own progress.
        let progress = if terminal.is_quiet() {
            Stdio::null()
        } else {
            Stdio::from(io::stderr())
        };
        pip(
            &[&["download", "--dest", &folder], &source_only[..], &[url]].concat(),
            progress,
        )?;
        let name = url.rsplit('/').next().unwrap_or_default();
        Ok(Self {
            name: PathBuf::from(name),
            ..Self::open(&to.join(name), Some(sha256))?
        })
    }

    /// The same archive, if this is its sha256.
    pub(crate) fn with_sha256(self, expected: Option<&str>) -> Result<Self, ArchiveError> {
        match expected.filter(|expected| !expected.eq_ignore_ascii_case(&self.sha256)) {
            None => Ok(self),
            Some(expected) => Err(ArchiveError::Checksum {
                path: self.name,
                expected: expected.to_owned(),
                found: self.sha256,
            }),
        }
    }

    /// The archive in this file, or, if there is no such file, this version of botocore, downloaded to it.
    pub(crate) fn open_or_download(
        path: &Path,
        version: &str,
        sha256: &str,
        terminal: Terminal,
    ) -> Result<Self, ArchiveError> {
        if path.exists() {
            return Self::open(path, Some(sha256));
        }
        let at = |source| ArchiveError::Write {
            path: path.to_owned(),
            source,
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(at)?;
        // Beside its place, so that it is either there as a whole or not at all.
        let downloads = tempfile::tempdir_in(folder).map_err(at)?;
        let archive = Self::download(Some(version), downloads.path(), terminal)?.with_sha256(Some(sha256))?;
        fs::rename(&archive.path, path).map_err(at)?;
        Self::open(path, Some(sha256))
    }

    /// The files whose path below the top folder is wanted.
    pub(crate) fn read(&self, terminal: Terminal, wanted: impl Fn(&str) -> bool) -> Result<Contents, ArchiveError> {
        let mut contents = Contents::new();
        self.each(terminal, wanted, |below, bytes| {
            contents.insert(below.to_owned(), bytes);
            Ok(())
        })?;
        Ok(contents)
    }

    /// Writes the files whose path below the top folder is wanted to `folder`, one after the other.
    pub(crate) fn unpack(
        &self,
        terminal: Terminal,
        folder: &Path,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<(), ArchiveError> {
        self.each(terminal, wanted, |below, bytes| {
            let path = folder.join(below);
            let at = |source| ArchiveError::Write {
                path: path.clone(),
                source,
            };
            fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(at)?;
            fs::write(&path, bytes).map_err(at)
        })
    }

    /// Shows the wanted files to `see`, by path below the top folder.
    fn each(
        &self,
        terminal: Terminal,
        wanted: impl Fn(&str) -> bool,
        mut see: impl FnMut(&str, Vec<u8>) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let read = |source| ArchiveError::Read {
            path: self.name.clone(),
            source,
        };
        let file = File::open(&self.path).map_err(read)?;
        let bar = terminal.bar(
            file.metadata().map_err(read)?.len(),
            "unpacking {bar:40} {bytes}/{total_bytes}",
        );
        let mut archive = tar::Archive::new(GzDecoder::new(bar.wrap_read(file)));
        for entry in archive.entries().map_err(read)? {
            let mut entry = entry.map_err(read)?;
            let path = entry.path().map_err(read)?.to_string_lossy().replace('\\', "/");
            let below = path.split_once('/').map(|(_, below)| below);
            // A path that leaves its folder is no file of botocore's.
            let Some(below) = below.filter(|below| wanted(below) && !below.split('/').any(|name| name == "..")) else {
                continue;
            };
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).map_err(read)?;
            see(below, bytes)?;
        }
        // The checksum is at the end of the gzip stream, after the end of the tar archive in it.
        io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(read)?;
        bar.finish_and_clear();
        Ok(())
    }
}

/// The version in an archive's name.
fn version(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let version = name.strip_prefix("botocore-")?.strip_suffix(".tar.gz")?;
    let is_plain = version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    (is_plain && version.starts_with(|c: char| c.is_ascii_digit())).then(|| version.to_owned())
}

/// The newest version of each service's API in the archive: the folder's name is its date.
pub(crate) fn newest<'a>(contents: &'a Contents, service: &str) -> Option<&'a str> {
    let folder = format!("botocore/data/{service}/");
    let versions: BTreeSet<&str> = contents
        .keys()
        .filter_map(|path| path.strip_prefix(&folder)?.split_once('/'))
        .map(|(date, _)| date)
        .collect();
    versions.last().copied()
}

/// A sha256 in hexadecimal digits.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn pip(arguments: &[&str], stdout: Stdio) -> Result<Vec<u8>, ArchiveError> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let command = format!("{python} -m pip {}", arguments.join(" "));
    let output = Command::new(&python)
        .args(["-m", "pip", "--disable-pip-version-check"])
        .args(arguments)
        .stdout(stdout)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| ArchiveError::NoPip {
            command: command.clone(),
            source,
        })?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(ArchiveError::Pip(command))
    }
}
