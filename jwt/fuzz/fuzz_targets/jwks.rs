//! A JWKS document of anyone's making: reading it never panics, and a token of nobody's never verifies with it.
#![no_main]

use cognito_jwt::{Algorithm, Jwks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(keys) = text.parse::<Jwks>() else { return };
    for id in keys.ids() {
        assert!(text.len() >= id.len());
    }
    let token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsifQ.e30.AAAA";
    assert!(keys.verify(token, &[Algorithm::Rs256, Algorithm::Es256]).is_err());
});
