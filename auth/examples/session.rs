//! A session that is kept in a file and refreshes itself.
//!
//! ```sh
//! cargo run -p cognito-auth --example session
//! ```
//!
//! It runs in a Cognito inside of the process, in which hours pass at once; `shared/mod.rs` says how to name a user pool
//! of your own. With one, a file as the argument keeps the tokens, and the next run finds alice signed in.

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use cognito_auth::{FileTokens, Secret, Session};
use serde_json::json;
use shared::{DEMO_CLIENT, DEMO_POOL, Dialogue, Place, Result, Terminal};
use std::path::Path;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result {
    let folder = tempfile::tempdir()?;
    let file = std::env::args_os().nth(1).map(std::path::PathBuf::from);
    let place = match Place::from_env()? {
        Some(place) => place,
        None => demo().await?,
    };
    let file = file.unwrap_or_else(|| folder.path().join("tokens.json"));
    run(&place, &file, &mut Terminal).await
}

/// Goes on with the session of the file, or signs in, and does what the user says.
pub(crate) async fn run(place: &Place, file: &Path, terminal: &mut impl Dialogue) -> Result {
    let store = FileTokens::new(file);
    let session = match Session::open(&place.pool, store.clone()).await? {
        Some(session) => {
            terminal.say("Welcome back.");
            session
        }
        None => {
            let (name, password) = (terminal.ask("Name")?, terminal.ask("Password")?);
            let tokens = place.pool.sign_in(name).password(password).await?.into_tokens()?;
            Session::start(&place.pool, tokens, store).await?
        }
    };
    loop {
        let answered = match terminal.ask("who, call, wait (an hour), out or quit")?.as_str() {
            "who" => who(&session, terminal).await,
            "call" => call(&session, terminal).await,
            "wait" => {
                place.pass(Duration::from_secs(3600));
                Ok(())
            }
            "out" => return Ok(session.sign_out().await?),
            "quit" => return Ok(()),
            _ => Ok(()),
        };
        match answered {
            // The network, or Cognito, has a bad moment: nothing is lost.
            Err(error) if error.is_transient() => terminal.say(&format!("{error}.")),
            answered => answered?,
        }
    }
}

async fn who(session: &Session, terminal: &mut impl Dialogue) -> std::result::Result<(), cognito_auth::AuthError> {
    for (name, value) in session.user().attributes().await? {
        terminal.say(&format!("{name}: {value}"));
    }
    Ok(())
}

/// A hundred requests at the same time. If the token has ended, it is refreshed once for all.
async fn call(session: &Session, terminal: &mut impl Dialogue) -> std::result::Result<(), cognito_auth::AuthError> {
    let requests: Vec<_> = (0..100)
        .map(|_| {
            let session = session.clone();
            // Here a program sends its request, with `authorization: Bearer …`.
            tokio::spawn(async move { session.access_token().await })
        })
        .collect();
    let mut tokens: Vec<Secret> = Vec::new();
    for request in requests {
        if let Ok(token) = request.await {
            let token = token?;
            if !tokens.contains(&token) {
                tokens.push(token);
            }
        }
    }
    terminal.say(&format!("100 requests went out with {} token.", tokens.len()));
    Ok(())
}

/// A pool whose app client rotates refresh tokens, with alice in it.
pub(crate) async fn demo() -> Result<Place> {
    let place = Place::demo(json!({"pools": [{
        "id": DEMO_POOL,
        "settings": {"PoolName": "session"},
        "clients": [{"id": DEMO_CLIENT, "settings": {
            "ClientName": "session", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
            "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10},
        }}],
        "users": [{"username": "alice", "password": "Correct-horse1", "attributes": {"email": "alice@example.com"}}],
    }]}));
    println!("A Cognito inside of this process: alice's password is Correct-horse1.");
    place.await
}
