//! aws-config, and the panics and errors of configurations that can't be.

use super::sdk;
use super::setup::{Seen, builder, response, server};
use aws_config::{ConfigLoader, SdkConfig};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_smithy_http_client::test_util::StaticReplayClient;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use sdk::config::retry::RetryConfig;
use sdk::config::{AppName, Credentials, Region};
use sdk::error::DisplayErrorContext;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

fn users() -> StaticReplayClient {
    server((0..3).map(|_| response(200, r#"{"Username":"alice"}"#)))
}

/// Versions of crates, operating system and compiler aside.
fn user_agent(text: &str) -> String {
    let words = text
        .split(' ')
        .filter(|word| !["os/", "lang/", "ua/"].iter().any(|known| word.starts_with(known)));
    let words = words.map(|word| match word.split('/').collect::<Vec<_>>()[..] {
        ["api", service, _version] => format!("api/{service}"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Where a request went, and as whom.
async fn sent(config: &SdkConfig, http: &StaticReplayClient) -> Seen {
    let client = sdk::Client::new(config);
    let result = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await;
    let mut seen = vec![match result {
        Ok(output) => output.username,
        Err(error) => DisplayErrorContext(&error).to_string(),
    }];
    for request in http.actual_requests() {
        let header = |name| request.headers().get(name).unwrap_or_default();
        seen.push(request.uri().to_owned());
        let scope = header("authorization")
            .split(", SignedHeaders")
            .next()
            .unwrap_or_default()
            .split_once('/');
        seen.push(
            scope
                .map(|(key, scope)| format!("{key} {}", &scope[8..]))
                .unwrap_or_default(),
        );
        seen.push(user_agent(header("x-amz-user-agent")));
        seen.push(header("amz-sdk-request").to_owned());
    }
    seen
}

fn loader() -> ConfigLoader {
    aws_config::defaults(BehaviorVersion::latest()).test_credentials()
}

/// Everything that `aws_config::defaults` can be told.
pub(crate) async fn loaded() -> Seen {
    let http = users();
    let config = loader()
        .region(Region::new("eu-north-1"))
        .http_client(http.clone())
        .app_name(AppName::new("shop").unwrap())
        .framework_metadata(FrameworkMetadata::new("axum", Some("0.8")).unwrap())
        .retry_config(RetryConfig::standard().with_max_attempts(7))
        .timeout_config(
            TimeoutConfig::builder()
                .operation_timeout(Duration::from_secs(9))
                .build(),
        )
        .use_fips(true)
        .use_dual_stack(true)
        .load()
        .await;
    let mut seen = sent(&config, &http).await;
    let config = sdk::Config::from(&config);
    seen.push(format!(
        "{:?} {:?} {:?}",
        config.region(),
        config.retry_config(),
        config.timeout_config()
    ));
    seen.push(format!(
        "{:?} {:?}",
        config.app_name(),
        config.stalled_stream_protection()
    ));
    seen
}

/// What the environment says: this runs in a process with variables of its own.
pub(crate) async fn environment() -> Seen {
    let http = users();
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http.clone())
        .load()
        .await;
    sent(&config, &http).await
}

/// Endpoints in a profile file: the service's own, for all services, and switched off.
pub(crate) async fn profiles() -> Seen {
    let file = "
[default]
region = us-west-2
endpoint_url = http://localhost:1000
services = mine

[profile plain]
region = us-west-2
endpoint_url = http://localhost:2000

[profile ignoring]
region = us-west-2
endpoint_url = http://localhost:3000
ignore_configured_endpoint_urls = true

[services mine]
cognito-identity-provider =
  endpoint_url = http://localhost:4000
s3 =
  endpoint_url = http://localhost:5000
";
    let mut seen = Seen::new();
    for profile in ["default", "plain", "ignoring"] {
        let http = users();
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, file)
            .build();
        let loader = loader()
            .http_client(http.clone())
            .profile_files(files)
            .profile_name(profile);
        seen.extend(sent(&loader.load().await, &http).await);
        let http = users();
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, file)
            .build();
        let loader = self::loader()
            .http_client(http.clone())
            .profile_files(files)
            .profile_name(profile);
        seen.extend(sent(&loader.endpoint_url("http://localhost:6000").load().await, &http).await);
    }
    seen
}

/// A user agent as it is without test settings.
pub(crate) async fn user_agents() -> Seen {
    let http = users();
    let base = || {
        let config = sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http.clone());
        config
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
    };
    let configs = [
        base(),
        base()
            .app_name(AppName::new("shop").unwrap())
            .endpoint_url("http://localhost:1"),
        base().retry_config(RetryConfig::adaptive()),
    ];
    for config in configs {
        let client = sdk::Client::from_conf(config.build());
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap();
    }
    let names = |request: &aws_smithy_runtime_api::client::orchestrator::HttpRequest| {
        let mut names: Vec<String> = request.headers().iter().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names.join(" ")
    };
    let mut seen: Seen = http
        .actual_requests()
        .map(|r| user_agent(r.headers().get("x-amz-user-agent").unwrap()))
        .collect();
    seen.extend(http.actual_requests().map(names));
    seen
}

fn panic_of(make: impl FnOnce() -> sdk::Client) -> String {
    let panic = catch_unwind(AssertUnwindSafe(make)).expect_err("a client was made");
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .expect("no text")
}

/// A client can't be made.
pub(crate) fn panics() -> Seen {
    vec![
        panic_of(|| sdk::Client::from_conf(sdk::Config::builder().build())),
        panic_of(|| sdk::Client::new(&SdkConfig::builder().build())),
    ]
}

/// A client can be made, but not send.
pub(crate) async fn send_errors() -> Seen {
    let base = || {
        sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(users())
    };
    let configs = [
        base().credentials_provider(Credentials::for_tests()),
        builder(users()).endpoint_url("http://localhost:1").use_fips(true),
        builder(users()).endpoint_url("http://localhost:1").use_dual_stack(true),
        builder(users())
            .region(Region::new("aws-iso-global"))
            .use_dual_stack(true),
        builder(users())
            .region(Region::new("us-iso-east-1"))
            .use_dual_stack(true)
            .use_fips(true),
    ];
    let mut seen = Seen::new();
    for config in configs {
        let client = sdk::Client::from_conf(config.build());
        seen.push(
            match client
                .admin_get_user()
                .user_pool_id("pool")
                .username("alice")
                .send()
                .await
            {
                Ok(output) => output.username,
                Err(error) => format!("{error} | {} | {error:?}", DisplayErrorContext(&error)),
            },
        );
    }
    seen
}

/// A region or an endpoint that can't be part of a URL: the kind of error, and what its text must say.
pub(crate) async fn not_urls() -> Seen {
    let configs = [
        (
            builder(users()).region(Region::new("not a region")),
            "must be a valid host label",
        ),
        (builder(users()).region(Region::new("")), "must be a valid host label"),
        (
            builder(users()).endpoint_url("no URL"),
            "`no URL`: endpoint is not a valid URI",
        ),
        (
            builder(users()).endpoint_url("http://[::1"),
            "`http://[::1`: endpoint is not a valid URI",
        ),
    ];
    let mut seen = Seen::new();
    for (config, expected) in configs {
        let call = sdk::Client::from_conf(config.build())
            .sign_up()
            .client_id("client")
            .username("alice");
        let error = call.password("hidden").send().await.unwrap_err();
        let text = format!("{} {error:?}", DisplayErrorContext(&error));
        assert!(text.contains(expected), "{expected} isn't in {text}");
        assert!(!text.contains("hidden"), "a password is in {text}");
        seen.push(error.to_string());
    }
    seen
}
