//! The fast path against the orchestrator: a client that has an interceptor, which does nothing, always
//! takes the latter. Both must send the same requests and give the same results, whatever the answers are.

use aws_runtime::invocation_id::{InvocationId, PredefinedInvocationIdGenerator};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::test_util::InstantSleep;
use aws_smithy_async::time::{StaticTimeSource, SystemTimeSource};
use aws_smithy_runtime::client::retries::classifiers::HttpStatusCodeClassifier;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use cognito_idp::Client;
use cognito_idp::config::retry::{RetryConfig, RetryPartition};
use cognito_idp::config::{
    Builder, Config, Credentials, Intercept, Region, SharedAsyncSleep, StalledStreamProtectionConfig,
};
use cognito_idp::error::{DisplayErrorContext, ProvideErrorMetadata};
use cognito_runtime::ViaFastPath;
use cognito_tests::report;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, UNIX_EPOCH};

/// What a client sets.
type Change = fn(Builder) -> Builder;

/// What the server does with a request.
#[derive(Clone, Debug)]
enum Answer {
    Response(u16, &'static [(&'static str, &'static str)], &'static str),
    /// The connection breaks.
    Broken,
    /// The body breaks after this.
    Truncated(&'static str),
    /// The body comes in pieces, with a pause before each.
    Slow(&'static [&'static str]),
    /// Nothing comes after this, and the connection stays open.
    Stalled(&'static str),
}

const USER: Answer = Answer::Response(
    200,
    &[("x-amzn-requestid", "id-1")],
    r#"{"Username":"alice","Enabled":true}"#,
);

/// The headers and the body of a request, and whether the orchestrator sent it.
#[derive(Clone, Debug)]
struct Sent {
    text: String,
    invocation_id: String,
    orchestrated: bool,
}

#[derive(Clone, Debug, Default)]
struct Server {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Server {
    fn answer(&self, answers: &[Answer]) {
        self.answers.lock().expect("no panic").extend(answers.iter().cloned());
    }

    fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut self.sent.lock().expect("no panic"))
    }
}

impl HttpClient for Server {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Server {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut headers: Vec<_> = request
            .headers()
            .iter()
            .filter(|(name, _)| *name != "amz-sdk-invocation-id")
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        headers.sort();
        let body = String::from_utf8_lossy(request.body().bytes().expect("in memory")).into_owned();
        let id = request.headers().get("amz-sdk-invocation-id").expect("is there");
        self.sent.lock().expect("no panic").push(Sent {
            text: format!("{} {}\n{}\n{body}", request.method(), request.uri(), headers.join("\n")),
            invocation_id: id.to_owned(),
            orchestrated: request.extension::<ViaFastPath>().is_none(),
        });
        let answer = self.answers.lock().expect("no panic").pop_front().expect("an answer");
        HttpConnectorFuture::ready(answer.respond())
    }
}

impl Answer {
    fn respond(self) -> Result<HttpResponse, ConnectorError> {
        let (status, headers, body) = match self {
            Self::Response(status, headers, body) => (status, headers, SdkBody::from(body)),
            Self::Broken => return Err(ConnectorError::io("the connection broke".into())),
            Self::Truncated(start) => (200, &[][..], Pieces::body([start], Duration::ZERO, End::Broken)),
            Self::Stalled(start) => (200, &[][..], Pieces::body([start], Duration::ZERO, End::Never)),
            Self::Slow(pieces) => {
                let pieces = pieces.iter().copied();
                (
                    200,
                    &[][..],
                    Pieces::body(pieces, Duration::from_millis(20), End::Regular),
                )
            }
        };
        let mut response = HttpResponse::new(status.try_into().expect("a status"), body);
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        Ok(response)
    }
}

/// A body that comes piece by piece.
struct Pieces {
    pieces: VecDeque<&'static str>,
    pause: Duration,
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
    end: End,
}

/// How a body ends.
#[derive(Clone, Copy)]
enum End {
    Regular,
    Broken,
    Never,
}

impl Pieces {
    fn body(pieces: impl IntoIterator<Item = &'static str>, pause: Duration, end: End) -> SdkBody {
        SdkBody::from_body_1_x(Self {
            pieces: pieces.into_iter().collect(),
            pause,
            sleep: None,
            end,
        })
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let pause = self.pause;
        if !pause.is_zero() && !self.pieces.is_empty() {
            let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            if sleep.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.sleep = None;
        }
        match (self.pieces.pop_front(), self.end) {
            (Some(piece), _) => Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from(piece))))),
            (None, End::Regular) => Poll::Ready(None),
            (None, End::Broken) => Poll::Ready(Some(Err(std::io::Error::other("the body broke")))),
            (None, End::Never) => Poll::Pending,
        }
    }
}

/// Does nothing, which the client can't know.
#[derive(Debug)]
struct Nothing;

impl Intercept for Nothing {
    fn name(&self) -> &'static str {
        "Nothing"
    }
}

/// Each client has a retry quota of its own: those of a region share one, and the cases use it up.
fn settings(server: &Server) -> Builder {
    static CLIENTS: AtomicUsize = AtomicUsize::new(0);
    let number = CLIENTS.fetch_add(1, Ordering::Relaxed);
    Config::builder()
        .retry_partition(RetryPartition::new(format!("direct-{number}")))
        .behavior_version_latest()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "secret",
            Some("token".into()),
            None,
            "test",
        ))
        .time_source(StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_750_000_000)))
        .sleep_impl(InstantSleep::unlogged())
        .http_client(SharedHttpClient::new(server.clone()))
}

/// A client that has made a call already: the first one of an operation is the orchestrator's.
async fn warm(server: &Server, settings: Builder) -> Client {
    let client = Client::from_conf(settings.build());
    server.answer(&[USER]);
    get_user(&client).await.expect("an answer");
    assert!(server.take()[0].orchestrated);
    client
}

async fn get_user(client: &Client) -> Result<String, String> {
    let result = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await;
    match result {
        Ok(output) => Ok(format!("{output:?}")),
        Err(error) => Err(format!("{:?} {}", error.code(), DisplayErrorContext(&error))),
    }
}

/// Calls both clients, of which only one can go the fast path, and compares.
async fn compare(name: &str, answers: &[Answer], change: Change) -> (Vec<Sent>, Result<String, String>) {
    let server = Server::default();
    let plain = warm(&server, change(settings(&server))).await;
    let orchestrated = warm(&server, change(settings(&server)).interceptor(Nothing)).await;

    server.answer(answers);
    let result = get_user(&plain).await;
    let sent = server.take();
    server.answers.lock().expect("no panic").clear();
    server.answer(answers);
    assert_eq!(result, get_user(&orchestrated).await, "{name}");
    let expected = server.take();

    assert!(expected.iter().all(|sent| sent.orchestrated), "{name}");
    assert!(!sent[0].orchestrated, "{name}: the first attempt goes the fast path");
    assert!(sent[1..].iter().all(|sent| sent.orchestrated), "{name}");
    let texts = |sent: &[Sent]| sent.iter().map(|sent| sent.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&sent), texts(&expected), "{name}");
    assert!(
        sent.iter().all(|other| other.invocation_id == sent[0].invocation_id),
        "{name}: one invocation has one id"
    );
    (sent, result)
}

#[tokio::test]
async fn both_ways_send_the_same_and_give_the_same() {
    let busy = Answer::Response(
        400,
        &[("x-amzn-errortype", "TooManyRequestsException")],
        r#"{"message":"slower"}"#,
    );
    let internal = Answer::Response(500, &[], r#"{"__type":"InternalErrorException","message":"sorry"}"#);
    let missing = Answer::Response(
        400,
        &[("x-amzn-requestid", "id-2")],
        r#"{"__type":"UserNotFoundException"}"#,
    );
    let html = Answer::Response(502, &[], "<html>");
    let unreadable = Answer::Response(200, &[], r#"{"Username":"#);
    let cases: &[(&str, &[Answer], usize)] = &[
        ("success", &[USER], 1),
        ("an empty answer", &[Answer::Response(200, &[], "")], 1),
        ("an error of the service", std::slice::from_ref(&missing), 1),
        ("a success that can't be read", &[unreadable], 1),
        ("busy, then a success", &[busy.clone(), USER], 2),
        (
            "busy, then broken, then a success",
            &[busy.clone(), Answer::Broken, USER],
            3,
        ),
        ("never", &[internal.clone(), busy, internal], 3),
        ("HTML, then an error", &[html, missing.clone()], 2),
        ("broken, then a success", &[Answer::Broken, USER], 2),
        (
            "the body breaks, then a success",
            &[Answer::Truncated(r#"{"User"#), USER],
            2,
        ),
        ("pieces", &[Answer::Slow(&[r#"{"User"#, r#"name":"al"#, r#"ice"}"#])], 1),
    ];
    for (name, answers, attempts) in cases {
        let (sent, _) = compare(name, answers, |settings| settings).await;
        assert_eq!(sent.len(), *attempts, "{name}");
    }
    report!("direct: {} cases", cases.len());
}

#[tokio::test]
async fn settings_of_the_client_are_in_both() {
    let changes: &[(&str, Change)] = &[
        ("endpoint", |settings| settings.endpoint_url("http://127.0.0.1:9/base")),
        ("FIPS and dual stack", |settings| {
            settings.use_fips(true).use_dual_stack(true)
        }),
        ("no session token", |settings| {
            settings.credentials_provider(Credentials::new("AKIDEXAMPLE", "other", None, None, "test"))
        }),
        ("the scheme's own port", |settings| {
            settings.endpoint_url("https://127.0.0.1:443")
        }),
        ("app name", |settings| {
            settings.app_name(cognito_idp::config::AppName::new("shop").expect("valid"))
        }),
        ("no retries", |settings| settings.retry_config(RetryConfig::disabled())),
        ("five attempts", |settings| {
            settings.retry_config(RetryConfig::standard().with_max_attempts(5))
        }),
        ("no protection", |settings| {
            settings.stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        }),
    ];
    for (name, change) in changes {
        let (_, result) = compare(name, &[USER], *change).await;
        assert!(result.is_ok_and(|output| output.contains("enabled: true")), "{name}");
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_given_up() {
    let server = Server::default();
    let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_millis(200));
    let settings = settings(&server)
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .time_source(SystemTimeSource::new())
        .retry_config(RetryConfig::disabled())
        .stalled_stream_protection(protection.build());
    let client = warm(&server, settings).await;
    server.answer(&[Answer::Stalled(r#"{"Username":"alice""#)]);
    let error = get_user(&client).await.expect_err("no more comes");
    assert!(error.contains("minimum throughput"), "{error}");
    assert!(!server.take()[0].orchestrated);
}

#[tokio::test]
async fn what_a_client_or_a_call_has_of_its_own_is_the_orchestrators() {
    let changes: &[(&str, Change)] = &[
        ("interceptor", |settings| settings.interceptor(Nothing)),
        ("adaptive", |settings| settings.retry_config(RetryConfig::adaptive())),
        ("timeout", |settings| {
            let timeouts = cognito_idp::config::timeout::TimeoutConfig::builder();
            settings.timeout_config(timeouts.operation_timeout(Duration::from_secs(60)).build())
        }),
        ("framework", |settings| {
            let framework = cognito_idp::config::FrameworkMetadata::new("axum", Some("1"));
            settings.framework_metadata(framework.expect("valid"))
        }),
        ("unsigned", |settings| settings.allow_no_auth()),
        ("authentication schemes", |settings| {
            settings.auth_scheme_preference([AuthSchemeId::new("sigv4")])
        }),
        ("invocation ids", |settings| {
            settings.invocation_id_generator(PredefinedInvocationIdGenerator::new(vec![
                InvocationId::new("one".to_owned()),
                InvocationId::new("two".to_owned()),
            ]))
        }),
        ("endpoint resolver", |settings| {
            let resolver = settings.clone().build().endpoint_resolver();
            let mut settings = settings;
            settings.set_endpoint_resolver(Some(resolver));
            settings
        }),
        ("retry classifier", |settings| {
            settings.retry_classifier(HttpStatusCodeClassifier::default())
        }),
        ("a path with escapes", |settings| {
            settings.endpoint_url("http://127.0.0.1:9/%20")
        }),
    ];
    for (name, change) in changes {
        let server = Server::default();
        let client = warm(&server, change(settings(&server))).await;
        server.answer(&[USER]);
        get_user(&client).await.expect("an answer");
        assert!(server.take()[0].orchestrated, "{name}");
    }

    let server = Server::default();
    let client = warm(&server, settings(&server)).await;
    server.answer(&[USER, USER]);
    let call = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .customize();
    let region = Config::builder().region(Region::new("us-west-2"));
    call.config_override(region).send().await.expect("an answer");
    get_user(&client).await.expect("an answer");
    let sent = server.take();
    assert!(sent[0].orchestrated && sent[0].text.contains("us-west-2"), "{sent:?}");
    assert!(!sent[1].orchestrated && sent[1].text.contains("eu-west-1"), "{sent:?}");
}

#[tokio::test]
async fn while_the_retry_quota_is_not_full_the_orchestrator_fills_it() {
    let server = Server::default();
    let client = warm(&server, settings(&server)).await;
    server.answer(&[Answer::Broken, Answer::Broken, Answer::Broken]);
    get_user(&client).await.expect_err("no answer");
    server.take();
    let mut orchestrated = 0;
    loop {
        server.answer(&[USER]);
        get_user(&client).await.expect("an answer");
        if !server.take()[0].orchestrated {
            break;
        }
        orchestrated += 1;
    }
    assert!((1..100).contains(&orchestrated), "{orchestrated}");
}

#[tokio::test]
async fn a_clock_that_is_off_is_left_to_the_orchestrator() {
    let server = Server::default();
    let client = warm(&server, settings(&server)).await;
    // The client's clock says Sun, 15 Jun 2025 15:06:40 GMT.
    let later = Answer::Response(200, &[("date", "Sun, 15 Jun 2025 15:16:40 GMT")], "{}");
    let now = Answer::Response(200, &[("date", "Sun, 15 Jun 2025 15:06:41 GMT")], "{}");
    server.answer(&[later, now.clone(), now.clone(), now]);
    let mut orchestrated = Vec::new();
    for _ in 0..4 {
        get_user(&client).await.expect("an answer");
        orchestrated.push(server.take()[0].orchestrated);
    }
    // It is seen in the first answer, and the second one says that the clock is right again.
    assert_eq!(orchestrated, [false, true, false, false]);
}
