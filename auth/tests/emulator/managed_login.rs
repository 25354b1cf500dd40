//! Code with PKCE, state and nonce; the listener of a command line; refresh and revocation at the endpoints.

use crate::TestResult;
use crate::browser::Browser;
use crate::world::{APP, PASSWORD, POOL, World, claims};
use cognito_auth::managed_login::LoginRequest;
use cognito_auth::{AuthError, LoopbackLogin, ManagedLogin};
use cognito_emulator::Running;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const CALLBACK: &str = "https://app.example.com/callback";

async fn world(callback: &str) -> TestResult<(World, Running)> {
    let app = json!({
        "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"], "CallbackURLs": [callback],
    });
    let world = World::new(json!({}), app).await?;
    let running = world.cognito.serve(("127.0.0.1", 0)).await?;
    Ok((world, running))
}

/// Fills in the form, and gives the query that the browser comes back with.
async fn query(login: &ManagedLogin, request: &LoginRequest) -> TestResult<String> {
    let (back, _) = Browser::default()
        .log_in(&login.url(request), "alice", PASSWORD)
        .await?;
    let (to, query) = back.split_once('?').ok_or("no query")?;
    assert_eq!(to, CALLBACK);
    Ok(query.to_owned())
}

/// A request with another value in one of its places.
fn changed(request: &LoginRequest, name: &str) -> TestResult<LoginRequest> {
    let mut json: Value = serde_json::from_str(request.to_json().expose())?;
    assert!(json[name].is_string());
    json[name] = "another-value-that-is-as-long-as-a-verifier-must-be".into();
    Ok(LoginRequest::from_json(&json.to_string()).ok_or("it isn't a request")?)
}

#[tokio::test]
async fn a_code_is_exchanged_once_for_its_state_nonce_and_verifier() -> TestResult {
    let (world, running) = world(CALLBACK).await?;
    let login = ManagedLogin::new(&running.url(), &world.pool, CALLBACK)?
        .scope("openid")
        .scope("email");
    let request = login.begin()?;
    let kept = LoginRequest::from_json(request.to_json().expose()).ok_or("not kept")?;
    let back = query(&login, &request).await?;
    let other = login.finish(&login.begin()?, &back).await;
    assert!(
        matches!(other, Err(AuthError::Endpoint { .. })),
        "the state of another login"
    );
    assert_eq!(world.count("POST /oauth2/token"), 0, "the code isn't shown to anybody");
    let tokens = login.finish(&kept, &back).await?;
    let id = claims(tokens.id.as_ref().ok_or("no ID token")?)?;
    assert_eq!(
        id["nonce"].as_str(),
        serde_json::from_str::<Value>(request.to_json().expose())?["nonce"].as_str()
    );
    assert_eq!(id["email"], "alice@example.com");
    assert_eq!(claims(&tokens.access)?["scope"], "openid email");
    let again = login
        .finish(&request, &back)
        .await
        .err()
        .ok_or("a code was taken twice")?;
    assert_eq!(again.code(), Some("invalid_grant"));

    let back = query(&login, &request).await?;
    let verifier = login.finish(&changed(&request, "verifier")?, &back).await;
    assert!(
        verifier.is_err_and(|error| error.code() == Some("invalid_grant")),
        "PKCE"
    );
    let back = query(&login, &request).await?;
    let nonce = login.finish(&changed(&request, "nonce")?, &back).await;
    assert!(
        matches!(nonce, Err(AuthError::Endpoint { .. })),
        "the nonce of another login"
    );
    Ok(())
}

#[tokio::test]
async fn a_refusal_is_believed_with_the_right_state_alone() -> TestResult {
    let (world, running) = world(CALLBACK).await?;
    let login = ManagedLogin::new(&running.url(), &world.pool, CALLBACK)?
        .scope("openid")
        .scope("phone");
    let request = login.begin()?;
    let page = Browser::default()
        .send("GET", &login.url(&request), "text/plain", "")
        .await?;
    let back = page
        .headers
        .get("location")
        .and_then(|url| url.split_once('?'))
        .ok_or("no query")?
        .1;
    let error = login
        .finish(&request, back)
        .await
        .err()
        .ok_or("a refusal was overlooked")?;
    assert_eq!(error.code(), Some("invalid_scope"));
    let other = login
        .finish(&login.begin()?, back)
        .await
        .err()
        .ok_or("it was believed")?;
    assert_eq!(other.code(), None);
    Ok(())
}

#[tokio::test]
async fn tokens_are_refreshed_and_revoked_at_the_endpoints() -> TestResult {
    let (world, running) = world(CALLBACK).await?;
    let login = ManagedLogin::new(&running.url(), &world.pool, CALLBACK)?.scope("openid");
    let request = login.begin()?;
    let tokens = login.finish(&request, &query(&login, &request).await?).await?;
    let fresh = login.refresh(&tokens).await?;
    assert_ne!(fresh.access, tokens.access);
    assert_eq!(fresh.refresh, tokens.refresh, "a refresh without rotation keeps it");
    login.revoke(&fresh).await?;
    let error = login
        .refresh(&fresh)
        .await
        .err()
        .ok_or("a revoked token was refreshed")?;
    assert!(error.is_signed_out(), "{error}");
    assert!(
        login
            .logout_url("https://app.example.com/")
            .contains("/logout?client_id=app&logout_uri=https")
    );
    Ok(())
}

#[tokio::test]
async fn parameters_of_the_authorize_endpoint_are_sent() -> TestResult {
    let (world, _running) = world(CALLBACK).await?;
    let login = ManagedLogin::new("login.example.com", &world.pool, CALLBACK)?;
    let login = login
        .identity_provider("Google")
        .parameter("lang", "de")
        .parameter("max_age", "300");
    let url = login.url(&login.begin()?);
    assert!(url.ends_with("&identity_provider=Google&lang=de&max_age=300"), "{url}");
    assert!(!url.contains("scope="), "without a scope, all that the app client has");
    Ok(())
}

#[tokio::test]
async fn the_listener_waits_for_its_own_answer_whatever_else_comes() -> TestResult {
    let (world, running) = world("https://app.example.com/").await?;
    let login = LoopbackLogin::start(&[0], |callback| {
        Ok(ManagedLogin::new(&running.url(), &world.pool, callback)?.scope("openid"))
    })
    .await?;
    let url = login.url();
    let pairs = url.split_once('?').ok_or("no query")?.1;
    let callback = form_urlencoded::parse(pairs.as_bytes())
        .find(|(name, _)| name == "redirect_uri")
        .ok_or("no callback")?
        .1
        .into_owned();
    // Ports are registered in advance. This one was free.
    let request = world
        .pool
        .client()
        .update_user_pool_client()
        .user_pool_id(POOL)
        .client_id(APP);
    let request = request
        .callback_urls(&callback)
        .allowed_o_auth_flows_user_pool_client(true);
    let request = request
        .allowed_o_auth_flows("code".into())
        .allowed_o_auth_scopes("openid");
    request.send().await?;
    let address = callback
        .trim_start_matches("http://")
        .trim_end_matches("/callback")
        .to_owned();
    let origin = callback.trim_end_matches("/callback").to_owned();
    let waiting = tokio::spawn(login.finish());

    // Browsers open connections in advance and say nothing on them.
    let _silent = TcpStream::connect(&address).await?;
    let mut endless = TcpStream::connect(&address).await?;
    let _ = endless.write_all(&[b'x'; 20_000]).await;
    let mut browser = Browser::default();
    for path in [
        "/favicon.ico",
        "/callback",
        "/callback?code=c&state=guessed",
        "/callback?error=access_denied",
    ] {
        let page = browser
            .send("GET", &format!("{origin}{path}"), "text/plain", "")
            .await?;
        assert_eq!((page.status, page.body.as_str()), (404, ""), "{path}");
    }
    let posted = browser
        .send("POST", &format!("{origin}/callback?code=c"), "text/plain", "")
        .await?;
    assert_eq!(posted.status, 404);
    let (_, page) = browser.log_in(&url, "alice", PASSWORD).await?;
    let page = page.ok_or("the browser didn't come back")?;
    assert_eq!((page.status, page.headers["cache-control"].as_str()), (200, "no-store"));
    waiting.await??;
    assert!(TcpStream::connect(&address).await.is_err(), "it listens no longer");
    Ok(())
}
