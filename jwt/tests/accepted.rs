//! What a verifier accepts, and what it then says.

mod support;

use cognito_jwt::{BuildError, Issuer, Refusal, Verifier};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use support::*;

#[derive(Debug, Deserialize, PartialEq)]
struct Mine {
    tenant: String,
    /// A name that the crate knows, too, can be read again, as another type.
    exp: f64,
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

#[tokio::test]
async fn an_access_token_gives_its_claims() {
    let verifier = access().scope("api/read").build().expect("a verifier");
    let claims = verifier
        .verify_with::<Mine>(&KEY.token(&access_claims()))
        .await
        .expect("a good token");
    assert_eq!(claims.issuer, ISSUER);
    assert_eq!(claims.sub, "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
    assert_eq!(claims.client_id, CLIENT);
    assert_eq!(claims.username.as_deref(), Some("alice"));
    assert_eq!(claims.scopes().collect::<Vec<_>>(), ["api/read", "api/write", "openid"]);
    assert!(claims.has_scope("openid") && !claims.has_scope("") && !claims.has_scope("api/read api/write"));
    assert!(claims.is_in_group("editors") && !claims.is_in_group("editor"));
    assert_eq!(claims.issued_at, at(NOW - 60));
    assert_eq!(claims.auth_time, Some(at(NOW - 60)));
    assert_eq!(claims.expires_at, at(NOW + 3540));
    assert_eq!(claims.jti.as_deref(), Some("aaaaaaaa-1111-2222-3333-444444444444"));
    assert_eq!(
        claims.origin_jti.as_deref(),
        Some("11111111-2222-3333-4444-555555555555")
    );
    assert_eq!(claims.event_id.as_deref(), Some("66666666-7777-8888-9999-000000000000"));
    assert_eq!(claims.custom.tenant, "blue");
}

#[tokio::test]
async fn a_machines_access_token_has_no_user() {
    let claims = json!({"sub": CLIENT, "token_use": "access", "scope": "api/read", "auth_time": NOW, "iss": ISSUER,
        "exp": NOW + 60, "iat": NOW, "version": 2, "jti": "j", "client_id": CLIENT});
    let claims = access()
        .build()
        .expect("a verifier")
        .verify(&KEY.token(&claims))
        .await
        .expect("a good token");
    assert_eq!(
        (claims.username, claims.groups, claims.audience),
        (None, vec![], vec![])
    );
}

#[tokio::test]
async fn an_id_token_gives_its_claims() {
    #[derive(Deserialize)]
    struct Mine {
        #[serde(rename = "custom:plan")]
        plan: String,
    }
    let verifier = id().group("admins").build().expect("a verifier");
    let token = KEY.token(&with(id_claims(), "phone_number_verified", json!("true")));
    let claims = verifier.verify_with::<Mine>(&token).await.expect("a good token");
    assert_eq!(claims.client_id, CLIENT);
    assert_eq!(claims.username.as_deref(), Some("alice"));
    assert_eq!(claims.email.as_deref(), Some("alice@example.com"));
    assert!(claims.email_verified && claims.phone_number_verified);
    assert_eq!(claims.roles, ["arn:aws:iam::123456789012:role/admin"]);
    assert_eq!(claims.custom.plan, "gold");
}

#[test]
fn text_of_all_languages_comes_through() {
    let claims = with(
        with(id_claims(), "email", json!("\u{4e2d}\u{6587}@\u{1f980}.example")),
        "cognito:username",
        json!("a\"\\\u{0}\n"),
    );
    let claims = id()
        .build()
        .expect("a verifier")
        .verify_sync(&KEY.token(&claims))
        .expect("a good token");
    assert_eq!(claims.email.as_deref(), Some("\u{4e2d}\u{6587}@\u{1f980}.example"));
    assert_eq!(claims.username.as_deref(), Some("a\"\\\u{0}\n"));
}

#[test]
fn both_names_of_a_pool_and_its_replicas_are_accepted() {
    let pool = pool().replica("eu-west-1");
    let verifier = Verifier::user_pool(pool)
        .client(CLIENT)
        .access()
        .clock(now)
        .build()
        .expect("a verifier");
    for issuer in [
        ISSUER,
        UPDATED_ISSUER,
        "https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_AbCdEf123",
    ] {
        let token = KEY.token(&with(access_claims(), "iss", json!(issuer)));
        assert_eq!(verifier.verify_sync(&token).expect("a good token").issuer, issuer);
    }
    let issuer = "https://issuer-cognito-idp.eu-west-1.amazonaws.com/us-east-1_AbCdEf123";
    assert_eq!(
        verifier.verify_sync(&KEY.token(&with(access_claims(), "iss", json!(issuer)))),
        Err(Refusal::Issuer)
    );
}

#[test]
fn a_key_is_good_for_its_own_pool_alone() {
    let second = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Second";
    let other = Issuer::user_pool("eu-west-1_Second").keys(keys(&[OTHER.jwk()]));
    let verifier = builder()
        .or_user_pool(other)
        .client("2example")
        .access()
        .clock(now)
        .build()
        .expect("a verifier");
    let claims =
        |issuer: &str, client: &str| with(with(access_claims(), "iss", json!(issuer)), "client_id", json!(client));
    assert!(verifier.verify_sync(&KEY.token(&claims(ISSUER, CLIENT))).is_ok());
    assert!(verifier.verify_sync(&OTHER.token(&claims(second, "2example"))).is_ok());
    assert_eq!(
        verifier.verify_sync(&OTHER.token(&claims(ISSUER, CLIENT))),
        Err(Refusal::UnknownKey)
    );
    assert_eq!(
        verifier.verify_sync(&KEY.token(&claims(second, CLIENT))),
        Err(Refusal::UnknownKey)
    );
}

#[test]
fn pools_with_the_same_key_id_are_kept_apart() {
    // Emulators give all pools one id.
    let twin = Rsa::new(&KEY.kid);
    let other = Issuer::user_pool("eu-west-1_Second").keys(keys(&[twin.jwk()]));
    let verifier = builder()
        .or_user_pool(other)
        .access()
        .clock(now)
        .build()
        .expect("a verifier");
    let second = with(
        access_claims(),
        "iss",
        json!("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Second"),
    );
    assert!(verifier.verify_sync(&KEY.token(&access_claims())).is_ok());
    assert!(verifier.verify_sync(&twin.token(&second)).is_ok());
    assert_eq!(
        verifier.verify_sync(&twin.token(&access_claims())),
        Err(Refusal::Signature)
    );
    assert_eq!(verifier.verify_sync(&KEY.token(&second)), Err(Refusal::Signature));
}

#[test]
fn an_emulators_tokens_name_it_or_aws() {
    let pool = pool().emulator("http://localhost:4566/");
    let verifier = Verifier::user_pool(pool)
        .any_client()
        .access()
        .clock(now)
        .build()
        .expect("a verifier");
    for issuer in [ISSUER, "http://localhost:4566/us-east-1_AbCdEf123"] {
        assert!(
            verifier
                .verify_sync(&KEY.token(&with(access_claims(), "iss", json!(issuer))))
                .is_ok()
        );
    }
}

#[test]
fn another_providers_tokens_are_accepted_with_rs256_and_es256() {
    let provider = Issuer::oidc("https://login.example.com", "https://login.example.com/jwks")
        .keys(keys(&[KEY.jwk(), CURVE.jwk()]));
    let verifier = Verifier::oidc(provider)
        .audience("my-api")
        .scope("read")
        .clock(now)
        .build()
        .expect("a verifier");
    let claims = json!({"iss": "https://login.example.com", "sub": "7", "aud": ["other", "my-api"], "exp": NOW + 60, "scope": "read write"});
    let read = verifier.verify_sync(&KEY.token(&claims)).expect("a good token");
    assert_eq!(
        (read.sub.as_str(), read.issued_at, read.scope.as_str()),
        ("7", None, "read write")
    );
    let header = json!({"alg": "ES256", "kid": CURVE.kid});
    assert!(verifier.verify_sync(&CURVE.sign(&header, &claims)).is_ok());
    let refused = |name, value| {
        verifier
            .verify_sync(&KEY.token(&with(claims.clone(), name, value)))
            .expect_err("it is refused")
    };
    assert_eq!(refused("aud", json!("other")), Refusal::Audience);
    assert_eq!(refused("aud", Value::Null), Refusal::Audience);
    assert_eq!(refused("iss", json!("https://login.example.com/")), Refusal::Issuer);
    assert_eq!(
        refused("scope", json!("write")),
        Refusal::Scope {
            required: "read".to_owned()
        }
    );
    assert_eq!(refused("exp", json!(NOW)), Refusal::Expired { since: Duration::ZERO });
    // An ES256 signature under RS256's name, and the other way round.
    let swapped = CURVE.sign(&json!({"alg": "RS256", "kid": CURVE.kid}), &claims);
    assert_eq!(verifier.verify_sync(&swapped), Err(Refusal::KeyAlgorithm));
    let swapped = KEY.sign(json!({"alg": "ES256", "kid": KEY.kid}).to_string(), claims.to_string());
    assert_eq!(verifier.verify_sync(&swapped), Err(Refusal::KeyAlgorithm));
}

#[test]
fn what_is_not_said_is_asked_for() {
    let build = |builder: cognito_jwt::PoolBuilder| builder.access().build().map(drop);
    assert_eq!(build(Verifier::user_pool(pool())), Err(BuildError::NoClient));
    assert_eq!(build(Verifier::user_pool(pool()).client("")), Err(BuildError::NoClient));
    assert_eq!(
        build(Verifier::user_pool("nonsense").any_client()),
        Err(BuildError::UserPoolId)
    );
    assert_eq!(
        build(Verifier::user_pool(pool().replica("x/y")).any_client()),
        Err(BuildError::Region)
    );
    assert_eq!(
        build(Verifier::user_pool(pool()).or_user_pool(pool()).any_client()),
        Err(BuildError::DuplicateIssuer)
    );
    assert_eq!(
        build(Verifier::user_pool(Issuer::user_pool(POOL).name("https://x")).any_client()),
        Err(BuildError::NoKeysForName)
    );
    let http = Issuer::user_pool(POOL).emulator("http://emulator:4566");
    assert_eq!(
        build(Verifier::user_pool(http.clone()).any_client()),
        Err(BuildError::PlainHttp)
    );
    assert_eq!(build(Verifier::user_pool(http.allow_http()).any_client()), Ok(()));
    for scope in ["", "a b"] {
        assert_eq!(access().scope(scope).build().map(drop), Err(BuildError::Scope));
        assert_eq!(access().any_scope([scope]).build().map(drop), Err(BuildError::Scope));
    }
    assert_eq!(access().group("").build().map(drop), Err(BuildError::Group));
    assert_eq!(id().any_group(["admins", ""]).build().map(drop), Err(BuildError::Group));
    // A setting that is empty is no reason to accept everybody.
    let nothing: [&str; 0] = [];
    assert_eq!(access().any_scope(nothing).build().map(drop), Err(BuildError::Scope));
    assert_eq!(access().any_group(nothing).build().map(drop), Err(BuildError::Group));
    assert_eq!(id().any_group(nothing).build().map(drop), Err(BuildError::Group));
    let oidc = Verifier::oidc(Issuer::oidc("https://x", "https://x/jwks"))
        .build()
        .map(drop);
    assert_eq!(oidc, Err(BuildError::NoAudience));
    for arn in [
        "web",
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/web/50dc6c495c0c9188",
        "arn:aws:elasticloadbalancing:eu_central:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
    ] {
        assert_eq!(
            Verifier::load_balancer(arn).any_client().build().map(drop),
            Err(BuildError::LoadBalancerArn),
            "{arn}"
        );
    }
}

#[test]
fn a_verifier_without_a_runtime_says_what_is_missing() {
    let verifier = Verifier::user_pool(POOL)
        .client(CLIENT)
        .access()
        .clock(now)
        .build()
        .expect("a verifier");
    let refusal = verifier.verify_sync(&KEY.token(&access_claims())).expect_err("no keys");
    assert!(refusal.is_temporary(), "{refusal}");
    assert!(refusal.to_string().contains("hydrate()"), "{refusal}");
}
