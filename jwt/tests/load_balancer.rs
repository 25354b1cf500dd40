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
    for number in 0..100 {
        let token = CURVE.sign_padded(&with(header(), "kid", json!(format!("id-{number}"))), &payload());
        assert_eq!(verifier.verify(&token).await, Err(Refusal::UnknownKey));
        verifier.verify(&good).await.expect("a good token");
    }
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 2);
    tokio::time::advance(Duration::from_secs(11)).await;
    let token = CURVE.sign_padded(&with(header(), "kid", json!("one-more")), &payload());
    assert_eq!(verifier.verify(&token).await, Err(Refusal::UnknownKey));
    assert_eq!(fetched.lock().expect("no test panics with it").len(), 3);
}
