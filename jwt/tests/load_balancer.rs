//! What Application Load Balancers say of users: ES256, keys one by one, padding.

mod support;

use cognito_jwt::{Alb, Builder, FetchError, Part, Refusal, Verifier};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use support::*;

const ARN: &str = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";

fn header() -> Value {
    json!({"typ": "JWT", "kid": CURVE.kid, "alg": "ES256", "iss": ISSUER, "client": CLIENT, "signer": ARN, "exp": NOW + 120})
}

fn payload() -> Value {
    json!({"sub": "7", "email": "alice@example.com", "email_verified": "true", "username": "alice", "exp": NOW + 120, "iss": ISSUER})
}

/// Which URLs were fetched.
type Fetched = Arc<Mutex<Vec<String>>>;

fn builder() -> (Builder<Alb>, Fetched) {
    let fetched = Fetched::default();
    let log = Arc::clone(&fetched);
    let builder = Verifier::load_balancer(ARN)
        .client(CLIENT)
        .clock(now)
        .fetch_with(move |url: String| {
            log.lock().expect("no test panics with it").push(url.clone());
            async move {
                if url.ends_with(&CURVE.kid) {
                    Ok(CURVE.pem().into_bytes())
                } else {
                    Err(FetchError::Status(403))
                }
            }
        });
    (builder, fetched)
}

async fn verify(header: &Value, payload: &Value) -> Result<(), Refusal> {
    let verifier = builder().0.build().expect("a verifier");
    verifier.verify(&CURVE.sign_padded(header, payload)).await.map(drop)
}

#[tokio::test]
async fn a_padded_token_is_verified_with_the_key_of_its_id() {
    #[derive(serde::Deserialize)]
    struct Mine {
        email_verified: String,
    }
    let (builder, fetched) = builder();
    let verifier = builder.identity_provider(ISSUER).build().expect("a verifier");
    let token = CURVE.sign_padded(&header(), &payload());
    assert!(token.contains('='), "the test's own token is padded");
    let claims = verifier.verify_with::<Mine>(&token).await.expect("a good token");
    assert_eq!(
        (
            claims.sub.as_str(),
            claims.username.as_deref(),
            claims.client_id.as_str()
        ),
        ("7", Some("alice"), CLIENT)
    );
    assert_eq!(claims.custom.email_verified, "true");
    let url = format!("https://public-keys.auth.elb.eu-central-1.amazonaws.com/{}", CURVE.kid);
    assert_eq!(
        *fetched.lock().expect("no test panics with it"),
        std::slice::from_ref(&url)
    );
    // The key is kept, and unpadded tokens do as well.
    assert!(verifier.verify_sync(&CURVE.sign(&header(), &payload())).is_ok());
    assert_eq!(*fetched.lock().expect("no test panics with it"), [url]);
}

#[tokio::test]
async fn signer_client_and_provider_are_checked() {
    let foreign = "arn:aws:elasticloadbalancing:eu-central-1:666666666666:loadbalancer/app/evil/0000000000000000";
    assert_eq!(
        verify(&with(header(), "signer", json!(foreign)), &payload()).await,
        Err(Refusal::Signer)
    );
    assert_eq!(
        verify(&with(header(), "client", json!("2example")), &payload()).await,
        Err(Refusal::Client)
    );
    for member in ["signer", "client", "iss", "exp"] {
        let missing = Refusal::Missing {
            part: Part::Header,
            member,
        };
        assert_eq!(
            verify(&with(header(), member, Value::Null), &payload()).await,
            Err(missing)
        );
    }
    let verifier = builder()
        .0
        .identity_provider("https://other.example.com")
        .build()
        .expect("a verifier");
    assert_eq!(
        verifier.verify(&CURVE.sign_padded(&header(), &payload())).await,
        Err(Refusal::Issuer)
    );
}

#[tokio::test]
async fn both_times_of_expiry_count() {
    let expired = Err(Refusal::Expired { since: Duration::ZERO });
    assert_eq!(verify(&with(header(), "exp", json!(NOW)), &payload()).await, expired);
    assert_eq!(verify(&header(), &with(payload(), "exp", json!(NOW))).await, expired);
    assert_eq!(verify(&header(), &with(payload(), "exp", Value::Null)).await, Ok(()));
}

#[tokio::test]
async fn rs256_and_changed_tokens_are_refused() {
    assert_eq!(
        verify(&with(header(), "alg", json!("RS256")), &payload()).await,
        Err(Refusal::Algorithm)
    );
    let verifier = builder().0.build().expect("a verifier");
    let good = CURVE.sign_padded(&header(), &payload());
    let other = CURVE.sign_padded(&header(), &with(payload(), "sub", json!("8")));
    let (message, _) = other.rsplit_once('.').expect("parts");
    let (_, signature) = good.rsplit_once('.').expect("parts");
    assert_eq!(
        verifier.verify(&format!("{message}.{signature}")).await,
        Err(Refusal::Signature)
    );
}

#[tokio::test]
async fn a_kid_leads_nowhere_else() {
    let (builder, fetched) = builder();
    let verifier = builder.build().expect("a verifier");
    for kid in [
        "../../evil",
        "a/b",
        "a?b",
        "a#b",
        "a%2fb",
        "",
        "a.b",
        "@evil.example.com",
        "\u{e9}",
        &"a".repeat(65),
        "a b",
        "a\r\nhost: evil",
    ] {
        let token = CURVE.sign_padded(&with(header(), "kid", json!(kid)), &payload());
        assert_eq!(verifier.verify(&token).await, Err(Refusal::UnknownKey), "{kid}");
    }
    assert!(fetched.lock().expect("no test panics with it").is_empty());
}

#[tokio::test(start_paused = true)]
async fn unknown_ids_are_fetched_once_in_ten_seconds_and_known_ones_do_not_care() {
    let (builder, fetched) = builder();
    let verifier = builder.build().expect("a verifier");
    let good = CURVE.sign_padded(&header(), &payload());
    verifier.verify(&good).await.expect("a good token");
    let of = |id: &str| CURVE.sign_padded(&with(header(), "kid", json!(id)), &payload());
    for number in 0..100 {
        let expected = match number {
            0 => Refusal::UnknownKey,
            // Whether they exist isn't known: someone who makes ids up mustn't have others refused.
            _ => Refusal::KeysUnavailable(FetchError::Paused),
        };
        let token = of(&format!("id-{number}"));
        assert_eq!(verifier.verify(&token).await, Err(expected.clone()));
        assert_eq!(verifier.verify_sync(&token), Err(expected));
        assert_eq!(verifier.verify(&of("id-0")).await, Err(Refusal::UnknownKey));
        verifier.verify(&good).await.expect("a good token");
    }
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 2);
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(verifier.verify(&of("one-more")).await, Err(Refusal::UnknownKey));
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_key_of_its_own_is_never_fetched_again_and_the_newest_sixteen_are_kept() {
    let fetched = Fetched::default();
    let log = Arc::clone(&fetched);
    let verifier = Verifier::load_balancer(ARN)
        .any_client()
        .clock(now)
        .fetch_with(move |url: String| {
            log.lock().expect("no test panics with it").push(url);
            async { Ok(CURVE.pem().into_bytes()) }
        });
    let verifier = verifier.build().expect("a verifier");
    let of = |number: usize| CURVE.sign_padded(&with(header(), "kid", json!(format!("id-{number}"))), &payload());
    for number in 0..20 {
        verifier.verify(&of(number)).await.expect("a good token");
    }
    assert_eq!(verifier.key_status()[0].ids.len(), 16);
    tokio::time::advance(Duration::from_secs(24 * 60 * 60)).await;
    verifier.verify(&of(19)).await.expect("a good token");
    tokio::task::yield_now().await;
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 20);
    verifier.verify(&of(0)).await.expect("the oldest is fetched again");
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 21);
}

#[tokio::test]
async fn callers_with_keys_of_their_own_wait_for_each_other() {
    let verifier = Verifier::load_balancer(ARN)
        .any_client()
        .clock(now)
        .fetch_with(|_: String| async {
            tokio::task::yield_now().await;
            Ok(CURVE.pem().into_bytes())
        });
    let verifier = verifier.build().expect("a verifier");
    let callers: Vec<_> = (0..4)
        .map(|number| {
            let token = CURVE.sign_padded(&with(header(), "kid", json!(format!("id-{number}"))), &payload());
            let verifier = verifier.clone();
            tokio::spawn(async move { verifier.verify(&token).await.map(drop) })
        })
        .collect();
    for caller in callers {
        assert_eq!(caller.await.expect("no panic"), Ok(()));
    }
}

#[tokio::test]
async fn both_statuses_mean_that_there_is_no_such_key_and_others_that_the_server_fails() {
    for (status, is_temporary) in [(403, false), (404, false), (500, true), (401, true)] {
        let verifier = Verifier::load_balancer(ARN)
            .any_client()
            .clock(now)
            .fetch_with(move |_: String| async move { Err(FetchError::Status(status)) });
        let verifier = verifier.build().expect("a verifier");
        let refusal = verifier.verify(&CURVE.sign_padded(&header(), &payload())).await;
        assert_eq!(
            refusal.expect_err("there is no key").is_temporary(),
            is_temporary,
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_pem_of_another_key_is_no_key() {
    let pem = CURVE.pem();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let with_body = |body: &str| format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n");
    let der = der_of(&base64);
    let mut compressed = der.clone();
    compressed[26] = 2;
    let short = &der[..der.len() - 1];
    let texts = [
        with_body(&base64_of(&compressed)),
        with_body(&base64_of(short)),
        with_body(&base64_of(&KEY.public_der())),
        with_body("%%%"),
        base64.clone(),
        String::new(),
    ];
    assert_eq!(base64_of(&der), base64, "the test's own text is the key's");
    for text in texts {
        let shown = text.clone();
        let verifier = Verifier::load_balancer(ARN)
            .any_client()
            .clock(now)
            .fetch_with(move |_: String| {
                let text = text.clone();
                async move { Ok(text.into_bytes()) }
            });
        let verifier = verifier.build().expect("a verifier");
        let refusal = verifier.verify(&CURVE.sign_padded(&header(), &payload())).await;
        assert!(
            matches!(refusal, Err(Refusal::KeysUnavailable(FetchError::Pem(_)))),
            "{shown}: {refusal:?}"
        );
    }
}

fn der_of(base64: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD
        .decode(base64)
        .expect("Base64")
}

fn base64_of(der: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(der)
}
