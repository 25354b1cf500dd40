//! The HTTP clients for tests of aws-smithy-http-client, and one of the user's own.

use super::sdk;
use super::setup::{Seen, builder, client, error, request_text, response, server};
use aws_smithy_http_client::test_util::dvr::{RecordingClient, ReplayingClient};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient, capture_request};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use sdk::config::{HttpClient, RuntimeComponents};
use sdk::types::{AttributeType, AuthFlowType, UserContextDataType};
use std::sync::{Arc, Mutex};

const USER: &str = r#"{"Username":"alice","Enabled":true,"UserStatus":"CONFIRMED","UserCreateDate":1.5}"#;

/// What goes out, to the last header: signed, unsigned, with nested members, and twice for a retry.
pub(crate) async fn requests() -> Seen {
    let user = r#"{"User":{"Username":"alice"}}"#;
    let http = server([
        response(200, USER),
        response(200, "{}"),
        response(200, user),
        error(500, "InternalErrorException", "again"),
        response(200, r#"{"Users":[{"Username":"alice"}],"PaginationToken":"next"}"#),
        response(200, r#"{"Users":[{"Username":"bob"}]}"#),
    ]);
    let client = client(http.clone());
    client
        .admin_get_user()
        .user_pool_id("eu-west-1_pool")
        .username("al\"ice é")
        .send()
        .await
        .unwrap();
    let context = UserContextDataType::builder()
        .ip_address("192.0.2.1")
        .encoded_data("x")
        .build();
    client
        .initiate_auth()
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .client_id("client")
        .auth_parameters("USERNAME", "alice")
        .user_context_data(context)
        .send()
        .await
        .unwrap();
    client
        .admin_create_user()
        .user_pool_id("eu-west-1_pool")
        .username("alice")
        .user_attributes(
            AttributeType::builder()
                .name("email")
                .value("alice@example.com")
                .build()
                .unwrap(),
        )
        .force_alias_creation(false)
        .set_desired_delivery_mediums(Some(Vec::new()))
        .send()
        .await
        .unwrap();
    let mut users = client
        .list_users()
        .user_pool_id("eu-west-1_pool")
        .into_paginator()
        .page_size(1)
        .items()
        .send();
    let mut names = Seen::new();
    while let Some(user) = users.next().await {
        names.extend(user.unwrap().username);
    }
    let mut seen: Seen = http.actual_requests().flat_map(request_text).collect();
    seen.push(names.join(", "));
    seen
}

/// `StaticReplayClient` compares requests with those it was told to expect.
pub(crate) async fn static_replay() -> Seen {
    let expected = http::Request::builder()
        .method("POST")
        .uri("https://cognito-idp.us-east-1.amazonaws.com/")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", "AWSCognitoIdentityProviderService.AdminGetUser")
        .body(SdkBody::from(r#"{"UserPoolId":"pool","Username":"alice"}"#))
        .unwrap();
    let http = StaticReplayClient::new(vec![ReplayEvent::new(expected, response(200, USER))]);
    let output = client(http.clone())
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await
        .unwrap();
    http.assert_requests_match(&[]);
    vec![output.username]
}

/// `capture_request` hands over the one request.
pub(crate) async fn captured() -> Seen {
    let (http, request) = capture_request(None);
    let client = client(http);
    let result = client
        .sign_up()
        .client_id("client")
        .username("alice")
        .password("secret")
        .send()
        .await;
    let request = request.expect_request();
    let mut seen = request_text(&request);
    seen.push(format!("signed: {}", request.headers().contains_key("authorization")));
    seen.push(format!("{result:?}"));
    seen
}

/// A recording of one client is replayed to the next, through a file.
pub(crate) async fn record_and_replay() -> Seen {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("traffic.json");
    let recording = RecordingClient::new(server([
        response(200, USER),
        error(400, "UserNotFoundException", "gone"),
    ]));
    let calls = async |client: sdk::Client| {
        let first = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await;
        let second = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("bob")
            .send()
            .await;
        vec![
            format!("{:?}", first.unwrap()),
            format!("{:?}", second.unwrap_err().into_service_error()),
        ]
    };
    let recorded = calls(client(recording.clone())).await;
    recording.dump_to_file(&file).unwrap();
    let replaying = ReplayingClient::from_file(&file).unwrap();
    let replayed = calls(client(replaying.clone())).await;
    assert_eq!(recorded, replayed);
    let headers = ["content-type", "x-amz-date", "x-amz-target"];
    replaying
        .validate_body_and_headers(Some(&headers), "application/json")
        .await
        .unwrap();
    replayed
}

/// An HTTP client that a user has written: it remembers the timeouts it was given and echoes the target.
#[derive(Clone, Debug, Default)]
struct Echo {
    settings: Arc<Mutex<Seen>>,
}

impl HttpConnector for Echo {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let body = serde_json::json!({"Username": target}).to_string();
        HttpConnectorFuture::ready(Ok(response(200, &body).try_into().unwrap()))
    }
}

impl HttpClient for Echo {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let timeouts = format!("{:?} {:?}", settings.connect_timeout(), settings.read_timeout());
        self.settings.lock().unwrap().push(timeouts);
        SharedHttpConnector::new(self.clone())
    }
}

pub(crate) async fn custom() -> Seen {
    let echo = Echo::default();
    let timeouts = sdk::config::timeout::TimeoutConfig::builder()
        .read_timeout(std::time::Duration::from_secs(7))
        .build();
    let client = sdk::Client::from_conf(builder(echo.clone()).timeout_config(timeouts).build());
    let output = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await
        .unwrap();
    let mut seen = vec![output.username];
    seen.extend(echo.settings.lock().unwrap().clone());
    seen
}
