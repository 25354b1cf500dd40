//! Services of AWS other than ours, from botocore's source distribution, which is downloaded once and kept below
//! `target/`. The sample has every feature that a model of a JSON service can have; `cognito-codegen every-service`
//! without `--services` takes all of them.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use support::{Copy, Run, copy_tree, repository, run};

/// Services of the sample, and what each is there for.
const SAMPLE: [(&str, &str); 13] = [
    (
        "dynamodb",
        "recursion, JSON 1.0, endpoints of accounts and of lists of parameters",
    ),
    ("kms", "blobs"),
    ("ssm", "idempotency tokens, maps of lists"),
    ("stepfunctions", "host prefixes, sensitive members"),
    ("logs", "event streams, which are left out"),
    ("sagemaker", "the greatest number of shapes"),
    ("sqs", "names of errors as in the protocol before, flattened lists"),
    (
        "cloudwatch",
        "compressed requests, which are left out; several protocols",
    ),
    ("kinesis", "parameters of endpoints in inputs and in operations"),
    ("verifiedpermissions", "recursion through unions, sensitive numbers"),
    ("budgets", "bounds of floating-point numbers"),
    ("mwaa-serverless", "documents, timestamps as text"),
    ("partnercentral-channel", "a signature for several regions"),
];

fn below_target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// botocore's source distribution of the version that `model/` is from, verified by its checksum.
static ARCHIVE: LazyLock<PathBuf> = LazyLock::new(|| {
    let archive = below_target("botocore.tar.gz").with_file_name(format!("botocore-{}.tar.gz", version()));
    let run = every_service(&archive, &["--services", "kms"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    archive
});

fn source() -> toml::Table {
    let text = fs::read_to_string(repository().join("model/SOURCE.toml")).expect("a file");
    text.parse().expect("TOML")
}

fn version() -> String {
    source()["package"]["version"].as_str().expect("a version").to_owned()
}

fn every_service(archive: &Path, more: &[&str]) -> Run {
    let root = repository();
    let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
        vec![&"--root", &root, &"every-service", &"--archive", &archive];
    arguments.extend(more.iter().map(|argument| argument as &dyn AsRef<std::ffi::OsStr>));
    run(&arguments)
}

#[test]
fn the_sample_compiles_without_a_warning_and_what_is_left_out_is_named() {
    let out = below_target("every-service");
    let services = SAMPLE.map(|(service, _)| service).join(",");
    let output = Command::new(env!("CARGO_BIN_EXE_cognito-codegen"))
        .arg("--root")
        .arg(repository())
        .args(["every-service", "--check", "--services", &services, "--archive"])
        .arg(ARCHIVE.as_path())
        .arg("--out")
        .arg(&out)
        .env("CARGO_TARGET_DIR", below_target("scratch"))
        .output()
        .expect("the command starts");
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    println!("{stdout}");
    assert!(output.status.success(), "{stdout}{stderr}");
    let left_out: Vec<_> = stdout.lines().filter(|line| line.starts_with("left out: ")).collect();
    assert_eq!(
        left_out,
        [
            "left out: kinesis SubscribeToShard: $.shapes.SubscribeToShardEventStream: an event stream is not supported",
            "left out: cloudwatch PutMetricData: $.operations.PutMetricData.requestcompression: the compression of \
             requests is not supported",
            "left out: logs GetLogObject: $.shapes.GetLogObjectResponseStream: an event stream is not supported",
            "left out: logs StartLiveTail: $.shapes.StartLiveTailResponseStream: an event stream is not supported",
        ]
    );
    assert!(stdout.contains("\n13 services"), "{stdout}");
    let read = |file: &str| fs::read_to_string(out.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    // A few of the features, where they must show; that cargo has compiled them is in the exit code.
    for (file, text) in [
        (
            "dynamodb/src/types/attribute_value.rs",
            "HashMap<String, AttributeValue>",
        ),
        ("verifiedpermissions/src/types/attribute_value.rs", "union! {"),
        ("stepfunctions/src/operation/start_sync_execution.rs", "fn host_prefix"),
        (
            "ssm/src/operation/create_patch_baseline.rs",
            "fn fill_idempotency_token",
        ),
        (
            "mwaa-serverless/src/operation/start_workflow_run.rs",
            "Map<JsonDocument>",
        ),
        ("mwaa-serverless/src/types/run_detail_summary.rs", "DateTimeText"),
    ] {
        assert!(read(file).contains(text), "{file} has no {text}");
    }
    assert!(!out.join("logs/src/operation/start_live_tail.rs").exists());
}

/// What models say: keys of operations, shapes and members, types, timestamp formats, functions of endpoint rules.
fn features(folder: &Path) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    let read =
        |file: &str| -> Option<serde_json::Value> { serde_json::from_slice(&fs::read(folder.join(file)).ok()?).ok() };
    let Some(service) = read("service-2.json") else {
        return features;
    };
    let objects = |value: &serde_json::Value| {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, it)| it.clone())
            .collect::<Vec<_>>()
    };
    let keys = |what: &str, value: &serde_json::Value, features: &mut BTreeSet<String>| {
        let members = value.as_object().into_iter().flatten();
        features.extend(members.map(|(key, _)| format!("{what}.{key}")));
    };
    keys("metadata", &service["metadata"], &mut features);
    for signature in service["metadata"]["auth"].as_array().into_iter().flatten() {
        features.insert(format!("signature {signature}"));
    }
    for operation in objects(&service["operations"]) {
        keys("operation", &operation, &mut features);
        for part in ["input", "output", "endpoint"] {
            keys(part, &operation[part], &mut features);
        }
    }
    for shape in objects(&service["shapes"]) {
        keys(shape["type"].as_str().unwrap_or_default(), &shape, &mut features);
        for member in objects(&shape["members"]) {
            keys("member", &member, &mut features);
        }
        for part in ["member", "key", "value"] {
            keys(part, &shape[part], &mut features);
        }
        if let Some(format) = shape["timestampFormat"].as_str() {
            features.insert(format!("timestamp as {format}"));
        }
    }
    if let Some(rules) = read("endpoint-rule-set-1.json") {
        functions(&rules["rules"], &mut features);
    }
    features
}

/// The functions that endpoint rules call.
fn functions(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            if let Some(name) = members.get("fn").and_then(serde_json::Value::as_str) {
                found.insert(format!("endpoint function {name}"));
            }
            members.values().for_each(|member| functions(member, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| functions(item, found)),
        _ => {}
    }
}

/// Parts of keys that say nothing about Rust code: they document, or are for other protocols.
const WITHOUT_EFFECT: [&str; 6] = [
    "ocumentation",
    "eprecated",
    "xml",
    "rapper",
    "ripServiceName",
    "string.box",
];

#[test]
fn the_sample_has_every_feature_that_any_service_has() {
    let unpacked = tempfile::tempdir().expect("a temporary folder");
    let file = fs::File::open(ARCHIVE.as_path()).expect("the archive");
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(file))
        .entries()
        .expect("a tar file")
    {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").into_owned();
        let wanted = ["service-2.json", "endpoint-rule-set-1.json"];
        if path.file_name().is_some_and(|name| wanted.iter().any(|it| name == *it)) {
            entry.unpack_in(unpacked.path()).expect("written");
        }
    }
    let data = unpacked.path().join(format!("botocore-{}/botocore/data", version()));
    let (mut all, mut sample, mut services) = (BTreeSet::new(), BTreeSet::new(), 0);
    for service in support::folders(&data) {
        let newest = support::folders(&service).pop().expect("a version");
        let Ok(text) = fs::read(newest.join("service-2.json")) else {
            continue;
        };
        let model: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        let protocols = &model["metadata"]["protocols"];
        let speaks_json = model["metadata"]["protocol"] == "json"
            || protocols.as_array().is_some_and(|it| it.iter().any(|it| it == "json"));
        if !speaks_json {
            continue;
        }
        services += 1;
        let name = service.file_name().expect("a name").to_string_lossy().into_owned();
        let features = features(&newest);
        // Our own two services are compiled anyway.
        if SAMPLE.iter().any(|(it, _)| *it == name) || ["cognito-idp", "cognito-identity"].contains(&name.as_str()) {
            sample.extend(features.iter().cloned());
        }
        all.extend(features);
    }
    all.retain(|feature| !WITHOUT_EFFECT.iter().any(|key| feature.contains(key)));
    let missing: Vec<_> = all.difference(&sample).collect();
    println!(
        "every-service: {services} services have {} features, {} are in the sample",
        all.len(),
        all.len() - missing.len()
    );
    assert_eq!(services, 153);
    assert!(missing.is_empty(), "the sample lacks {missing:?}");
}

#[test]
fn an_unknown_service_is_an_error_that_says_where_names_come_from() {
    let run = every_service(&ARCHIVE, &["--services", "dynamo"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("called `dynamo`\n  hint: "), "{}", run.stderr);
}

#[test]
fn an_archive_with_another_checksum_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = folder.path().join(format!("botocore-{}.tar.gz", version()));
    fs::write(&archive, "something else").expect("written");
    let run = every_service(&archive, &[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("was expected\n  hint: "), "{}", run.stderr);
}

/// The real update, from an older state of the repository to the one that is committed.
#[test]
fn an_update_to_our_version_gives_the_models_and_crates_that_are_committed() {
    let copy = Copy::of_repository();
    let old = repository().join("codegen/tests/history/1.34.162/cognito-idp/2016-04-18");
    fs::copy(old.join("service-2.json"), copy.path("model/cognito-idp/service.json")).expect("copied");
    copy.edit("model/SOURCE.toml", "1.44.5", "1.34.162");
    fs::remove_dir_all(copy.path("model/cognito-identity")).expect("removed");
    fs::remove_dir_all(copy.path("generated/cognito-identity")).expect("removed");
    let archive = ARCHIVE.to_string_lossy().into_owned();
    let run = copy.run(&["model", "update", "--add", "cognito-identity", "--archive", &archive]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("semver: minor"), "{}", run.stdout);
    assert!(run.stdout.contains("cognito-identity\na new service"), "{}", run.stdout);
    let committed = tempfile::tempdir().expect("a temporary folder");
    copy_tree(&repository().join("model"), &committed.path().join("model"));
    for folder in ["", "cognito-idp", "cognito-identity"] {
        let names = |root: &Path| -> BTreeSet<_> {
            let entries = fs::read_dir(root.join(folder)).expect("a folder");
            entries.map(|entry| entry.expect("an entry").file_name()).collect()
        };
        let (ours, updated) = (committed.path().join("model"), copy.path("model"));
        assert_eq!(names(&updated), names(&ours), "{folder}");
        for name in names(&ours) {
            let file = Path::new(folder).join(name);
            if ours.join(&file).is_file() {
                let read = |root: &Path| fs::read(root.join(&file)).expect("a file");
                assert!(read(&updated) == read(&ours), "{} differs", file.display());
            }
        }
    }
    let check = copy.run(&["check"]);
    assert_eq!(check.code, Some(0), "{}", check.stderr);
    let read = |file: PathBuf| fs::read(file).expect("a file");
    let file = "generated/cognito-idp/src/client.rs";
    assert!(read(copy.path(file)) == read(repository().join(file)));
}
