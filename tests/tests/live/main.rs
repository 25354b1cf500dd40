//! The clients against real servers: ministack and moto, which this test installs and starts by itself, and the emulator.

mod emulator;
mod identity;

use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use cognito_idp::Client;
use cognito_idp::config::{Builder, Credentials};
use cognito_idp::error::DisplayErrorContext;
use cognito_tests::operations::{Outcome, call_all, implemented};
use cognito_tests::report;
use cognito_tests::servers::{Certificate, Server, version};
use cognito_tests::session::{Kind, Session};
use cognito_tests::sessions::sessions;
use std::time::{Duration, SystemTime};

/// ministack wants a token from an e-mail that it doesn't send, and refuses every call.
const ALWAYS_REFUSED: &[&str] = &["UpdateAuthEventFeedback"];

fn config(server: &Server) -> Builder {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    Session::config().endpoint_url(server.url()).retry_config(retries)
}

fn client(server: &Server) -> Client {
    Client::from_conf(config(server).build())
}

/// Runs all sessions, then calls every operation of the model once more with nothing in the request.
async fn call_everything(kind: Kind, server: &Server) -> Vec<Outcome> {
    let session = Session::new(kind, SystemTime::now(), config(server));
    for (_, run) in sessions(kind) {
        run(&session).await;
    }
    report(kind, &session);
    let expected = implemented(kind);
    let config = config(server).retry_config(RetryConfig::disabled()).build();
    let outcomes = call_all(&Client::from_conf(config)).await;
    report!(
        "live: {}: {} operations called with nothing in the request",
        kind.name(),
        outcomes.len()
    );
    assert_eq!(outcomes.len(), 141);
    outcomes
        .into_iter()
        .filter(|outcome| !expected.contains(&outcome.operation))
        .collect()
}

/// Checks that the sessions have called all that the server implements, and says how much that was.
fn report(kind: Kind, session: &Session) {
    let wire = session.wire();
    let expected = implemented(kind);
    let refused: Vec<_> = expected
        .iter()
        .filter(|operation| wire.answers.get(**operation).is_none_or(|answers| answers.ok == 0))
        .copied()
        .collect();
    let known: Vec<_> = ALWAYS_REFUSED
        .iter()
        .filter(|operation| expected.contains(operation))
        .copied()
        .collect();
    assert_eq!(refused, known, "these were never answered with success");
    assert!(
        wire.answers.keys().all(|operation| expected.contains(&&**operation)),
        "{:?}",
        wire.answers.keys()
    );
    let requests: usize = wire.answers.values().map(|answers| answers.ok + answers.error).sum();
    let errors: usize = wire.answers.values().map(|answers| answers.error).sum();
    report!(
        "live: {} {}: {} operations called, {requests} requests, {errors} of them refused as expected, {} members of \
         answers compared",
        kind.name(),
        version(kind.name()),
        wire.answers.len(),
        wire.findings.equal.len(),
    );
    assert_eq!(wire.answers.len(), expected.len());
}

#[tokio::test]
async fn ministack_answers_every_operation_that_it_implements() {
    let server = Server::ministack();
    let others = call_everything(Kind::Ministack, &server).await;
    assert_eq!(others.len(), 141 - 77);
    for Outcome { operation, error } in others {
        let error = error.unwrap_or_else(|| panic!("{operation}: ministack doesn't know it"));
        assert!(
            error.service && error.code.as_deref() == Some("InvalidAction"),
            "{operation}: {error:?}"
        );
    }
}

#[tokio::test]
async fn moto_answers_every_operation_that_it_implements_and_the_rest_with_html() {
    let server = Server::moto();
    let others = call_everything(Kind::Moto, &server).await;
    assert_eq!(others.len(), 141 - 62);
    for Outcome { operation, error } in others {
        let error = error.unwrap_or_else(|| panic!("{operation}: moto doesn't know it"));
        assert!(!error.service, "{operation}: HTML is no answer of Cognito's: {error:?}");
        assert_eq!(
            (error.code.as_deref(), error.status),
            (None, Some(500)),
            "{operation}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_in_html_is_retried_and_then_an_error_with_the_response_in_it() {
    let server = Server::moto();
    let session = Session::new(Kind::Moto, SystemTime::now(), config(&server));
    let result = session
        .client
        .describe_terms()
        .user_pool_id("us-east-1_x")
        .terms_id("x")
        .send()
        .await;
    let error = result.expect_err("moto doesn't know it");
    let response = error.raw_response().expect("there was a response");
    assert_eq!(response.status().as_u16(), 500);
    let body = response.body().bytes().expect("the body is loaded");
    assert!(
        String::from_utf8_lossy(body).contains("<html"),
        "moto answers with HTML"
    );
    assert_eq!(
        session.wire().answers["DescribeTerms"].error,
        3,
        "a 500 is tried three times"
    );
    report!("live: moto's HTML: {}", DisplayErrorContext(&error));
}

/// Calls IAM with the root key `test`, whose signature ministack doesn't check.
fn iam(server: &Server, form: &str) -> String {
    let root = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", root),
    ];
    let (status, body) = server.post("/", &headers, &format!("{form}&Version=2010-05-08"));
    assert_eq!(status, 200, "{form}: {body}");
    body
}

/// Creates an IAM user who may do everything, and gives the key.
fn access_key(server: &Server) -> Credentials {
    iam(server, "Action=CreateUser&UserName=tester");
    // {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}
    iam(
        server,
        "Action=PutUserPolicy&UserName=tester&PolicyName=all&PolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22\
         Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%5D%7D",
    );
    let key = iam(server, "Action=CreateAccessKey&UserName=tester");
    let element = |name: &str| {
        let (_, rest) = key.split_once(&format!("<{name}>")).expect("the key");
        rest.split_once('<').expect("an end").0.to_owned()
    };
    Credentials::new(element("AccessKeyId"), element("SecretAccessKey"), None, None, "iam")
}

/// Changes the body after it was signed, as someone on the way might.
#[derive(Debug)]
struct Tamper;

impl Intercept for Tamper {
    fn name(&self) -> &'static str {
        "Tamper"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let body = String::from_utf8(request.body().bytes().ok_or("it is in memory")?.to_vec())?;
        *request.body_mut() = SdkBody::from(body.replace("\"MaxResults\":1", "\"MaxResults\":2"));
        Ok(())
    }
}

#[tokio::test]
async fn signatures_are_accepted_and_tampered_requests_refused() {
    let server = Server::ministack_with_auth();
    let credentials = access_key(&server);
    let signed = |credentials: &Credentials| {
        Session::new(
            Kind::Ministack,
            SystemTime::now(),
            config(&server)
                .credentials_provider(credentials.clone())
                .retry_config(RetryConfig::disabled()),
        )
    };

    let session = signed(&credentials);
    let mut accepted = 0;
    for (name, run) in sessions(Kind::Ministack) {
        // With AUTH=true ministack sends no code that a test could know for a forgotten password, and so on: these
        // are sessions of signed calls alone.
        if [
            "groups",
            "app-clients",
            "providers",
            "resource-servers",
            "pools",
            "domains",
            "pages",
        ]
        .contains(&name)
        {
            run(&session).await;
            accepted += 1;
        }
    }
    let requests: usize = session.wire().answers.values().map(|answers| answers.ok).sum();
    report!("live: ministack with AUTH=true: {requests} signatures accepted in {accepted} sessions");

    let call = session.client.list_user_pools().max_results(1);
    call.clone()
        .send()
        .await
        .expect("the same call is fine without the man in the middle");
    let error = call
        .customize()
        .interceptor(Tamper)
        .send()
        .await
        .expect_err("the body isn't what was signed");
    report!("live: a tampered body: {}", DisplayErrorContext(&error));
    assert_eq!(
        error.code(),
        Some("InvalidSignatureException"),
        "{}",
        DisplayErrorContext(&error)
    );

    let wrong = Credentials::new(credentials.access_key_id(), "not the secret", None, None, "wrong");
    let error = signed(&wrong)
        .client
        .list_user_pools()
        .max_results(1)
        .send()
        .await
        .expect_err("another secret");
    assert_eq!(
        error.code(),
        Some("InvalidSignatureException"),
        "{}",
        DisplayErrorContext(&error)
    );
    let unknown = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret", None, None, "unknown");
    let error = signed(&unknown)
        .client
        .list_user_pools()
        .max_results(1)
        .send()
        .await
        .expect_err("an unknown key");
    report!("live: an unknown key: {}", DisplayErrorContext(&error));
    assert!(
        error.code().is_some_and(|code| code != "InvalidSignatureException"),
        "{}",
        DisplayErrorContext(&error)
    );
    report!("live: 3 forged requests refused");
}

fn https(trust: TrustStore) -> SharedHttpClient {
    let context = TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .expect("a valid certificate");
    aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(context)
        .build_https()
}

async fn over_tls(kind: Kind, server: &Server, certificate: &Certificate) {
    let trusted = TrustStore::empty().with_pem_certificate(certificate.pem());
    let session = Session::new(kind, SystemTime::now(), config(server).http_client(https(trusted)));
    for (name, run) in sessions(kind) {
        if ["sign-up", "groups", "pages"].contains(&name) {
            run(&session).await;
        }
    }
    let stranger = config(server).http_client(https(TrustStore::empty().with_native_roots(true)));
    let client = Client::from_conf(stranger.retry_config(RetryConfig::disabled()).build());
    let error = client
        .list_user_pools()
        .max_results(1)
        .send()
        .await
        .expect_err("nobody has signed the certificate");
    assert!(
        matches!(error, SdkError::DispatchFailure(_)),
        "{}",
        DisplayErrorContext(&error)
    );
    let requests: usize = session
        .wire()
        .answers
        .values()
        .map(|answers| answers.ok + answers.error)
        .sum();
    report!(
        "live: {} over TLS: {requests} requests, and none to a server that nobody vouches for",
        server.name()
    );
}

#[tokio::test]
async fn ministack_is_spoken_to_over_tls_and_http_2() {
    let certificate = Certificate::new();
    let server = Server::ministack_with_tls(&certificate);
    over_tls(Kind::Ministack, &server, &certificate).await;
    let log = server.log();
    let count = |version: &str| log.matches(&format!("request over {version} ")).count();
    report!(
        "live: ministack: {} requests over HTTP/2, {} over HTTP/1.1",
        count("HTTP/2"),
        count("HTTP/1.1")
    );
    assert!(count("HTTP/2") > 50 && count("HTTP/1.1") == 0, "{log}");
}

#[tokio::test]
async fn moto_is_spoken_to_over_tls() {
    let certificate = Certificate::new();
    let server = Server::moto_with_tls(&certificate);
    over_tls(Kind::Moto, &server, &certificate).await;
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_paginator_unless_told_otherwise() {
    let server = Server::ministack();
    let client = client(&server);
    client.create_user_pool().pool_name("one").send().await.expect("a pool");
    // With `MaxResults` 0 ministack gives no pool and always the token of the first.
    let call = client.list_user_pools().max_results(0);
    let mut pages = call.clone().into_paginator().send();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        assert_eq!(page.expect("a page").next_token(), Some("0"));
        count += 1;
        assert!(count < 10, "it never ends");
    }
    assert_eq!(count, 2, "the second page has the token that it was asked with");

    let mut pages = call.into_paginator().stop_on_duplicate_token(false).send();
    for _ in 0..10 {
        pages.next().await.expect("it goes on").expect("a page");
    }
}

#[tokio::test]
async fn a_token_that_is_not_one_is_the_services_error() {
    let server = Server::moto();
    let client = client(&server);
    let result = client
        .list_user_pools()
        .max_results(1)
        .next_token("no token")
        .send()
        .await;
    let error = result.expect_err("moto checks tokens");
    report!("live: moto on a bad token: {}", DisplayErrorContext(&error));
    assert!(
        error.as_service_error().is_some() && error.code().is_some(),
        "{}",
        DisplayErrorContext(&error)
    );
}

/// Makes microburst do this to the calls of `ListUserPools`.
fn fault(microburst: &Server, rule: &str) {
    let rule = format!(r#"[{{"service":"cognito-idp","operation":"ListUserPools",{rule}}}]"#);
    let (status, body) = microburst.post("/_microburst/rules", &[("content-type", "application/json")], &rule);
    assert!((200..300).contains(&status), "{status} {body}");
}

fn behind_faults(kind: Kind, microburst: &Server) -> Session {
    Session::new(kind, SystemTime::now(), config(microburst))
}

#[tokio::test]
async fn a_throttled_call_is_tried_again() {
    let server = Server::ministack();
    let microburst = Server::microburst(&server);
    fault(&microburst, r#""times":2,"error":{"code":"TooManyRequestsException"}"#);
    let session = behind_faults(Kind::Ministack, &microburst);
    session.ok(session.client.list_user_pools().max_results(1).send().await);
    let answers = session.wire().answers["ListUserPools"];
    assert_eq!((answers.error, answers.ok), (2, 1));

    fault(&microburst, r#""times":3,"error":{"code":"TooManyRequestsException"}"#);
    let error = session.refused(session.client.list_user_pools().max_results(1).send().await);
    assert!(error.is_too_many_requests_exception(), "{error:?}");
    assert_eq!(session.wire().answers["ListUserPools"].error, 5, "three attempts");
    report!("live: throttled twice, then answered; throttled three times, then an error");
}

#[tokio::test]
async fn a_body_that_is_cut_short_is_an_error() {
    let server = Server::ministack();
    for number in 0..3 {
        client(&server)
            .create_user_pool()
            .pool_name(format!("pool {number}"))
            .send()
            .await
            .expect("a pool");
    }
    let microburst = Server::microburst(&server);
    let once = config(&microburst).retry_config(RetryConfig::disabled());
    let session = Session::new(Kind::Ministack, SystemTime::now(), once);
    let whole = session.ok(session.client.list_user_pools().max_results(60).send().await);
    assert_eq!(whole.user_pools().len(), 3);
    for rule in [
        r#""response":{"truncate_bytes":40}"#,
        r#""response":{"abort_bytes":40}"#,
    ] {
        fault(&microburst, &format!(r#""times":1,{rule}"#));
        let result = session.client.list_user_pools().max_results(60).send().await;
        let error = result.expect_err("half an answer is none");
        report!("live: {rule}: {}", DisplayErrorContext(&error));
        assert!(error.as_service_error().is_none(), "{}", DisplayErrorContext(&error));
        session.ok(session.client.list_user_pools().max_results(60).send().await);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() {
    let server = Server::ministack();
    let microburst = Server::microburst(&server);
    fault(&microburst, r#""times":2,"reset":true"#);
    let session = behind_faults(Kind::Ministack, &microburst);
    session.ok(session.client.list_user_pools().max_results(1).send().await);
    report!("live: two broken connections, then an answer");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_a_timeout() {
    let server = Server::ministack();
    let microburst = Server::microburst(&server);
    fault(&microburst, r#""times":1,"latency":10000"#);
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(2))
        .build();
    let patient = config(&microburst).timeout_config(timeouts);
    let impatient = patient.clone().retry_config(RetryConfig::disabled());
    let call = Client::from_conf(impatient.build())
        .list_user_pools()
        .max_results(1)
        .send()
        .await;
    let error = call.expect_err("ten seconds are too long");
    assert!(
        matches!(error, SdkError::TimeoutError(_)),
        "{}",
        DisplayErrorContext(&error)
    );

    fault(&microburst, r#""times":1,"latency":10000"#);
    let call = Client::from_conf(patient.build())
        .list_user_pools()
        .max_results(1)
        .send()
        .await;
    call.expect("the second attempt is in time");
    report!("live: too late once is a timeout, or tried again");
}
