//! The examples, with tokens that are made here.

#[path = "../examples/axum.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod axum_example;
#[path = "../examples/hyper.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod hyper_example;
#[path = "../examples/lambda_authorizer.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod lambda_authorizer;
mod support;
#[path = "../examples/tonic_interceptor.rs"]
#[allow(dead_code, reason = "its `main` is the example's")]
mod tonic_interceptor;

use axum::body::Body;
use axum::http::Request;
use cognito_jwt::{FetchError, Issuer, Verifier};
use serde_json::json;
use support::*;
use tonic::service::Interceptor;
use tower::ServiceExt;

fn good() -> String {
    KEY.token(&access_claims())
}

#[tokio::test]
async fn the_axum_application_asks_each_route_for_something_else() {
    let any = access().build().expect("a verifier");
    let writers = access().scope("api/write").build().expect("a verifier");
    let admins = access().group("owners").build().expect("a verifier");
    let app = axum_example::app(&any, &writers, &admins);
    let call = async |method: &str, path: &str, token: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"));
        let request = request.body(Body::empty()).expect("a request");
        let response = app.clone().oneshot(request).await.expect("a router doesn't fail");
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), 1 << 16)
            .await
            .expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    };
    assert_eq!(call("GET", "/me", &good()).await, (200, "alice of blue\n".to_owned()));
    assert_eq!(call("POST", "/notes", &good()).await.0, 201);
    assert_eq!(call("GET", "/admin", &good()).await.0, 403);
    assert_eq!(call("GET", "/me", "x").await.0, 401);
}

#[tokio::test]
async fn the_hyper_server_greets_or_rejects() {
    let verifier = access().build().expect("a verifier");
    let request = |authorization: &str| {
        let request = hyper::Request::get("/").header("authorization", authorization);
        request.body(()).expect("a request")
    };
    let response = hyper_example::answer(&verifier, request(&format!("Bearer {}", good()))).await;
    assert_eq!(response.status(), 200);
    let response = hyper_example::answer(&verifier, request("Bearer x.y.z")).await;
    assert_eq!(response.status(), 401);
    let challenge = &response.headers()["www-authenticate"];
    assert_eq!(
        challenge,
        r#"Bearer error="invalid_token", error_description="The token is not valid""#
    );
}

#[tokio::test]
async fn the_lambda_authorizer_says_yes_with_a_context_or_no() {
    let verifier = access().build().expect("a verifier");
    let event =
        json!({"version": "2.0", "type": "REQUEST", "headers": {"authorization": format!("Bearer {}", good())}});
    let answer = lambda_authorizer::authorize(&verifier, &event).await;
    assert_eq!(answer["isAuthorized"], true);
    assert_eq!(answer["context"]["username"], "alice");
    for event in [
        json!({}),
        json!({"headers": {"authorization": "Bearer x"}}),
        json!({"headers": {"authorization": 7}}),
    ] {
        assert_eq!(
            lambda_authorizer::authorize(&verifier, &event).await,
            json!({"isAuthorized": false})
        );
    }
}

#[tokio::test]
async fn the_tonic_interceptor_passes_claims_on_or_gives_a_status() {
    let request = |token: &str| {
        let mut request = tonic::Request::new(());
        request
            .metadata_mut()
            .insert("authorization", format!("Bearer {token}").parse().expect("ASCII"));
        request
    };
    let mut interceptor = tonic_interceptor::Authenticate(access().build().expect("a verifier"));
    let passed = interceptor.call(request(&good())).expect("a good token");
    assert_eq!(
        tonic_interceptor::who(&passed),
        Some("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")
    );
    let code = |status: tonic::Status| status.code();
    assert_eq!(
        code(interceptor.call(request("x")).expect_err("it is refused")),
        tonic::Code::Unauthenticated
    );
    let mut strict = tonic_interceptor::Authenticate(access().group("owners").build().expect("a verifier"));
    assert_eq!(
        code(strict.call(request(&good())).expect_err("it is refused")),
        tonic::Code::PermissionDenied
    );
    let pool = Issuer::user_pool(POOL).jwks_url("https://keys.example.com/");
    let offline = Verifier::user_pool(pool)
        .client(CLIENT)
        .access()
        .fetch_with(|_| async { Err(FetchError::Status(500)) });
    let mut offline = tonic_interceptor::Authenticate(offline.build().expect("a verifier"));
    assert_eq!(
        code(offline.call(request(&good())).expect_err("no keys")),
        tonic::Code::Unavailable
    );
}
