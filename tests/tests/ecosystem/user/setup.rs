//! What the other modules share: clients whose requests come out the same every time.

use super::sdk;
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_smithy_async::test_util::InstantSleep;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use sdk::config::{Builder, HttpClient};
use serde_json::Value;

/// What a user sees, line by line.
pub(crate) type Seen = Vec<String>;

/// An id for `amz-sdk-invocation-id` that is the same in each run.
#[derive(Debug)]
struct SameId;

impl InvocationIdGenerator for SameId {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(Some(InvocationId::new(
            "00000000-0000-4000-8000-000000000000".to_owned(),
        )))
    }
}

/// Clock, credentials, user agent and ids are the same in each run, and waiting takes no time.
pub(crate) fn builder(http_client: impl HttpClient + 'static) -> Builder {
    Builder::new()
        .with_test_defaults_v2()
        .http_client(http_client)
        .sleep_impl(InstantSleep::unlogged())
        .invocation_id_generator(SameId)
}

pub(crate) fn client(http_client: impl HttpClient + 'static) -> sdk::Client {
    sdk::Client::from_conf(builder(http_client).build())
}

pub(crate) fn response(status: u16, body: &str) -> http::Response<SdkBody> {
    http::Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amzn-requestid", "7f3c0a53-2a2b-4b5e-8f57-0d3c7e3b8a11")
        .body(SdkBody::from(body))
        .unwrap()
}

pub(crate) fn error(status: u16, code: &str, message: &str) -> http::Response<SdkBody> {
    response(
        status,
        &serde_json::json!({"__type": code, "message": message}).to_string(),
    )
}

/// A server that gives these answers, one after the other.
pub(crate) fn server(responses: impl IntoIterator<Item = http::Response<SdkBody>>) -> StaticReplayClient {
    let any = || {
        http::Request::builder()
            .uri("https://localhost/")
            .body(SdkBody::empty())
            .unwrap()
    };
    StaticReplayClient::new(
        responses
            .into_iter()
            .map(|response| ReplayEvent::new(any(), response))
            .collect(),
    )
}

/// A request as text: method and URL, all headers in order, the members of the body.
pub(crate) fn request_text(request: &HttpRequest) -> Seen {
    let mut seen = vec![format!("{} {}", request.method(), request.uri())];
    let mut headers: Seen = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    headers.sort();
    seen.extend(headers);
    let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
    seen.push(body.to_string());
    seen
}
