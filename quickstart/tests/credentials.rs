//! From a token to credentials, against the Cognito inside the process.

use cognito_emulator::Cognito;
use cognito_identity::config::Credentials;
use cognito_identity::error::DisplayErrorContext;
use cognito_identity::operation::get_id::GetIdError;
use cognito_identity::types::CognitoIdentityProvider;
use quickstart::{Clients, Console, Error, Server, credentials};
use std::process::Command;

const ROLE: &str = "arn:aws:iam::123456789012:role/signed-in";

async fn exchange(role: &str) -> (Result<credentials::Report, Error>, Clients, String) {
    let clients = Server::Embedded.clients().await.expect("it is always there");
    let mut transcript = Vec::new();
    let report = credentials::run(&clients, role, &mut Console::new(&mut transcript)).await;
    let transcript = String::from_utf8(transcript).expect("the transcript is UTF-8");
    (report, clients, transcript)
}

#[tokio::test]
async fn a_token_is_exchanged_for_credentials_that_sign_a_request() {
    let (report, _, transcript) = exchange(ROLE).await;
    let report = report.unwrap_or_else(|error| panic!("{}\n{transcript}", DisplayErrorContext(error)));
    assert!(report.credentials.access_key_id().starts_with("ASIA"));
    assert!(report.credentials.session_token().is_some() && report.credentials.expiry().is_some());
    assert!(report.identity_id.starts_with("us-east-1:"));
    assert_eq!(report.logins.len(), 1);
    assert!(
        report.logins[0].starts_with("cognito-idp.us-east-1.amazonaws.com/us-east-1_"),
        "{:?}",
        report.logins
    );
    assert_eq!(report.deleted, 4);
    let session = report.credentials.session_token().unwrap_or_default();
    for secret in ["Quickstart-1!", report.credentials.secret_access_key(), session] {
        assert!(!transcript.contains(secret), "{secret} is in\n{transcript}");
    }
}

/// A client of identity pools, the id of one that trusts a user pool, and a user's login there.
async fn trusting() -> (cognito_identity::Client, String, String, String) {
    use cognito_idp::types::{AuthFlowType, ExplicitAuthFlowsType};
    let http = Cognito::new().http_client();
    let config = cognito_idp::Config::builder()
        .behavior_version(cognito_idp::config::BehaviorVersion::latest())
        .region(cognito_idp::config::Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(http.clone());
    let users = cognito_idp::Client::from_conf(config.build());
    let pool = users.create_user_pool().pool_name("pool").send().await.expect("a pool");
    let pool = pool.user_pool().and_then(|pool| pool.id()).expect("its id");
    let app = users
        .create_user_pool_client()
        .user_pool_id(pool)
        .client_name("app")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .send()
        .await;
    let app = app.expect("an app client");
    let app = app.user_pool_client().and_then(|app| app.client_id()).expect("its id");
    users
        .admin_create_user()
        .user_pool_id(pool)
        .username("alice")
        .send()
        .await
        .expect("a user");
    let set = users.admin_set_user_password().user_pool_id(pool).username("alice");
    set.password("Quickstart-1!")
        .permanent(true)
        .send()
        .await
        .expect("a password");
    let tokens = users
        .initiate_auth()
        .client_id(app)
        .auth_flow(AuthFlowType::UserPasswordAuth);
    let tokens = tokens
        .auth_parameters("USERNAME", "alice")
        .auth_parameters("PASSWORD", "Quickstart-1!");
    let tokens = tokens.send().await.expect("tokens");
    let token = tokens
        .authentication_result()
        .and_then(|it| it.id_token())
        .expect("an ID token");

    let config = cognito_identity::Config::builder()
        .behavior_version(cognito_identity::config::BehaviorVersion::latest())
        .region(cognito_identity::config::Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(http.clone());
    let identities = cognito_identity::Client::from_conf(config.build());
    let login = format!("cognito-idp.us-east-1.amazonaws.com/{pool}");
    let provider = CognitoIdentityProvider::builder()
        .provider_name(&login)
        .client_id(app)
        .build();
    let create = identities.create_identity_pool().identity_pool_name("pool");
    let create = create
        .allow_unauthenticated_identities(false)
        .cognito_identity_providers(provider);
    let identity_pool = create.send().await.expect("an identity pool");
    let identity_pool = identity_pool.identity_pool_id().to_owned();
    (identities, identity_pool, login, token.to_owned())
}

#[tokio::test]
async fn a_forged_token_is_refused_and_a_user_has_one_identity() {
    let (client, pool, login, token) = trusting().await;
    let get_id = |token: &str| client.get_id().identity_pool_id(&pool).logins(&login, token).send();
    let first = get_id(&token).await.expect("an identity");
    let second = get_id(&token).await.expect("an identity");
    assert_eq!(first.identity_id(), second.identity_id());
    let error = get_id("forged")
        .await
        .expect_err("nobody has given it out")
        .into_service_error();
    assert!(matches!(error, GetIdError::NotAuthorizedException(_)), "{error:?}");

    // Without roles there are no credentials.
    let call = client
        .get_credentials_for_identity()
        .identity_id(first.identity_id().expect("an id"));
    let error = call
        .logins(&login, &token)
        .send()
        .await
        .expect_err("there is no role")
        .into_service_error();
    assert!(error.is_invalid_identity_pool_configuration_exception(), "{error:?}");
}

#[tokio::test]
async fn credentials_that_nobody_has_given_out_are_refused() {
    let (client, ..) = trusting().await;
    let made_up = Credentials::new("ASIA0000000000000000", "secret", Some("session".into()), None, "test");
    let config = client.config().to_builder().credentials_provider(made_up).build();
    let call = cognito_identity::Client::from_conf(config)
        .describe_identity()
        .identity_id("us-east-1:1");
    let error = call.send().await.expect_err("made up").into_service_error();
    assert_eq!(error.meta().code(), Some("UnrecognizedClientException"), "{error:?}");
}

#[test]
fn the_program_needs_no_argument() {
    let output = Command::new(env!("CARGO_BIN_EXE_credentials"))
        .output()
        .expect("the program runs");
    let transcript = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(transcript.contains("AccessKeyId"), "{transcript}");
    assert!(transcript.contains("DeleteUserPool"), "{transcript}");
}

#[test]
fn the_program_reports_a_server_that_is_not_there() {
    let output = Command::new(env!("CARGO_BIN_EXE_credentials"))
        .args(["--endpoint", "http://127.0.0.1:1"])
        .output()
        .expect("the program runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("CreateUserPool failed"), "{message}");
}
