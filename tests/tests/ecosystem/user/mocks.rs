//! aws-smithy-mocks.

use super::sdk;
use super::setup::{Seen, response};
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use sdk::error::ProvideErrorMetadata;
use sdk::operation::RequestId;
use sdk::operation::admin_get_user::{AdminGetUserError, AdminGetUserOutput};
use sdk::operation::initiate_auth::InitiateAuthOutput;
use sdk::types::error::UserNotFoundException;
use sdk::types::{AuthFlowType, AuthenticationResultType};

/// Rules that are asked in turn until one matches.
pub(crate) async fn matching() -> Seen {
    let alice = mock!(sdk::Client::admin_get_user)
        .match_requests(|input| input.username() == Some("alice"))
        .then_output(|| {
            AdminGetUserOutput::builder()
                .username("alice")
                .enabled(true)
                .build()
                .unwrap()
        });
    let nobody = mock!(sdk::Client::admin_get_user)
        .match_requests(|input| input.username() == Some("nobody"))
        .then_error(|| {
            AdminGetUserError::UserNotFoundException(UserNotFoundException::builder().message("no such user").build())
        });
    let signed_in = mock!(sdk::Client::initiate_auth)
        .match_requests(|input| input.auth_flow() == Some(&AuthFlowType::UserPasswordAuth))
        .then_output(|| {
            let result = AuthenticationResultType::builder()
                .access_token("secret")
                .expires_in(3600)
                .build();
            InitiateAuthOutput::builder().authentication_result(result).build()
        });
    let client = mock_client!(sdk, RuleMode::MatchAny, [&alice, &nobody, &signed_in]);
    let found = client.admin_get_user().user_pool_id("p").username("alice").send().await;
    let missing = client
        .admin_get_user()
        .user_pool_id("p")
        .username("nobody")
        .send()
        .await
        .unwrap_err();
    let session = client
        .initiate_auth()
        .auth_flow(AuthFlowType::UserPasswordAuth)
        .client_id("c")
        .send()
        .await;
    vec![
        format!("{found:?} {:?}", found.as_ref().unwrap().username()),
        format!(
            "{:?}",
            missing.as_service_error().unwrap().is_user_not_found_exception()
        ),
        format!("{:?} {:?}", missing.code(), missing.message()),
        format!("{session:?}"),
        format!("{} {} {}", alice.num_calls(), nobody.num_calls(), signed_in.num_calls()),
    ]
}

/// A rule that answers otherwise each time; retries go through it too.
pub(crate) async fn sequence() -> Seen {
    let rule = mock!(sdk::Client::admin_get_user)
        .sequence()
        .error(|| AdminGetUserError::UserNotFoundException(UserNotFoundException::builder().message("wait").build()))
        .http_status(503, None)
        .http_response(|| {
            let body = SdkBody::from(r#"{"Username":"from HTTP","Enabled":true}"#);
            HttpResponse::new(StatusCode::try_from(200).unwrap(), body)
        })
        .output(|| AdminGetUserOutput::builder().username("built").build().unwrap())
        .times(2)
        .build();
    let client = mock_client!(sdk, RuleMode::Sequential, [&rule]);
    let mut seen = Seen::new();
    for _ in 0..4 {
        let result = client.admin_get_user().user_pool_id("p").username("alice").send().await;
        seen.push(match result {
            Ok(output) => output.username,
            Err(error) => format!("{:?}", error.into_service_error()),
        });
        seen.push(format!("after {} calls", rule.num_calls()));
    }
    seen
}

/// HTTP responses go through the client's deserializer, and the configuration can be changed.
pub(crate) async fn http_responses() -> Seen {
    let ok = mock!(sdk::Client::admin_get_user).then_http_response(|| {
        response(
            200,
            r#"{"Username":"alice","UserAttributes":[{"Name":"sub","Value":"1"}]}"#,
        )
        .try_into()
        .unwrap()
    });
    let failed = mock!(sdk::Client::admin_get_user).then_http_response(|| {
        response(400, r#"{"__type":"TooManyRequestsException","message":"slow down"}"#)
            .try_into()
            .unwrap()
    });
    let client = mock_client!(
        sdk,
        RuleMode::Sequential,
        [&ok, &failed],
        |config: sdk::config::Builder| config
            .region(sdk::config::Region::new("eu-central-1"))
            .retry_config(sdk::config::retry::RetryConfig::disabled())
    );
    let call = || client.admin_get_user().user_pool_id("p").username("alice").send();
    let output = call().await.unwrap();
    let error = call().await.unwrap_err();
    vec![
        format!("{output:?} {:?}", output.request_id()),
        format!("{error:?}"),
        format!("{:?} {:?}", error.request_id(), client.config().region()),
    ]
}
