//! Other people's clients against the emulator, over HTTP: boto3 and pycognito, the AWS SDK for JavaScript and
//! amazon-cognito-identity-js. The official Rust crate asks it in the process.

use aws_sdk_cognitoidentityprovider as official;
use cognito_emulator::Cognito;
use cognito_tests::report;
use cognito_tests::servers::{run_node, run_python};
use official::config::{BehaviorVersion, Credentials, Region};
use official::types::{AuthFlowType, ExplicitAuthFlowsType};
use tokio::task::spawn_blocking;

/// Runs a program with the URL of a new emulator, whose tokens say that they come from there.
async fn with_emulator(run: fn(&str, &[&str]) -> String, program: &'static str) -> String {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|it| it.local_addr())
        .expect("a free port");
    let url = format!("http://{port}");
    let running = Cognito::builder()
        .issuer(&url)
        .build()
        .serve(port)
        .await
        .expect("the port is free");
    assert_eq!(running.url(), url);
    spawn_blocking(move || run(program, &[&url]))
        .await
        .expect("the program ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn boto3_and_pycognito_sign_in() {
    let said = with_emulator(run_python, "sign_in.py").await;
    report!("clients: {}", said.trim());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_javascript_clients_sign_in() {
    let said = with_emulator(run_node, "sign_in.mjs").await;
    report!("clients: {}", said.trim());
}

#[tokio::test]
async fn the_official_rust_crate_signs_in_in_the_process() {
    let cognito = Cognito::new();
    let config = official::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(cognito.http_client());
    let client = official::Client::from_conf(config.build());
    let pool = client
        .create_user_pool()
        .pool_name("official")
        .send()
        .await
        .expect("a pool");
    let pool = pool.user_pool().and_then(|pool| pool.id()).expect("its id");
    let app = client
        .create_user_pool_client()
        .user_pool_id(pool)
        .client_name("app")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
        .send()
        .await
        .expect("an app client");
    let app = app.user_pool_client().and_then(|app| app.client_id()).expect("its id");
    client
        .sign_up()
        .client_id(app)
        .username("alice")
        .password("Correct-horse1")
        .send()
        .await
        .expect("signed up");
    let sign_in = || {
        client
            .initiate_auth()
            .client_id(app)
            .auth_flow(AuthFlowType::UserPasswordAuth)
            .auth_parameters("USERNAME", "alice")
            .auth_parameters("PASSWORD", "Correct-horse1")
    };
    let error = sign_in().send().await.expect_err("not yet").into_service_error();
    assert!(error.is_user_not_confirmed_exception(), "{error:?}");
    client
        .admin_confirm_sign_up()
        .user_pool_id(pool)
        .username("alice")
        .send()
        .await
        .expect("confirmed");
    let tokens = sign_in()
        .send()
        .await
        .expect("signed in")
        .authentication_result
        .expect("tokens");
    let user = client
        .get_user()
        .set_access_token(tokens.access_token)
        .send()
        .await
        .expect("the user");
    assert_eq!(user.username(), "alice");
}
