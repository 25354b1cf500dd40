//! Tokens and keys: whatever a part of a token or of a JWKS holds, no refusal quotes it.

use crate::markers::{MARKERS, broken, wrong};
use crate::{Source, Texts};
use cognito_jwt::{Access, Issuer, Jwks, Verifier, bearer};
use serde_json::{Value, json};

/// The key of RFC 7520, section 3.3.
const KEYS: &str = r#"{"keys": [{"kty": "RSA", "kid": "k", "use": "sig", "e": "AQAB", "n": "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw"}]}"#;

/// Base64url without padding.
fn encoded(text: &str) -> String {
    let text = aws_smithy_types::base64::encode(text);
    text.trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn tokens() -> Vec<String> {
    let header = json!({"alg": "RS256", "kid": "k", "typ": "JWT"});
    let payload = json!({
        "sub": MARKERS[0], "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example", "client_id": MARKERS[0],
        "token_use": "access", "scope": MARKERS[0], "username": MARKERS[0], "jti": MARKERS[0], "version": 2,
        "auth_time": 1_700_000_000, "iat": 1_700_000_000, "exp": 4_000_000_000_i64, "cognito:groups": [MARKERS[0]],
    });
    let texts = |value: &Value| -> Vec<String> {
        let wrong = wrong(value).into_iter().map(|value| value.to_string());
        wrong.chain(broken(value)).collect()
    };
    let (good_header, good_payload) = (encoded(&header.to_string()), encoded(&payload.to_string()));
    let mut tokens = vec![
        MARKERS[0].to_owned(),
        format!("{good_header}.{good_payload}"),
        format!("{good_header}.{good_payload}.{}", MARKERS[0]),
        format!("{0}.{0}.{0}", MARKERS[0]),
    ];
    tokens.extend(
        texts(&header)
            .iter()
            .map(|text| format!("{}.{good_payload}.{}", encoded(text), MARKERS[1])),
    );
    tokens.extend(
        texts(&payload)
            .iter()
            .map(|text| format!("{good_header}.{}.{}", encoded(text), MARKERS[1])),
    );
    tokens
}

/// What a program may print of a token that is refused, of keys, and of the verifier.
pub(crate) fn all(texts: &mut Texts) {
    let keys: Jwks = KEYS.parse().expect("the keys are well-formed");
    let pool = Issuer::user_pool("us-east-1_Example").keys(keys);
    let verifier: Verifier<Access> = Verifier::user_pool(pool)
        .any_client()
        .access()
        .build()
        .expect("a verifier");
    texts.see(Source::Debug, "a verifier", &format!("{verifier:?}"));
    for token in tokens() {
        let refusal = verifier.verify_sync(&token).expect_err("nobody has signed it");
        let public = refusal.public();
        texts.see(Source::Display, "a token", &format!("{refusal} {public}"));
        texts.see(Source::ErrorDebug, "a token", &format!("{refusal:?}"));
    }
    for header in [
        MARKERS[0].to_owned(),
        format!("Basic {}", MARKERS[0]),
        format!("Digest {0}, {0}", MARKERS[0]),
    ] {
        let rejection = bearer(Some(&header)).expect_err("it is no bearer token");
        let challenge = rejection.www_authenticate();
        texts.see(Source::Display, "a header", &format!("{rejection} {challenge:?}"));
        texts.see(Source::ErrorDebug, "a header", &format!("{rejection:?}"));
    }
    // A JWKS that has got private keys in it by mistake.
    let private = json!({"keys": [
        {"kty": "RSA", "kid": "a", "n": MARKERS[0], "e": "AQAB", "d": MARKERS[0], "p": MARKERS[0], "q": MARKERS[0]},
        {"kty": "EC", "kid": "b", "crv": "P-256", "x": MARKERS[0], "y": MARKERS[0], "d": MARKERS[0]},
        {"kty": "oct", "kid": "c", "k": MARKERS[0], "alg": "HS256"},
    ]});
    if let Ok(keys) = private.to_string().parse::<Jwks>() {
        let faults: Vec<String> = keys
            .faults()
            .map(|(id, fault)| format!("{id} {fault} {fault:?}"))
            .collect();
        texts.see(Source::Debug, "keys", &format!("{keys:?} {}", faults.join(" ")));
    }
    let unreadable = wrong(&private)
        .into_iter()
        .map(|value| value.to_string())
        .chain(broken(&private));
    for text in unreadable {
        if let Err(error) = text.parse::<Jwks>() {
            texts.see(Source::Display, "keys", &error.to_string());
            texts.see(Source::ErrorDebug, "keys", &format!("{error:?}"));
        }
    }
}
