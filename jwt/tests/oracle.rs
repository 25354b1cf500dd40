//! The verifier against jsonwebtoken on aws-lc: the same random tokens and key sets, whole and mutated, by both.
//!
//! Nothing may be accepted here that jsonwebtoken refuses. What jsonwebtoken accepts and this crate refuses, it refuses
//! for a reason of [`STRICTER`]. `COGNITO_JWT_ROUNDS` sets another number of rounds, `COGNITO_JWT_SEED` another seed.

mod support;

use cognito_jwt::{Access, Algorithm, Issuer, Jwks, Part, Refusal, Verifier};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::SystemTime;
use support::*;

/// What is refused here and accepted by jsonwebtoken, and why it is.
const STRICTER: &[(&str, &str)] = &[
    (
        "DuplicateMember",
        "a name twice, `client_id` say: serde_json's `Value` takes the last, another reader the first",
    ),
    (
        "WrongType",
        "`sub`, `iat`, `scope` and others of another type; an `iss` that is an array with the issuer in it",
    ),
    ("Missing", "`sub`, `iat`: every token of a user pool has them"),
    ("Critical", "`crit`: jsonwebtoken doesn't look at it"),
    ("EmbeddedKey", "`jwk`: jsonwebtoken doesn't use it, but takes the token"),
    (
        "Expired",
        "the very second of `exp`, on which a token must not be accepted (RFC 7519, section 4.1.4)",
    ),
];

fn rounds(default: usize) -> usize {
    let variable = std::env::var("COGNITO_JWT_ROUNDS");
    variable.ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn random() -> fastrand::Rng {
    let variable = std::env::var("COGNITO_JWT_SEED");
    fastrand::Rng::with_seed(variable.ok().and_then(|text| text.parse().ok()).unwrap_or(14))
}

fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.expect("after 1970").as_secs()
}

/// jsonwebtoken's verdict, with what its users must check by themselves.
fn oracle(token: &str, key: &DecodingKey) -> bool {
    let mut validation = Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.leeway = 0;
    validation.validate_nbf = true;
    validation.validate_aud = false;
    validation.set_issuer(&[ISSUER, UPDATED_ISSUER]);
    validation.set_required_spec_claims(&["exp", "iss"]);
    if decode_header(token).ok().and_then(|header| header.kid).as_deref() != Some(&*KEY.kid) {
        return false;
    }
    decode::<Value>(token, key, &validation)
        .is_ok_and(|data| data.claims["client_id"] == CLIENT && data.claims["token_use"] == "access")
}

fn oracle_key() -> DecodingKey {
    let jwk = serde_json::from_value(KEY.jwk()).expect("a JWK");
    DecodingKey::from_jwk(&jwk).expect("a key")
}

fn verifier() -> Verifier<Access> {
    // By the system's clock, as jsonwebtoken goes.
    builder().access().build().expect("a verifier")
}

/// A value that somebody might put where it doesn't belong.
fn odd(random: &mut fastrand::Rng) -> Value {
    let now = seconds();
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(now + 1_000),
        json!(now - 1_000),
        json!(now as f64 + 1_000.5),
        json!(""),
        json!("x"),
        json!("RS256"),
        json!("none"),
        json!("HS256"),
        json!("access"),
        json!("id"),
        json!(CLIENT),
        json!(ISSUER),
        json!(UPDATED_ISSUER),
        json!([ISSUER]),
        json!([CLIENT]),
        json!([[]]),
        json!({"a": {"b": [1]}}),
        json!("\u{202e}\u{0}\u{1f980}"),
        json!("9".repeat(400)),
    ];
    values[random.usize(..values.len())].clone()
}

/// Changes some bytes of a text, cuts it, or doubles a piece of it.
fn mutate(random: &mut fastrand::Rng, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..=bytes.len());
        match random.u8(..6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            1 if at < bytes.len() => bytes[at] = *random.choice(b"{}[]\",:.=-_ \n\0/+0eE\\u").unwrap_or(&0),
            2 => bytes.truncate(at),
            3 => {
                let end = random.usize(at..=bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => bytes.insert(at, random.u8(..)),
            _ if at < bytes.len() => drop(bytes.remove(at)),
            _ => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A random token: good, or with something wrong, and signed or mutated after signing.
fn token(random: &mut fastrand::Rng) -> String {
    let now = seconds();
    let mut claims = access_claims();
    for (name, value) in [("iat", now - 60), ("auth_time", now - 60), ("exp", now + 3540)] {
        claims[name] = value.into();
    }
    let mut header = json!({"kid": KEY.kid, "alg": "RS256"});
    const CLAIMS: [&str; 14] = [
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "scope",
        "client_id",
        "token_use",
        "username",
        "cognito:groups",
        "auth_time",
        "more",
    ];
    const HEADERS: [&str; 8] = ["alg", "kid", "typ", "crit", "jwk", "jku", "cty", "b64"];
    if random.u8(..4) == 0 {
        let name = HEADERS[random.usize(..HEADERS.len())];
        header[name] = odd(random);
    }
    for _ in 0..random.usize(..3) {
        let name = CLAIMS[random.usize(..CLAIMS.len())];
        match odd(random) {
            Value::Null if random.bool() => claims = with(claims, name, Value::Null),
            value => claims[name] = value,
        }
    }
    let (mut header, mut payload) = (header.to_string(), claims.to_string());
    match random.u8(..10) {
        0 => header = mutate(random, &header),
        1 | 2 => payload = mutate(random, &payload),
        3 => payload = payload.replacen('{', "{\"exp\":9999999999,", 1),
        _ => {}
    }
    let key = if random.u8(..12) == 0 { &OTHER } else { &KEY };
    let token = key.sign(header, payload);
    if random.u8(..3) == 0 {
        mutate(random, &token)
    } else {
        token
    }
}

/// The name of a refusal's variant.
fn name(refusal: &Refusal) -> String {
    let text = format!("{refusal:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn random_tokens_get_the_oracles_verdict_or_a_stricter_one() {
    let (verifier, key, mut random) = (verifier(), oracle_key(), random());
    let rounds = rounds(10_000);
    let (mut accepted, mut refused) = (0, 0);
    let mut stricter = BTreeMap::new();
    for round in 0..rounds {
        let token = token(&mut random);
        let ours = verifier.verify_sync(&token);
        match (ours, oracle(&token, &key)) {
            (Ok(_), true) => accepted += 1,
            (Err(_), false) => refused += 1,
            (Ok(_), false) => panic!("round {round}: accepted, but jsonwebtoken refuses {token}"),
            (Err(refusal), true) => {
                let name = name(&refusal);
                let known = STRICTER.iter().any(|(reason, _)| *reason == name);
                assert!(known, "round {round}: jsonwebtoken accepts, but {refusal}: {token}");
                *stricter.entry(name).or_insert(0) += 1;
            }
        }
    }
    println!("{rounds} tokens: both accept {accepted}, both refuse {refused}, only jsonwebtoken accepts {stricter:?}");
    assert!(
        accepted > rounds / 20 && refused > rounds / 20,
        "the tokens are not all of one sort"
    );
    assert!(
        stricter.contains_key("DuplicateMember") && stricter.contains_key("WrongType"),
        "{stricter:?}"
    );
}

#[test]
fn a_mutated_good_token_is_refused_by_both() {
    let (verifier, key, mut random) = (verifier(), oracle_key(), random());
    let claims = with(access_claims(), "exp", json!(seconds() + 3600));
    let good = KEY.token(&with(claims, "nbf", Value::Null));
    assert!(verifier.verify_sync(&good).is_ok() && oracle(&good, &key));
    for _ in 0..rounds(20_000) {
        let token = mutate(&mut random, &good);
        let ours = verifier.verify_sync(&token).is_ok();
        assert_eq!(ours, token == good, "{token}");
        assert!(!ours || oracle(&token, &key));
    }
}

#[test]
fn mutated_key_sets_verify_nothing_that_the_oracle_refuses() {
    let mut random = random();
    let document = jwks(&[KEY.jwk(), CURVE.jwk(), OTHER.jwk()]);
    let token = KEY.token(&access_claims());
    let (mut parsed, mut verified) = (0, 0);
    let rounds = rounds(20_000);
    for _ in 0..rounds {
        let text = if random.u8(..4) == 0 {
            let mut set: Value = serde_json::from_str(&document).expect("JSON");
            let member = ["kty", "use", "alg", "kid", "n", "e", "crv", "d", "key_ops"][random.usize(..9)];
            set["keys"][random.usize(..3)][member] = odd(&mut random);
            set.to_string()
        } else {
            mutate(&mut random, &document)
        };
        let Ok(keys) = text.parse::<Jwks>() else { continue };
        parsed += 1;
        if keys.verify(&token, &[Algorithm::Rs256, Algorithm::Es256]).is_err() {
            continue;
        }
        verified += 1;
        // Key by key: of a set with one odd key, jsonwebtoken reads none.
        let set: Value = serde_json::from_str(&text).expect("JSON");
        let is_ours = |key: &&Value| key["kid"] == KEY.kid;
        let jwk = set["keys"]
            .as_array()
            .and_then(|keys| keys.iter().find(is_ours))
            .expect("the key is there");
        let jwk: Jwk = serde_json::from_value(jwk.clone()).expect("jsonwebtoken reads it, too");
        let key = DecodingKey::from_jwk(&jwk).expect("a key");
        let mut validation = Validation::new(jsonwebtoken::Algorithm::RS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        assert!(decode::<Value>(&token, &key, &validation).is_ok(), "{text}");
    }
    println!("{rounds} documents: {parsed} parsed, with {verified} of them a token verified");
    assert!(verified > 0 && parsed < rounds);
}

#[test]
fn noise_is_refused_without_a_panic() {
    let (verifier, mut random) = (verifier(), random());
    for _ in 0..rounds(50_000) {
        let bytes: Vec<u8> = (0..random.usize(..200)).map(|_| random.u8(..)).collect();
        let text = String::from_utf8_lossy(&bytes);
        assert!(verifier.verify_sync(&text).is_err());
        assert!(text.parse::<Jwks>().is_err());
        let token = KEY_SHAPES[random.usize(..KEY_SHAPES.len())].replace('?', &encode(&bytes));
        assert!(verifier.verify_sync(&token).is_err());
    }
}

/// Shapes of tokens with noise in them.
const KEY_SHAPES: [&str; 4] = ["?.?.?", "?..", ".?.", "eyJhbGciOiJSUzI1NiIsImtpZCI6ImtleS0xIn0.?.?"];

/// The differences that auth libraries are known for, one by one, so that the table above stays true.
#[test]
fn the_differences_are_those_of_the_table() {
    let (verifier, key) = (verifier(), oracle_key());
    let now = seconds();
    let good = with(access_claims(), "exp", json!(now + 3600));
    let differs = |token: &str| {
        assert!(oracle(token, &key), "jsonwebtoken accepts it");
        name(&verifier.verify_sync(token).expect_err("it is refused here"))
    };
    let twice = good.to_string().replacen('{', "{\"client_id\":\"2example\",", 1);
    assert_eq!(differs(&KEY.sign(KEY.header(), twice)), "DuplicateMember");
    assert_eq!(differs(&KEY.token(&with(good.clone(), "sub", json!(7)))), "WrongType");
    assert_eq!(differs(&KEY.token(&with(good.clone(), "sub", Value::Null))), "Missing");
    let crit = json!({"alg": "RS256", "kid": KEY.kid, "crit": ["exp"]});
    assert_eq!(differs(&KEY.sign(crit.to_string(), good.to_string())), "Critical");
    assert_eq!(
        differs(&KEY.token(&with(good.clone(), "iss", json!([ISSUER, "x"])))),
        "WrongType"
    );
    let pool = Issuer::user_pool(POOL).keys(keys(&[KEY.jwk()]));
    let frozen = Verifier::user_pool(pool)
        .client(CLIENT)
        .access()
        .clock(now_plus_an_hour)
        .build();
    let token = KEY.token(&with(good, "exp", json!(now_plus_an_hour_seconds())));
    let refusal = frozen.expect("a verifier").verify_sync(&token);
    assert!(
        matches!(refusal, Err(Refusal::Expired { .. })),
        "on the very second of exp"
    );
    assert!(matches!(
        verifier.verify_sync("."),
        Err(Refusal::Parts | Refusal::Json { part: Part::Header })
    ));
}

fn now_plus_an_hour_seconds() -> u64 {
    NOW + 3600
}

fn now_plus_an_hour() -> SystemTime {
    now() + std::time::Duration::from_secs(3600)
}
