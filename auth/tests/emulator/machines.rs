//! Machine to machine, by GetClientToken and at the token endpoint.

use crate::TestResult;
use crate::world::{APP, POOL, World, claims};
use cognito_auth::{MachineTokens, UserPool};
use cognito_emulator::Running;
use cognito_idp::types::ResourceServerScopeType;
use serde_json::json;

/// An API with two scopes, and an app client that may have one of them.
async fn world() -> TestResult<(World, Running)> {
    let world = World::new(json!({}), json!({"GenerateSecret": true})).await?;
    let client = world.pool.client();
    let mut request = client
        .create_resource_server()
        .user_pool_id(POOL)
        .identifier("api")
        .name("API");
    for name in ["read", "write"] {
        let scope = ResourceServerScopeType::builder()
            .scope_name(name)
            .scope_description(name);
        request = request.scopes(scope.build()?);
    }
    request.send().await?;
    let request = client.update_user_pool_client().user_pool_id(POOL).client_id(APP);
    request
        .explicit_auth_flows("ALLOW_CLIENT_TOKEN_AUTH".into())
        .allowed_o_auth_flows_user_pool_client(true)
        .allowed_o_auth_flows("client_credentials".into())
        .allowed_o_auth_scopes("api/read")
        .send()
        .await?;
    let running = world.cognito.serve(("127.0.0.1", 0)).await?;
    Ok((world, running))
}

/// Both ways to a token: how they are counted, and the tokens.
fn ways(pool: &UserPool, running: &Running) -> TestResult<[(&'static str, MachineTokens); 2]> {
    let machine = pool.machine().scope("api/read");
    Ok([
        ("GetClientToken", machine.clone().source()),
        ("POST /oauth2/token", machine.domain(&running.url())?.source()),
    ])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_kept_until_a_minute_before_its_end_and_fetched_once_for_all() -> TestResult {
    let (world, running) = world().await?;
    for (what, tokens) in ways(&world.pool, &running)? {
        let callers: Vec<_> = (0..50)
            .map(|_| {
                let tokens = tokens.clone();
                tokio::spawn(async move { tokens.token().await })
            })
            .collect();
        let first = tokens.token().await?;
        for caller in callers {
            assert_eq!(caller.await??, first);
        }
        assert_eq!(world.count(what), 1, "{what}");
        assert_eq!(claims(&first)?["scope"], "api/read", "{what}");
        world.pass(3530);
        assert_eq!(tokens.token().await?, first, "{what}: 70 s before its end");
        world.pass(20);
        assert_ne!(tokens.token().await?, first, "{what}: 50 s before its end");
        assert_eq!(world.count(what), 2, "{what}");
    }
    Ok(())
}

#[tokio::test]
async fn while_a_secret_is_rotated_the_other_one_is_tried() -> TestResult {
    let (world, running) = world().await?;
    let right = world.secret.as_ref().ok_or("no secret")?;
    let bare = UserPool::new(POOL, APP)?.with_client(world.pool.client().clone());
    let pool = bare
        .clone()
        .with_secret("anoldsecretofthirtycharacters1")
        .with_second_secret(right);
    for (what, tokens) in ways(&pool, &running)? {
        tokens.token().await.map_err(|error| format!("{what}: {error:?}"))?;
    }
    assert_eq!(world.count("GetClientToken"), 2);
    assert_eq!(world.count("POST /oauth2/token"), 1, "which one is good is remembered");
    for (what, tokens) in ways(&bare.with_secret("anoldsecretofthirtycharacters1"), &running)? {
        let error = tokens.token().await.err().ok_or("a wrong secret was taken")?;
        assert!(error.is_wrong_secret(), "{what}: {error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_scope_that_the_client_may_not_have_is_refused() -> TestResult {
    let (world, running) = world().await?;
    let tokens = world.pool.machine().scope("api/write").domain(&running.url())?.source();
    let error = tokens.token().await.err().ok_or("it was given")?;
    assert_eq!(error.code(), Some("invalid_scope"));
    assert!(!error.is_transient());
    Ok(())
}
