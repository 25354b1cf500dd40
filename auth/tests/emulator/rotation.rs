//! Refresh token rotation: nothing is lost, and reuse ends the session.

use crate::TestResult;
use crate::world::{World, all_flows};
use cognito_auth::{AuthError, FileTokens, MemoryTokens, Session, StoreFuture, TokenStore, Tokens};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const REFRESH: &str = "GetTokensFromRefreshToken";

async fn rotating(grace: u32) -> TestResult<World> {
    let mut app = all_flows();
    app["ExplicitAuthFlows"] = json!(["ALLOW_USER_SRP_AUTH"]);
    app["RefreshTokenRotation"] = json!({"Feature": "ENABLED", "RetryGracePeriodSeconds": grace});
    World::new(json!({}), app).await
}

/// A store that the process dies in front of.
#[derive(Clone, Default)]
struct Dying {
    tokens: MemoryTokens,
    is_dead: Arc<AtomicBool>,
}

impl TokenStore for Dying {
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        self.tokens.load()
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        match self.is_dead.load(Ordering::SeqCst) {
            true => Box::pin(async { Err("the process is gone".into()) }),
            false => self.tokens.save(tokens),
        }
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        self.tokens.clear()
    }
}

#[tokio::test]
async fn a_crash_between_refresh_and_store_loses_nothing_within_the_grace_period() -> TestResult {
    let world = rotating(60).await?;
    let store = Dying::default();
    let session = Session::start(&world.pool, world.sign_in().await?, store.clone()).await?;
    world.pass(3600);
    store.is_dead.store(true, Ordering::SeqCst);
    assert!(matches!(session.access_token().await, Err(AuthError::Store(_))));
    assert_eq!(world.count(REFRESH), 1, "Cognito has rotated");
    drop(session);
    // The next process begins with the old token.
    store.is_dead.store(false, Ordering::SeqCst);
    world.pass(30);
    let session = Session::open(&world.pool, store.clone())
        .await?
        .ok_or("nothing is stored")?;
    session.user().get().await?;
    // And from there on with the new ones.
    world.pass(3600);
    session.user().get().await?;
    assert_eq!(world.count(REFRESH), 3);
    Ok(())
}

#[tokio::test]
async fn a_process_that_cant_store_goes_on_with_the_new_token_it_has() -> TestResult {
    let world = rotating(0).await?;
    let store = Dying::default();
    let session = Session::start(&world.pool, world.sign_in().await?, store.clone()).await?;
    world.pass(3600);
    store.is_dead.store(true, Ordering::SeqCst);
    assert!(session.access_token().await.is_err(), "it says that it couldn't store");
    session.user().get().await?;
    assert_eq!(world.count(REFRESH), 1);
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_used_after_its_grace_period_ends_the_session() -> TestResult {
    let world = rotating(10).await?;
    let tokens = world.sign_in().await?;
    let stale = tokens.clone();
    let store = MemoryTokens::default();
    let session = Session::start(&world.pool, tokens, store.clone()).await?;
    let rotated = session.refresh().await?;
    assert_ne!(rotated.refresh, stale.refresh);
    world.pass(11);
    // Somebody has a copy of the old token.
    let thief = Session::start(&world.pool, stale, MemoryTokens::default()).await?;
    let error = thief.refresh().await.err().ok_or("a reused token was taken")?;
    assert_eq!(error.code(), Some("RefreshTokenReuseException"));
    assert!(error.is_signed_out());
    let error = session.refresh().await.err().ok_or("the session goes on")?;
    assert!(error.is_signed_out(), "{error:?}");
    assert!(Session::open(&world.pool, store).await?.is_none(), "it is forgotten");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_callers_and_two_processes_are_one_refresh() -> TestResult {
    let world = rotating(0).await?;
    let folder = tempfile::tempdir()?;
    let store = FileTokens::new(folder.path().join("tokens.json"));
    let one = Session::start(&world.pool, world.sign_in().await?, store.clone()).await?;
    let other = Session::open(&world.pool, store).await?.ok_or("nothing is stored")?;
    world.pass(3600);
    let callers: Vec<_> = (0..1000)
        .map(|number| {
            let session = if number % 2 == 0 { one.clone() } else { other.clone() };
            tokio::spawn(async move { session.access_token().await })
        })
        .collect();
    let token = one.access_token().await?;
    for caller in callers {
        assert_eq!(caller.await??, token);
    }
    assert_eq!(world.count(REFRESH), 1);
    Ok(())
}

#[tokio::test]
async fn signing_out_revokes_what_came_of_the_refresh_token() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let tokens = world.sign_in().await?;
    let session = Session::start(&world.pool, tokens.clone(), MemoryTokens::default()).await?;
    session.sign_out().await?;
    let copy = Session::start(&world.pool, tokens, MemoryTokens::default()).await?;
    let error = copy
        .user()
        .get()
        .await
        .err()
        .ok_or("a revoked access token was taken")?;
    assert!(error.is_refused_token(), "{error:?}");
    let error = copy.refresh().await.err().ok_or("a revoked refresh token was taken")?;
    assert!(error.is_signed_out(), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one() -> TestResult {
    let world = World::new(json!({}), all_flows()).await?;
    let here = Session::start(&world.pool, world.sign_in().await?, MemoryTokens::default()).await?;
    let there = Session::start(&world.pool, world.sign_in().await?, MemoryTokens::default()).await?;
    let sessions = here.user().sessions(None).await?.sessions.unwrap_or_default();
    let others: Vec<_> = sessions
        .iter()
        .filter(|session| session.is_current_session != Some(true))
        .collect();
    assert_eq!((sessions.len(), others.len()), (2, 1));
    here.user()
        .revoke_session(others[0].session_id.as_deref().ok_or("no id")?)
        .await?;
    here.refresh().await?;
    assert!(there.refresh().await.is_err_and(|error| error.is_signed_out()));
    Ok(())
}
