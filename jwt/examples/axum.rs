//! An API on axum: a route for anyone with an access token, one for those who may write, one for administrators.
//!
//! ```sh
//! cargo run -p cognito-jwt --features axum --example axum -- us-east-1_AbCdEf123 1example23456789
//! curl -H "authorization: Bearer $TOKEN" http://127.0.0.1:3000/me
//! ```
//!
//! A third argument is an emulator's address, such as `http://localhost:4566`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use cognito_jwt::{Access, AccessToken, Issuer, PoolBuilder, Rejection, Verifier};
use serde::Deserialize;

/// What this application's pre token generation trigger adds to access tokens.
#[derive(Debug, Deserialize)]
struct Tenant {
    tenant: Option<String>,
}

async fn me(AccessToken(claims): AccessToken<Tenant>) -> String {
    let tenant = claims.custom.tenant.as_deref().unwrap_or("no tenant");
    format!("{} of {tenant}\n", claims.username.unwrap_or(claims.client_id))
}

async fn write(AccessToken(claims): AccessToken) -> (StatusCode, String) {
    (StatusCode::CREATED, format!("written by {}\n", claims.sub))
}

async fn admin(AccessToken(claims): AccessToken) -> String {
    format!("welcome, {}\n", claims.username.unwrap_or_default())
}

/// The application. Each group of routes has a layer with what it asks of a token.
pub(crate) fn app(any: &Verifier<Access>, writers: &Verifier<Access>, admins: &Verifier<Access>) -> Router {
    let log = |rejection: &Rejection| eprintln!("rejected: {rejection}");
    let me = Router::new().route("/me", get(me)).layer(any.layer().on_rejection(log));
    let write = Router::new()
        .route("/notes", post(write))
        .layer(writers.layer().on_rejection(log));
    let admin = Router::new()
        .route("/admin", get(admin))
        .layer(admins.layer().on_rejection(log));
    me.merge(write).merge(admin)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = pool()?;
    let any = pool.access().build()?;
    // These two share its keys.
    let writers = any.to_builder().scope("api/write").build()?;
    let admins = any.to_builder().group("admins").build()?;
    // Not needed, but then the first request doesn't wait for the keys.
    any.hydrate().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app(&any, &writers, &admins)).await?;
    Ok(())
}

/// The user pool and the app client of the command line.
fn pool() -> Result<PoolBuilder, &'static str> {
    let mut arguments = std::env::args().skip(1);
    let (Some(pool), Some(client)) = (arguments.next(), arguments.next()) else {
        return Err("usage: axum USER-POOL-ID CLIENT-ID [EMULATOR-URL]");
    };
    let pool = Issuer::user_pool(pool);
    let pool = match arguments.next() {
        Some(url) => pool.emulator(&url),
        None => pool,
    };
    Ok(Verifier::user_pool(pool).client(client))
}
