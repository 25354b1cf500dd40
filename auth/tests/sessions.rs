//! Sessions: one refresh for all, rotation, crashes, errors that must not sign anybody out, files.

mod support;

use cognito_auth::{AuthError, FileTokens, Guard, MemoryTokens, Session, StoreFuture, TokenStore, Tokens};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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

#[tokio::test]
async fn callers_who_wait_for_a_refresh_that_fails_share_its_error() -> TestResult {
    let server = Server::new(|_| Reply::Broken);
    let session = Session::start(&server.pool(), expired(), MemoryTokens::default()).await?;
    for round in 1..=2 {
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let session = session.clone();
                tokio::spawn(async move { session.access_token().await })
            })
            .collect();
        for caller in callers {
            let error = caller.await?.err().ok_or("it was refreshed")?;
            assert!(error.is_transient(), "{error}");
        }
        assert_eq!(server.calls().len(), round, "whoever comes later tries again");
    }
    Ok(())
}

#[tokio::test]
async fn a_token_is_given_to_its_end_while_no_new_one_can_be_had() -> TestResult {
    let server = Server::new(|_| Reply::Error("TooManyRequestsException", "Rate exceeded"));
    let mut tokens = expired();
    tokens.expires_at = SystemTime::now() + Duration::from_secs(50);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    assert_eq!(session.access_token().await?.expose(), "access-0");
    assert_eq!(server.calls().len(), 1, "it was tried");
    let refused = session.refresh().await;
    assert!(
        refused.is_err_and(|error| error.is_throttled()),
        "a new one was asked for"
    );
    let server = Server::new(|_| Reply::Error("NotAuthorizedException", "Refresh Token has been revoked"));
    let mut tokens = expired();
    tokens.expires_at = SystemTime::now() + Duration::from_secs(50);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    assert!(
        session.access_token().await.is_err_and(|error| error.is_signed_out()),
        "the end of a session is no such error"
    );
    Ok(())
}

/// A store that fails where the test says so, and knows whether it is locked.
#[derive(Clone, Default)]
struct Watched {
    inner: MemoryTokens,
    broken: Arc<std::sync::Mutex<&'static str>>,
    is_locked: Arc<AtomicBool>,
    saved_unlocked: Arc<AtomicBool>,
}

impl Watched {
    fn break_at(&self, operations: &'static str) {
        *self.broken.lock().expect("no test panics with it") = operations;
    }

    fn check(&self, operation: &str) -> Result<(), cognito_auth::BoxError> {
        match self.broken.lock().expect("no test panics with it").contains(operation) {
            true => Err(format!("the disk can't {operation}").into()),
            false => Ok(()),
        }
    }
}

struct Unlock(Arc<AtomicBool>);

impl Drop for Unlock {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl TokenStore for Watched {
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        Box::pin(async {
            self.check("load")?;
            self.inner.load().await
        })
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        Box::pin(async {
            if !self.is_locked.load(Ordering::SeqCst) {
                self.saved_unlocked.store(true, Ordering::SeqCst);
            }
            self.check("save")?;
            self.inner.save(tokens).await
        })
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            self.check("clear")?;
            tokio::task::yield_now().await;
            self.inner.clear().await
        })
    }

    fn lock(&self) -> StoreFuture<'_, Guard> {
        Box::pin(async {
            self.check("lock")?;
            self.is_locked.store(true, Ordering::SeqCst);
            Ok(Box::new(Unlock(self.is_locked.clone())) as Guard)
        })
    }
}

#[tokio::test]
async fn nothing_is_stored_without_the_stores_lock() -> TestResult {
    // Otherwise the refresh of another process, which began before this sign-in, would be stored over its tokens.
    let server = rotating();
    let store = Watched::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    session.access_token().await?;
    assert!(!store.saved_unlocked.load(Ordering::SeqCst));
    assert!(!store.is_locked.load(Ordering::SeqCst), "the lock was given back");
    Ok(())
}

#[tokio::test]
async fn tokens_that_couldnt_be_stored_are_gone_on_with_and_stored_later() -> TestResult {
    let server = rotating();
    let store = Watched::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    store.break_at("save");
    assert!(matches!(session.access_token().await, Err(AuthError::Store(_))));
    assert_eq!(
        session.access_token().await?.expose(),
        "access-1",
        "it has it all the same"
    );
    // The next refresh is with the token that only this process has: the stored one is spent.
    assert!(matches!(session.refresh().await, Err(AuthError::Store(_))));
    assert_eq!(server.call(1).body["RefreshToken"], "refresh-1");
    assert_eq!(session.access_token().await?.expose(), "access-2");
    store.break_at("lock load save");
    assert_eq!(session.access_token().await?.expose(), "access-2");
    store.break_at("");
    assert_eq!(session.access_token().await?.expose(), "access-2");
    let stored = store.load().await?.ok_or("the store is empty")?;
    assert_eq!(stored.refresh.as_ref().map(|token| token.expose()), Some("refresh-2"));
    assert_eq!(server.calls().len(), 2);
    Ok(())
}

#[tokio::test]
async fn tokens_that_couldnt_be_stored_give_way_to_what_others_have_stored_since() -> TestResult {
    let server = rotating();
    let store = Watched::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    store.break_at("save");
    assert!(matches!(session.access_token().await, Err(AuthError::Store(_))));
    store.break_at("");
    let mut others = expired();
    others.access = "others".into();
    others.expires_at = SystemTime::now() + Duration::from_secs(3600);
    store.inner.save(others).await?;
    assert_eq!(session.access_token().await?.expose(), "others");
    store.break_at("save");
    assert!(matches!(
        session.refresh().await,
        Err(AuthError::Store(_)) | Err(AuthError::Service { .. })
    ));
    store.break_at("");
    // Another process has signed out.
    store.inner.clear().await?;
    assert!(session.refresh().await.is_err_and(|error| error.is_signed_out()));
    Ok(())
}

#[tokio::test]
async fn a_store_that_fails_is_no_reason_to_stay_signed_in() -> TestResult {
    for broken in ["load", "clear", "lock", "lock load clear"] {
        let server = Server::new(|_| Reply::Ok(json!({})));
        let store = Watched::default();
        let mut tokens = expired();
        tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
        let session = Session::start(&server.pool(), tokens, store.clone()).await?;
        store.break_at(broken);
        let signed_out = session.sign_out().await;
        assert_eq!(signed_out.is_err(), broken != "load", "{broken}: {signed_out:?}");
        assert_eq!(server.operations(), ["RevokeToken"], "{broken}");
        assert_eq!(server.call(0).body["Token"], "refresh-0", "{broken}");
        let error = session.access_token().await.err().ok_or("it goes on")?;
        assert!(error.is_signed_out(), "{broken}: {error}");
        let is_empty = store.inner.load().await?.is_none();
        assert_eq!(is_empty, !broken.contains("clear"), "{broken}");
    }
    Ok(())
}

#[tokio::test]
async fn who_gives_up_while_signing_out_is_signed_out_all_the_same() -> TestResult {
    let server = Server::new(|_| Reply::Ok(json!({})));
    let store = Watched::default();
    let session = Session::start(&server.pool(), expired(), store.clone()).await?;
    give_up(session.sign_out()).await;
    assert_eq!(server.operations(), ["RevokeToken"]);
    assert!(store.load().await?.is_none());
    Ok(())
}

/// Runs a future without tokio.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Thread(std::thread::Thread);
    impl std::task::Wake for Thread {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Thread(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(done) => return done,
            std::task::Poll::Pending => std::thread::park(),
        }
    }
}

#[test]
fn files_need_no_runtime() -> TestResult {
    let folder = tempfile::tempdir()?;
    let store = FileTokens::new(folder.path().join("tokens"));
    let server = Server::new(|_| Reply::Broken);
    block_on(Session::start(&server.pool(), expired(), store.clone()))?;
    let session = block_on(Session::open(&server.pool(), store.clone()))?;
    assert!(session.is_some());
    drop(block_on(store.lock())?);
    Ok(())
}

/// Waits for a future no longer than it takes to begin, as a caller whose request is cancelled, and lets others run.
async fn give_up<T>(future: impl Future<Output = T>) {
    let mut future = Box::pin(future);
    let begun = std::future::poll_fn(|context| std::task::Poll::Ready(future.as_mut().poll(context))).await;
    assert!(begun.is_pending(), "it takes longer");
    drop(future);
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
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
    give_up(session.access_token()).await;
    assert_eq!(server.calls().len(), 1);
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

#[tokio::test]
async fn machines_share_an_error_and_keep_a_token_to_its_end_whatever_the_endpoint_says_meanwhile() -> TestResult {
    type Answer = fn() -> Reply;
    let outages: [(Answer, bool); 4] = [
        (|| Reply::Broken, false),
        (|| Reply::Status(503), false),
        (|| Reply::Status(429), true),
        (|| Reply::OAuth("temporarily_unavailable"), false),
    ];
    for (outage, is_throttled) in outages {
        let is_down = Arc::new(AtomicBool::new(false));
        let down = is_down.clone();
        let server = Server::new(move |_| match down.load(Ordering::SeqCst) {
            true => outage(),
            false => Reply::Ok(json!({"access_token": "machine", "expires_in": 50})),
        });
        let pool = server.pool().with_secret("secret");
        let tokens = pool.machine().domain("login.example.com")?.source();
        assert_eq!(tokens.token().await?.expose(), "machine");
        is_down.store(true, Ordering::SeqCst);
        assert_eq!(tokens.token().await?.expose(), "machine", "it has 50 seconds left");
        assert_eq!(server.calls().len(), 2, "a new one was asked for");
        let empty = pool.machine().domain("login.example.com")?.source();
        let callers: Vec<_> = (0..100)
            .map(|_| {
                let empty = empty.clone();
                tokio::spawn(async move { empty.token().await })
            })
            .collect();
        for caller in callers {
            let error = caller.await?.err().ok_or("there was a token")?;
            assert!(error.is_transient(), "{error:?}");
            assert_eq!(error.is_throttled(), is_throttled, "{error:?}");
        }
        assert_eq!(server.calls().len(), 3, "one request for all");
    }
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
