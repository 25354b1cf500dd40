//! `Config::from_env`, which only our crate has.

use super::in_process;
use aws_smithy_http_client::test_util::capture_request;
use cognito_idp::config::retry::RetryMode;
use cognito_idp::config::{BehaviorVersion, Builder, Credentials, Region};
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::{Client, Config};

#[tokio::test]
#[ignore = "run by the tests of this module, with variables set"]
async fn child_reads_the_environment() {
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(error) => return println!("{}: {error}", error.variable()),
    };
    let (http, request) = capture_request(None);
    let client = Client::from_conf(config.to_builder().http_client(http).build());
    // The empty answer lacks the user name, which the output forgives.
    let sent = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await;
    if let Err(error) = sent {
        return println!("{}", DisplayErrorContext(error));
    }
    let request = request.expect_request();
    println!("{} {}", request.uri(), request.headers().get("authorization").unwrap());
    println!("{:?}", request.headers().get("x-amz-security-token"));
    println!("{}", request.headers().get("x-amz-user-agent").unwrap());
    println!(
        "{:?}",
        config
            .retry_config()
            .map(|retry| (retry.mode() == RetryMode::Adaptive, retry.max_attempts()))
    );
    println!("{config:?}");
}

#[tokio::test]
#[ignore = "run by the tests of this module, with variables set"]
async fn child_calls_in_each_way() {
    let config = Config::from_env().unwrap();
    let region = Region::new("eu-west-1");
    let credentials = Credentials::new("OWNKEY", "hidden", None, None, "test");
    let own = Config::builder()
        .region(region.clone())
        .credentials_provider(credentials);
    println!("signed: {}", signed(config.to_builder(), None).await);
    println!("unsigned: {}", unsigned(config.to_builder()).await);
    println!(
        "with its own settings: {}",
        signed(config.to_builder(), Some(own)).await
    );
    let regional = config.to_builder().region(region);
    println!("region set: {}", signed(regional.clone(), None).await);
    println!(
        "without authentication: {}",
        signed(regional.allow_no_auth(), None).await
    );
}

/// Where a signed call goes, or why it fails.
async fn signed(config: Builder, own: Option<Builder>) -> String {
    let (http, request) = capture_request(None);
    let client = Client::from_conf(config.http_client(http).build());
    let call = client.admin_get_user().user_pool_id("pool").username("alice");
    let sent = match own {
        Some(own) => call.customize().config_override(own).send().await,
        None => call.send().await,
    };
    match sent {
        Ok(_) => request.expect_request().uri().to_owned(),
        Err(error) => DisplayErrorContext(error).to_string(),
    }
}

/// Where an unsigned call goes, or why it fails.
async fn unsigned(config: Builder) -> String {
    let (http, request) = capture_request(None);
    let client = Client::from_conf(config.http_client(http).build());
    let sent = client.forgot_password().client_id("client").username("alice").send();
    match sent.await {
        Ok(_) => request.expect_request().uri().to_owned(),
        Err(error) => DisplayErrorContext(error).to_string(),
    }
}

#[tokio::test]
#[ignore = "run by the test of paginators, with variables set"]
async fn child_lists_users() {
    let config = Config::from_env().expect("no variable is wrong");
    let mut pages = Client::from_conf(config)
        .list_users()
        .user_pool_id("pool")
        .into_paginator()
        .send();
    let page = pages.next().await.expect("there is a first page");
    println!("{}", DisplayErrorContext(page.expect_err("something is missing")));
}

const CREDENTIALS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "ENVKEY"),
    ("AWS_SECRET_ACCESS_KEY", "hidden"),
    ("AWS_SESSION_TOKEN", "token"),
];

fn read(variables: &[(&str, &str)]) -> String {
    in_process("from_env::child_reads_the_environment", variables)
}

fn read_with_credentials(variables: &[(&str, &str)]) -> String {
    read(&[&CREDENTIALS, variables].concat())
}

#[test]
fn from_env_takes_region_credentials_retries_and_app_name() {
    let text = read_with_credentials(&[
        ("AWS_REGION", "eu-west-3"),
        ("AWS_DEFAULT_REGION", "us-east-2"),
        ("AWS_RETRY_MODE", "adaptive"),
        ("AWS_MAX_ATTEMPTS", "6"),
        ("AWS_SDK_UA_APP_ID", "till"),
    ]);
    for part in [
        "https://cognito-idp.eu-west-3.amazonaws.com/",
        "ENVKEY",
        "Some(\"token\")",
        "(true, 6)",
        "app/till",
    ] {
        assert!(text.contains(part), "{part} isn't in\n{text}");
    }
    assert!(!text.contains("hidden"), "{text}");
}

#[test]
fn from_env_falls_back_to_the_default_region() {
    assert!(read_with_credentials(&[("AWS_DEFAULT_REGION", "us-east-2")]).contains("cognito-idp.us-east-2."));
}

#[test]
fn from_env_prefers_the_services_own_endpoint() {
    let region = ("AWS_REGION", "eu-west-3");
    let all = ("AWS_ENDPOINT_URL", "http://localhost:1000");
    let own = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "http://localhost:2000");
    let ignore = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
    assert!(read_with_credentials(&[region, all]).contains("http://localhost:1000/"));
    assert!(read_with_credentials(&[region, all, own]).contains("http://localhost:2000/"));
    assert!(read_with_credentials(&[region, all, own, ignore]).contains("amazonaws.com"));
}

#[test]
fn from_env_uses_fips_and_dual_stack() {
    let (region, fips) = (("AWS_REGION", "us-east-2"), ("AWS_USE_FIPS_ENDPOINT", "true"));
    let dual_stack = ("AWS_USE_DUALSTACK_ENDPOINT", "true");
    let text = read_with_credentials(&[region, fips]);
    assert!(
        text.contains("https://cognito-idp-fips.us-east-2.amazonaws.com/"),
        "{text}"
    );
    let text = read_with_credentials(&[region, dual_stack]);
    assert!(text.contains("https://cognito-idp.us-east-2.amazonaws.com/"), "{text}");
    let text = read_with_credentials(&[("AWS_REGION", "eu-west-1"), fips, dual_stack]);
    assert!(text.contains("https://cognito-idp-fips.eu-west-1.api.aws/"), "{text}");
}

#[test]
fn from_env_names_the_variable_that_it_can_not_use_and_what_it_allows() {
    for (name, value, allowed) in [
        ("AWS_MAX_ATTEMPTS", "0", "a number from 1"),
        ("AWS_MAX_ATTEMPTS", "many", "a number from 1"),
        ("AWS_RETRY_MODE", "sometimes", "standard or adaptive"),
        ("AWS_RETRY_MODE", "legacy", "standard or adaptive"),
        ("AWS_USE_FIPS_ENDPOINT", "yes", "neither true nor false"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "1", "neither true nor false"),
        ("AWS_SDK_UA_APP_ID", "two words", "app name"),
        ("AWS_REGION", "eu west 1", "one such as eu-west-1"),
        ("AWS_DEFAULT_REGION", "https://x", "one such as eu-west-1"),
    ] {
        let text = read_with_credentials(&[(name, value)]);
        let says = format!("{name}: the environment variable {name} ");
        assert!(
            text.contains(&says) && text.contains(allowed),
            "{name}={value}:\n{text}"
        );
    }
}

#[test]
fn from_env_ignores_white_space_and_what_is_blank() {
    let region = ("AWS_REGION", " eu-west-3\n");
    let all = ("AWS_ENDPOINT_URL", " http://localhost:1000\n");
    let own = |value| ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", value);
    assert!(read_with_credentials(&[region]).contains("cognito-idp.eu-west-3."));
    let blank = [("AWS_REGION", " "), ("AWS_DEFAULT_REGION", "us-east-2")];
    assert!(read_with_credentials(&blank).contains("cognito-idp.us-east-2."));
    let trimmed = read_with_credentials(&[region, all, own("\thttp://localhost:2000 ")]);
    assert!(trimmed.contains("http://localhost:2000/"), "{trimmed}");
    for blank in ["", " ", "\t\n"] {
        assert!(read_with_credentials(&[region, all, own(blank)]).contains("http://localhost:1000/"));
    }
}

#[test]
fn from_env_lets_code_set_what_the_environment_lacks() {
    let calls = |variables: &[(&str, &str)], expected: [&str; 5]| {
        let text = in_process("from_env::child_calls_in_each_way", variables);
        let ways = [
            "signed",
            "unsigned",
            "with its own settings",
            "region set",
            "without authentication",
        ];
        for (way, expected) in ways.into_iter().zip(expected) {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("{way}: ")));
            assert!(
                line.is_some_and(|line| line.contains(expected)),
                "{variables:?}: {way}: {expected} isn't in\n{text}"
            );
        }
    };
    let aws = "https://cognito-idp.eu-west-1.amazonaws.com/";
    let local = "http://localhost:1000/";
    let (no_region, no_key) = ("AWS_REGION isn't set", "AWS_ACCESS_KEY_ID isn't set");
    calls(&[], [no_region, no_region, aws, no_key, aws]);
    calls(&[("AWS_ENDPOINT_URL", local)], [no_region, local, local, no_key, local]);
    calls(&[("AWS_REGION", "eu-west-1")], [no_key, aws, aws, no_key, aws]);
}

#[test]
fn from_env_names_what_a_call_lacks() {
    let lacking = |variables: &[(&str, &str)], name: &str| {
        let text = read(variables);
        let says = format!("failed to construct request: the environment variable {name} isn't set");
        assert!(text.contains(&says) && !text.contains("regenerat"), "{text}");
    };
    let endpoint = ("AWS_ENDPOINT_URL", "http://localhost:1000");
    lacking(&[], "AWS_REGION");
    lacking(&CREDENTIALS, "AWS_REGION");
    lacking(&[&CREDENTIALS[..], &[endpoint]].concat(), "AWS_REGION");
    lacking(&[("AWS_REGION", "eu-west-3")], "AWS_ACCESS_KEY_ID");
}

#[test]
fn from_env_wants_a_url_with_a_scheme_and_does_not_quote_another() {
    let region = ("AWS_REGION", "eu-west-3");
    for (url, says) in [
        ("localhost:9229", "has no scheme; begin it with https:// or http://"),
        (
            "hunter2@example.com",
            "has no scheme; begin it with https:// or http://",
        ),
        ("ftp://hunter2@example.com", "neither http nor https"),
        ("https://hunter2 example", "isn't a URL"),
    ] {
        for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] {
            let text = read_with_credentials(&[region, (name, url)]);
            let names = format!("{name}: the environment variable {name} ");
            assert!(text.contains(&names) && text.contains(says), "{text}");
            assert!(!text.contains("hunter2") && !text.contains("9229"), "{text}");
        }
    }
    let upper_case = read_with_credentials(&[region, ("AWS_ENDPOINT_URL", "HTTP://localhost:1000")]);
    assert!(upper_case.contains("localhost:1000/"), "{upper_case}");
    let ignored = [
        region,
        ("AWS_ENDPOINT_URL", "x"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
    ];
    assert!(read_with_credentials(&ignored).contains("amazonaws.com"));
}

#[test]
fn from_env_wants_both_keys_and_prints_neither() {
    let text = read(&[("AWS_REGION", "us-east-1"), ("AWS_SECRET_ACCESS_KEY", "hidden")]);
    assert!(
        text.contains("AWS_ACCESS_KEY_ID: ") && !text.contains("hidden"),
        "{text}"
    );
    let text = read(&[("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "ENVKEY")]);
    assert!(
        text.contains("AWS_SECRET_ACCESS_KEY: ") && !text.contains("ENVKEY"),
        "{text}"
    );
}

#[test]
fn from_env_names_what_a_paginator_lacks() {
    let text = in_process("from_env::child_lists_users", &CREDENTIALS);
    assert!(text.contains("the environment variable AWS_REGION isn't set"), "{text}");
    let text = in_process("from_env::child_lists_users", &[("AWS_REGION", "eu-west-3")]);
    assert!(
        text.contains("the environment variable AWS_ACCESS_KEY_ID isn't set"),
        "{text}"
    );
}

/// An endpoint's URL may have a password.
#[tokio::test]
async fn an_endpoint_that_is_no_url_is_quoted_without_its_password() {
    for (url, quoted) in [
        ("https://me:hunter2@host x", "`https://***@host x`"),
        ("me:hunter2@host x", "`***@host x`"),
        ("host x", "`host x`"),
    ] {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .endpoint_url(url);
        let sent = Client::from_conf(config.build()).sign_up().send().await;
        let error = sent.expect_err("it isn't a URL");
        let text = format!("{} {error:?}", DisplayErrorContext(&error));
        assert!(text.contains(quoted) && !text.contains("hunter2"), "{text}");
    }
}
