//! A service that calls an API in its own name.
//!
//! ```sh
//! cargo run -p cognito-auth --example machine_to_machine
//! ```
//!
//! It runs in a Cognito inside of the process, in which hours pass at once; `shared/mod.rs` says how to name a user pool
//! of your own. Its app client needs a secret and the scope `api/read`. With `COGNITO_DOMAIN` the token endpoint is asked,
//! otherwise GetClientToken, which needs the flow `ALLOW_CLIENT_TOKEN_AUTH`.

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use cognito_auth::{AuthError, MachineTokens, Secret};
use cognito_idp::types::ResourceServerScopeType;
use serde_json::json;
use shared::{DEMO_CLIENT, DEMO_POOL, Dialogue, Place, Result, Terminal};
use std::time::Duration;
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> Result {
    let place = match Place::from_env()? {
        Some(place) => place,
        None => demo().await?,
    };
    run(&place, &mut Terminal).await
}

/// Works on orders, as many at the same time as the user says.
pub(crate) async fn run(place: &Place, terminal: &mut impl Dialogue) -> Result {
    let mut machine = place.pool.machine().scope("api/read");
    if let Some(domain) = &place.domain {
        machine = machine.domain(domain)?;
    }
    let tokens = machine.source();
    loop {
        let said = terminal.ask("How many orders? (or wait, an hour; or quit)")?;
        match said.as_str() {
            "quit" => return Ok(()),
            "wait" => place.pass(Duration::from_secs(3600)),
            _ => work(&tokens, said.parse()?, terminal).await?,
        }
    }
}

async fn work(tokens: &MachineTokens, orders: u32, terminal: &mut impl Dialogue) -> Result {
    let mut workers = JoinSet::new();
    for order in 1..=orders {
        let tokens = tokens.clone();
        workers.spawn(async move { fetch(&tokens, order).await });
    }
    let mut used: Vec<Secret> = Vec::new();
    for fetched in workers.join_all().await {
        match fetched {
            Ok(token) if used.contains(&token) => {}
            Ok(token) => used.push(token),
            // Cognito has a bad moment: the order stays in the queue.
            Err(error) if error.is_transient() => terminal.say(&format!("{error}.")),
            Err(error) => return Err(error.into()),
        }
    }
    terminal.say(&format!("{orders} orders were fetched with {} token.", used.len()));
    Ok(())
}

/// Fetches an order, and gives the token that it did so with. It is kept until it ends: there is one for all workers.
async fn fetch(tokens: &MachineTokens, _order: u32) -> std::result::Result<Secret, AuthError> {
    // Here the request to the API goes out, with `authorization: Bearer …`.
    tokens.token().await
}

/// A pool with an API, and an app client that may read it.
pub(crate) async fn demo() -> Result<Place> {
    let place = Place::demo(json!({"pools": [{
        "id": DEMO_POOL,
        "settings": {"PoolName": "machines"},
        "clients": [{"id": DEMO_CLIENT, "settings": {
            "ClientName": "service", "GenerateSecret": true,
            "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"],
        }}],
    }]}))
    .await?;
    let client = place.pool.client();
    let scope = ResourceServerScopeType::builder()
        .scope_name("read")
        .scope_description("reads orders")
        .build()?;
    let request = client.create_resource_server().user_pool_id(DEMO_POOL);
    let request = request.identifier("api").name("Orders");
    request.scopes(scope).send().await?;
    let request = client.update_user_pool_client().user_pool_id(DEMO_POOL);
    request
        .client_id(DEMO_CLIENT)
        .explicit_auth_flows("ALLOW_CLIENT_TOKEN_AUTH".into())
        .allowed_o_auth_flows_user_pool_client(true)
        .allowed_o_auth_flows("client_credentials".into())
        .allowed_o_auth_scopes("api/read")
        .send()
        .await?;
    Ok(place)
}
