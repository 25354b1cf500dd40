//! `model diff` on the real history of cognito-idp: what AWS did in seven years, from models as botocore had them.

mod support;

use cognito_codegen::diff::{Area, Bump, Change, Effect, What, diff};
use cognito_codegen::model::{Service, ShapeKind};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use support::{repository, run};

const RELEASES: [&str; 3] = ["1.12.90", "1.20.112", "1.34.162"];

fn history() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history")
}

fn folder(release: &str) -> PathBuf {
    history().join(release).join("cognito-idp/2016-04-18")
}

fn load(folder: &Path) -> Service {
    Service::load(folder).unwrap_or_else(|errors| panic!("{errors}"))
}

fn now() -> Service {
    load(&repository().join("model/cognito-idp"))
}

/// What has changed since this release.
fn since(release: &str) -> Vec<Change> {
    diff(&load(&folder(release)), &now()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The subjects of the changes of one kind.
fn subjects(changes: &[Change], area: Area, what: impl Fn(&What) -> bool) -> Vec<&str> {
    let of_kind = changes
        .iter()
        .filter(|change| change.area == area && what(&change.what));
    of_kind.map(|change| change.subject.as_str()).collect()
}

fn breaking(changes: &[Change]) -> Vec<String> {
    let breaking = changes.iter().filter(|change| change.effect == Effect::Breaking);
    breaking.map(ToString::to_string).collect()
}

fn unsigned(what: &What) -> bool {
    *what == What::Changed("signed → unsigned".to_owned())
}

fn values<'a>(service: &'a Service, name: &str) -> &'a [String] {
    match &service.shapes[name].kind {
        ShapeKind::String {
            values: Some(values), ..
        } => values,
        other => panic!("{name} is a {}", other.name()),
    }
}

#[test]
fn the_history_is_as_aws_wrote_it() {
    let source: toml::Table = fs::read_to_string(history().join("SOURCE.toml"))
        .expect("a file")
        .parse()
        .expect("TOML");
    let releases = source["release"].as_array().expect("releases");
    let versions: Vec<_> = releases
        .iter()
        .filter_map(|release| release["version"].as_str())
        .collect();
    assert_eq!(versions, RELEASES);
    for file in releases
        .iter()
        .flat_map(|release| release["file"].as_array().expect("files"))
    {
        let path = history().join(file["path"].as_str().expect("a path"));
        let sha256: String = Sha256::digest(fs::read(&path).expect("a file"))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            Some(sha256.as_str()),
            file["sha256"].as_str(),
            "{} was edited",
            path.display()
        );
    }
}

#[test]
fn the_oldest_model_is_read_as_it_was() {
    let old = load(&folder("1.12.90"));
    assert_eq!(old.operations.len(), 96);
    assert_eq!(
        values(&old, "ExplicitAuthFlowsType"),
        ["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"]
    );
    assert_eq!(values(&old, "EventResponseType"), ["Success", "Failure"]);
    assert_eq!(now().operations.len(), 141);
}

#[test]
fn since_1_12_90_seven_changes_break() {
    let changes = since("1.12.90");
    assert_eq!(
        breaking(&changes),
        [
            "type `AnalyticsConfigurationType`: `build()` gives a `Result` → `build()` can't fail",
            "member `AnalyticsConfigurationType.application_id`: `String` → optional `String`",
            "member `AnalyticsConfigurationType.external_id`: `String` → optional `String`",
            "member `AnalyticsConfigurationType.role_arn`: `String` → optional `String`",
            "enum value `EventResponseType::Failure`: removed",
            "enum value `EventResponseType::Success`: removed",
            "error `ForgotPasswordError::UserNotConfirmedException`: removed",
        ]
    );
    assert_eq!(Bump::of(&changes), Bump::Major);
}

#[test]
fn since_1_12_90_twelve_operations_need_no_signature_any_more_and_45_are_new() {
    let changes = since("1.12.90");
    assert_eq!(
        subjects(&changes, Area::Auth, unsigned),
        [
            "AssociateSoftwareToken",
            "ConfirmDevice",
            "ForgetDevice",
            "GetDevice",
            "GlobalSignOut",
            "InitiateAuth",
            "ListDevices",
            "RespondToAuthChallenge",
            "SetUserMFAPreference",
            "UpdateAuthEventFeedback",
            "UpdateDeviceStatus",
            "VerifySoftwareToken",
        ]
    );
    assert_eq!(
        subjects(&changes, Area::Operation, |what| *what == What::Added).len(),
        141 - 96
    );
    assert_eq!(
        subjects(&changes, Area::Operation, |what| *what == What::Removed),
        [""; 0]
    );
}

#[test]
fn since_1_12_90_enums_have_the_values_that_aws_added() {
    let changes = since("1.12.90");
    let added = subjects(&changes, Area::EnumValue, |what| *what == What::Added);
    let of = |name: &str| {
        added
            .iter()
            .filter(|value| value.starts_with(&format!("{name}::")))
            .count()
    };
    let (old, new) = (load(&folder("1.12.90")), now());
    let grown = values(&new, "ExplicitAuthFlowsType").len() - values(&old, "ExplicitAuthFlowsType").len();
    assert_eq!((of("ExplicitAuthFlowsType"), of("EventResponseType")), (grown, 3));
    assert!(added.contains(&"ExplicitAuthFlowsType::AllowUserSrpAuth"), "{added:?}");
}

#[test]
fn the_releases_in_between_ask_for_what_they_should() {
    let changes = since("1.20.112");
    assert_eq!(
        breaking(&changes),
        [
            "enum value `EventResponseType::Failure`: removed",
            "enum value `EventResponseType::Success`: removed",
            "error `ForgotPasswordError::UserNotConfirmedException`: removed",
        ]
    );
    assert_eq!(Bump::of(&changes), Bump::Major);
    assert_eq!(subjects(&changes, Area::Auth, unsigned).len(), 11);

    let changes = since("1.34.162");
    assert_eq!(breaking(&changes), [""; 0]);
    assert_eq!(Bump::of(&changes), Bump::Minor);
    assert_eq!(
        subjects(&changes, Area::Operation, |what| *what == What::Added).len(),
        38
    );
}

/// Without gaps: what came between two releases and then between the second and now is what came in all, except for
/// what came and went.
#[test]
fn two_steps_lead_where_one_does() {
    let (old, between, new) = (load(&folder("1.12.90")), load(&folder("1.20.112")), now());
    let operations = |from: &Service, to: &Service| -> Vec<String> {
        let changes = diff(from, to).unwrap_or_else(|errors| panic!("{errors}"));
        let added = subjects(&changes, Area::Operation, |what| *what == What::Added);
        added.into_iter().map(str::to_owned).collect()
    };
    let mut steps = [operations(&old, &between), operations(&between, &new)].concat();
    steps.sort();
    assert_eq!(steps, operations(&old, &new));
}

#[test]
fn the_command_prints_report_bump_and_changelog() {
    let run = run(&[
        &"model",
        &"diff",
        &folder("1.12.90"),
        &repository().join("model/cognito-idp"),
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for text in [
        "breaking (7)\n",
        "    45  operation, compatible\n",
        "    12  auth, compatible, behaves differently\n",
        "semver: major\n\n## ",
        "### Removed\n\n- Enum values `EventResponseType::Failure`, `EventResponseType::Success`\n",
    ] {
        assert!(run.stdout.contains(text), "no {text:?} in\n{}", run.stdout);
    }
}
