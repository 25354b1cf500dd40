//! The tour against the Cognito inside the process.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use cognito_emulator::Cognito;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::operation::initiate_auth::InitiateAuthError;
use cognito_idp::types::{AuthFlowType, ExplicitAuthFlowsType};
use cognito_idp::{Client, Config};
use quickstart::{Console, Error, Options, Report, Verdict};
use std::process::Command;

const ARN: &str = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef";

fn client(http: impl HttpClient + 'static) -> Client {
    Client::from_conf(
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .http_client(http)
            .build(),
    )
}

async fn tour(http: impl HttpClient + 'static) -> (Result<Report, Error>, String) {
    let options = Options {
        analytics_application: Some(ARN.to_owned()),
    };
    let mut transcript = Vec::new();
    let report = quickstart::run(&client(http), &options, &mut Console::new(&mut transcript)).await;
    (report, String::from_utf8(transcript).expect("the transcript is UTF-8"))
}

/// How many user pools there are.
async fn user_pools(server: SharedHttpClient) -> usize {
    let list = client(server).list_user_pools().max_results(60).send().await;
    list.expect("a list").user_pools().len()
}

fn read_back(report: &Report, name: &str) -> Vec<String> {
    let parameter = report.parameters.iter().find(|parameter| parameter.name == name);
    parameter.unwrap_or_else(|| panic!("{name} is compared")).read.clone()
}

#[tokio::test]
async fn reads_every_parameter_of_the_app_client_back() {
    let (report, _) = tour(Cognito::new().http_client()).await;
    let report = report.expect("the tour succeeds");

    assert_eq!(report.parameters.len(), 15);
    for parameter in &report.parameters {
        assert_eq!(parameter.verdict(), Verdict::AsSent, "{parameter}");
    }
    for (name, expected) in [
        ("ClientName", vec!["web-app"]),
        ("GenerateSecret", vec!["true"]),
        ("RefreshTokenValidity", vec!["30"]),
        ("ReadAttributes", vec!["email", "email_verified", "name"]),
        ("WriteAttributes", vec!["email", "name"]),
        (
            "ExplicitAuthFlows",
            vec![
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        ),
        ("SupportedIdentityProviders", vec!["COGNITO"]),
        (
            "CallbackURLs",
            vec!["https://app.example.com/callback", "http://localhost:3000/callback"],
        ),
        ("LogoutURLs", vec!["https://app.example.com/bye"]),
        ("DefaultRedirectURI", vec!["https://app.example.com/callback"]),
        ("AllowedOAuthFlows", vec!["code", "implicit"]),
        ("AllowedOAuthScopes", vec!["openid", "email", "profile"]),
        ("AllowedOAuthFlowsUserPoolClient", vec!["true"]),
        (
            "AnalyticsConfiguration",
            vec![&format!("ApplicationArn={ARN}"), "UserDataShared=true"],
        ),
    ] {
        assert_eq!(read_back(&report, name), expected, "{name}");
    }
}

#[tokio::test]
async fn pages_through_all_users() {
    let (report, _) = tour(Cognito::new().http_client()).await;
    let report = report.expect("the tour succeeds");
    assert_eq!(report.usernames, ["alice", "bob", "carol", "dave", "erin"]);
}

#[tokio::test]
async fn recognizes_the_taken_username() {
    let (report, transcript) = tour(Cognito::new().http_client()).await;
    let report = report.expect("the tour succeeds");
    assert_eq!(report.duplicate_message, "User already exists");
    assert!(transcript.contains("UsernameExistsException"), "{transcript}");
}

#[tokio::test]
async fn prints_no_secret_in_full() {
    let (report, transcript) = tour(Cognito::new().http_client()).await;
    report.expect("the tour succeeds");
    assert!(transcript.contains("ClientSecret"), "{transcript}");
    for secret in ["Quickstart-1!", "secret", "access-token-", "refresh-token-"] {
        assert!(!transcript.contains(secret), "{secret} is in\n{transcript}");
    }
}

#[tokio::test]
async fn deletes_what_it_made() {
    let server = Cognito::new().http_client();
    let (report, _) = tour(server.clone()).await;
    assert_eq!(report.expect("the tour succeeds").deleted, 7);
    assert_eq!(user_pools(server).await, 0);
}

#[tokio::test]
async fn deletes_what_it_made_when_a_step_fails() {
    let server = Cognito::new().http_client();
    let (report, transcript) = tour(Refusing("InitiateAuth", server.clone())).await;
    assert!(
        matches!(
            report,
            Err(Error::Call {
                operation: "InitiateAuth",
                ..
            })
        ),
        "{report:?}"
    );
    assert!(transcript.contains("DeleteUserPool"), "{transcript}");
    assert_eq!(user_pools(server).await, 0);
}

#[tokio::test]
async fn a_wrong_secret_hash_is_refused() {
    let client = client(Cognito::new().http_client());
    let pool = client
        .create_user_pool()
        .pool_name("pool")
        .send()
        .await
        .expect("a pool");
    let pool_id = pool.user_pool().and_then(|pool| pool.id()).expect("the pool has an id");
    let app = client
        .create_user_pool_client()
        .user_pool_id(pool_id)
        .client_name("app")
        .generate_secret(true)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .send()
        .await
        .expect("an app client");
    let error = client
        .initiate_auth()
        .client_id(
            app.user_pool_client()
                .and_then(|app| app.client_id())
                .expect("the client has an id"),
        )
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .auth_parameters("USERNAME", "alice")
        .auth_parameters("PASSWORD", "Quickstart-1!")
        .auth_parameters("SECRET_HASH", "wrong")
        .send()
        .await
        .expect_err("the hash is wrong")
        .into_service_error();
    assert!(
        matches!(error, InitiateAuthError::NotAuthorizedException(_)),
        "{error:?}"
    );
}

#[test]
fn the_program_needs_no_argument() {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .output()
        .expect("the program runs");
    let transcript = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        transcript.contains("Of 15 parameters, 15 came back as sent"),
        "{transcript}"
    );
}

#[test]
fn the_program_reports_a_server_that_is_not_there() {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .args(["--endpoint", "http://127.0.0.1:1"])
        .output()
        .expect("the program runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("CreateUserPool failed"), "{message}");
}

#[cfg(not(feature = "aws"))]
#[test]
fn the_program_says_how_to_build_it_for_aws() {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .arg("--aws")
        .output()
        .expect("the program runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("cargo run -p quickstart --features aws -- --aws"),
        "{message}"
    );
}

/// A Cognito, except that it refuses one operation.
#[derive(Debug, Clone)]
struct Refusing<T>(&'static str, T);

impl HttpClient for Refusing<SharedHttpClient> {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Refusing(self.0, self.1.http_connector(settings, parts)))
    }
}

impl HttpConnector for Refusing<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        if !target.ends_with(self.0) {
            return self.1.call(request);
        }
        let body = r#"{"__type":"NotAuthorizedException","message":"Refused"}"#;
        let status = StatusCode::try_from(400).expect("an HTTP status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}
