//! Puts users into groups, and shows what an API sees of them.
//!
//! ```sh
//! cargo run -p examples --bin groups
//! ```
//!
//! It creates groups with a precedence, lists who is in one and in which groups someone is, and reads the groups from an
//! access token that `cognito-jwt` has verified.

use anyhow::Result;
use cognito_idp::Client;
use cognito_idp::operation::create_group::CreateGroupError;
use cognito_jwt::{Issuer, Verifier};
use examples::Place;

#[tokio::main]
async fn main() -> Result<()> {
    let mut place = Place::from_env()?;
    let pool = place.pool("groups", |pool| pool).await?;
    let app = place.app(&pool).await?;
    for name in ["alice", "bob", "carol"] {
        place.user(&pool, name, &[]).await?;
    }

    // The role of the group with the lowest number counts, where a user is in several.
    ensure_group(place.client(), &pool, "admins", 1).await?;
    ensure_group(place.client(), &pool, "editors", 10).await?;
    ensure_group(place.client(), &pool, "editors", 10).await?;
    for (name, group) in [("alice", "admins"), ("alice", "editors"), ("bob", "editors")] {
        let add = place.client().admin_add_user_to_group().user_pool_id(&pool);
        add.username(name).group_name(group).send().await?;
    }
    println!(
        "editors: {}",
        members(place.client(), &pool, "editors").await?.join(", ")
    );
    println!(
        "alice is in: {}",
        groups_of(place.client(), &pool, "alice").await?.join(", ")
    );

    // What an API sees: only who is in the group gets in.
    let url = place.url().await?;
    let verifier = Verifier::user_pool(Issuer::user_pool(&pool).emulator(&url))
        .client(&app)
        .access()
        .group("admins")
        .build()?;
    for name in ["alice", "carol"] {
        let token = place.access_token(&app, name).await?;
        match verifier.verify(&token).await {
            Ok(claims) => println!("{name} may enter, with the groups {}", claims.groups.join(", ")),
            Err(refusal) => println!("{name} may not enter: {refusal}"),
        }
    }
    place.delete(&pool).await
}

/// Creates a group, unless it is there.
async fn ensure_group(client: &Client, pool: &str, name: &str, precedence: i32) -> Result<()> {
    let create = client.create_group().user_pool_id(pool).group_name(name);
    match create.precedence(precedence).send().await {
        Ok(_) => println!("created the group {name}"),
        Err(error)
            if error
                .as_service_error()
                .is_some_and(CreateGroupError::is_group_exists_exception) =>
        {
            println!("the group {name} was there");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The usernames of a group.
async fn members(client: &Client, pool: &str, group: &str) -> Result<Vec<String>> {
    let list = client.list_users_in_group().user_pool_id(pool).group_name(group);
    let mut users = list.into_paginator().items().send();
    let mut names = Vec::new();
    while let Some(user) = users.try_next().await? {
        names.extend(user.username);
    }
    names.sort();
    Ok(names)
}

/// The groups of a user.
async fn groups_of(client: &Client, pool: &str, name: &str) -> Result<Vec<String>> {
    let list = client.admin_list_groups_for_user().user_pool_id(pool).username(name);
    let mut groups = list.into_paginator().items().send();
    let mut names = Vec::new();
    while let Some(group) = groups.try_next().await? {
        names.extend(group.group_name);
    }
    names.sort();
    Ok(names)
}
