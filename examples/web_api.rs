//! An HTTP API on axum: people sign up, confirm, sign in and call it with their token.
//!
//! ```sh
//! cargo run -p examples --bin web_api
//! ```
//!
//! It prints the commands to try. Passwords go to Cognito by SRP, so that not even Cognito sees them; access tokens are
//! verified by `cognito-jwt`, without a call. Second factors, passkeys and sessions in a cookie are in
//! `cargo run -p cognito-auth --example web_server`.

use anyhow::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use cognito_auth::{AuthError, Step, UserPool};
use cognito_idp::types::VerifiedAttributeType;
use cognito_jwt::{AccessToken, Issuer, Verifier};
use examples::Place;
use serde::Deserialize;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<()> {
    let mut place = Place::from_env()?;
    let pool_id = place
        .pool("web api", |pool| {
            pool.auto_verified_attributes(VerifiedAttributeType::Email)
        })
        .await?;
    let app_id = place.app(&pool_id).await?;
    let keys = Issuer::user_pool(&pool_id).emulator(&place.url().await?);
    let verifier = Verifier::user_pool(keys).client(&app_id).access().build()?;
    let users = UserPool::new(&pool_id, &app_id)?.with_client(place.client().clone());

    let me = Router::new().route("/me", get(me)).layer(verifier.layer());
    let open = Router::new()
        .route("/sign-up", post(sign_up))
        .route("/confirm", post(confirm))
        .route("/sign-in", post(sign_in))
        .with_state(users);

    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("Listening on {url} until Ctrl-C. Try:");
    println!(
        r#"  curl -H content-type:application/json -d '{{"name":"alice","password":"Correct-horse1","email":"alice@example.com"}}' {url}/sign-up"#
    );
    println!(r#"  curl -H content-type:application/json -d '{{"name":"alice","code":"…"}}' {url}/confirm"#);
    println!(
        r#"  curl -H content-type:application/json -d '{{"name":"alice","password":"Correct-horse1"}}' {url}/sign-in"#
    );
    println!(r#"  curl -H "authorization: Bearer …" {url}/me"#);
    if let Some(cognito) = place.cognito().cloned() {
        tokio::spawn(async move { show_mails(&cognito).await });
    }
    axum::serve(listener, open.merge(me))
        .with_graceful_shutdown(async {
            // Without a signal to wait for, it serves on.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await?;
    place.delete(&pool_id).await
}

#[derive(Deserialize)]
struct NewUser {
    name: String,
    password: String,
    email: String,
}

async fn sign_up(State(users): State<UserPool>, Json(new): Json<NewUser>) -> Result<Json<Value>, Refused> {
    let signed_up = users
        .sign_up(new.name)
        .password(new.password)
        .attribute("email", new.email);
    let signed_up = signed_up.send().await?;
    Ok(Json(json!({"confirmed": signed_up.is_confirmed()})))
}

#[derive(Deserialize)]
struct Confirmation {
    name: String,
    code: String,
}

async fn confirm(State(users): State<UserPool>, Json(it): Json<Confirmation>) -> Result<Json<Value>, Refused> {
    let signed_up = users.confirm_sign_up(it.name).confirm(&it.code).await?;
    Ok(Json(json!({"confirmed": signed_up.is_confirmed()})))
}

#[derive(Deserialize)]
struct Credentials {
    name: String,
    password: String,
}

async fn sign_in(State(users): State<UserPool>, Json(it): Json<Credentials>) -> Result<Json<Value>, Refused> {
    match users.sign_in(it.name).password(it.password).await? {
        Step::SignedIn(tokens) => Ok(Json(json!({
            "accessToken": tokens.access.expose(),
            "refreshToken": tokens.refresh.as_ref().map(|token| token.expose()),
        }))),
        // A second factor, a new password, an address to confirm: this API has no page for it.
        other => Err(Refused(other.unexpected())),
    }
}

/// Comes only to those with a token that is good.
async fn me(AccessToken(claims): AccessToken) -> Json<Value> {
    Json(json!({"name": claims.username, "groups": claims.groups}))
}

/// What the caller hears, and the log in more detail.
struct Refused(AuthError);

impl From<AuthError> for Refused {
    fn from(error: AuthError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let error = self.0;
        let (status, text) = if error.is_wrong_password() || error.is_unknown_user() {
            (StatusCode::UNAUTHORIZED, "the name or the password is wrong")
        } else if error.is_unfit_password() {
            (StatusCode::UNPROCESSABLE_ENTITY, "the password isn't good enough")
        } else if error.is_wrong_code() || error.is_expired() {
            (StatusCode::UNPROCESSABLE_ENTITY, "the code is wrong, or too old")
        } else if error.is_locked_out() || error.is_throttled() {
            (StatusCode::TOO_MANY_REQUESTS, "too many attempts: wait")
        } else if error.is_taken_name() {
            (StatusCode::CONFLICT, "the name is taken")
        } else {
            eprintln!("{error}");
            (StatusCode::SERVICE_UNAVAILABLE, "try again later")
        };
        (status, Json(json!({"error": text}))).into_response()
    }
}

/// Shows the mails that a Cognito inside the process would have sent.
async fn show_mails(cognito: &cognito_emulator::Cognito) {
    let mut shown = 0;
    loop {
        let mails = cognito.outbox().all();
        for mail in mails.iter().skip(shown) {
            println!("A mail to {}: {}", mail.destination, mail.code);
        }
        shown = mails.len();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
