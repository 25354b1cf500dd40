//! What is printed: `Debug` with its redactions, `Display`, error chains.

use super::sdk;
use super::setup::{Seen, client, error, response, server};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime, Document};
use sdk::error::{BuildError, ConnectorError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use sdk::operation::RequestId;
use sdk::operation::admin_get_user::{AdminGetUserError, AdminGetUserInput, AdminGetUserOutput};
use sdk::operation::describe_user_pool_domain::DescribeUserPoolDomainOutput;
use sdk::operation::initiate_auth::{InitiateAuthInput, InitiateAuthOutput};
use sdk::types::error::{NotAuthorizedException, TierChangeNotAllowedException};
use sdk::types::{
    AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType, CodeDeliveryDetailsType,
    DeviceSecretVerifierConfigType, DomainDescriptionType, GroupType, SmsMfaConfigType, StringAttributeConstraintsType,
    UserPoolClientType, UserType,
};
use std::error::Error;

/// A user's function that fails with the crate's error for everything.
async fn all_errors(client: &sdk::Client) -> Result<String, sdk::Error> {
    let user = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await?;
    let session = client
        .initiate_auth()
        .auth_flow(AuthFlowType::CustomAuth)
        .client_id("client")
        .send()
        .await?;
    Ok(user.username + session.session().unwrap_or_default())
}

/// Everything there is to see of an error.
fn describe(error: SdkError<AdminGetUserError>) -> Seen {
    let mut seen = vec![
        format!("Display: {error}"),
        format!("Debug: {error:?}"),
        format!("with context: {}", DisplayErrorContext(&error)),
        format!("{:?} {:?} {:?}", error.code(), error.message(), error.request_id()),
        format!("{:?}", error.raw_response().map(|response| response.status())),
    ];
    let mut source = error.source();
    while let Some(cause) = source {
        seen.push(format!("because: {cause}"));
        source = cause.source();
    }
    let inner = error.into_service_error();
    seen.push(format!(
        "service error: {inner} | {inner:?} | {:?} {:?}",
        inner.meta(),
        inner.request_id()
    ));
    let all = sdk::Error::from(inner);
    seen.push(format!("Error: {all} | {all:?} | {:?}", all.request_id()));
    seen
}

async fn answer(response: http::Response<SdkBody>) -> Result<AdminGetUserOutput, SdkError<AdminGetUserError>> {
    client(server([response]))
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await
}

/// What a server may answer with that is no success.
pub(crate) async fn responses() -> Seen {
    let plain = |status, body: &'static str| {
        http::Response::builder()
            .status(status)
            .body(SdkBody::from(body))
            .unwrap()
    };
    let responses = [
        error(400, "UserNotFoundException", "no such user"),
        error(
            400,
            "com.amazonaws.cognito#UserNotFoundException:http://internal.amazon.com/",
            "namespaced",
        ),
        error(400, "NotAuthorizedException", ""),
        error(400, "InvalidParameterException", "1 validation error"),
        response(
            400,
            r#"{"__type":"InvalidParameterException","message":"m","reasonCode":"because"}"#,
        ),
        response(400, r#"{"__type":"UserNotFoundException","Message":"capital"}"#),
        response(400, r#"{"__type":"UserNotFoundException","message":null}"#),
        error(400, "SomethingNewException", "not in the model"),
        error(400, "ExpiredTokenException", "of AWS, not of the service"),
        response(400, r#"{"code":"UserNotFoundException","message":"code without type"}"#),
        plain(400, ""),
        plain(200, ""),
    ];
    let header = |name: &str, value: &str, body: &'static str| {
        http::Response::builder()
            .status(400)
            .header(name, value)
            .body(SdkBody::from(body))
            .unwrap()
    };
    let headers = [
        header(
            "x-amzn-errortype",
            "UserNotFoundException:http://internal/",
            r#"{"message":"from the header"}"#,
        ),
        header("x-amz-request-id", "other-id", r#"{"__type":"UserNotFoundException"}"#),
        header(
            "x-amzn-error-message",
            "in a header",
            r#"{"__type":"UserNotFoundException"}"#,
        ),
    ];
    let mut seen = Seen::new();
    for response in responses.into_iter().chain(headers) {
        seen.push(format!(
            "--- {} {:?}",
            response.status(),
            String::from_utf8_lossy(response.body().bytes().unwrap())
        ));
        match answer(response).await {
            Ok(output) => seen.push(format!("{output:?}")),
            Err(error) => seen.extend(describe(error)),
        }
    }
    seen
}

/// Answers that can't be read: the two crates say it in other words (ours with line and column), of the same kind.
pub(crate) async fn unreadable() -> Seen {
    let html = |status| {
        http::Response::builder()
            .status(status)
            .body(SdkBody::from("<html>not found</html>"))
            .unwrap()
    };
    let responses = [
        html(404),
        html(301),
        response(200, "not JSON"),
        response(200, r#"{"Username":5}"#),
        response(200, r#"{"Username":"alice","UserCreateDate":"yesterday"}"#),
        response(200, "[]"),
        response(400, r#"{"message":"nothing else"}"#),
        response(400, "{}"),
    ];
    let mut seen = Seen::new();
    for response in responses {
        let error = answer(response).await.unwrap_err();
        let kind = match &error {
            SdkError::ResponseError(_) => "a response that can't be read",
            SdkError::ServiceError(_) => "an error of the service",
            _ => "something else",
        };
        let status = error.raw_response().map(|response| response.status());
        seen.push(format!(
            "{error} {kind} {status:?} {:?} {}",
            error.code(),
            error.source().is_some()
        ));
    }
    seen
}

/// Fails without a response.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Io,
    Timeout,
    User,
    Other,
}

impl HttpConnector for Broken {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let cause = Box::new(std::io::Error::other("the cable is cut"));
        HttpConnectorFuture::ready(Err(match self {
            Self::Io => ConnectorError::io(cause),
            Self::Timeout => ConnectorError::timeout(cause),
            Self::User => ConnectorError::user(cause),
            Self::Other => ConnectorError::other(cause, None),
        }))
    }
}

/// A request that never gets an answer.
pub(crate) async fn connections() -> Seen {
    let mut seen = Seen::new();
    for broken in [Broken::Io, Broken::Timeout, Broken::User, Broken::Other] {
        let http = aws_smithy_runtime_api::client::http::http_client_fn(move |_, _| {
            aws_smithy_runtime_api::client::http::SharedHttpConnector::new(broken)
        });
        let result = client(http)
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await;
        seen.extend(describe(result.unwrap_err()));
    }
    seen
}

/// What `?` makes of an error with this code, from the second call.
async fn question_mark_of(code: &'static str) -> sdk::Error {
    let http = infallible_client_fn(move |request: http::Request<SdkBody>| {
        let target = request.headers()["x-amz-target"].to_str().unwrap();
        if target.ends_with("AdminGetUser") {
            response(200, r#"{"Username":"alice"}"#)
        } else {
            error(400, code, "m")
        }
    });
    all_errors(&client(http)).await.unwrap_err()
}

/// `?` turns each operation's error into the crate's.
pub(crate) async fn question_mark() -> Seen {
    let mut seen = Seen::new();
    for code in ["ForbiddenException", "UserLambdaValidationException", "Unheard"] {
        let error = question_mark_of(code).await;
        seen.push(format!(
            "{error} | {error:?} | {:?} {:?}",
            error.code(),
            error.request_id()
        ));
    }
    // An error of the service, but not of this operation.
    let other = question_mark_of("AliasExistsException").await;
    seen.push(format!(
        "{other} {:?} {:?} {:?}",
        other.code(),
        other.message(),
        other.request_id()
    ));
    let build: BuildError = AttributeType::builder().build().unwrap_err();
    let error = sdk::Error::from(SdkError::<AdminGetUserError>::construction_failure(build));
    seen.push(format!("{error} | {error:?} | {}", DisplayErrorContext(&error)));
    seen
}

/// What stands behind the crate's error.
pub(crate) async fn chain() -> Seen {
    let mut seen = Seen::new();
    for code in ["ForbiddenException", "UserLambdaValidationException", "Unheard"] {
        let error = question_mark_of(code).await;
        seen.push(format!(
            "{:?} | {}",
            error.source().map(ToString::to_string),
            DisplayErrorContext(&error)
        ));
    }
    seen
}

/// Values print the same, and the same of them is redacted.
pub(crate) fn values() -> Seen {
    let attribute = AttributeType::builder()
        .name("email")
        .value("alice@example.com")
        .build()
        .unwrap();
    let user = UserType::builder()
        .username("alice")
        .attributes(attribute.clone())
        .user_create_date(DateTime::from_secs_and_nanos(1, 500_000_000))
        .enabled(true)
        .build();
    let result = AuthenticationResultType::builder()
        .access_token("a")
        .id_token("i")
        .refresh_token("r")
        .expires_in(1);
    let input = InitiateAuthInput::builder()
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .client_id("client")
        .auth_parameters("PASSWORD", "secret")
        .session("session");
    let output = InitiateAuthOutput::builder()
        .challenge_name(ChallengeNameType::NewPasswordRequired)
        .authentication_result(result.clone().build())
        .session("s");
    let domain = DomainDescriptionType::builder()
        .domain("auth")
        .s3_bucket("b")
        .managed_login_version(2);
    let secret = UserPoolClientType::builder()
        .client_secret("secret")
        .client_id("id")
        .build();
    vec![
        format!("{attribute:?} {:#?}", AttributeType::builder().name("email").value("x")),
        format!("{user:?}"),
        format!("{user:#?}"),
        format!("{:?} {result:?}", result.clone().build()),
        format!(
            "{input:?} {:?} {:?}",
            input.clone().build().unwrap(),
            InitiateAuthInput::builder()
        ),
        format!("{output:?} {:?}", output.clone().build()),
        format!("{:?} {domain:?}", domain.clone().build()),
        format!(
            "{:?}",
            DescribeUserPoolDomainOutput::builder()
                .domain_description(domain.build())
                .build()
        ),
        format!("{:?}", AdminGetUserInput::builder().username("alice").build()),
        // Our model is newer and has a member more.
        format!("{secret:?}").replace(", client_type: None", ""),
        format!("{:?}", DeviceSecretVerifierConfigType::builder().salt("salt").build()),
        format!("{:?}", CodeDeliveryDetailsType::builder().build()),
        format!("{:?}", GroupType::builder().precedence(1).build()),
        format!("{:?}", SmsMfaConfigType::builder().build()),
        format!(
            "{:?}",
            StringAttributeConstraintsType::builder().min_length("0").build()
        ),
        format!(
            "{:?} {:?}",
            ChallengeNameType::from("NEW"),
            ChallengeNameType::try_parse("NEW").map_err(|e| (e.to_string(), format!("{e:?}")))
        ),
        format!("{:?} {}", AuthFlowType::values(), AuthFlowType::UserSrpAuth),
        format!("{:?} {:?}", Blob::new("b"), Document::from("d")),
        format!("{:?}", AttributeType::builder().build()),
        format!("{}", NotAuthorizedException::builder().message("m").build()),
        format!("{:?} {0}", NotAuthorizedException::builder().build()),
        format!(
            "{:?} {0}",
            TierChangeNotAllowedException::builder().message("m").build()
        ),
        format!("{:?}", NotAuthorizedException::builder().message("m")),
    ]
}
