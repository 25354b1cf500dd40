//! Token exchange (RFC 8693): GetDerivedToken.

use crate::TestResult;
use crate::world::{World, all_flows, claims};
use serde_json::json;

async fn world() -> TestResult<World> {
    let mut app = all_flows();
    app["ExplicitAuthFlows"] = json!([
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_TOKEN_EXCHANGE_IMPERSONATION",
        "ALLOW_TOKEN_EXCHANGE_DELEGATION",
    ]);
    World::new(json!({}), app).await
}

#[tokio::test]
async fn an_access_token_is_exchanged_for_one_with_an_audience_and_an_actor() -> TestResult {
    let world = world().await?;
    let tokens = world.sign_in().await?;
    let exchange = world.pool.exchange(&tokens.access);
    let derived = exchange.clone().audience("orders").send().await?;
    let (old, new) = (claims(&tokens.access)?, claims(&derived.token)?);
    assert_eq!((&new["sub"], &new["aud"]), (&old["sub"], &json!("orders")));
    assert_ne!(new["jti"], old["jti"]);
    assert_eq!(derived.scopes, ["aws.cognito.signin.user.admin"]);
    assert!(derived.expires_at > world.cognito.clock().now());
    let actor = exchange.actor(&tokens.access).send().await?;
    assert_eq!(claims(&actor.token)?["act"]["sub"], old["sub"]);
    Ok(())
}

#[tokio::test]
async fn an_exchange_that_isnt_allowed_or_makes_no_sense_is_refused() -> TestResult {
    let world = world().await?;
    let access = world.sign_in().await?.access;
    let both = world
        .pool
        .exchange(&access)
        .audience("orders")
        .resource("https://orders.example.com");
    assert!(both.send().await.is_err());
    assert_eq!(world.count("GetDerivedToken"), 0, "nothing is sent that must fail");
    let other = World::new(json!({}), all_flows()).await?;
    let access = other.sign_in().await?.access;
    let refused = other.pool.exchange(&access).send().await.err().ok_or("it was given")?;
    assert_eq!(refused.code(), Some("NotAuthorizedException"));
    Ok(())
}
