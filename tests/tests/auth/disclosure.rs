//! No secret in any log, error or Debug of whole sign-ins.

#[path = "../../../auth/tests/support/log.rs"]
mod log;

use crate::target::{Target, TestResult, add_user, allow_apps, challenge};
use cognito_auth::{AuthError, Challenge, MemoryDevices, MemoryTokens, Session, Tokens, UserPool};
use cognito_emulator::Cognito;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::{Client, Config};
use cognito_jwt::{Issuer, Verifier};
use log::Log;
use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::process::Command;

/// An error, all its sources, in both ways of printing.
fn printed(error: &AuthError) -> String {
    let mut text = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, " {error} {error:?}");
        source = error.source();
    }
    text
}

const RIGHT: &str = "Marker-passw0rd-right";
const WRONG: &str = "Marker-passw0rd-wrong";
const CHANGED: &str = "Marker-passw0rd-changed";
const CODE: &str = "918273";

/// What a program could print, and what must not be in it.
#[derive(Default)]
struct Seen {
    debug: String,
    errors: String,
    markers: Vec<String>,
}

impl Seen {
    fn show(&mut self, value: &dyn Debug) {
        let _ = write!(self.debug, "{value:?}");
    }

    fn refused<T>(&mut self, result: Result<T, AuthError>) -> TestResult {
        let error = result.err().ok_or("what is wrong was taken")?;
        self.errors.push_str(&printed(&error));
        Ok(())
    }

    fn secret(&mut self, secret: impl Into<String>) {
        self.markers.push(secret.into());
    }

    fn tokens(&mut self, tokens: &Tokens) {
        self.show(tokens);
        let all = [Some(&tokens.access), tokens.id.as_ref(), tokens.refresh.as_ref()];
        let all = all.into_iter().flatten();
        self.markers.extend(all.map(|token| token.expose().to_owned()));
    }
}

/// Sets the user's password, and gives the secret of the pool's app client.
async fn prepared(pool: &UserPool) -> TestResult<String> {
    allow_apps(pool).await?;
    add_user(pool, "alice").await?;
    let request = pool.client().admin_set_user_password().user_pool_id(pool.id());
    request.username("alice").password(RIGHT).permanent(true).send().await?;
    let request = pool.client().describe_user_pool_client().user_pool_id(pool.id());
    let app = request.client_id(pool.client_id()).send().await?.user_pool_client;
    Ok(app.and_then(|app| app.client_secret).ok_or("no secret")?)
}

/// Signs in, right and wrong, in all ways, and does what those do who are signed in.
async fn sign_in(pool: &UserPool, seen: &mut Seen) -> TestResult<Tokens> {
    for wrong in [WRONG, "Marker-other1"] {
        seen.refused(pool.sign_in("alice").password(wrong).await)?;
        seen.refused(pool.sign_in("alice").password_plain(wrong).await)?;
        seen.secret(wrong);
    }
    let sign_in = pool.sign_in("alice");
    seen.show(&sign_in);
    let step = sign_in.password(RIGHT).await?;
    seen.show(&step);
    let tokens = step.into_tokens()?;
    seen.tokens(&tokens);
    seen.show(&pool.confirm_device(&tokens, None).await?);
    let again = pool.sign_in("alice").password_plain(RIGHT).await?.into_tokens()?;
    seen.tokens(&again);

    let session = Session::start(pool, tokens.clone(), MemoryTokens::default()).await?;
    let refreshed = session.refresh().await?;
    seen.tokens(&refreshed);
    seen.show(&session);
    let user = session.user();
    let app = user.totp().await?;
    seen.show(&app);
    seen.secret(app.secret().expose());
    seen.refused(app.confirm(CODE, None).await)?;
    seen.secret(CODE);
    seen.refused(user.change_password(WRONG, RIGHT).await)?;
    user.change_password(RIGHT, CHANGED).await?;
    seen.secret(CHANGED);

    // A challenge that waits, and its state.
    let Challenge::PasswordVerifier(waiting) = challenge(pool.sign_in("alice").srp().await?)? else {
        return Err("another challenge".into());
    };
    let state = waiting.state();
    seen.show(&waiting);
    seen.show(&state);
    let state = serde_json::to_value(&state)?;
    seen.secret(state["exponent"].as_str().ok_or("the state has an exponent")?);
    seen.markers.extend(state["session"].as_str().map(str::to_owned));
    Ok(tokens)
}

/// Signs up, and asks for another password, with codes from the mails.
async fn sign_up(pool: &UserPool, cognito: &Cognito, seen: &mut Seen) -> TestResult {
    let new = pool
        .sign_up("bob")
        .password(RIGHT)
        .attribute("email", "bob@example.com");
    seen.show(&new);
    let sign_up = new.send().await?;
    seen.show(&sign_up);
    seen.refused(sign_up.confirm(CODE).await)?;
    let code = |cognito: &Cognito| cognito.outbox().last("bob").map(|message| message.code);
    let confirmation = code(cognito).ok_or("a mail")?;
    seen.show(&sign_up.confirm(&confirmation).await?);
    let reset = pool.forgot_password("bob").await?;
    seen.show(&reset);
    seen.refused(reset.confirm(CODE, CHANGED).await)?;
    let forgotten = code(cognito).ok_or("a mail")?;
    seen.show(&reset.confirm(&forgotten, CHANGED).await?);
    seen.show(cognito);
    seen.show(cognito.outbox());
    seen.markers.extend([confirmation, forgotten]);
    Ok(())
}

/// Checks the tokens, for those that they are for and for others.
async fn verify(pool: &UserPool, server: &str, tokens: &Tokens, seen: &mut Seen) -> TestResult {
    let verifier = |client: &str| {
        let issuer = Issuer::user_pool(pool.id()).emulator(server);
        Verifier::user_pool(issuer).client(client)
    };
    let access = tokens.access.expose();
    let good = verifier(pool.client_id()).access().build()?;
    seen.show(&good.verified(access).await?);
    seen.show(&good);
    let id = tokens.id.as_ref().ok_or("an id token")?.expose();
    for refusal in [
        verifier("another").access().build()?.verify(access).await.err(),
        good.verify(id).await.err(),
        good.verify(&format!("{access}x")).await.err(),
    ] {
        let refusal = refusal.ok_or("a token that is for someone else was taken")?;
        let _ = write!(seen.errors, "{refusal} {refusal:?}");
    }
    Ok(())
}

/// All of it, with an emulator in the process or on a port, while everything is logged.
async fn nothing_is_disclosed(on_a_port: bool) -> TestResult {
    let cognito = Cognito::new();
    let server = cognito.serve(("127.0.0.1", 0)).await?;
    let mut pool = Target::Emulator(cognito.clone()).pool(true).await?;
    if on_a_port {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::for_tests())
            .endpoint_url(server.url());
        pool = pool.with_client(Client::from_conf(config.build()));
    }
    let mut seen = Seen::default();
    let secret = prepared(&pool).await?;
    seen.secret(secret);

    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let pool = pool.with_devices(MemoryDevices::default());
    seen.show(&pool);
    let tokens = sign_in(&pool, &mut seen).await?;
    sign_up(&pool, &cognito, &mut seen).await?;
    verify(&pool, &server.url(), &tokens, &mut seen).await?;
    drop(guard);

    let log = log.text();
    // The lines that would show bodies are there.
    for line in [
        "transmitting request",
        "received response",
        "read HTTP response body",
        "SdkBody { inner: ",
    ] {
        assert!(
            log.matches(line).count() > 10,
            "{line}: the log has what the crates log"
        );
    }
    seen.secret(RIGHT);
    for (place, text) in [("the log", &log), ("an error", &seen.errors), ("Debug", &seen.debug)] {
        for marker in &seen.markers {
            assert!(marker.len() >= 6, "a secret may stand anywhere by chance");
            if let Some(at) = text.find(marker.as_str()) {
                let begin = text.floor_char_boundary(at.saturating_sub(300));
                panic!(
                    "{place} shows a secret of {} bytes: …{}",
                    marker.len(),
                    &text[begin..at]
                );
            }
        }
    }
    cognito_tests::report!("{} markers, none in {} bytes of log", seen.markers.len(), log.len());
    Ok(())
}

#[tokio::test]
async fn no_secret_is_in_a_log_an_error_or_debug_of_sign_ins_in_the_process() -> TestResult {
    nothing_is_disclosed(false).await
}

#[tokio::test]
async fn no_secret_is_in_a_log_an_error_or_debug_of_sign_ins_over_the_network() -> TestResult {
    nothing_is_disclosed(true).await
}

/// Where bodies are asked for, they are in the log, and the test above says so.
#[test]
fn the_secrets_are_found_where_they_are_shown() -> TestResult {
    let name = "disclosure::no_secret_is_in_a_log_an_error_or_debug_of_sign_ins_in_the_process";
    let run = |shown: &str| {
        let mut program = Command::new(std::env::current_exe()?);
        program
            .args(["--exact", name, "--nocapture"])
            .env("LOG_SENSITIVE_BODIES", shown);
        program.output()
    };
    let hidden = run("false")?;
    assert!(hidden.status.success(), "{}", String::from_utf8_lossy(&hidden.stderr));
    let shown = run("TRUE")?;
    let text = String::from_utf8_lossy(&shown.stderr);
    assert!(
        !shown.status.success() && text.contains("the log shows a secret"),
        "{text}"
    );
    Ok(())
}
