//! Names: aliases, case, and names of nobody.

use crate::TestResult;
use crate::world::{PASSWORD, World, all_flows};
use cognito_auth::{MemoryTokens, Session};
use serde_json::json;

#[tokio::test]
async fn the_identity_of_srp_is_the_users_own_name_whatever_name_was_typed() -> TestResult {
    let world = World::new(json!({"AliasAttributes": ["email"]}), all_flows()).await?;
    let tokens = world
        .pool
        .sign_in("alice@example.com")
        .password(PASSWORD)
        .await?
        .into_tokens()?;
    assert_eq!(tokens.username().as_deref(), Some("alice"));
    // With the secret, a hash over either name was right where Cognito wants it.
    let session = Session::start(&world.pool, tokens, MemoryTokens::default()).await?;
    session.refresh().await?;
    session.sign_out().await?;
    Ok(())
}

#[tokio::test]
async fn a_name_of_nobody_and_a_wrong_password_look_alike() -> TestResult {
    let mut app = all_flows();
    app["PreventUserExistenceErrors"] = "ENABLED".into();
    let world = World::new(json!({}), app).await?;
    let nobody = world
        .pool
        .sign_in("nobody")
        .password(PASSWORD)
        .await
        .err()
        .ok_or("nobody came in")?;
    let wrong = world
        .pool
        .sign_in("alice")
        .password("Wrong-horse1")
        .await
        .err()
        .ok_or("it was taken")?;
    assert_eq!(nobody.to_string(), wrong.to_string());
    assert!(nobody.is_wrong_password() && !nobody.is_unknown_user());
    assert_eq!(
        world.count("RespondToAuthChallenge"),
        2,
        "the simulated challenge was answered, too"
    );
    Ok(())
}

#[tokio::test]
async fn a_pool_that_ignores_case_takes_a_name_in_any() -> TestResult {
    let world = World::new(json!({"UsernameConfiguration": {"CaseSensitive": false}}), all_flows()).await?;
    let tokens = world.pool.sign_in("ALICE").password(PASSWORD).await?.into_tokens()?;
    assert_eq!(tokens.username().as_deref(), Some("alice"));
    let strict = World::new(json!({"UsernameConfiguration": {"CaseSensitive": true}}), all_flows()).await?;
    assert!(strict.pool.sign_in("ALICE").password(PASSWORD).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_user_who_deletes_the_account_is_signed_out_and_gone() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let store = MemoryTokens::default();
    let session = Session::start(&world.pool, world.sign_in().await?, store.clone()).await?;
    session.delete_user().await?;
    assert!(session.access_token().await.is_err_and(|error| error.is_signed_out()));
    assert!(Session::open(&world.pool, store).await?.is_none());
    assert!(world.sign_in().await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_proof_that_comes_too_late_is_refused_with_a_hint() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let cognito_auth::Challenge::PasswordVerifier(c) =
        crate::world::challenge(world.pool.sign_in("alice").srp().await?)?
    else {
        return Err("another challenge".into());
    };
    world.pass(3600);
    let error = c.password(PASSWORD).await.err().ok_or("it was taken")?;
    assert!(error.is_wrong_password(), "{error:?}");
    assert!(
        error.hint().is_some_and(|hint| hint.contains("within seconds")),
        "{error}"
    );
    Ok(())
}
