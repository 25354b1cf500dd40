//! The tower layer and the extractors for axum: what passes, and how the rest is answered (RFC 6750).

mod support;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Request, Response, StatusCode};
use axum::routing::get;
use cognito_jwt::{Access, AccessToken, FetchError, IdToken, Issuer, Rejection, Verifier, VerifyLayer};
use serde::Deserialize;
use serde_json::json;
use std::sync::{Arc, Mutex};
use support::*;
use tower::ServiceExt;

#[derive(Deserialize)]
struct Mine {
    tenant: String,
}

async fn access_token(AccessToken(claims): AccessToken<Mine>) -> String {
    format!("{} of {}", claims.username.unwrap_or_default(), claims.custom.tenant)
}

async fn id_token(IdToken(claims): IdToken) -> String {
    claims.email.unwrap_or_default()
}

async fn maybe(token: Option<AccessToken>) -> String {
    token.map_or_else(|| "nobody".to_owned(), |AccessToken(claims)| claims.sub)
}

fn app(layer: VerifyLayer<Access>) -> Router {
    Router::new()
        .route("/access", get(access_token))
        .route("/id", get(id_token))
        .route("/maybe", get(maybe))
        .layer(layer)
}

fn layer() -> VerifyLayer<Access> {
    access().scope("api/read").build().expect("a verifier").layer()
}

async fn call(app: Router, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    app.oneshot(request).await.expect("a router doesn't fail")
}

async fn body(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 16)
        .await
        .expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// Status, `WWW-Authenticate` and body of the answer to a request with this `Authorization`.
async fn answer(layer: VerifyLayer<Access>, authorization: &[&str]) -> (u16, String, String) {
    let headers: Vec<_> = authorization.iter().map(|value| ("authorization", *value)).collect();
    let response = call(app(layer), "/access", &headers).await;
    let challenge = response.headers().get("www-authenticate");
    let challenge = challenge
        .map(|value| value.to_str().expect("ASCII").to_owned())
        .unwrap_or_default();
    (response.status().as_u16(), challenge, body(response).await)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[tokio::test]
async fn a_good_token_passes_with_its_claims() {
    let good = KEY.token(&access_claims());
    for authorization in [bearer(&good), format!("bearer {good}"), format!("BEARER   {good}")] {
        let (status, _, body) = answer(layer(), &[&authorization]).await;
        assert_eq!((status, body.as_str()), (200, "alice of blue"));
    }
}

#[tokio::test]
async fn who_sends_no_token_is_asked_for_one_and_told_no_error() {
    for authorization in [&[][..], &["Basic dTpw"], &["Bearer"], &[""], &["Bearer\tx"]] {
        let expected = (401, "Bearer".to_owned(), String::new());
        assert_eq!(answer(layer(), authorization).await, expected, "{authorization:?}");
    }
}

#[tokio::test]
async fn a_refused_token_is_answered_as_rfc_6750_says() {
    let expired = KEY.token(&with(access_claims(), "exp", json!(NOW)));
    let scope = KEY.token(&with(access_claims(), "scope", json!("api/write")));
    let forged = OTHER.sign(KEY.header(), access_claims().to_string());
    for (token, status, challenge) in [
        (
            expired,
            401,
            r#"Bearer error="invalid_token", error_description="The token has expired""#,
        ),
        (
            forged,
            401,
            r#"Bearer error="invalid_token", error_description="The token is not valid""#,
        ),
        (
            "x".to_owned(),
            401,
            r#"Bearer error="invalid_token", error_description="The token is not valid""#,
        ),
        (
            scope,
            403,
            r#"Bearer error="insufficient_scope", error_description="The token lacks a scope", scope="api/read""#,
        ),
    ] {
        assert_eq!(
            answer(layer(), &[&bearer(&token)]).await,
            (status, challenge.to_owned(), String::new())
        );
    }
}

#[tokio::test]
async fn two_tokens_are_a_malformed_request() {
    let good = bearer(&KEY.token(&access_claims()));
    let (status, challenge, _) = answer(layer(), &[&good, &good]).await;
    assert_eq!(status, 400);
    assert!(
        challenge.starts_with(r#"Bearer error="invalid_request""#),
        "{challenge}"
    );
}

#[tokio::test]
async fn a_check_of_ones_own_forbids_and_its_reason_stays_here() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    let verifier = access()
        .check(|_| Err("tenant 7 is locked".to_owned()))
        .build()
        .expect("a verifier");
    let layer = verifier.layer().on_rejection(move |rejection: &Rejection| {
        log.lock().expect("no test panics with it").push(rejection.to_string());
    });
    let (status, challenge, body) = answer(layer, &[&bearer(&KEY.token(&access_claims()))]).await;
    assert_eq!(status, 403);
    assert!(!challenge.contains("tenant") && !body.contains("tenant"), "{challenge}");
    let heard = heard.lock().expect("no test panics with it");
    assert_eq!(*heard, ["the application refused the token: tenant 7 is locked"]);
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_are_no_fault_of_the_token() {
    let pool = Issuer::user_pool(POOL).jwks_url("https://keys.example.com/");
    let verifier = Verifier::user_pool(pool).client(CLIENT).access().clock(now);
    let verifier = verifier
        .fetch_with(|_| async { Err(FetchError::Status(500)) })
        .build()
        .expect("a verifier");
    let token = bearer(&KEY.token(&access_claims()));
    let response = call(app(verifier.layer()), "/access", &[("authorization", &token)]).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "1");
    assert!(!response.headers().contains_key("www-authenticate"));
}

#[tokio::test]
async fn claims_that_do_not_fit_the_handler_are_refused() {
    let token = bearer(&KEY.token(&with(access_claims(), "tenant", json!(7))));
    let (status, challenge, _) = answer(layer(), &[&token]).await;
    assert_eq!(status, 401);
    assert!(challenge.contains("invalid_token"), "{challenge}");
}

#[tokio::test]
async fn a_route_without_the_layer_is_a_mistake_of_the_programs() {
    let app = Router::new().route("/access", get(access_token));
    assert_eq!(
        call(app, "/access", &[]).await.status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    // A layer for access tokens is none for ID tokens.
    let good = bearer(&KEY.token(&access_claims()));
    let response = call(self::app(layer()), "/id", &[("authorization", &good)]).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn an_id_token_comes_through_its_own_layer() {
    let app = Router::new()
        .route("/id", get(id_token))
        .layer(id().build().expect("a verifier").layer());
    let token = bearer(&KEY.token(&id_claims()));
    assert_eq!(
        body(call(app, "/id", &[("authorization", &token)]).await).await,
        "alice@example.com"
    );
}

#[tokio::test]
async fn an_optional_token_may_be_missing_but_not_wrong() {
    let app = || app(layer().optional());
    assert_eq!(body(call(app(), "/maybe", &[]).await).await, "nobody");
    let good = bearer(&KEY.token(&access_claims()));
    let sub = body(call(app(), "/maybe", &[("authorization", &good)]).await).await;
    assert_eq!(sub, "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    let response = call(app(), "/maybe", &[("authorization", "Bearer x")]).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_in_a_header_of_its_own_is_found_there_and_nowhere_else() {
    let layer = || layer().from_header(HeaderName::from_static("x-amzn-oidc-accesstoken"));
    let good = KEY.token(&access_claims());
    let response = call(app(layer()), "/access", &[("x-amzn-oidc-accesstoken", &good)]).await;
    assert_eq!(response.status(), StatusCode::OK);
    let response = call(app(layer()), "/access", &[("authorization", &bearer(&good))]).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[test]
fn a_scope_that_is_none_does_not_break_out_of_its_header() {
    let scope = cognito_jwt::Refusal::Scope {
        required: "a\", error=\"x\r\nset-cookie: y".to_owned(),
    };
    let challenge = Rejection::from(scope).www_authenticate().expect("a challenge");
    assert_eq!(
        challenge,
        r#"Bearer error="insufficient_scope", error_description="The token lacks a scope""#
    );
}
