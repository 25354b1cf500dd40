//! What users of the AWS SDK put beside it, with the official crate and with ours.
//!
//! The modules below `ecosystem/user` are what users write. Each is compiled against both crates, as `sdk`, and returns
//! what its user sees, line by line. A test compares the two, and looks for what must be there, so that two empty
//! results are not the same.

// Compiling them twice is what they are for.
#![allow(clippy::duplicate_mod)]
#![allow(clippy::unwrap_used)]

use std::process::Command;

#[path = "ecosystem/user"]
mod official {
    pub(crate) use aws_sdk_cognitoidentityprovider as sdk;

    #[path = "configuration.rs"]
    pub(crate) mod configuration;
    #[path = "convert.rs"]
    pub(crate) mod convert;
    #[path = "errors.rs"]
    pub(crate) mod errors;
    #[path = "http_clients.rs"]
    pub(crate) mod http_clients;
    #[path = "identity.rs"]
    pub(crate) mod identity;
    #[path = "interceptors.rs"]
    pub(crate) mod interceptors;
    #[path = "mocks.rs"]
    pub(crate) mod mocks;
    #[path = "retries.rs"]
    pub(crate) mod retries;
    #[path = "setup.rs"]
    pub(crate) mod setup;
}

#[path = "ecosystem/user"]
mod ours {
    pub(crate) use cognito_idp as sdk;

    #[path = "configuration.rs"]
    pub(crate) mod configuration;
    #[path = "convert.rs"]
    pub(crate) mod convert;
    #[path = "errors.rs"]
    pub(crate) mod errors;
    #[path = "http_clients.rs"]
    pub(crate) mod http_clients;
    #[path = "identity.rs"]
    pub(crate) mod identity;
    #[path = "interceptors.rs"]
    pub(crate) mod interceptors;
    #[path = "mocks.rs"]
    pub(crate) mod mocks;
    #[path = "retries.rs"]
    pub(crate) mod retries;
    #[path = "setup.rs"]
    pub(crate) mod setup;
}

#[path = "ecosystem/from_env.rs"]
mod from_env;

/// What is seen of a response, without its body: ours doesn't show it.
fn without_body(text: &str) -> String {
    const START: &str = "inner: Once(Some(b\"";
    const END: &str = "\"))";
    let Some((before, body)) = text.split_once(START) else {
        return text.to_owned();
    };
    let (body, after) = body.split_once(END).unwrap_or((body, ""));
    let inner = if body.is_empty() {
        "inner: Once(Some(b\"\"))"
    } else {
        "inner: BoxBody"
    };
    format!("{before}{inner}{}", without_body(after))
}

/// Compares what the users of the two crates see, and returns it.
fn same(official: Vec<String>, ours: Vec<String>) -> String {
    let official: Vec<String> = official.iter().map(|text| without_body(text)).collect();
    let pairs = official
        .iter()
        .zip(&ours)
        .enumerate()
        .filter(|(_, (official, ours))| official != ours);
    let different: Vec<String> = pairs
        .map(|(line, (official, ours))| format!("line {line}\n  official: {official}\n  ours:     {ours}"))
        .collect();
    assert!(different.is_empty(), "not the same:\n{}", different.join("\n"));
    assert_eq!(
        ours.len(),
        official.len(),
        "one of them sees more lines:\n{ours:#?}\n{official:#?}"
    );
    ours.join("\n")
}

macro_rules! same {
    (async $($function:tt)+) => {
        same(official::$($function)+().await, ours::$($function)+().await)
    };
    ($($function:tt)+) => {
        same(official::$($function)+(), ours::$($function)+())
    };
}

#[tokio::test]
async fn mock_rules_match_by_input_and_give_outputs_and_errors() {
    let seen = same!(async mocks::matching);
    for part in ["Ok(AdminGetUserOutput", "\ntrue\n", "\n1 1 1"] {
        assert!(seen.contains(part), "{part} isn't in\n{seen}");
    }
}

#[tokio::test]
async fn mock_sequences_answer_one_by_one_and_retries_go_through_them() {
    let seen = same!(async mocks::sequence);
    assert!(seen.contains("from HTTP") && seen.contains("built"), "{seen}");
}

#[tokio::test]
async fn mock_http_responses_go_through_the_deserializer() {
    let seen = same!(async mocks::http_responses);
    assert!(
        seen.contains("TooManyRequestsException") && seen.contains("eu-central-1"),
        "{seen}"
    );
}

#[tokio::test]
async fn requests_are_the_same_to_the_last_header() {
    let seen = same!(async http_clients::requests);
    assert!(seen.contains("AWS4-HMAC-SHA256") && seen.contains("attempt=2; max=3") && seen.contains("alice, bob"));
}

#[tokio::test]
async fn static_replay_checks_the_requests_it_was_told_to_expect() {
    assert!(same!(async http_clients::static_replay).contains("alice"));
}

#[tokio::test]
async fn capture_request_gets_the_request() {
    assert!(same!(async http_clients::captured).contains("signed: false"));
}

#[tokio::test]
async fn recorded_traffic_is_replayed_from_its_file() {
    assert!(same!(async http_clients::record_and_replay).contains("UserNotFoundException"));
}

#[tokio::test]
async fn a_custom_http_client_gets_requests_and_timeouts() {
    let seen = same!(async http_clients::custom);
    assert!(seen.contains("AdminGetUser") && seen.contains("Some(7s)"), "{seen}");
}

#[tokio::test]
async fn interceptors_run_in_the_same_order_and_see_the_same() {
    let seen = same!(async interceptors::order);
    assert!(
        seen.contains("-override") && seen.contains("-call") && seen.contains("alice-first-second"),
        "{seen}"
    );
}

#[tokio::test]
async fn map_request_and_mutate_request_come_before_the_signature() {
    let seen = same!(async interceptors::changed_requests);
    assert!(
        seen.contains("x-step: mutated, mapped") && seen.contains("not today"),
        "{seen}"
    );
}

#[tokio::test]
async fn config_override_changes_one_call() {
    let seen = same!(async interceptors::overridden_settings);
    for part in [
        "ap-south-1",
        "localhost:9229",
        "Credential=other",
        "attempt=1; max=1",
        "attempt=1; max=3",
    ] {
        assert!(seen.contains(part), "{part} isn't in\n{seen}");
    }
}

#[tokio::test]
async fn error_responses_print_the_same() {
    let seen = same!(async errors::responses);
    assert!(
        seen.contains("UserNotFoundException: no such user") && seen.contains("SomethingNewException"),
        "{seen}"
    );
}

#[tokio::test]
async fn unreadable_answers_are_errors_of_the_same_kind() {
    let seen = same!(async errors::unreadable);
    assert!(
        seen.contains("response error a response that can't be read Some(StatusCode(200))"),
        "{seen}"
    );
}

#[tokio::test]
async fn broken_connections_print_the_same() {
    assert!(same!(async errors::connections).contains("the cable is cut"));
}

#[tokio::test]
async fn the_question_mark_turns_every_error_into_the_crates_error() {
    assert!(same!(async errors::question_mark).contains("AliasExistsException"));
}

#[tokio::test]
async fn the_crates_error_has_the_same_source() {
    same!(async errors::chain);
}

#[test]
fn values_print_the_same_and_keep_the_same_secrets() {
    let seen = same!(errors::values);
    assert!(
        seen.contains("*** Sensitive Data Redacted ***") && !seen.contains("\"secret\""),
        "{seen}"
    );
}

#[tokio::test]
async fn the_same_answers_are_tried_again() {
    let seen = same!(async retries::classification);
    assert!(
        seen.contains("500 InternalErrorException: attempt=1; max=3 | attempt=2; max=3 | attempt=3; max=3"),
        "{seen}"
    );
}

#[tokio::test]
async fn an_unreadable_success_is_not_tried_again() {
    same!(async retries::unreadable_success);
}

#[tokio::test]
async fn retry_settings_and_behavior_versions_mean_the_same() {
    let seen = same!(async retries::settings);
    assert!(seen.contains("attempt=5; max=5"), "{seen}");
}

#[tokio::test]
async fn custom_retry_classifiers_have_their_say() {
    let seen = same!(async retries::custom_classifiers);
    assert!(
        seen.contains("on UserNotFoundException: attempt=1; max=3 | attempt=2; max=3"),
        "{seen}"
    );
}

#[tokio::test]
async fn the_same_connection_failures_are_tried_again() {
    let seen = same!(async retries::connections);
    assert!(seen.contains("timeout: 3") && seen.contains("user: 1"), "{seen}");
}

#[tokio::test]
async fn timeouts_of_attempts_are_tried_again_and_those_of_calls_are_not() {
    let seen = same!(async retries::timeouts);
    assert!(
        seen.starts_with("2 request has timed out") && seen.contains("\n1 request has timed out"),
        "{seen}"
    );
}

#[tokio::test]
async fn credentials_are_kept_by_the_identity_cache() {
    let seen = same!(async identity::cached);
    assert!(
        seen.contains("1 calls") && seen.contains("2 calls") && seen.contains("OWN"),
        "{seen}"
    );
}

#[tokio::test]
async fn without_credentials_only_operations_without_signature_are_sent() {
    let seen = same!(async identity::missing);
    assert!(
        seen.contains("the vault is locked") && seen.ends_with("Some(\"s\")\nfalse"),
        "{seen}"
    );
}

#[tokio::test]
async fn allow_no_auth_sends_unsigned() {
    assert!(!same!(async identity::unsigned).contains("authorization"));
}

#[tokio::test]
async fn timestamps_convert_to_chrono() {
    assert!(same!(async convert::timestamps).contains("2023-11-14T22:13:20.250+00:00"));
}

#[tokio::test]
async fn everything_that_aws_config_loads_is_used() {
    let seen = same!(async configuration::loaded);
    for part in [
        "https://cognito-idp-fips.eu-north-1.",
        "app/shop",
        "lib/axum/0.8",
        "max_attempts: 7",
        "9s",
    ] {
        assert!(seen.contains(part), "{part} isn't in\n{seen}");
    }
}

#[tokio::test]
async fn profile_files_set_the_endpoint() {
    let seen = same!(async configuration::profiles);
    for port in [2000, 4000, 6000] {
        assert!(
            seen.contains(&format!("http://localhost:{port}/")),
            "{port} isn't in\n{seen}"
        );
    }
    assert!(
        !["1000", "3000", "5000"].iter().any(|port| seen.contains(port)),
        "{seen}"
    );
}

#[tokio::test]
async fn the_user_agent_names_service_app_and_settings() {
    let seen = same!(async configuration::user_agents);
    assert!(
        seen.contains("api/cognitoidentityprovider") && seen.contains("app/shop"),
        "{seen}"
    );
}

#[test]
fn a_client_without_behavior_version_panics_and_says_how_to_mend_it() {
    assert!(same!(configuration::panics).contains("A behavior major version must be set"));
}

#[tokio::test]
async fn a_call_without_region_or_with_a_wrong_endpoint_says_so() {
    let seen = same!(async configuration::send_errors);
    assert!(
        seen.contains("Missing Region") && seen.contains("FIPS and custom endpoint are not supported"),
        "{seen}"
    );
}

#[tokio::test]
async fn what_is_no_url_is_said_without_the_secrets_of_the_request() {
    same!(async configuration::not_urls);
}

/// Runs a test of this program that is ignored otherwise, with just these variables, and returns what it prints.
fn in_process(test: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture"]).env_clear();
    // So that no setting of this machine is read.
    let empty = tempfile::tempdir().unwrap();
    command
        .env("HOME", empty.path())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{test} failed with {variables:?}:\n{text}{stderr}"
    );
    text
}

#[tokio::test]
#[ignore = "run by the tests of the environment, with variables set"]
async fn child_loads_the_environment() {
    println!("{}", same!(async configuration::environment));
}

#[test]
fn the_environment_sets_endpoint_region_and_credentials() {
    let base = [
        ("AWS_REGION", "sa-east-1"),
        ("AWS_ACCESS_KEY_ID", "ENVKEY"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let all = ("AWS_ENDPOINT_URL", "http://localhost:1000");
    let own = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "http://localhost:2000");
    let other = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY", "http://localhost:3000");
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    let regional = "https://cognito-idp.sa-east-1.amazonaws.com/";
    let cases: [(&[(&str, &str)], &str); 7] = [
        (&[], regional),
        (&[all], "http://localhost:1000/"),
        (&[own], "http://localhost:2000/"),
        (&[all, own], "http://localhost:2000/"),
        (&[other], regional),
        (&[all, own, ignore], regional),
        (
            &[
                ("AWS_MAX_ATTEMPTS", "8"),
                ("AWS_RETRY_MODE", "adaptive"),
                ("AWS_SDK_UA_APP_ID", "till"),
            ],
            "app/till",
        ),
    ];
    for (variables, expected) in cases {
        let text = in_process("child_loads_the_environment", &[&base, variables].concat());
        assert!(
            text.contains(expected) && text.contains("ENVKEY"),
            "{variables:?}: {expected} isn't in\n{text}"
        );
    }
}

#[test]
fn an_environment_without_region_or_credentials_is_reported_the_same() {
    let credentials = [("AWS_ACCESS_KEY_ID", "ENVKEY"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    let text = in_process("child_loads_the_environment", &credentials);
    assert!(text.contains("Missing Region"), "{text}");
    let text = in_process("child_loads_the_environment", &[("AWS_REGION", "sa-east-1")]);
    assert!(text.contains("the credential provider was not enabled"), "{text}");
}
