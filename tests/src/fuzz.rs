//! What must hold for any input: a function for each reader of what others write. The bounded loop in `tests/fuzz.rs`
//! and the targets of cargo-fuzz in `fuzz/` run the same functions.

mod challenge;
pub mod mutation;

pub use challenge::challenge;

use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use cognito_codegen::model::Service;
use cognito_runtime::config::Config;
use cognito_runtime::config::exports::{BehaviorVersion, Region};
use cognito_runtime::endpoint::{EndpointRules, Params};
use cognito_runtime::operation::{OperationInput, OperationOutput};
use cognito_runtime::serde::from_json;
use cognito_runtime::{Client, Operation};
use serde::Serialize;
use serde_json::{Value, json};

/// A target: its name, which is that of its folder of seeds, and what it runs.
pub const TARGETS: [(&str, Target); 5] = [
    ("response", response),
    ("error", error),
    ("endpoint", endpoint),
    ("model", model),
    ("challenge", challenge),
];

/// Panics where something doesn't hold. Says whether the input was accepted.
pub type Target = fn(&[u8]) -> bool;

thread_local! {
    /// Where the calls are made.
    static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
}

/// Reads a body as the output of an operation.
type Check = fn(&[u8]) -> bool;

mod idp {
    use super::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-idp.rs"));
}

mod identity {
    use super::{Check, check};

    include!(concat!(env!("OUT_DIR"), "/model-cognito-identity.rs"));
}

/// The first line, and the rest.
fn first_line(input: &[u8]) -> (&[u8], &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    (&input[..end], input.get(end + 1..).unwrap_or_default())
}

/// The reader of every output: the first line names an operation (any other text stands for one, too), the rest is
/// the body. What has been read can be shown, written, and read again.
pub fn response(input: &[u8]) -> bool {
    let (name, body) = first_line(input);
    let named = |(operation, _): &&(&str, Check)| operation.as_bytes() == name;
    let all = || idp::OPERATIONS.iter().chain(identity::OPERATIONS);
    let number = name
        .iter()
        .fold(0_usize, |sum, byte| sum * 31 % 10_007 + usize::from(*byte));
    let chosen = all().find(named).or_else(|| all().cycle().nth(number % all().count()));
    chosen.is_some_and(|(_, check)| check(body))
}

fn check<O: Operation>(body: &[u8]) -> bool
where
    O::Output: Serialize,
{
    type Reader<O> = <<O as Operation>::Output as OperationOutput>::Reader;
    let output = match from_json::<Reader<O>>(body) {
        Ok(output) => output,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return false;
        }
    };
    assert!(!format!("{output:?}").is_empty());
    // A date before the year 1 or after 9999 has no text; every other value can be written.
    if let Ok(written) = serde_json::to_vec(&output) {
        let again = from_json::<Reader<O>>(&written);
        assert!(again.is_ok(), "what is written can't be read: {again:?}");
    }
    true
}

/// The error envelope: the first line is the code in the header, the rest the body of a response with the status 400.
/// A code that no model knows is the error's code, whatever the body is.
pub fn error(input: &[u8]) -> bool {
    let (header, body) = first_line(input);
    let header = std::str::from_utf8(header).unwrap_or_default().trim();
    let usable = header.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let header = if usable { header } else { "" };
    let config = Config::<cognito_idp::CognitoIdentityProvider>::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .retry_config(RetryConfig::disabled())
        .http_client(refusal(header, body))
        .build();
    let error = answered::<cognito_idp::operation::admin_get_user::AdminGetUser>(config);
    assert!(!format!("{error} {error:?}").is_empty());
    let SdkError::ServiceError(service) = &error else {
        assert!(!header.starts_with("Odd"), "the header's code is lost: {error:?}");
        return false;
    };
    if header.starts_with("Odd") {
        assert_eq!(service.err().code(), Some(header));
    }
    true
}

fn refusal(code: &str, body: &[u8]) -> SharedHttpClient {
    let (code, body) = (code.to_owned(), body.to_vec());
    infallible_client_fn(move |_: http::Request<SdkBody>| {
        let mut response = http::Response::builder().status(400);
        if !code.is_empty() {
            response = response.header("x-amzn-errortype", &code);
        }
        response.body(SdkBody::from(body.clone())).expect("a response")
    })
}

/// The error of a call that is refused.
fn answered<O>(
    config: Config<O::Service>,
) -> SdkError<O::Error, aws_smithy_runtime_api::client::orchestrator::HttpResponse>
where
    O: Operation,
    O::Input: OperationInput<Operation = O>,
{
    let input: O::Input = serde_json::from_value(json!({})).expect("an empty input");
    let call = async { Client::from_conf(config).invoke(input).await.err() };
    let error = RUNTIME.with(|runtime| runtime.block_on(call));
    error.expect("the status is 400")
}

/// The endpoint rules of both services: a line each for the region, the endpoint, and the flags (`f` for FIPS, `d` for
/// dual stack). A region that has been accepted is never more than a part of the host.
pub fn endpoint(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.split('\n');
    let mut line = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
    let (region, endpoint, flags) = (line(), line(), line().unwrap_or_default());
    let params = Params::builder()
        .set_region(region)
        .set_endpoint(endpoint.clone())
        .use_fips(flags.contains('f'))
        .use_dual_stack(flags.contains('d'))
        .build();
    let params = match params {
        Ok(params) => params,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return false;
        }
    };
    let mut accepted = false;
    for result in [
        cognito_idp::CognitoIdentityProvider::resolve(&params),
        cognito_identity::CognitoIdentity::resolve(&params),
    ] {
        match result {
            Ok(found) if endpoint.is_none() => {
                let host = found.url().strip_prefix("https://").expect("over TLS");
                let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
                assert!(host.bytes().all(part), "more than a host: {host}");
                accepted = true;
            }
            Ok(found) => {
                assert_eq!(Some(found.url()), endpoint.as_deref());
                accepted = true;
            }
            Err(error) => assert!(!format!("{error} {error:?}").is_empty()),
        }
    }
    accepted
}

/// The reader of models: an object with a `service` and, where they exist, `paginators` and `rules`. A model is read,
/// or every mistake in it is a sentence.
pub fn model(input: &[u8]) -> bool {
    let Ok(mut value) = serde_json::from_slice::<Value>(input) else {
        return false;
    };
    let mut part = |name: &str| value.get_mut(name).map(Value::take);
    let (service, paginators, rules) = (part("service"), part("paginators"), part("rules"));
    match Service::from_values("fuzz", &service.unwrap_or_default(), paginators.as_ref(), rules) {
        Ok(_) => true,
        Err(errors) => {
            assert!(!errors.to_string().is_empty());
            false
        }
    }
}
