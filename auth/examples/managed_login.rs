//! Managed login for a command line: the browser signs the user in, and comes back to a listener on this machine.
//!
//! ```sh
//! cargo run -p cognito-auth --example managed_login
//! ```
//!
//! It runs in a Cognito inside of the process, whose login page is on a port; `shared/mod.rs` says how to name a user pool
//! of your own. Its app client needs the callback URLs `http://127.0.0.1:8400/callback`, `…:8401/callback` and
//! `…:8402/callback`, and the scopes below.

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use cognito_auth::{LoopbackLogin, ManagedLogin, MemoryTokens, Session};
use serde_json::json;
use shared::{DEMO_CLIENT, DEMO_POOL, Dialogue, Place, Result, Terminal};
use std::time::Duration;

/// Callback URLs match to the letter, so the ports are registered: three of them, as one may be taken.
const PORTS: [u16; 3] = [8400, 8401, 8402];
/// How long the user may take.
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::main]
async fn main() -> Result {
    let place = match Place::from_env()? {
        Some(place) => place,
        None => demo(&PORTS).await?,
    };
    run(&place, &PORTS, &mut Terminal).await
}

/// Signs a user in with the browser, and out again.
pub(crate) async fn run(place: &Place, ports: &[u16], terminal: &mut impl Dialogue) -> Result {
    let domain = place
        .domain
        .as_deref()
        .ok_or("set COGNITO_DOMAIN to managed login's domain")?;
    let login = LoopbackLogin::start(ports, |callback| {
        let login = ManagedLogin::new(domain, &place.pool, callback)?;
        // The last scope is that of user calls, such as `attributes` below.
        Ok(login
            .scope("openid")
            .scope("email")
            .scope("aws.cognito.signin.user.admin"))
    })
    .await?;
    terminal.say("Open this page to sign in:");
    terminal.say(&login.url());
    let tokens = tokio::time::timeout(PATIENCE, login.finish()).await??;
    let session = Session::start(&place.pool, tokens, MemoryTokens::default()).await?;
    let attributes = session.user().attributes().await?;
    terminal.say(&format!("Signed in with the address {}.", attributes["email"]));
    session.sign_out().await?;
    terminal.say("Signed out.");
    Ok(())
}

/// A pool with managed login, with alice in it.
pub(crate) async fn demo(ports: &[u16]) -> Result<Place> {
    let callbacks: Vec<_> = ports
        .iter()
        .map(|port| format!("http://127.0.0.1:{port}/callback"))
        .collect();
    let place = Place::demo(json!({"pools": [{
        "id": DEMO_POOL,
        "settings": {"PoolName": "managed login"},
        "clients": [{"id": DEMO_CLIENT, "settings": {
            "ClientName": "command line", "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email", "aws.cognito.signin.user.admin"],
            "CallbackURLs": callbacks,
        }}],
        "users": [{"username": "alice", "password": "Correct-horse1", "attributes": {"email": "alice@example.com"}}],
    }]}))
    .await?;
    println!("A Cognito inside of this process: alice's password is Correct-horse1.");
    place.listening().await
}
