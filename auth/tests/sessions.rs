//! Sessions: one refresh for all, rotation, crashes, errors that must not sign anybody out, files.

mod support;

use cognito_auth::{FileTokens, MemoryTokens, Session, StoreFuture, TokenStore, Tokens};
use serde_json::json;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, SystemTime};
use support::{Reply, Server, TestResult, result, tokens};

fn expired() -> Tokens {
    Tokens {
        access: "access-0".into(),
        id: Some("id-0".into()),
        refresh: Some("refresh-0".into()),
        expires_at: SystemTime::now(),
        device_key: None,
        signed_in_as: Some("alice".into()),
        new_device: None,
    }
}

/// A pool with rotation: it takes the newest refresh token, and the one before it within its grace.
fn rotating() -> Server {
    let count = AtomicUsize::new(0);
    Server::new(move |call| {
        let now = count.load(Ordering::SeqCst);
        let sent = call.body["RefreshToken"].as_str().unwrap_or_default();
        if sent != format!("refresh-{now}") && sent != format!("refresh-{}", now.wrapping_sub(1)) {
            return Reply::Error("RefreshTokenReuseException", "Refresh token has been used");
        }
        let next = now + 1;
        count.store(next, Ordering::SeqCst);
        tokens(&format!("access-{next}"), Some(&format!("refresh-{next}")))
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_callers_of_an_expired_session_are_one_refresh() -> TestResult {
    let server = rotating();
    let session = Session::start(&server.pool(), expired(), MemoryTokens::default()).await?;
    let callers: Vec<_> = (0..1000)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.access_token().await })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await??.expose(), "access-1");
    }
    assert_eq!(server.calls().len(), 1);
    Ok(())
}

#[tokio::test]
async fn two_sessions_on_one_store_are_one_refresh() -> TestResult {
    let folder = tempfile::tempdir()?;
    let server = rotating();
    let store = FileTokens::new(folder.path().join("tokens"));
    let one = Session::start(&server.pool(), expired(), store.clone()).await?;
    let other = Session::open(&server.pool(), store)
        .await?
        .ok_or("the store is empty")?;
    let (one, other) = tokio::join!(one.access_token(), other.access_token());
    assert_eq!((one?.expose(), other?.expose()), ("access-1", "access-1"));
    assert_eq!(server.calls().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_rotated_refresh_token_is_stored_before_the_access_token_is_given() -> TestResult {
    let server = rotating();
    let store = MemoryTokens::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    session.access_token().await?;
    let stored = store
        .load()
        .await
        .map_err(|error| error.to_string())?
        .ok_or("the store is empty")?;
    assert_eq!(stored.refresh.as_ref().map(|token| token.expose()), Some("refresh-1"));
    session.refresh().await?;
    assert_eq!(server.call(1).body["RefreshToken"], "refresh-1");
    Ok(())
}

/// A store whose writes fail, as if the process ended before them.
#[derive(Clone, Default)]
struct Failing {
    inner: MemoryTokens,
    fails: Arc<AtomicBool>,
}

impl TokenStore for Failing {
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        self.inner.load()
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        if self.fails.load(Ordering::SeqCst) {
            return Box::pin(async { Err("the disk is full".into()) });
        }
        self.inner.save(tokens)
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        self.inner.clear()
    }
}

#[tokio::test]
async fn a_crash_between_the_refresh_and_the_store_loses_nothing() -> TestResult {
    let server = rotating();
    let store = Failing::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    store.fails.store(true, Ordering::SeqCst);
    assert!(session.access_token().await.is_err());
    drop(session);
    // The next run finds the old tokens, whose refresh token is within its grace.
    store.fails.store(false, Ordering::SeqCst);
    let session = Session::open(&server.pool(), store)
        .await?
        .ok_or("the store is empty")?;
    assert_eq!(session.access_token().await?.expose(), "access-2");
    Ok(())
}

#[tokio::test]
async fn a_caller_who_gives_up_doesnt_take_the_rotated_token_along() -> TestResult {
    let server = rotating();
    let store = MemoryTokens::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    // A caller who asks and goes away at once, as one whose request was cancelled.
    let mut call = Box::pin(session.access_token());
    let waits = poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_pending())).await;
    assert!(waits, "the answer takes longer");
    drop(call);
    while server.calls().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(session.access_token().await?.expose(), "access-1");
    let stored = store.load().await?.ok_or("the store is empty")?;
    assert_eq!(stored.refresh.as_ref().map(|token| token.expose()), Some("refresh-1"));
    assert_eq!(server.calls().len(), 1);
    Ok(())
}

#[tokio::test]
async fn no_error_that_may_pass_signs_anybody_out() -> TestResult {
    let answers = [
        || Reply::Broken,
        || Reply::Error("TooManyRequestsException", "Rate exceeded"),
        || Reply::Error("InternalErrorException", "Something went wrong"),
        || Reply::Error("SomethingNewException", "What?"),
        || Reply::Error("InvalidParameterException", "What?"),
        || Reply::Ok(json!({})),
    ];
    for answer in answers {
        let is_down = Arc::new(AtomicBool::new(true));
        let down = is_down.clone();
        let server = Server::new(move |_| match down.load(Ordering::SeqCst) {
            true => answer(),
            false => tokens("access-1", None),
        });
        let session = Session::start(&server.pool(), expired(), MemoryTokens::default()).await?;
        let error = session.access_token().await.err().ok_or("an error was overlooked")?;
        assert!(!error.is_signed_out(), "{error}");
        is_down.store(false, Ordering::SeqCst);
        assert_eq!(session.access_token().await?.expose(), "access-1");
    }
    Ok(())
}

#[tokio::test]
async fn what_a_refresh_doesnt_give_stays() -> TestResult {
    let server =
        Server::new(|_| Reply::Ok(json!({"AuthenticationResult": {"AccessToken": "access-1", "ExpiresIn": 60}})));
    let session = Session::start(&server.pool(), expired(), MemoryTokens::default()).await?;
    let tokens = session.refresh().await?;
    assert_eq!(tokens.refresh.as_ref().map(|token| token.expose()), Some("refresh-0"));
    assert_eq!(tokens.id.as_ref().map(|token| token.expose()), Some("id-0"));
    assert_eq!(tokens.signed_in_as.as_deref(), Some("alice"));
    Ok(())
}

#[tokio::test]
async fn a_token_is_refreshed_a_minute_before_its_end_and_no_sooner() -> TestResult {
    for (left, refreshes) in [(59, 1), (90, 0)] {
        let server = Server::new(|_| Reply::Ok(json!({"AuthenticationResult": result("fresh", None, 3600)})));
        let mut tokens = expired();
        tokens.expires_at = SystemTime::now() + Duration::from_secs(left);
        let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
        session.access_token().await?;
        assert_eq!(server.calls().len(), refreshes, "{left} s before");
    }
    Ok(())
}

#[tokio::test]
async fn a_second_secret_is_tried_when_the_first_isnt_taken_and_remembered() -> TestResult {
    let server = Server::new(|call| match call.body["ClientSecret"].as_str() {
        Some("new") => tokens("fresh", None),
        _ => Reply::Error("NotAuthorizedException", "Unable to verify secret hash for client"),
    });
    let pool = server.pool().with_secret("old").with_second_secret("new");
    let session = Session::start(&pool, expired(), MemoryTokens::default()).await?;
    session.refresh().await?;
    session.refresh().await?;
    let sent: Vec<_> = server
        .calls()
        .into_iter()
        .map(|call| call.body["ClientSecret"].clone())
        .collect();
    assert_eq!(sent, ["old", "new", "new"]);
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_is_its_owners_alone_and_holds_old_or_new_tokens() -> TestResult {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("tokens");
    let store = FileTokens::new(&path);
    // What an earlier run has left in the middle of a write.
    std::fs::write(folder.path().join("tokens.new"), "half")?;
    assert_eq!(store.load().await.map_err(|error| error.to_string())?, None);
    let mut tokens = expired();
    tokens.expires_at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    store.save(tokens.clone()).await.map_err(|error| error.to_string())?;
    assert_eq!(std::fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
    assert_eq!(store.load().await.map_err(|error| error.to_string())?, Some(tokens));
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 1, "nothing else is left");
    std::fs::write(&path, "{\"access_token\": \"marker")?;
    let error = store.load().await.err().ok_or("half a file was read")?;
    assert!(!error.to_string().contains("marker"), "{error}");
    store.clear().await.map_err(|error| error.to_string())?;
    store.clear().await.map_err(|error| error.to_string())?;
    assert!(!path.exists());
    Ok(())
}

#[tokio::test]
async fn machines_keep_a_token_until_its_end() -> TestResult {
    let server = Server::new(|_| {
        Reply::Ok(json!({"ClientAuthenticationResult": {"AccessToken": "machine", "ExpiresIn": 3600}}))
    });
    let tokens = server.pool().with_secret("secret").machine().scope("api/read").source();
    for _ in 0..10 {
        assert_eq!(tokens.token().await?.expose(), "machine");
    }
    assert_eq!(server.calls().len(), 1);
    assert_eq!(server.call(0).body["Scopes"], json!(["api/read"]));
    assert!(
        server.pool().machine().source().token().await.is_err(),
        "a machine without a secret"
    );
    Ok(())
}

#[test]
fn tokens_print_their_expiry_as_a_date_and_no_secret() {
    let tokens = Tokens {
        expires_at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000),
        ..expired()
    };
    let printed = format!("{tokens:?}");
    assert!(printed.contains("expires_at: 2027-01-15T08:00:00Z"), "{printed}");
    assert!(
        !printed.contains("access-0") && !printed.contains("refresh-0"),
        "{printed}"
    );
}
