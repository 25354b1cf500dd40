//! Refreshing and signing out by the refresh token alone, and in the background.

use crate::TestResult;
use crate::world::{World, all_flows};
use cognito_auth::{AuthError, MemoryTokens, Session, Tokens};
use serde_json::json;
use std::time::Duration;

/// A server that keeps nothing: the browser's cookie has the refresh token.
#[tokio::test]
async fn a_refresh_token_alone_is_enough() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let signed_in = world.sign_in().await?;
    let cookie = signed_in
        .refresh
        .as_ref()
        .ok_or("a sign-in gives one")?
        .expose()
        .to_owned();
    world.pass(3700);
    let tokens = world.pool.refresh(&Tokens::from_refresh_token(cookie.as_str())).await?;
    assert!(tokens.access != signed_in.access && tokens.username().as_deref() == Some("alice"));
    assert!(!tokens.is_expired(world.cognito.clock().now(), Duration::from_secs(3500)));
    assert_eq!(tokens.refresh, signed_in.refresh, "without rotation it stays the same");

    world.pool.revoke(&Tokens::from_refresh_token(cookie.as_str())).await?;
    let refused = world.pool.refresh(&Tokens::from_refresh_token(cookie)).await;
    assert!(refused.is_err_and(|error| error.is_signed_out()));
    Ok(())
}

#[tokio::test]
async fn with_rotation_the_next_refresh_token_comes_back() -> TestResult {
    let app = json!({
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    });
    let world = World::new(json!({}), app).await?;
    let signed_in = world.sign_in().await?;
    let tokens = world.pool.refresh(&signed_in).await?;
    assert!(tokens.refresh.is_some() && tokens.refresh != signed_in.refresh);
    assert!(world.pool.refresh(&tokens).await.is_ok());
    Ok(())
}

#[tokio::test]
async fn without_a_refresh_token_nobody_is_signed_in() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let mut tokens = world.sign_in().await?;
    tokens.refresh = None;
    assert!(matches!(world.pool.refresh(&tokens).await, Err(AuthError::SignedOut)));
    assert!(matches!(world.pool.revoke(&tokens).await, Err(AuthError::SignedOut)));
    Ok(())
}

/// Time that nobody waits for passes at once, so the pauses cost nothing.
#[tokio::test(start_paused = true)]
async fn a_session_that_is_kept_fresh_never_makes_a_caller_wait() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let session = Session::start(&world.pool, world.sign_in().await?, MemoryTokens::new()).await?;
    let keeper = tokio::spawn({
        let session = session.clone();
        async move { session.keep_fresh().await }
    });
    for refreshes in 1..=3 {
        // Within two minutes of the expiry, but not within one.
        world.pass(3500);
        tokio::time::sleep(Duration::from_secs(61)).await;
        assert_eq!(world.count("GetTokensFromRefreshToken"), refreshes);
        session.access_token().await?;
        assert_eq!(world.count("GetTokensFromRefreshToken"), refreshes);
    }
    session.sign_out().await?;
    let reason = tokio::time::timeout(Duration::from_secs(61), keeper).await??;
    assert!(reason.is_signed_out(), "{reason}");
    Ok(())
}
