//! AWS's protocol suites (botocore's `json` and `json_1_0`), and a few cases of ours for what they leave out.
//!
//! The build script makes a module of each suite with the generator. Each case goes through the whole client: an input
//! is built by setters and sent, an answer is received and its fields are read. What `protocol-tests-ignore-list.json`
//! of botocore leaves out runs here, too.

#[macro_use]
#[path = "../bridge/mod.rs"]
mod bridge;
#[macro_use]
mod shown;

macro_rules! from_union {
    ($name:ty { $($variant:ident $wire:literal,)* }) => {
        impl $crate::bridge::FromValue for $name {
            fn from_value(value: &serde_json::Value) -> Self {
                $(if let Some(value) = $crate::bridge::member(value, $wire) {
                    return Self::$variant(value);
                })*
                panic!("no variant has the name in {value}")
            }
        }
    };
}

/// The generated code. A suite uses but a few items of it.
#[allow(dead_code, unreachable_pub, unused_imports, missing_docs, deprecated)]
mod suites {
    use crate::{Suite, call};

    include!(concat!(env!("OUT_DIR"), "/protocol.rs"));
}

use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::Region;
use aws_types::request_id::RequestId;
use bridge::FromValue;
use cognito_runtime::config::exports::BehaviorVersion;
use cognito_runtime::{BoxFuture, Client, Operation, operation::OperationInput};
use cognito_tests::data;
use cognito_tests::report;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shown::{ToError, ToValue};
use std::sync::{Arc, Mutex};

/// A suite: where it stands, and a call of its operation.
struct Suite {
    file: &'static str,
    index: usize,
    call: fn(SharedHttpClient, String, Value) -> BoxFuture<Answer>,
}

/// What came back.
#[derive(Debug)]
enum Answer {
    Output {
        members: Value,
        request_id: Option<String>,
    },
    Error {
        code: Option<String>,
        message: Option<String>,
        variant: Option<(&'static str, Value)>,
    },
    Failure(String),
}

/// Sends `params` to the operation `O`.
fn call<O>(http: SharedHttpClient, endpoint: String, params: Value) -> BoxFuture<Answer>
where
    O: Operation,
    O::Input: FromValue + OperationInput<Operation = O>,
    O::Output: ToValue + RequestId,
    O::Error: ToError + ProvideErrorMetadata,
{
    Box::pin(async move {
        let config = cognito_runtime::config::Config::<O::Service>::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .retry_config(RetryConfig::disabled())
            .endpoint_url(endpoint)
            .http_client(http)
            .build();
        match Client::from_conf(config).invoke(O::Input::from_value(&params)).await {
            Ok(output) => Answer::Output {
                members: output.to_value(),
                request_id: output.request_id().map(str::to_owned),
            },
            Err(SdkError::ServiceError(context)) => Answer::Error {
                code: context.err().code().map(str::to_owned),
                message: context.err().message().map(str::to_owned),
                variant: context.err().to_error(),
            },
            Err(other) => Answer::Failure(format!("{other:?}")),
        }
    })
}

/// A request, as it goes out.
#[derive(Debug, Default)]
struct Sent {
    method: String,
    uri: http::Uri,
    headers: http::HeaderMap,
    body: Vec<u8>,
}

/// An HTTP client that answers with `response` and keeps the request.
fn server(response: Value) -> (SharedHttpClient, Arc<Mutex<Option<Sent>>>) {
    let sent = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&sent);
    let client = infallible_client_fn(move |request: http::Request<SdkBody>| {
        *seen.lock().expect("no thread has panicked") = Some(Sent {
            method: request.method().to_string(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            body: request.body().bytes().expect("the body is in memory").to_vec(),
        });
        let status = response["status_code"].as_u64().expect("a status") as u16;
        let mut answer = http::Response::builder().status(status);
        for (name, value) in response["headers"].as_object().into_iter().flatten() {
            answer = answer.header(name, value.as_str().expect("a header"));
        }
        answer
            .body(SdkBody::from(response["body"].as_str().unwrap_or_default()))
            .expect("a response")
    });
    (client, sent)
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(text)))
}

/// A case fails with what differs.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{what} is {found:?}, not {expected:?}"))
    }
}

async fn input_case(suite: &Suite, endpoint: Option<&str>, case: &Value) -> Result<(), String> {
    let (client, sent) = server(json!({ "status_code": 200, "body": "{}" }));
    let endpoint = endpoint.unwrap_or("https://service.example.com").to_owned();
    let answer = (suite.call)(client, endpoint, case["params"].clone()).await;
    let sent = sent
        .lock()
        .expect("no thread has panicked")
        .take()
        .ok_or_else(|| format!("nothing was sent: {answer:?}"))?;
    let expected = &case["serialized"];
    same("the method", &json!(sent.method), &expected["method"])?;
    same(
        "the path",
        &json!(sent.uri.path_and_query().map(|path| path.as_str())),
        &expected["uri"],
    )?;
    if let Some(host) = expected["host"].as_str() {
        let host = host.split('/').next();
        same("the host", &sent.uri.host(), &host)?;
    }
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        same(
            name,
            &json!(sent.headers.get(name).and_then(|value| value.to_str().ok())),
            value,
        )?;
    }
    for name in expected["requireHeaders"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        same(&format!("{name} is sent"), &sent.headers.contains_key(name), &true)?;
    }
    for name in expected["forbidHeaders"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        same(&format!("{name} is sent"), &sent.headers.contains_key(name), &false)?;
    }
    let mut body = json(&sent.body);
    for (member, token) in body.as_object_mut().into_iter().flatten() {
        if expected["tokens"]
            .as_array()
            .is_some_and(|tokens| tokens.contains(&json!(member)))
        {
            check_token(token)?;
            *token = json!("a token");
        }
    }
    expected["body"]
        .as_str()
        .map_or(Ok(()), |expected| same("the body", &body, &json(expected.as_bytes())))
}

/// A token is a random UUID: RFC 9562, section 5.4.
fn check_token(token: &Value) -> Result<(), String> {
    let text = token.as_str().unwrap_or_default();
    let form: String = text
        .chars()
        .map(|c| if c.is_ascii_hexdigit() { 'x' } else { c })
        .collect();
    same(
        "the token's form",
        &form.as_str(),
        &"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    )?;
    same("the token's version", &&text[14..15], &"4")?;
    same(
        "the token's variant is 8, 9, a or b",
        &"89ab".contains(&text[19..20]),
        &true,
    )
}

async fn output_case(suite: &Suite, case: &Value) -> Result<(), String> {
    let (client, _) = server(case["response"].clone());
    match (suite.call)(client, "https://service.example.com".to_owned(), json!({})).await {
        Answer::Output { members, request_id } if case.get("result").is_some() => {
            same("the output", &members, &case["result"])?;
            let expected = case["response"]["headers"].as_object().into_iter().flatten();
            let expected = expected
                .into_iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-requestid"));
            same(
                "the request id",
                &json!(request_id),
                expected.map_or(&Value::Null, |(_, value)| value),
            )
        }
        Answer::Error { code, message, variant } if case.get("error").is_some() => {
            same("the code", &json!(code), &case["errorCode"])?;
            if let Some(expected) = case.get("errorMessage") {
                same("the message", &json!(message), expected)?;
            }
            let (name, mut members) = variant.ok_or_else(|| format!("the error {code:?} has no variant"))?;
            same("the variant", &json!(name), &case["errorCode"])?;
            // The message is a member of every error, whether the shape says so or not.
            if let Some(text) = members.as_object_mut().and_then(|members| members.remove("message")) {
                same("the message", &json!(message), &text)?;
            }
            same("the error's members", &members, &case["error"])
        }
        Answer::Failure(why) if case.get("failure").is_some() => {
            same("the response is what's wrong", &why.starts_with("ResponseError"), &true)
        }
        other => Err(format!("another kind of answer: {other:?}")),
    }
}

/// The suites of a file.
fn suites_of(file: &str) -> Vec<Value> {
    serde_json::from_slice(&data::read(&format!("{file}.json"))).expect("a list of suites")
}

/// Runs all cases of the files whose name begins with `prefix`; returns how many there were.
async fn run(prefix: &str) -> usize {
    let (mut ran, mut failures) = (0, Vec::new());
    for suite in suites::SUITES.iter().filter(|suite| suite.file.starts_with(prefix)) {
        let read = &suites_of(suite.file)[suite.index];
        for case in read["cases"].as_array().expect("cases") {
            let result = if case.get("serialized").is_some() {
                input_case(suite, read["clientEndpoint"].as_str(), case).await
            } else {
                output_case(suite, case).await
            };
            ran += 1;
            if let Err(message) = result {
                failures.push(format!("{} {}: {message}", suite.file, case["id"]));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {ran} cases fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
    ran
}

/// The cases that we leave out, and why.
const LEFT_OUT: [(&str, &str); 4] = [
    ("SDKAppliedContentEncoding_awsJson1_1", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1", COMPRESSION),
    ("SDKAppliedContentEncoding_awsJson1_0", COMPRESSION),
    ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0", COMPRESSION),
];
const COMPRESSION: &str = "no operation of Cognito compresses its requests; the generator refuses one that does, because \
                           a gzip library would cost every user compile time";

#[tokio::test]
async fn every_case_of_aws_runs_or_is_left_out_for_a_reason() {
    let ran = run("protocol/").await;
    let mut left_out = Vec::new();
    for (file, index, reason) in suites::REFUSED {
        assert!(
            reason.contains("the compression of requests is not supported"),
            "{file} {index}: {reason}"
        );
        for case in suites_of(file)[*index]["cases"].as_array().expect("cases") {
            left_out.push(case["id"].as_str().expect("an id").to_owned());
        }
    }
    assert_eq!(left_out, LEFT_OUT.map(|(case, _)| case));
    report!(
        "protocol: {ran} of {} cases of AWS ran; left out:",
        ran + left_out.len()
    );
    for (case, reason) in LEFT_OUT {
        report!("  {case}: {reason}");
    }
    assert_eq!(ran + left_out.len(), 165);
}

#[test]
fn the_suites_are_as_aws_wrote_them() {
    let source = String::from_utf8(data::read("protocol/SOURCE.toml")).expect("UTF-8");
    let source: toml::Table = source.parse().expect("TOML");
    let files = source["file"].as_array().expect("files");
    for file in files {
        let path = file["path"].as_str().expect("a path");
        let sum = data::hex(&Sha256::digest(data::read(&format!("protocol/{path}"))));
        assert_eq!(Some(sum.as_str()), file["sha256"].as_str(), "{path} was edited");
    }
    assert_eq!(files.len(), 6);
}

#[tokio::test]
async fn what_the_suites_of_aws_leave_out_works_too() {
    let ran = run("protocol-ours/").await;
    report!("protocol: {ran} cases of ours ran");
    assert!(ran > 0);
}
