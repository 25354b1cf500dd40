//! The user pool for tests: a verifier takes its tokens as it takes a real pool's, and no others.

use cognito_jwt::{Issuer, Refusal, TestPool, Verifier};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};

const POOL: &str = "eu-west-1_Customer1";
const OTHER: &str = "eu-central-1_Staff0001";

#[derive(Debug, Deserialize)]
struct Mine {
    tenant: String,
}

#[tokio::test]
async fn an_access_token_has_what_a_sign_in_gives_and_what_the_test_adds() {
    let pool = TestPool::new(POOL);
    let verifier = Verifier::user_pool(pool.issuer()).client("web").access();
    let verifier = verifier
        .scope("orders/read")
        .group("admins")
        .build()
        .expect("a verifier");
    let claims = json!({"scope": "openid orders/read", "cognito:groups": ["admins"], "tenant": "blue"});
    let token = pool.access_token("web", claims);
    let claims = verifier.verify_with::<Mine>(&token).await.expect("a good token");
    assert_eq!(
        claims.issuer,
        format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}")
    );
    assert_eq!(claims.username.as_deref(), Some("test-user"));
    assert_eq!(claims.custom.tenant, "blue");
    let left = claims.expires_at.duration_since(SystemTime::now()).expect("it lasts");
    assert!(
        left > Duration::from_secs(3500) && left <= Duration::from_secs(3600),
        "{left:?}"
    );
}

#[tokio::test]
async fn an_id_token_is_one() {
    let pool = TestPool::new(POOL);
    let token = pool.id_token("web", json!({"email": "alice@example.com"}));
    let verifier = Verifier::user_pool(pool.issuer())
        .client("web")
        .id_token()
        .build()
        .expect("a verifier");
    let claims = verifier.verify(&token).await.expect("a good token");
    assert_eq!(claims.email.as_deref(), Some("alice@example.com"));
    let access = Verifier::user_pool(pool.issuer())
        .client("web")
        .access()
        .build()
        .expect("a verifier");
    let refusal = access.verify(&token).await.expect_err("an ID token");
    assert_eq!(refusal, Refusal::TokenUse { expected: "access" });
}

#[tokio::test]
async fn a_claim_is_replaced_or_left_out() {
    let pool = TestPool::new(POOL);
    let verifier = Verifier::user_pool(pool.issuer())
        .any_client()
        .access()
        .build()
        .expect("a verifier");
    let verify = async |claims: Value| verifier.verify(&pool.access_token("web", claims)).await;
    let expired = verify(json!({"exp": 1_000_000_000})).await;
    assert!(expired.is_err_and(|refusal| refusal.is_expired()));
    let machine = verify(json!({"username": null})).await.expect("a good token");
    assert_eq!(machine.username, None);
    let nobody = verify(json!({"sub": null})).await.expect_err("no subject");
    assert!(matches!(nobody, Refusal::Missing { member: "sub", .. }), "{nobody}");
}

#[tokio::test]
async fn another_pools_token_is_refused_even_if_it_claims_to_be_this_ones() {
    let (pool, other) = (TestPool::new(POOL), TestPool::new(OTHER));
    let verifier = Verifier::user_pool(pool.issuer())
        .any_client()
        .access()
        .build()
        .expect("a verifier");
    let refusal = verifier
        .verify(&other.access_token("web", json!({})))
        .await
        .expect_err("another issuer");
    assert_eq!(refusal, Refusal::Issuer);
    let iss = format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}");
    let forged = other.access_token("web", json!({"iss": iss}));
    let refusal = verifier.verify(&forged).await.expect_err("another key");
    assert_eq!(refusal, Refusal::UnknownKey);
    let both = Verifier::user_pool(pool.issuer())
        .or_user_pool(other.issuer())
        .any_client()
        .access();
    let both = both.build().expect("a verifier");
    assert!(both.verify(&other.access_token("web", json!({}))).await.is_ok());
}

/// The text is what a pool publishes, for a test of the fetching.
#[tokio::test]
async fn the_keys_can_be_served() {
    let pool = TestPool::new(POOL);
    let jwks = pool.jwks();
    let verifier = Verifier::user_pool(Issuer::user_pool(POOL)).any_client().access();
    let verifier = verifier.fetch_with(move |_: String| std::future::ready(Ok(jwks.clone().into_bytes())));
    let verifier = verifier.build().expect("a verifier");
    assert!(verifier.verify(&pool.access_token("web", json!({}))).await.is_ok());
}

#[test]
#[should_panic(expected = "isn't the id of a user pool")]
fn an_id_of_another_form_is_said_at_once() {
    drop(TestPool::new("users"));
}

#[test]
#[should_panic(expected = "are an object")]
fn claims_are_an_object() {
    drop(TestPool::new(POOL).access_token("web", "orders/read"));
}
