//! Sets up app clients: one for a web server, one for a page in the browser, and changes one without losing the rest.
//!
//! ```sh
//! cargo run -p examples --bin app_client
//! ```
//!
//! It shows the settings of OAuth and of sign-ins, the trap of UpdateUserPoolClient, and two secrets at a time. An app
//! client for services, without users, is in `cargo run -p cognito-auth --example machine_to_machine`.

use anyhow::{Context, Result};
use cognito_idp::Client;
use cognito_idp::operation::update_user_pool_client::UpdateUserPoolClientInput;
use cognito_idp::types::{
    ExplicitAuthFlowsType, OAuthFlowType, PreventUserExistenceErrorTypes, ResourceServerScopeType, TimeUnitsType,
    TokenValidityUnitsType, UserPoolClientType,
};
use examples::Place;

#[tokio::main]
async fn main() -> Result<()> {
    let place = Place::from_env()?;
    let pool = place.pool("app clients", |pool| pool).await?;
    add_api(place.client(), &pool).await?;

    let web = web_server(place.client(), &pool).await?;
    let web_id = web.client_id.as_deref().context("an app client has an id")?;
    println!(
        "The web server's app client has a secret: {}",
        web.client_secret.is_some()
    );

    let page = single_page(place.client(), &pool).await?;
    println!("The page's app client has a secret: {}", page.client_secret.is_some());

    let changed = add_callback(place.client(), &pool, web_id, "https://staging.example.com/callback").await?;
    println!("After the change it has the callbacks {:?}", changed.callback_urls());
    println!("and still the flows {:?}", changed.explicit_auth_flows());

    place.delete(&pool).await
}

/// An API with a scope, which app clients can ask for.
async fn add_api(client: &Client, pool: &str) -> Result<()> {
    let read = ResourceServerScopeType::builder()
        .scope_name("read")
        .scope_description("reads orders")
        .build()?;
    let request = client.create_resource_server().user_pool_id(pool);
    request.identifier("orders").name("Orders").scopes(read).send().await?;
    Ok(())
}

/// For a server that can keep a secret: the authorization code flow, and sign-in by SRP.
async fn web_server(client: &Client, pool: &str) -> Result<UserPoolClientType> {
    let units = TokenValidityUnitsType::builder()
        .access_token(TimeUnitsType::Minutes)
        .id_token(TimeUnitsType::Minutes)
        .refresh_token(TimeUnitsType::Days)
        .build();
    let created = client
        .create_user_pool_client()
        .user_pool_id(pool)
        .client_name("web-server")
        .generate_secret(true)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
        // Without this one, the settings of OAuth are kept and have no effect.
        .allowed_o_auth_flows_user_pool_client(true)
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_scopes("openid")
        .allowed_o_auth_scopes("email")
        .allowed_o_auth_scopes("orders/read")
        .supported_identity_providers("COGNITO")
        .callback_urls("https://example.com/callback")
        .default_redirect_uri("https://example.com/callback")
        .logout_urls("https://example.com/bye")
        .access_token_validity(30)
        .id_token_validity(30)
        .refresh_token_validity(30)
        .token_validity_units(units)
        .enable_token_revocation(true)
        .prevent_user_existence_errors(PreventUserExistenceErrorTypes::Enabled)
        .send()
        .await?;
    created
        .user_pool_client
        .context("CreateUserPoolClient's answer has no UserPoolClient")
}

/// For a page in the browser, which can't keep a secret: PKCE proves in its place that who asks is who began.
async fn single_page(client: &Client, pool: &str) -> Result<UserPoolClientType> {
    let created = client
        .create_user_pool_client()
        .user_pool_id(pool)
        .client_name("single-page")
        .allowed_o_auth_flows_user_pool_client(true)
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_scopes("openid")
        .supported_identity_providers("COGNITO")
        .callback_urls("http://localhost:3000/callback")
        .send()
        .await?;
    created
        .user_pool_client
        .context("CreateUserPoolClient's answer has no UserPoolClient")
}

// ANCHOR: add_callback
/// Adds a callback URL.
///
/// UpdateUserPoolClient gives each setting that is left out its default value. So what is there is read first, and sent
/// back as a whole. Both have the same members, and all types have serde, so that JSON takes them across; what an update
/// doesn't take, such as the secret, is skipped.
async fn add_callback(client: &Client, pool: &str, app: &str, url: &str) -> Result<UserPoolClientType> {
    let described = client.describe_user_pool_client().user_pool_id(pool).client_id(app);
    let described = described.send().await?.user_pool_client;
    let settings = serde_json::to_value(described.context("DescribeUserPoolClient's answer has no UserPoolClient")?)?;
    let mut update: UpdateUserPoolClientInput = serde_json::from_value(settings)?;
    update.callback_urls.get_or_insert_default().push(url.to_owned());
    let updated = client.invoke(update).await?;
    updated
        .user_pool_client
        .context("UpdateUserPoolClient's answer has no UserPoolClient")
}
// ANCHOR_END: add_callback
