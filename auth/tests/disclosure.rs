//! What has secrets in it shows none of them: neither `Debug`, nor an error, nor a log at any level.

#[path = "support/log.rs"]
mod log;
mod support;

use cognito_auth::managed_login::LoginRequest;
use cognito_auth::{AuthError, ManagedLogin, Tokens};
use log::Log;
use serde_json::{Value, json};
use std::time::SystemTime;
use support::{Reply, Server, TestResult};

/// The bytes of a text as `Debug` of a vector shows them.
fn as_numbers(text: &str) -> String {
    format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).to_owned()
}

fn old_tokens() -> Tokens {
    Tokens {
        access: "marker-access".into(),
        id: Some("marker-id".into()),
        refresh: Some("marker-refresh".into()),
        expires_at: SystemTime::now(),
        device_key: None,
        signed_in_as: None,
        new_device: None,
    }
}

#[tokio::test]
async fn no_log_has_a_body_of_managed_logins_endpoints() -> TestResult {
    let server = Server::new(|call| {
        if call.text.contains("marker-bad") {
            return Reply::OAuth("invalid_grant");
        }
        Reply::Ok(json!({"access_token": "marker-access", "refresh_token": "marker-refresh", "expires_in": 3600}))
    });
    let pool = server.pool().with_secret("marker-secret");
    let login = ManagedLogin::new("login.example.com", &pool, "https://app.example.com/callback")?;
    let request = LoginRequest::from_json(r#"{"state":"s","nonce":"n","verifier":"marker-verifier"}"#)
        .ok_or("it isn't a request")?;

    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    login.finish(&request, "code=marker-code&state=s").await?;
    let refused = login.finish(&request, "code=marker-bad&state=s").await;
    login.refresh(&old_tokens()).await?;
    login.revoke(&old_tokens()).await?;
    pool.machine().domain("login.example.com")?.source().token().await?;
    drop(guard);

    let sent: Vec<String> = server.calls().into_iter().map(|call| call.text).collect();
    assert!(sent[0].contains("code=marker-code&") && sent[0].contains("code_verifier=marker-verifier&"));
    let log = log.text() + &format!("{refused:?}");
    for line in [
        "transmitting request",
        "received response",
        "read HTTP response body",
        "SdkBody",
    ] {
        assert!(log.contains(line), "the log has what the crates log: {line}");
    }
    let basic = aws_smithy_types::base64::encode(format!("{}:marker-secret", support::CLIENT_ID));
    assert!(!log.contains(&basic), "the app client's secret");
    for marker in ["marker", &as_numbers("marker")] {
        let place = log
            .find(marker)
            .map(|at| &log[log.floor_char_boundary(at.saturating_sub(300))..at]);
        assert_eq!(place, None, "before a secret");
    }
    Ok(())
}

#[test]
fn debug_of_a_step_up_doesnt_show_the_access_token() {
    let server = Server::new(|_| Reply::Broken);
    let sign_in = server.pool().sign_in("alice").step_up("urn:acr:high", &old_tokens());
    let shown = format!("{sign_in:?} {sign_in:#?}");
    assert!(!shown.contains("marker"), "{shown}");
    assert!(shown.contains(support::POOL_ID), "{shown}");
}

#[tokio::test]
async fn an_error_that_came_through_a_browser_writes_no_line_of_its_own_into_a_log() -> TestResult {
    let server = Server::new(|_| Reply::OAuth("\u{1b}[2Jforged"));
    let login = ManagedLogin::new("login.example.com", &server.pool(), "https://app.example.com/callback")?;
    let request = login.begin()?;
    let json: Value = serde_json::from_str(request.to_json().expose())?;
    let state = json["state"].as_str().ok_or("no state")?;
    let come_back = |query: String| {
        let (login, request) = (&login, &request);
        async move {
            login
                .finish(request, &query)
                .await
                .err()
                .ok_or("an error was overlooked")
        }
    };
    let denied = come_back(format!("error=access_denied&state={state}")).await?;
    assert_eq!(denied.code(), Some("access_denied"));
    let long = "a".repeat(65);
    for error in [
        "a%0A2026-11-27%20INFO%20forged",
        "forged%22",
        "%1Bforged",
        "forg%C3%A9d",
        "",
        &long,
    ] {
        let error = come_back(format!("error={error}&state={state}")).await?;
        assert!(matches!(error, AuthError::Endpoint { source: None, .. }), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("forg"), "{error:?}");
    }
    // The same for the endpoint's own answer.
    let error = come_back(format!("code=c&state={state}")).await?;
    assert!(!format!("{error} {error:?}").contains("forged"), "{error:?}");
    assert!(!error.is_transient(), "{error:?}");
    Ok(())
}
