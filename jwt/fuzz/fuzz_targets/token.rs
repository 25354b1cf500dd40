//! A token of anyone's making: refusing it never panics, and it is never accepted.
//!
//! The key is the one of RFC 7520, section 3.3, whose tokens don't have the claims of a user pool.
#![no_main]

use cognito_jwt::{Access, Issuer, Verifier};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

const KEYS: &str = r#"{"keys": [{"kty": "RSA", "kid": "k", "use": "sig", "e": "AQAB", "n": "n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRBSFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw"}]}"#;

static VERIFIER: LazyLock<Verifier<Access>> = LazyLock::new(|| {
    let pool = Issuer::user_pool("us-east-1_Fuzz").keys(KEYS.parse().expect("a JWKS"));
    let builder = Verifier::user_pool(pool).any_client().access();
    builder.longest_token(usize::MAX).build().expect("a verifier")
});

fuzz_target!(|token: &str| {
    assert!(VERIFIER.verify_sync(token).is_err());
});
