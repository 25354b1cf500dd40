//! Lists and filters users, page by page.
//!
//! ```sh
//! cargo run -p examples --bin list_users
//! ```
//!
//! It shows the paginator, the filters that ListUsers knows, how a value with quotes is written in one, and how to ask
//! for a few attributes alone.

use anyhow::Result;
use cognito_idp::Client;
use cognito_idp::types::UserType;
use examples::Place;

#[tokio::main]
async fn main() -> Result<()> {
    let place = Place::from_env()?;
    let pool = place.pool("users", |pool| pool).await?;
    for (name, mail, given) in [
        ("alice", "alice@example.com", "Alice"),
        ("albert", "al@example.org", "Albert \"Al\""),
        ("bob", "bob@example.com", "Bob"),
        ("carol", "carol@example.org", "Carol"),
    ] {
        place
            .user(&pool, name, &[("email", mail), ("given_name", given)])
            .await?;
    }
    let disable = place.client().admin_disable_user().user_pool_id(&pool);
    disable.username("carol").send().await?;

    show("all", &list(place.client(), &pool, None).await?);
    for filter in [
        begins("username", "al"),
        is("email", "bob@example.com"),
        is("given_name", "Albert \"Al\""),
        is("status", "Disabled"),
        is("cognito:user_status", "CONFIRMED"),
    ] {
        show(&filter, &list(place.client(), &pool, Some(&filter)).await?);
    }
    place.delete(&pool).await
}

// ANCHOR: list
/// The users that the filter leaves; without one, all. Cognito gives at most 60 a page, the paginator asks for the next.
async fn list(client: &Client, pool: &str, filter: Option<&str>) -> Result<Vec<UserType>> {
    let users = client
        .list_users()
        .user_pool_id(pool)
        .set_filter(filter.map(str::to_owned))
        // What isn't asked for isn't sent. Without this, all attributes come.
        .attributes_to_get("email")
        .into_paginator()
        .page_size(2)
        .items()
        .send();
    Ok(users.collect::<Result<_, _>>().await?)
}
// ANCHOR_END: list

/// A filter for a value. It takes standard attributes alone, and one condition: more is for the program to sort out.
fn is(attribute: &str, value: &str) -> String {
    format!("{attribute} = {}", quoted(value))
}

/// A filter for values that begin so.
fn begins(attribute: &str, beginning: &str) -> String {
    format!("{attribute} ^= {}", quoted(beginning))
}

/// A value in a filter. Without this, a user's name could change what the filter says.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn show(what: &str, users: &[UserType]) {
    let mut names: Vec<&str> = users.iter().filter_map(UserType::username).collect();
    names.sort_unstable();
    println!("{what}: {}", names.join(", "));
}
