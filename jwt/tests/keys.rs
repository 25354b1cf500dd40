//! How keys are fetched, kept and refreshed, with a fetch that the test controls and a clock that it moves.

mod support;

use cognito_jwt::{Access, Builder, Fetch, FetchError, FetchFuture, Issuer, JwksError, Refusal, Verifier};
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::*;
use tokio::sync::Semaphore;
use tokio::time::{Instant, advance, sleep};

/// A server of keys in the process.
#[derive(Clone)]
struct Server {
    answer: Arc<Mutex<Result<String, FetchError>>>,
    count: Arc<AtomicUsize>,
    /// A fetch needs a permit to be answered.
    gate: Arc<Semaphore>,
}

impl Server {
    /// One that answers at once.
    fn new(keys: &[Value]) -> Self {
        let server = Self::closed(keys);
        server.open();
        server
    }

    /// One that doesn't answer until it is opened.
    fn closed(keys: &[Value]) -> Self {
        Self {
            answer: Arc::new(Mutex::new(Ok(jwks(keys)))),
            count: Arc::default(),
            gate: Arc::new(Semaphore::new(0)),
        }
    }

    fn open(&self) {
        self.gate.add_permits(1_000_000);
    }

    fn close(&self) {
        self.gate.forget_permits(usize::MAX >> 3);
    }

    fn answer(&self, answer: Result<String, FetchError>) {
        *self.answer.lock().expect("no test panics with it") = answer;
    }

    fn rotate(&self, keys: &[Value]) {
        self.answer(Ok(jwks(keys)));
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

impl Fetch for Server {
    fn fetch<'a>(&'a self, _: &'a str) -> FetchFuture<'a> {
        Box::pin(async {
            self.count.fetch_add(1, Ordering::SeqCst);
            let _permit = self.gate.acquire().await.map_err(FetchError::other)?;
            let answer = self.answer.lock().expect("no test panics with it").clone();
            answer.map(String::into_bytes)
        })
    }
}

fn builder(server: &Server) -> Builder<Access> {
    let pool = Issuer::user_pool(POOL).jwks_url("https://keys.example.com/jwks.json");
    Verifier::user_pool(pool)
        .client(CLIENT)
        .access()
        .clock(now)
        .fetch_with(server.clone())
}

fn verifier(server: &Server) -> Verifier<Access> {
    builder(server).build().expect("a verifier")
}

fn token() -> String {
    KEY.token(&access_claims())
}

/// A token of a key that no server here has.
fn unknown() -> String {
    OTHER.token(&access_claims())
}

/// Lets other tasks run.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn keys_are_fetched_once_and_kept() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    assert_eq!(server.count(), 0, "building fetches nothing");
    for _ in 0..100 {
        verifier.verify(&token()).await.expect("a good token");
    }
    assert_eq!(server.count(), 1);
    verifier
        .clone()
        .verify_sync(&token())
        .expect("a clone has the same keys");
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn each_name_of_a_pool_has_its_own_keys() {
    let urls = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&urls);
    let verifier = Verifier::user_pool(POOL)
        .client(CLIENT)
        .access()
        .clock(now)
        .fetch_with(move |url: String| {
            let keys = if url.starts_with(UPDATED_ISSUER) {
                OTHER.jwk()
            } else {
                KEY.jwk()
            };
            log.lock().expect("no test panics with it").push(url);
            async move { Ok(jwks(&[keys]).into_bytes()) }
        });
    let verifier = verifier.build().expect("a verifier");
    verifier.verify(&token()).await.expect("a good token");
    let updated = with(access_claims(), "iss", UPDATED_ISSUER.into());
    verifier.verify(&OTHER.token(&updated)).await.expect("a good token");
    assert_eq!(verifier.verify(&KEY.token(&updated)).await, Err(Refusal::UnknownKey));
    let urls = urls.lock().expect("no test panics with it");
    assert_eq!(
        urls[..2],
        [
            format!("{ISSUER}/.well-known/jwks.json"),
            format!("{UPDATED_ISSUER}/.well-known/jwks.json")
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_foreign_issuer_leads_to_no_fetch() {
    let server = Server::new(&[KEY.jwk()]);
    let claims = with(access_claims(), "iss", "https://evil.example.com".into());
    assert_eq!(
        verifier(&server).verify(&KEY.token(&claims)).await,
        Err(Refusal::Issuer)
    );
    assert_eq!(server.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_first_callers_make_one_fetch() {
    let server = Server::closed(&[KEY.jwk()]);
    let verifier = verifier(&server);
    let callers: Vec<_> = (0..1000)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.verify(&token()).await.map(drop) })
        })
        .collect();
    settle().await;
    server.open();
    for caller in callers {
        assert_eq!(caller.await.expect("no panic"), Ok(()));
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_new_key_is_found_when_a_token_names_it() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    verifier.verify(&token()).await.expect("a good token");
    server.rotate(&[KEY.jwk(), OTHER.jwk()]);
    verifier.verify(&unknown()).await.expect("the new key is fetched");
    server.rotate(&[OTHER.jwk()]);
    assert_eq!(
        server.count(),
        2,
        "a fetch that brought its key has no pause after it, and none is needed"
    );
}

#[tokio::test(start_paused = true)]
async fn unknown_ids_make_one_fetch_in_each_pause() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    verifier.verify(&token()).await.expect("a good token");
    for round in 0..3 {
        for _ in 0..1000 {
            assert_eq!(verifier.verify(&unknown()).await, Err(Refusal::UnknownKey));
        }
        assert_eq!(server.count(), 2 + round);
        advance(Duration::from_secs(9)).await;
        assert_eq!(verifier.verify(&unknown()).await, Err(Refusal::UnknownKey));
        assert_eq!(server.count(), 2 + round, "ten seconds have not passed");
        advance(Duration::from_secs(2)).await;
    }
    server.rotate(&[OTHER.jwk()]);
    verifier
        .verify(&unknown())
        .await
        .expect("after the pause, the new key is found");
}

#[tokio::test(start_paused = true)]
async fn a_failed_fetch_backs_off_twice_as_long_each_time_up_to_a_minute() {
    let server = Server::new(&[KEY.jwk()]);
    server.answer(Err(FetchError::Status(500)));
    let verifier = verifier(&server);
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < 9 {
        let before = server.count();
        let refusal = verifier.verify(&token()).await.expect_err("there are no keys");
        assert_eq!(refusal, Refusal::KeysUnavailable(FetchError::Status(500)));
        if server.count() > before {
            times.push(begin.elapsed().as_secs());
        }
        advance(Duration::from_millis(500)).await;
    }
    let pauses: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    server.rotate(&[KEY.jwk()]);
    advance(Duration::from_secs(60)).await;
    verifier.verify(&token()).await.expect("it recovers");
    server.answer(Err(FetchError::Status(500)));
    verifier.verify(&unknown()).await.expect_err("it fails again");
    let before = server.count();
    advance(Duration::from_millis(1001)).await;
    verifier.verify(&unknown()).await.expect_err("it fails again");
    assert_eq!(server.count(), before + 1, "a success begins the back-off anew");
}

#[tokio::test(start_paused = true)]
async fn keys_in_hand_serve_while_the_server_fails() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    verifier.verify(&token()).await.expect("a good token");
    for answer in [
        Err(FetchError::Status(500)),
        Ok("<html>".to_owned()),
        Ok(jwks(&[OTHER.jwk(), OTHER.jwk()])),
    ] {
        server.answer(answer);
        advance(Duration::from_secs(2 * 60 * 60)).await;
        verifier.verify(&token()).await.expect("the key is in hand");
        settle().await;
        assert!(verifier.key_status()[0].error.is_some());
        verifier.verify(&token()).await.expect("the key is in hand");
        let refusal = verifier.verify(&unknown()).await.expect_err("a key that isn't");
        assert!(refusal.is_temporary(), "{refusal}");
    }
    server.rotate(&[KEY.jwk()]);
    advance(Duration::from_secs(60)).await;
    assert_eq!(
        verifier.verify(&unknown()).await,
        Err(Refusal::UnknownKey),
        "what was is forgotten after a fetch that succeeds"
    );
    assert_eq!(verifier.key_status()[0].error, None);
}

#[tokio::test(start_paused = true)]
async fn old_keys_are_refreshed_in_the_background() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = builder(&server)
        .max_key_age(Duration::from_secs(600))
        .build()
        .expect("a verifier");
    verifier.verify(&token()).await.expect("a good token");
    advance(Duration::from_secs(599)).await;
    verifier.verify(&token()).await.expect("a good token");
    settle().await;
    assert_eq!(server.count(), 1);
    server.close();
    server.rotate(&[OTHER.jwk()]);
    advance(Duration::from_secs(2)).await;
    for _ in 0..10 {
        let verdict = tokio::time::timeout(Duration::from_secs(1), verifier.verify(&token())).await;
        verdict.expect("nobody waits for the refresh").expect("a good token");
        settle().await;
    }
    assert_eq!(server.count(), 2, "one refresh is under way");
    server.open();
    settle().await;
    let refusal = verifier.verify(&token()).await;
    assert_eq!(
        refusal,
        Err(Refusal::UnknownKey),
        "a key that was withdrawn is forgotten"
    );
    verifier.verify(&unknown()).await.expect("its successor is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_requests_while_keys_rotate_and_none_waits_whose_key_is_known() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = builder(&server)
        .unknown_key_pause(Duration::ZERO)
        .build()
        .expect("a verifier");
    verifier.verify(&token()).await.expect("a good token");
    // From here on no fetch is answered: whoever waits for one, waits for ever.
    server.close();
    let newcomers: Vec<_> = (0..100)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.verify(&unknown()).await.map(drop) })
        })
        .collect();
    while server.count() < 2 {
        sleep(Duration::from_millis(1)).await;
    }
    let requests: Vec<_> = (0..1000)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.verify(&token()).await.map(drop) })
        })
        .collect();
    for request in requests {
        let verdict = tokio::time::timeout(Duration::from_secs(30), request).await;
        assert_eq!(verdict.expect("nobody waits for the fetch").expect("no panic"), Ok(()));
    }
    assert!(
        newcomers.iter().all(|newcomer| !newcomer.is_finished()),
        "the newcomers still wait for theirs"
    );
    server.rotate(&[KEY.jwk(), OTHER.jwk()]);
    server.open();
    for newcomer in newcomers {
        assert_eq!(newcomer.await.expect("no panic"), Ok(()));
    }
    assert_eq!(server.count(), 2, "one fetch served them all");
}

#[tokio::test(start_paused = true)]
async fn hydrate_fetches_before_the_first_token() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    verifier.hydrate().await.expect("keys");
    assert_eq!(server.count(), 1);
    verifier.verify_sync(&token()).expect("a good token");
    assert_eq!(server.count(), 1);
    let status = &verifier.key_status()[0];
    assert_eq!(status.ids, ["key-1"]);
    assert_eq!((status.age, &status.error), (Some(Duration::ZERO), &None));
    server.answer(Err(FetchError::Status(404)));
    assert_eq!(verifier.hydrate().await, Err(FetchError::Status(404)));
    verifier.verify_sync(&token()).expect("the keys in hand stay");
    server.answer(Ok("{}".to_owned()));
    assert_eq!(
        verifier.hydrate().await,
        Err(FetchError::Jwks(JwksError::Shape)),
        "it asks again, whatever the pause"
    );
}

#[tokio::test(start_paused = true)]
async fn one_place_of_a_pool_is_enough_to_hydrate() {
    let fetch = |url: String| async move {
        if url.starts_with(UPDATED_ISSUER) {
            Err(FetchError::Status(404))
        } else {
            Ok(jwks(&[KEY.jwk()]).into_bytes())
        }
    };
    let verifier = Verifier::user_pool(POOL)
        .client(CLIENT)
        .access()
        .clock(now)
        .fetch_with(fetch)
        .build();
    let verifier = verifier.expect("a verifier");
    verifier.hydrate().await.expect("keys");
    verifier.verify_sync(&token()).expect("a good token");
}

#[tokio::test(start_paused = true)]
async fn hydrate_fetches_from_all_places_at_once() {
    let fetch = |_: String| async {
        sleep(Duration::from_secs(1)).await;
        Ok(jwks(&[KEY.jwk()]).into_bytes())
    };
    let verifier = Verifier::user_pool(POOL)
        .client(CLIENT)
        .access()
        .fetch_with(fetch)
        .build();
    let begin = Instant::now();
    verifier.expect("a verifier").hydrate().await.expect("keys");
    assert_eq!(begin.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_sync_caller_has_keys_fetched_and_does_not_wait() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    assert_eq!(
        verifier.verify_sync(&token()),
        Err(Refusal::KeysUnavailable(FetchError::UnderWay))
    );
    settle().await;
    verifier.verify_sync(&token()).expect("the key has come");
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_does_not_take_the_fetch_along() {
    let server = Server::closed(&[KEY.jwk()]);
    let verifier = verifier(&server);
    let first = {
        let verifier = verifier.clone();
        tokio::spawn(async move { verifier.verify(&token()).await.map(drop) })
    };
    settle().await;
    let second = {
        let verifier = verifier.clone();
        tokio::spawn(async move { verifier.verify(&token()).await.map(drop) })
    };
    settle().await;
    first.abort();
    settle().await;
    server.open();
    assert_eq!(second.await.expect("no panic"), Ok(()));
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_panics_is_a_failure_like_any_other() {
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    let pool = Issuer::user_pool(POOL).jwks_url("https://keys.example.com/jwks.json");
    let verifier = Verifier::user_pool(pool)
        .client(CLIENT)
        .access()
        .clock(now)
        .fetch_with(move |_: String| {
            let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                assert!(!first, "this panic is part of the test");
                Ok(jwks(&[KEY.jwk()]).into_bytes())
            }
        });
    let verifier = verifier.build().expect("a verifier");
    assert_eq!(
        verifier.verify(&token()).await,
        Err(Refusal::KeysUnavailable(FetchError::Abandoned))
    );
    advance(Duration::from_secs(2)).await;
    verifier.verify(&token()).await.expect("the next fetch succeeds");
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_never_ends_is_given_up() {
    let server = Server::closed(&[KEY.jwk()]);
    let verifier = verifier(&server);
    let stuck = {
        let verifier = verifier.clone();
        tokio::spawn(async move { verifier.verify(&token()).await.map(drop) })
    };
    settle().await;
    advance(Duration::from_secs(31)).await;
    let given_up = verifier.verify(&token()).await.expect_err("the fetch is given up");
    assert!(
        matches!(given_up, Refusal::KeysUnavailable(FetchError::TimedOut { .. })),
        "{given_up}"
    );
    stuck.await.expect("no panic").expect_err("who waited for it is told");
    server.open();
    advance(Duration::from_secs(2)).await;
    verifier.verify(&token()).await.expect("the next fetch succeeds");
    assert_eq!(server.count(), 2);
}

#[test]
fn a_program_without_a_runtime_fetches_in_the_caller() {
    let server = Server::new(&[KEY.jwk()]);
    let verifier = verifier(&server);
    // Polled by hand: the test's server is always ready.
    let token = token();
    let mut verify = std::pin::pin!(verifier.verify(&token));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let verdict = verify.as_mut().poll(&mut context);
    assert!(matches!(verdict, std::task::Poll::Ready(Ok(_))), "{verdict:?}");
    assert_eq!(server.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_document_that_is_too_long_is_refused() {
    let server = Server::new(&[]);
    server.answer(Ok(format!("{{\"keys\":[]{}}}", " ".repeat(128 * 1024))));
    let expected = FetchError::TooLong { most: 128 * 1024 };
    assert_eq!(verifier(&server).hydrate().await, Err(expected));
}

#[tokio::test(start_paused = true)]
async fn any_pause_and_any_age_will_do() {
    for duration in [Duration::ZERO, Duration::MAX] {
        let server = Server::new(&[KEY.jwk()]);
        let verifier = builder(&server)
            .unknown_key_pause(duration)
            .max_key_age(duration)
            .build()
            .expect("a verifier");
        verifier.verify(&token()).await.expect("a good token");
        assert_eq!(verifier.verify(&unknown()).await, Err(Refusal::UnknownKey));
        verifier.verify(&token()).await.expect("a good token");
        settle().await;
    }
}

/// One program, three routes: what each asks for differs, and the keys are the same.
#[tokio::test]
async fn verifiers_of_one_origin_share_the_keys() {
    let server = Server::new(&[KEY.jwk()]);
    let anyone = builder(&server).build().expect("a verifier");
    let writers = anyone.to_builder().scope("api/write").build().expect("a verifier");
    let owners = anyone.to_builder().group("owners").build().expect("a verifier");
    anyone.hydrate().await.expect("keys");
    let token = KEY.token(&access_claims());
    assert!(anyone.verify(&token).await.is_ok());
    assert!(
        writers.verify_sync(&token).is_ok(),
        "its keys are there, although it has fetched none"
    );
    assert_eq!(owners.verify_sync(&token).expect_err("no owner"), Refusal::Group);
    assert_eq!(server.count(), 1);
    server.rotate(&[OTHER.jwk()]);
    writers.hydrate().await.expect("keys");
    assert_eq!(owners.key_status()[0].ids, [OTHER.kid.as_str()]);
}

#[tokio::test]
async fn a_verifier_keeps_the_settings_of_the_one_that_it_was_made_from() {
    let server = Server::new(&[KEY.jwk()]);
    let strict = builder(&server).scope("api/nobody").check(|_| Err("no".to_owned()));
    let strict = strict
        .build()
        .expect("a verifier")
        .to_builder()
        .build()
        .expect("a verifier");
    let token = KEY.token(&access_claims());
    assert!(matches!(strict.verify(&token).await, Err(Refusal::Scope { .. })));
    let checked = builder(&server)
        .check(|_| Err("no".to_owned()))
        .build()
        .expect("a verifier");
    let checked = checked.to_builder().scope("api/read").build().expect("a verifier");
    assert_eq!(checked.verify(&token).await, Err(Refusal::Check("no".to_owned())));
}

#[tokio::test]
async fn a_verifier_that_fetches_in_another_way_has_keys_of_its_own() {
    let (server, other) = (Server::new(&[KEY.jwk()]), Server::new(&[KEY.jwk()]));
    let first = builder(&server).build().expect("a verifier");
    first.hydrate().await.expect("keys");
    let second = first
        .to_builder()
        .fetch_with(other.clone())
        .build()
        .expect("a verifier");
    assert!(second.key_status()[0].ids.is_empty());
    second.hydrate().await.expect("keys");
    assert_eq!((server.count(), other.count()), (1, 1));
}
