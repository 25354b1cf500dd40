//! The error of a call in one line, and the hints in it.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use cognito_runtime::error::ProvideSummary;

type TestError = SdkError<ErrorMetadata, HttpResponse>;

fn response(status: u16, id: Option<&'static str>) -> HttpResponse {
    let status = status.try_into().expect("a status");
    let mut response = HttpResponse::new(status, SdkBody::from("SECRET of the body"));
    if let Some(id) = id {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    response
}

fn from_service(code: &str, message: &str) -> TestError {
    let error = ErrorMetadata::builder().code(code).message(message).build();
    SdkError::service_error(error, response(400, Some("id-1")))
}

#[track_caller]
fn prints(error: &TestError, expected: &str) {
    assert_eq!(error.summary().to_string(), expected);
}

#[test]
fn a_service_error_says_code_message_status_and_request_id() {
    let error = from_service("UserNotFoundException", "User does not exist.");
    prints(
        &error,
        "service error: UserNotFoundException: User does not exist. (HTTP 400, request id id-1)",
    );
    let summary = error.summary();
    assert_eq!(
        (summary.kind(), summary.code()),
        ("service error", Some("UserNotFoundException"))
    );
    assert_eq!(
        (summary.message(), summary.status()),
        (Some("User does not exist."), Some(400))
    );
    assert_eq!(summary.request_id(), Some("id-1"));
}

#[test]
fn every_other_kind_says_what_caused_it() {
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    prints(
        &SdkError::construction_failure("no region"),
        "construction failure: no region",
    );
    prints(&SdkError::timeout_error("too slow"), "timeout: too slow");
    prints(
        &SdkError::dispatch_failure(ConnectorError::io(refused.into())),
        "dispatch failure: io error: connection refused",
    );
    prints(
        &SdkError::response_error("in `User`: not an object", response(200, Some("id-2"))),
        "response error: in `User`: not an object (HTTP 200, request id id-2)",
    );
}

#[test]
fn what_may_succeed_later_is_told_from_what_wont() {
    let throttled = from_service("TooManyRequestsException", "Rate exceeded");
    assert!(throttled.summary().is_throttled() && throttled.summary().is_transient());
    assert!(
        from_service("LimitExceededException", "Attempt limit exceeded")
            .summary()
            .is_throttled()
    );
    let metadata = ErrorMetadata::builder().code("InternalErrorException").build();
    let failed: TestError = SdkError::service_error(metadata, response(500, None));
    assert!(failed.summary().is_transient() && !failed.summary().is_throttled());
    let lost = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let unanswered: [TestError; 4] = [
        SdkError::timeout_error("too slow"),
        SdkError::dispatch_failure(ConnectorError::io(lost().into())),
        SdkError::dispatch_failure(ConnectorError::timeout(lost().into())),
        SdkError::response_error("not an object", response(200, None)),
    ];
    for error in &unanswered {
        assert!(
            error.summary().is_transient() && !error.summary().is_throttled(),
            "{error:?}"
        );
    }
    let lasting: [TestError; 3] = [
        from_service("UserNotFoundException", "User does not exist."),
        SdkError::construction_failure("no region"),
        SdkError::dispatch_failure(ConnectorError::user("missing region".into())),
    ];
    for error in &lasting {
        assert!(
            !error.summary().is_transient() && !error.summary().is_throttled(),
            "{error:?}"
        );
    }
}

#[test]
fn it_is_one_line_without_the_body_or_a_password() {
    let error = from_service("X", "two\nlines\r\n\u{1b}[31m");
    prints(&error, "service error: X: two lines   [31m (HTTP 400, request id id-1)");
    let error = TestError::construction_failure("failed to apply endpoint `https://me:hunter@2@host/x y`, http://a@b");
    prints(
        &error,
        "construction failure: failed to apply endpoint `https://***@host/x y`, http://***@b",
    );
    let unreadable = TestError::response_error("expected value", response(500, None));
    prints(&unreadable, "response error: expected value (HTTP 500)");
}

#[test]
fn a_hint_is_printed_where_it_is_asked_for() {
    let error = from_service(
        "NotAuthorizedException",
        "Unable to verify secret hash for client 1example",
    );
    let (plain, long) = (format!("{}", error.summary()), format!("{:#}", error.summary()));
    let hint = error.summary().hint().expect("a hint");
    assert_eq!(long, format!("{plain}; hint: {hint}"));
    assert_eq!(from_service("SomethingNew", "").summary().hint(), None);
}

#[test]
fn the_usual_traps_have_hints() {
    for (code, message, says) in [
        (
            "NotAuthorizedException",
            "Client 1example is configured with secret but SECRET_HASH was not received",
            "SECRET_HASH",
        ),
        (
            "InvalidParameterException",
            "USER_PASSWORD_AUTH flow not enabled for this client",
            "add ALLOW_USER_PASSWORD_AUTH to",
        ),
        (
            "InvalidParameterException",
            "ALLOW_CLIENT_TOKEN_AUTH is not enabled for this client",
            "add ALLOW_CLIENT_TOKEN_AUTH to",
        ),
        (
            "NotAuthorizedException",
            "Incorrect username or password.",
            "name or the password is wrong",
        ),
        (
            "InvalidParameterException",
            "Auth flow not enabled for this client",
            "ExplicitAuthFlows",
        ),
        (
            "ResourceNotFoundException",
            "User pool us-east-1_x does not exist.",
            "begins with its region",
        ),
        (
            "ResourceNotFoundException",
            "User pool client 1example does not exist.",
            "region",
        ),
        (
            "NotAuthorizedException",
            "Access Token has expired",
            "new one with the refresh token",
        ),
        ("NotAuthorizedException", "Refresh Token has expired", "sign in again"),
        (
            "ExpiredTokenException",
            "The security token included in the request is expired",
            "AWS credentials",
        ),
        (
            "InvalidSignatureException",
            "Signature expired: 20200101T000000Z is now earlier than …",
            "clock",
        ),
        ("InvalidSignatureException", "Signature not yet current: …", "clock"),
        (
            "InvalidSignatureException",
            "The request signature we calculated does not match",
            "secret access key",
        ),
        ("RequestTimeTooSkewed", "", "clock"),
        (
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
            "access key",
        ),
        (
            "AccessDeniedException",
            "User … is not authorized to perform: cognito-idp:ListUsers",
            "IAM policy",
        ),
    ] {
        let error = from_service(code, message);
        let hint = error.summary().hint().unwrap_or_default();
        assert!(hint.contains(says), "{code}: {message}: {hint:?}");
    }
    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    for (error, says) in [
        (
            TestError::construction_failure("Invalid Configuration: Missing Region"),
            "region",
        ),
        (TestError::construction_failure("missing signing region"), "region"),
        (
            TestError::dispatch_failure(ConnectorError::io(refused.into())),
            "endpoint",
        ),
        (TestError::timeout_error("x"), "timeout_config"),
    ] {
        let hint = error.summary().hint().unwrap_or_default();
        assert!(hint.contains(says), "{error:?}: {hint:?}");
    }
    assert_eq!(TestError::construction_failure("something else").summary().hint(), None);
}
