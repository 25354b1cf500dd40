//! `model update` from an archive on disk: all of it, or nothing.

mod support;

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use support::{Copy, Run, fixtures, repository};

const RENEW: &str = r#""operations": {
    "Renew": { "name": "Renew", "http": { "method": "POST", "requestUri": "/" } },"#;

/// Files of an archive like botocore's, with the fixture `library` as its one service.
struct Release {
    service: String,
    with_service: bool,
}

impl Release {
    fn new() -> Self {
        let service = fs::read_to_string(fixtures("library/service.json")).expect("a file");
        Self {
            service: service.replace(r#""operations": {"#, RENEW),
            with_service: true,
        }
    }

    fn write(&self, folder: &Path) -> PathBuf {
        let path = folder.join("botocore-9.8.7.tar.gz");
        let mut archive = tar::Builder::new(GzEncoder::new(
            File::create(&path).expect("a file"),
            Compression::fast(),
        ));
        let mut add = |name: &str, bytes: &[u8]| {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive
                .append_data(&mut header, format!("botocore-9.8.7/{name}"), bytes)
                .expect("added");
        };
        add("LICENSE.txt", b"the license");
        add("NOTICE", b"the notice");
        add(
            "botocore/data/partitions.json",
            &read(&repository().join("model/partitions.json")),
        );
        add("botocore/data/museum/2020-01-01/service-2.json", b"not for us");
        if self.with_service {
            add(
                "botocore/data/library/2019-01-01/service-2.json",
                b"an older version of the API",
            );
            for (from, to) in [
                ("paginators.json", "paginators-1.json"),
                ("endpoint-rule-set.json", "endpoint-rule-set-1.json"),
            ] {
                add(
                    &format!("botocore/data/library/2026-01-01/{to}"),
                    &read(&fixtures("library").join(from)),
                );
            }
            add(
                "botocore/data/library/2026-01-01/service-2.json",
                self.service.as_bytes(),
            );
        }
        archive.into_inner().expect("written").finish().expect("written");
        path
    }
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file")
}

fn sha256(path: &Path) -> String {
    Sha256::digest(read(path))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A generated repository, and a run of `model update` on it.
fn update(release: &Release, more: &[&str]) -> (Copy, Run) {
    let copy = Copy::of_library();
    assert_eq!(copy.run(&["generate"]).code, Some(0));
    let archive = release.write(&copy.path(""));
    let archive = archive.to_string_lossy().into_owned();
    let run = copy.run(&[&["model", "update", "--archive", &archive], more].concat());
    (copy, run)
}

/// The update must fail with this text, and leave models and crates as they were.
#[track_caller]
fn refused(release: &Release, more: &[&str], expected: &str) {
    let untouched = Copy::of_library();
    untouched.run(&["generate"]);
    let (copy, run) = update(release, more);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(run.stderr.contains("hint: "), "{}", run.stderr);
    for file in [
        "model/library/service.json",
        "model/SOURCE.toml",
        "generated/library/src/operation.rs",
    ] {
        assert_eq!(read(&copy.path(file)), read(&untouched.path(file)), "{file}");
    }
    let names = |copy: &Copy| {
        let entries = fs::read_dir(copy.path("")).expect("a folder");
        entries
            .filter(|entry| entry.as_ref().expect("an entry").path().is_dir())
            .count()
    };
    assert_eq!(names(&copy), names(&untouched), "a temporary folder is left");
}

#[test]
fn an_update_replaces_the_models_and_regenerates() {
    let (copy, run) = update(&Release::new(), &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(copy.path("generated/library/src/operation/renew.rs").exists());
    assert_eq!(read(&copy.path("model/LICENSE")), b"the license");
    assert!(!copy.path("model/museum").exists());
    let check = copy.run(&["check"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
}

#[test]
fn an_update_prints_what_it_changes_and_drafts_the_changelog() {
    let (_, run) = update(&Release::new(), &[]);
    assert!(
        run.stdout.contains("compatible (1)\n  operation `Renew`: added\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("semver: minor"), "{}", run.stdout);
    assert!(
        run.stdout.contains("From the models of botocore 9.8.7."),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("### Added\n\n- Operation `Renew`\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn an_update_writes_version_and_checksums_of_archive_and_files() {
    let (copy, _) = update(&Release::new(), &[]);
    let source: toml::Table = fs::read_to_string(copy.path("model/SOURCE.toml"))
        .expect("a file")
        .parse()
        .expect("TOML");
    assert_eq!(source["package"]["version"].as_str(), Some("9.8.7"));
    assert_eq!(
        source["package"]["sdist_sha256"].as_str(),
        Some(sha256(&copy.path("botocore-9.8.7.tar.gz")).as_str())
    );
    let files = source["file"].as_array().expect("files");
    assert_eq!(files.len(), 6);
    for file in files {
        let path = copy.path("model").join(file["path"].as_str().expect("a path"));
        assert_eq!(file["sha256"].as_str(), Some(sha256(&path).as_str()));
    }
    let service = files
        .iter()
        .find(|file| file["path"].as_str() == Some("library/service.json"))
        .expect("the model");
    assert_eq!(
        service["source"].as_str(),
        Some("botocore/data/library/2026-01-01/service-2.json")
    );
}

#[test]
fn an_archive_with_another_checksum_is_refused() {
    let zeros = "0".repeat(64);
    refused(
        &Release::new(),
        &["--sha256", &zeros],
        &format!("and {zeros} was expected"),
    );
}

/// As a folder that may not be written does, something in the place of a file or folder makes writing fail.
#[test]
fn crates_that_can_not_be_written_leave_models_and_crates_as_they_were() {
    for (obstacle, expected) in [
        ("generated/library/src/operation/renew.rs", "renew.rs is a folder"),
        ("generated/library/src/types", "types is a file"),
    ] {
        let copy = Copy::of_library();
        assert_eq!(copy.run(&["generate"]).code, Some(0));
        let path = copy.path(obstacle);
        if path.is_dir() {
            fs::remove_dir_all(&path).expect("removed");
            fs::write(&path, "a file").expect("written");
        } else {
            fs::create_dir(&path).expect("a folder");
        }
        let archive = Release::new().write(&copy.path(""));
        let before = copy.everything();
        let run = copy.run(&["model", "update", "--archive", &archive.to_string_lossy()]);
        assert_eq!(run.code, Some(1), "{}", run.stdout);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        assert!(copy.everything() == before, "something has changed");
    }
}

#[test]
fn a_broken_model_is_refused() {
    let mut release = Release::new();
    release.service = release.service.replace(r#""shape": "Branch""#, r#""shape": "Brunch""#);
    // The file is named as it can be found, in the archive: what was unpacked is gone.
    refused(
        &release,
        &[],
        "/botocore-9.8.7.tar.gz: botocore/data/library/2026-01-01/service-2.json: \
         $.shapes.BorrowBookRequest.members.Branch.shape: there is no shape `Brunch`",
    );
}

#[test]
fn an_archive_without_one_of_our_services_is_refused() {
    let release = Release {
        with_service: false,
        ..Release::new()
    };
    refused(&release, &[], "the service `library` isn't in it");
}

#[test]
fn a_service_to_add_that_is_unknown_is_refused() {
    refused(&Release::new(), &["--add", "cafe"], "the service `cafe` isn't in it");
}

#[test]
fn a_file_that_is_no_archive_is_refused() {
    let copy = Copy::of_library();
    fs::write(copy.path("botocore-1.0.0.tar.gz"), "no archive").expect("written");
    let archive = copy.path("botocore-1.0.0.tar.gz").to_string_lossy().into_owned();
    let run = copy.run(&["model", "update", "--archive", &archive]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr
            .contains("it must be botocore's source distribution, a .tar.gz"),
        "{}",
        run.stderr
    );
    assert!(copy.path("model/library/service.json").exists());
}

/// Of a file that has lost its end, or a bit of it.
#[test]
fn a_damaged_archive_is_refused() {
    let copy = Copy::of_library();
    let archive = Release::new().write(&copy.path(""));
    let whole = read(&archive);
    let before = read(&copy.path("model/SOURCE.toml"));
    let mut flipped = whole.clone();
    // The last eight bytes are the checksum and the length of what is inside.
    let checksum = whole.len() - 8;
    flipped[checksum] ^= 1;
    for damaged in [&whole[..checksum], &whole[..whole.len() / 2], &flipped] {
        fs::write(&archive, damaged).expect("written");
        let run = copy.run(&["model", "update", "--archive", &archive.to_string_lossy()]);
        assert_eq!(run.code, Some(1), "{}", run.stdout);
        assert!(run.stderr.contains("botocore-9.8.7.tar.gz: "), "{}", run.stderr);
        assert!(run.stderr.contains("and whole: download it again"), "{}", run.stderr);
        assert_eq!(read(&copy.path("model/SOURCE.toml")), before);
    }
}

#[test]
fn a_version_that_is_none_never_reaches_a_file() {
    let copy = Copy::of_library();
    let archive = Release::new().write(&copy.path(""));
    for name in [
        "botocore-9\"8.tar.gz",
        "botocore-.tar.gz",
        "botocore-latest.tar.gz",
        "other-9.8.7.tar.gz",
    ] {
        let named = copy.path(name);
        fs::copy(&archive, &named).expect("a copy");
        let run = copy.run(&["model", "update", "--archive", &named.to_string_lossy()]);
        assert_eq!(run.code, Some(1), "{name}: {}", run.stdout);
        assert!(
            run.stderr
                .contains("its name has no version\n  hint: call the file botocore-VERSION"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let untouched = Copy::of_library();
    untouched.run(&["generate"]);
    let (copy, run) = update(&Release::new(), &["--dry-run"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for says in [
        "operation `Renew`: added",
        " would be written, ",
        "a dry run: nothing was written\n",
    ] {
        assert!(run.stdout.contains(says), "no {says:?} in:\n{}", run.stdout);
    }
    for file in [
        "model/library/service.json",
        "model/SOURCE.toml",
        "generated/library/src/operation.rs",
    ] {
        assert_eq!(read(&copy.path(file)), read(&untouched.path(file)), "{file}");
    }
    assert!(!copy.path("generated/library/src/operation/renew.rs").exists());
    assert_eq!(copy.run(&["check"]).code, Some(0));
}

#[test]
fn a_downgrade_says_that_it_is_one() {
    let (copy, newer) = update(&Release::new(), &[]);
    assert!(!newer.stderr.contains("downgrade"), "{}", newer.stderr);
    // The archive is 9.8.7, and now so are the models.
    let archive = copy.path("botocore-9.8.7.tar.gz").to_string_lossy().into_owned();
    let same = copy.run(&["model", "update", "--archive", &archive]);
    assert!(
        same.stdout.contains("model/ has this version already\n"),
        "{}",
        same.stdout
    );
    copy.edit("model/SOURCE.toml", "version = \"9.8.7\"", "version = \"9.10.0\"");
    let older = copy.run(&["model", "update", "--dry-run", "--archive", &archive]);
    assert_eq!(older.code, Some(0));
    assert_eq!(
        older.stderr,
        "warning: this is a downgrade: model/ has botocore 9.10.0, and 9.8.7 is older\n"
    );
    let json = copy.run(&[
        "model",
        "update",
        "--dry-run",
        "--json",
        "--quiet",
        "--archive",
        &archive,
    ]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((&report["downgrade"], &report["dry_run"]), (&true.into(), &true.into()));
    assert_eq!((&report["from"], &report["to"]), (&"9.10.0".into(), &"9.8.7".into()));
}
