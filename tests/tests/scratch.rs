//! A user's crate that swaps ours in by one line of its `Cargo.toml`, and the features that this line may name.

#![allow(clippy::unwrap_used)]

#[path = "compat/scratch.rs"]
mod scratch;

use scratch::Scratch;
use std::fs;

/// The features of the official crate.
const OFFICIAL_FEATURES: [&str; 9] = [
    "behavior-version-latest",
    "default",
    "default-https-client",
    "gated-tests",
    "legacy-https-client",
    "legacy-test-util",
    "rt-tokio",
    "rustls",
    "test-util",
];

/// A user's program. It has no HTTP client, and no `default-https-client` to bring one.
const PROGRAM: &str = r#"
use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_cognitoidentityprovider::error::DisplayErrorContext;
use aws_sdk_cognitoidentityprovider::types::AuthFlowType;
use aws_sdk_cognitoidentityprovider::{Client, Config};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(Credentials::new("key", "secret", None, None, "program"))
            .region(Region::new("eu-west-1"));
        let client = Client::from_conf(config.build());
        let call = client.initiate_auth().auth_flow(AuthFlowType::UserPasswordAuth).client_id("client");
        println!("{}", DisplayErrorContext(call.send().await.unwrap_err()));
    });
}
"#;

#[test]
fn every_feature_of_the_official_crate_can_be_named() {
    let manifest = fs::read_to_string(scratch::root().join("generated/cognito-idp/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let missing: Vec<_> = OFFICIAL_FEATURES
        .iter()
        .filter(|name| !features.contains_key(**name))
        .collect();
    assert!(missing.is_empty(), "{missing:?} are missing");
    let default: Vec<_> = features["default"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|name| name.as_str())
        .collect();
    assert_eq!(default, ["rustls", "default-https-client", "rt-tokio"]);
}

#[test]
fn every_feature_can_be_turned_on() {
    let features = OFFICIAL_FEATURES.map(|name| format!("{name:?}")).join(", ");
    let settings = format!(", default-features = false, features = [{features}]");
    // With `behavior-version-latest` and `test-util`, this compiles and needs no behavior version.
    let source = "pub fn client() -> aws_sdk_cognitoidentityprovider::Client {
        let config = aws_sdk_cognitoidentityprovider::Config::builder().with_test_defaults_v2();
        aws_sdk_cognitoidentityprovider::Client::from_conf(config.build())
    }";
    let scratch = Scratch::new(
        "compat-features",
        &scratch::replacement(&settings),
        "src/lib.rs",
        source,
    );
    let output = scratch.cargo(&["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_program_swaps_the_crate_by_one_line_and_is_told_that_it_has_no_http_client() {
    let dependencies = scratch::replacement(", default-features = false, features = [\"rt-tokio\"]")
        + "tokio = { version = \"1\", features = [\"rt\", \"time\"] }\n";
    let scratch = Scratch::new("compat-program", &dependencies, "src/main.rs", PROGRAM);
    let output = scratch.cargo(&["run", "--quiet"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        text.contains("No HTTP client was available to send this request."),
        "{text}"
    );
}

/// A program whose one mistake is what it gives to `invoke`.
const WRONG_INPUT: &str = r#"
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::operation::sign_up::SignUpInput;

pub async fn sign_up(client: &Client) -> bool {
    client.invoke(SignUpInput::builder().username("alice")).await.is_ok()
}
"#;

#[test]
fn what_is_no_input_is_one_error_that_says_so() {
    let dependencies = scratch::replacement(", default-features = false, features = [\"rt-tokio\"]");
    let scratch = Scratch::new("compat-wrong-input", &dependencies, "src/lib.rs", WRONG_INPUT);
    let output = scratch.cargo(&["check", "--quiet"]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(
        text.contains("Builder<SignUpInput>` isn't the input of an operation"),
        "{text}"
    );
    assert_eq!(text.matches("error[").count(), 1, "{text}");
}
