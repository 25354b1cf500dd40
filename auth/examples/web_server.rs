//! A web server with passwords, second factors and passkeys, on axum.
//!
//! ```sh
//! cargo run -p cognito-auth --example web_server
//! ```
//!
//! Then open <http://localhost:3000>. It runs in a Cognito inside of the process; `shared/mod.rs` says how to name a user
//! pool of your own. The pool needs the relying party `localhost`, the app client the flows `ALLOW_USER_SRP_AUTH` and
//! `ALLOW_USER_AUTH`.
//!
//! A browser gets a random id in a cookie and nothing else. What a sign-in waits for and the tokens stay on the server.

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use cognito_auth::{
    AuthError, Challenge, FirstFactor, MemoryTokens, Secret, Session, State as Waiting, Step, UserPool,
};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::{DEMO_CLIENT, DEMO_POOL, Place, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a visitor is kept.
const KEPT: Duration = Duration::from_secs(12 * 3600);

#[tokio::main]
async fn main() -> Result {
    let place = match Place::from_env()? {
        Some(place) => place,
        None => demo().await?,
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 3000)).await?;
    println!("Open http://localhost:3000");
    axum::serve(listener, app(&place.pool)).await?;
    Ok(())
}

/// The application.
///
/// It takes JSON alone: a form of another site can't send that, and the cookie isn't sent from there either.
pub(crate) fn app(pool: &UserPool) -> Router {
    let site = Site {
        pool: pool.clone(),
        visitors: Arc::default(),
    };
    Router::new()
        .route("/", get(|| async { Html(include_str!("pages/web_server.html")) }))
        .route("/sign-in", post(sign_in))
        .route("/sign-in/passkey", post(sign_in_by_passkey))
        .route("/answer", post(answer))
        .route("/me", get(me))
        .route("/totp", post(begin_totp))
        .route("/totp/confirm", post(confirm_totp))
        .route("/passkeys/options", post(passkey_options))
        .route("/passkeys", post(register_passkey))
        .route("/sign-out", post(sign_out))
        .with_state(site)
}

#[derive(Clone)]
struct Site {
    pool: UserPool,
    visitors: Arc<Mutex<HashMap<String, (Instant, Visitor)>>>,
}

/// What the server knows of a browser. With many servers it is in a store that all of them read: both kinds go there as
/// text, `Waiting` by serde and a session by its `TokenStore`.
#[derive(Clone)]
enum Visitor {
    /// A sign-in that waits for an answer.
    Waiting(Box<Waiting>),
    SignedIn(Session),
}

impl Site {
    /// Keeps a visitor under a new id, so that an id which somebody has planted before the sign-in is worth nothing.
    fn keep(&self, headers: &HeaderMap, visitor: Visitor, told: Value) -> std::result::Result<Response, Failure> {
        let mut random = [0; 32];
        getrandom::getrandom(&mut random).map_err(|_| Failure::from(AuthError::Input("there is no randomness")))?;
        let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut visitors = self.visitors.lock().unwrap_or_else(PoisonError::into_inner);
        visitors.retain(|_, (since, _)| since.elapsed() < KEPT);
        visitors.remove(&cookie(headers).unwrap_or_default());
        visitors.insert(id.clone(), (Instant::now(), visitor));
        // Over HTTPS it is `Secure`, too.
        let cookie = format!("visitor={id}; Path=/; HttpOnly; SameSite=Strict");
        Ok(([(SET_COOKIE, cookie)], Json(told)).into_response())
    }

    fn visitor(&self, headers: &HeaderMap) -> std::result::Result<Visitor, Failure> {
        let visitors = self.visitors.lock().unwrap_or_else(PoisonError::into_inner);
        let known = cookie(headers).and_then(|id| visitors.get(&id).cloned());
        known.map(|(_, visitor)| visitor).ok_or(AuthError::SignedOut.into())
    }

    fn session(&self, headers: &HeaderMap) -> std::result::Result<Session, Failure> {
        match self.visitor(headers)? {
            Visitor::SignedIn(session) => Ok(session),
            Visitor::Waiting(_) => Err(AuthError::SignedOut.into()),
        }
    }

    /// Keeps what the next step needs, and tells the browser what it is.
    async fn go_on(&self, headers: &HeaderMap, step: Step) -> std::result::Result<Response, Failure> {
        match step {
            Step::SignedIn(tokens) => {
                let session = Session::start(&self.pool, tokens, MemoryTokens::default()).await?;
                self.keep(headers, Visitor::SignedIn(session), json!({"step": "SIGNED_IN"}))
            }
            Step::Challenge(challenge) => {
                let (waiting, mut told) = tell(&challenge).await?;
                told["step"] = challenge.name().into();
                self.keep(headers, Visitor::Waiting(Box::new(waiting)), told)
            }
            other => Err(other.unexpected().into()),
        }
    }
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    let visitor = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("visitor="));
    visitor.map(str::to_owned)
}

/// What the browser must know to answer a challenge, and the state that waits for it.
async fn tell(challenge: &Challenge) -> std::result::Result<(Waiting, Value), AuthError> {
    let told = match challenge {
        Challenge::WebAuthn(c) => json!({"options": c.request_options::<Value>()?}),
        Challenge::SelectChallenge(c) => json!({"choices": c.available()}),
        Challenge::SelectMfaType(c) => json!({"choices": c.choices()}),
        Challenge::MfaSetup(c) => {
            let app = c.totp().await?;
            return Ok((app.state(), json!({"uri": app.uri("Example", c.username()).expose()})));
        }
        other => json!({"destination": other.destination()}),
    };
    Ok((challenge.state(), told))
}

#[derive(Deserialize)]
struct Credentials {
    name: String,
    password: String,
}

async fn sign_in(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(input): Json<Credentials>,
) -> std::result::Result<Response, Failure> {
    let password = Secret::from(input.password);
    let step = site.pool.sign_in(input.name).password(password).await?;
    site.go_on(&headers, step).await
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

async fn sign_in_by_passkey(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(input): Json<Name>,
) -> std::result::Result<Response, Failure> {
    let step = site.pool.sign_in(input.name).prefer(FirstFactor::WebAuthn).await?;
    site.go_on(&headers, step).await
}

/// An answer to a challenge: `{"code": "123456"}`.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Code(String),
    Choice(String),
    Credential(Value),
    NewPassword(String),
}

async fn answer(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(answer): Json<Answer>,
) -> std::result::Result<Response, Failure> {
    let Visitor::Waiting(waiting) = site.visitor(&headers)? else {
        return Err(AuthError::Input("no sign-in waits for an answer").into());
    };
    let step = match (site.pool.resume(*waiting), answer) {
        (Challenge::SoftwareTokenMfa(c), Answer::Code(code)) => c.code(&code).await?,
        (Challenge::SmsMfa(c), Answer::Code(code)) => c.code(&code).await?,
        (Challenge::EmailOtp(c), Answer::Code(code)) => c.code(&code).await?,
        (Challenge::MfaSetup(c), Answer::Code(code)) => c.confirm_totp(&code, None).await?,
        (Challenge::SelectMfaType(c), Answer::Choice(choice)) => c.choose(&choice).await?,
        (Challenge::WebAuthn(c), Answer::Credential(credential)) => c.credential(&credential).await?,
        (Challenge::NewPasswordRequired(c), Answer::NewPassword(password)) => c.password(password).send().await?,
        _ => return Err(AuthError::Input("this isn't an answer to what was asked").into()),
    };
    site.go_on(&headers, step).await
}

async fn me(State(site): State<Site>, headers: HeaderMap) -> std::result::Result<Json<Value>, Failure> {
    let session = site.session(&headers)?;
    let user = session.user().get().await?;
    let passkeys = session.user().passkeys(None).await?;
    Ok(Json(json!({
        "name": user.username,
        "second_factors": user.user_mfa_setting_list.unwrap_or_default(),
        "passkeys": passkeys.credentials.len(),
    })))
}

/// Begins to set up an authenticator app. The page shows the URI as a QR code, or its secret.
async fn begin_totp(State(site): State<Site>, headers: HeaderMap) -> std::result::Result<Json<Value>, Failure> {
    let session = site.session(&headers)?;
    let name = session.user().get().await?.username;
    let app = session.user().totp().await?;
    Ok(Json(json!({"uri": app.uri("Example", &name).expose()})))
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

async fn confirm_totp(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(input): Json<Code>,
) -> std::result::Result<Json<Value>, Failure> {
    site.session(&headers)?.user().confirm_totp(&input.code, None).await?;
    Ok(Json(json!({})))
}

async fn passkey_options(State(site): State<Site>, headers: HeaderMap) -> std::result::Result<Json<Value>, Failure> {
    Ok(Json(site.session(&headers)?.user().passkey_options().await?))
}

async fn register_passkey(
    State(site): State<Site>,
    headers: HeaderMap,
    Json(credential): Json<Value>,
) -> std::result::Result<Json<Value>, Failure> {
    site.session(&headers)?.user().register_passkey(&credential).await?;
    Ok(Json(json!({})))
}

async fn sign_out(State(site): State<Site>, headers: HeaderMap) -> std::result::Result<Json<Value>, Failure> {
    let session = site.session(&headers)?;
    let id = cookie(&headers).unwrap_or_default();
    site.visitors.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    session.sign_out().await?;
    Ok(Json(json!({})))
}

/// An error as an answer. Its text quotes nothing that was sent, so that a browser may have it.
struct Failure(AuthError);

impl From<AuthError> for Failure {
    fn from(error: AuthError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let again =
            error.is_wrong_code() || error.is_wrong_password() || error.is_unknown_user() || error.is_unfit_password();
        let status = match &error {
            _ if error.is_transient() => StatusCode::SERVICE_UNAVAILABLE,
            _ if again || error.is_signed_out() || error.is_expired() => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        // Nobody is told which names there are.
        let text = match error.is_wrong_password() || error.is_unknown_user() {
            true => "The name or the password is wrong".to_owned(),
            false => error.to_string(),
        };
        (status, Json(json!({"error": text, "again": again}))).into_response()
    }
}

/// A pool with passwords, authenticator apps and passkeys, with alice in it.
pub(crate) async fn demo() -> Result<Place> {
    let place = Place::demo(json!({"pools": [{
        "id": DEMO_POOL,
        "settings": {"PoolName": "web", "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}},
        "clients": [{"id": DEMO_CLIENT, "settings": {
            "ClientName": "web", "GenerateSecret": true,
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        }}],
        "users": [{"username": "alice", "password": "Correct-horse1"}],
    }]}))
    .await?;
    let apps = cognito_idp::types::SoftwareTokenMfaConfigType::builder().enabled(true);
    let passkeys = cognito_idp::types::WebAuthnConfigurationType::builder()
        .relying_party_id("localhost")
        .user_verification("required".into());
    let request = place.pool.client().set_user_pool_mfa_config().user_pool_id(DEMO_POOL);
    request
        .mfa_configuration("OPTIONAL".into())
        .software_token_mfa_configuration(apps.build())
        .web_authn_configuration(passkeys.build())
        .send()
        .await?;
    println!("A Cognito inside of this process: alice's password is Correct-horse1.");
    Ok(place)
}
