//! One exchange: the answer that both clients get, what they send, what they make of the answer, and how that is
//! compared.

use crate::answers::Answer;
use crate::newer;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use cognito_tests::secrets;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

/// Where both crates are in time, so that they sign with the same date.
pub(crate) fn clock() -> StaticTimeSource {
    StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_750_000_000))
}

/// An HTTP client that answers with what it is told to, and keeps what is sent.
#[derive(Clone, Default)]
pub(crate) struct Server {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answer: Answer,
    requests: Vec<Request>,
}

/// A request, without what differs each time or names the crate.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    line: String,
    headers: BTreeMap<String, Vec<String>>,
    body: Result<Value, Vec<u8>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Answers with this from now on.
    pub(crate) fn answer_with(&self, answer: &Answer) {
        self.state.lock().expect("no thread has panicked").answer = answer.clone();
    }

    /// The requests since the last time.
    pub(crate) fn take(&self) -> Vec<Request> {
        std::mem::take(&mut self.state.lock().expect("no thread has panicked").requests)
    }

    pub(crate) fn client(&self) -> SharedHttpClient {
        let state = Arc::clone(&self.state);
        infallible_client_fn(move |request: http::Request<SdkBody>| {
            let mut state = state.lock().expect("no thread has panicked");
            state.requests.push(Request::of(&request));
            let mut response = http::Response::builder().status(state.answer.status);
            for (name, value) in &state.answer.headers {
                response = response.header(*name, value);
            }
            response
                .body(SdkBody::from(state.answer.body.clone()))
                .expect("a response")
        })
    }
}

impl Request {
    fn of(request: &http::Request<SdkBody>) -> Self {
        let mut headers = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in request.headers() {
            let value = value.to_str().expect("a header of text");
            let value = match name.as_str() {
                // They name the crate, and the request.
                "user-agent" | "x-amz-user-agent" | "amz-sdk-invocation-id" => "is there",
                // The signature covers them; who signs, for what, and which headers doesn't depend on them.
                "authorization" => value.split(", Signature=").next().unwrap_or(value),
                _ => value,
            };
            headers
                .entry(name.as_str().to_owned())
                .or_default()
                .push(value.to_owned());
        }
        let body = request.body().bytes().expect("the body is in memory");
        Self {
            line: format!("{} {}", request.method(), request.uri()),
            headers,
            body: serde_json::from_slice(body).map_err(|_| body.to_vec()),
        }
    }
}

/// What came of a call.
pub(crate) type Answered = Pin<Box<dyn Future<Output = Outcome>>>;

/// What a client makes of an answer.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Output(String),
    Failure {
        kind: &'static str,
        code: Option<String>,
        message: Option<String>,
        error: Option<String>,
    },
}

impl Outcome {
    pub(crate) fn of<O, E, R>(result: Result<O, SdkError<E, R>>) -> Self
    where
        O: Debug,
        E: Debug + ProvideErrorMetadata,
    {
        let error = match result {
            Ok(output) => return Self::Output(format!("{output:?}")),
            Err(error) => error,
        };
        let kind = match &error {
            SdkError::ConstructionFailure(_) => "ConstructionFailure",
            SdkError::TimeoutError(_) => "TimeoutError",
            SdkError::DispatchFailure(_) => "DispatchFailure",
            SdkError::ResponseError(_) => "ResponseError",
            SdkError::ServiceError(_) => "ServiceError",
            _ => "another error",
        };
        let service = error.as_service_error();
        Self::Failure {
            kind,
            code: service.and_then(|error| error.code().map(str::to_owned)),
            message: service.and_then(|error| error.message().map(str::to_owned)),
            error: service.map(|error| format!("{error:?}")),
        }
    }
}

/// What an enum has that the model requires and the answer leaves out.
const NO_VALUE: &str = "UnknownVariantValue(\"no value was set\")";

/// A kind of difference.
pub(crate) const WE_GO_ON: &str = "we don't fail without an enum that a nested structure requires";

/// A kind of difference.
pub(crate) const WE_FILL: &str = "we fill a structure that is required in one that is there";

/// How many enums in an output stand for ones that the answer leaves out.
fn filled(text: &str) -> usize {
    text.matches(NO_VALUE).count()
}

/// A difference, of a kind that has a name.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) kind: &'static str,
    pub(crate) official: String,
    pub(crate) ours: String,
}

impl Difference {
    fn new(kind: &'static str, official: &impl Debug, ours: &impl Debug) -> Self {
        Self {
            kind,
            official: format!("{official:?}"),
            ours: format!("{ours:?}"),
        }
    }
}

pub(crate) fn compare_requests(official: &[Request], ours: &[Request]) -> Option<Difference> {
    match (official, ours) {
        ([official], [ours]) if official.line != ours.line => {
            Some(Difference::new("request line", &official.line, &ours.line))
        }
        ([official], [ours]) if official.headers != ours.headers => {
            Some(Difference::new("request headers", &official.headers, &ours.headers))
        }
        ([official], [ours]) if official.body != ours.body => {
            Some(Difference::new("request body", &official.body, &ours.body))
        }
        ([_], [_]) => None,
        _ => Some(Difference::new("number of requests", &official.len(), &ours.len())),
    }
}

pub(crate) fn compare_outcomes(official: &Outcome, ours: &Outcome) -> Option<Difference> {
    match (official, ours) {
        (Outcome::Output(official), Outcome::Output(ours)) => {
            let ours = without_new_fields(ours);
            let official = &secrets::hidden(official);
            let kind = if filled(&ours) > filled(official) {
                WE_FILL
            } else {
                "output"
            };
            (*official != ours).then(|| Difference::new(kind, official, &ours))
        }
        (
            Outcome::Failure {
                kind,
                code,
                message,
                error,
            },
            Outcome::Failure {
                kind: our_kind,
                code: our_code,
                message: our_message,
                error: our_error,
            },
        ) => {
            if (kind, code) != (our_kind, our_code) {
                Some(Difference::new("kind or code of an error", official, ours))
            } else if message != our_message {
                Some(Difference::new("message of an error", message, our_message))
            } else if error != our_error {
                Some(Difference::new("text of an error", error, our_error))
            } else {
                None
            }
        }
        (Outcome::Output(_), Outcome::Failure { .. }) => Some(Difference::new("we fail", official, ours)),
        (Outcome::Failure { .. }, Outcome::Output(text)) if text.contains(NO_VALUE) => {
            Some(Difference::new(WE_GO_ON, official, ours))
        }
        (Outcome::Failure { .. }, Outcome::Output(_)) => Some(Difference::new("we don't fail", official, ours)),
    }
}

/// The text without the members that the official crate's model doesn't have yet: no answer sets them.
fn without_new_fields(text: &str) -> String {
    newer::NEW_FIELDS.iter().fold(text.to_owned(), |text, field| {
        text.replace(&format!(", {field}: None"), "")
            .replace(&format!("{field}: None, "), "")
    })
}
