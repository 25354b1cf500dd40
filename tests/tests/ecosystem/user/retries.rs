//! Retries and timeouts.

use super::sdk;
use super::setup::{Seen, builder, error, response, server};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::test_util::{NeverClient, StaticReplayClient};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use sdk::config::BehaviorVersion;
use sdk::config::retry::{ClassifyRetry, RetryAction, RetryConfig};
use sdk::config::timeout::TimeoutConfig;
use sdk::error::{ConnectorError, DisplayErrorContext};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Makes a connection's error of its cause.
type Failure = fn(BoxError) -> ConnectorError;

fn attempts(http: &StaticReplayClient) -> String {
    let headers = http
        .actual_requests()
        .map(|request| request.headers().get("amz-sdk-request").unwrap().to_owned());
    headers.collect::<Vec<_>>().join(" | ")
}

/// Which answers are tried again, and how often.
pub(crate) async fn classification() -> Seen {
    let mut seen = Seen::new();
    let codes = [
        (400, "TooManyRequestsException"),
        (429, "TooManyRequestsException"),
        (400, "LimitExceededException"),
        (500, "InternalErrorException"),
        (400, "InternalErrorException"),
        (500, "InternalServerException"),
        (400, "ThrottlingException"),
        (400, "Throttling"),
        (400, "RequestLimitExceeded"),
        (400, "SlowDown"),
        (400, "PriorRequestNotComplete"),
        (400, "RequestTimeout"),
        (400, "RequestTimeoutException"),
        (400, "TransactionInProgressException"),
        (400, "BandwidthLimitExceeded"),
        (400, "RequestTimeTooSkewed"),
        (400, "RequestExpired"),
        (400, "InvalidSignatureException"),
        (400, "SignatureDoesNotMatch"),
        (400, "AuthFailure"),
        (400, "NotAuthorizedException"),
        (400, "UserNotFoundException"),
        (400, "CodeDeliveryFailureException"),
        (500, "UnexpectedLambdaException"),
        (400, "UnexpectedLambdaException"),
        (501, "Unknown"),
        (502, "Unknown"),
        (503, "Unknown"),
        (504, "Unknown"),
        (408, "Unknown"),
        (429, "Unknown"),
        (403, "ExpiredTokenException"),
    ];
    for (status, code) in codes {
        let http = server((0..4).map(|_| error(status, code, "m")));
        let client = sdk::Client::from_conf(builder(http.clone()).build());
        let failed = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!(
            "{status} {code}: {} ({:?})",
            attempts(&http),
            failed.as_service_error().map(ToString::to_string)
        ));
    }
    for body in ["", "<html>", "{"] {
        let answer = || http::Response::builder().status(503).body(SdkBody::from(body)).unwrap();
        let http = server([answer(), response(200, r#"{"Username":"alice"}"#)]);
        let client = sdk::Client::from_conf(builder(http.clone()).build());
        let result = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await;
        seen.push(format!("503 {body:?}: {} {}", attempts(&http), result.is_ok()));
    }
    seen
}

/// A success that can't be read isn't tried again.
pub(crate) async fn unreadable_success() -> Seen {
    let http = server([response(200, "{"), response(200, r#"{"Username":"alice"}"#)]);
    let client = sdk::Client::from_conf(builder(http.clone()).build());
    let result = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await;
    vec![format!("{} {}", attempts(&http), result.is_ok())]
}

/// Modes, limits and behavior versions.
#[allow(deprecated)]
pub(crate) async fn settings() -> Seen {
    let failing = || server((0..9).map(|_| error(500, "InternalErrorException", "m")));
    let retries = [
        RetryConfig::disabled(),
        RetryConfig::standard(),
        RetryConfig::standard().with_max_attempts(5),
        RetryConfig::adaptive().with_max_attempts(2),
    ];
    let mut seen = Seen::new();
    for config in retries {
        let http = failing();
        let client = sdk::Client::from_conf(builder(http.clone()).retry_config(config.clone()).build());
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!(
            "{:?} {}: {}",
            config.mode(),
            config.max_attempts(),
            attempts(&http)
        ));
    }
    let versions = [
        BehaviorVersion::v2023_11_09(),
        BehaviorVersion::v2024_03_28(),
        BehaviorVersion::v2025_01_17(),
        BehaviorVersion::v2025_08_07(),
        BehaviorVersion::v2026_01_12(),
        BehaviorVersion::latest(),
    ];
    for version in versions {
        let http = failing();
        let client = sdk::Client::from_conf(builder(http.clone()).behavior_version(version).build());
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!("{version:?}: {}", attempts(&http)));
    }
    seen
}

/// Tries again what the user says, and nothing else of the kind.
#[derive(Debug)]
struct Stubborn(RetryAction);

impl ClassifyRetry for Stubborn {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let failed = context.output_or_error().is_some_and(|result| result.is_err());
        if failed {
            self.0.clone()
        } else {
            RetryAction::NoActionIndicated
        }
    }

    fn name(&self) -> &'static str {
        "Stubborn"
    }
}

/// A user's classifier has its say after the built-in ones.
pub(crate) async fn custom_classifiers() -> Seen {
    let mut seen = Seen::new();
    let actions = [
        RetryAction::client_error(),
        RetryAction::throttling_error(),
        RetryAction::RetryForbidden,
        RetryAction::NoActionIndicated,
    ];
    for action in actions {
        for (status, code) in [(400, "UserNotFoundException"), (500, "InternalErrorException")] {
            let http = server((0..4).map(|_| error(status, code, "m")));
            let config = builder(http.clone()).retry_classifier(Stubborn(action.clone())).build();
            let call = sdk::Client::from_conf(config)
                .admin_get_user()
                .user_pool_id("pool")
                .username("alice");
            call.send().await.unwrap_err();
            seen.push(format!("{action} on {code}: {}", attempts(&http)));
        }
    }
    seen
}

#[derive(Debug)]
struct Refusing(Arc<AtomicUsize>, fn(BoxError) -> ConnectorError);

impl HttpConnector for Refusing {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        self.0.fetch_add(1, Ordering::SeqCst);
        HttpConnectorFuture::ready(Err((self.1)("refused".into())))
    }
}

/// Which failures of the connection are tried again.
pub(crate) async fn connections() -> Seen {
    let kinds: [(&str, Failure); 4] = [
        ("io", ConnectorError::io),
        ("timeout", ConnectorError::timeout),
        ("user", ConnectorError::user),
        ("other", |cause| ConnectorError::other(cause, None)),
    ];
    let mut seen = Seen::new();
    for (name, kind) in kinds {
        let calls = Arc::new(AtomicUsize::new(0));
        let connector = SharedHttpConnector::new(Refusing(Arc::clone(&calls), kind));
        let http = http_client_fn(move |_, _| connector.clone());
        let client = sdk::Client::from_conf(builder(http).build());
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!("{name}: {}", calls.load(Ordering::SeqCst)));
    }
    seen
}

/// A server that doesn't answer: an attempt's timeout is tried again, a call's isn't.
pub(crate) async fn timeouts() -> Seen {
    let short = Duration::from_millis(30);
    let mut seen = Seen::new();
    for timeout in [
        TimeoutConfig::builder().operation_attempt_timeout(short).build(),
        TimeoutConfig::builder().operation_timeout(short).build(),
    ] {
        let http = NeverClient::new();
        let config = builder(http.clone())
            .sleep_impl(TokioSleep::new())
            .timeout_config(timeout);
        let config = config.retry_config(RetryConfig::standard().with_max_attempts(2));
        let client = sdk::Client::from_conf(config.build());
        let failed = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!(
            "{} {failed} | {failed:?} | {}",
            http.num_calls(),
            DisplayErrorContext(&failed)
        ));
    }
    seen
}
