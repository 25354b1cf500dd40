//! Runs test files in the format of C2SP Wycheproof (`json_web_signature_test.json`, `json_web_key_test.json`): valid
//! RS256 signatures must verify; whatever is invalid or of another algorithm must be refused.
//!
//! ```sh
//! cargo run -p cognito-jwt --example check_jws -- FILE…
//! ```
//!
//! Prints each difference, then `N of N`. Exits with 1 if there is a difference, and with 2 if a file can't be read.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_jwt::{Algorithm, Jwks, JwksError};
use serde_json::{Value, json};
use std::process::ExitCode;

/// A file of tests that can't be used, and why.
type Unusable = Box<dyn std::error::Error>;

/// How many tests there were, and how many went as they must.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) tests: usize,
    pub(crate) right: usize,
}

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: check_jws FILE…");
        return ExitCode::from(2);
    }
    let mut tally = Tally::default();
    for file in &files {
        let outcome = std::fs::read_to_string(file)
            .map_err(Unusable::from)
            .and_then(|text| check(&text, &mut tally));
        if let Err(error) = outcome {
            eprintln!("{}: {error}", file.display());
            return ExitCode::from(2);
        }
    }
    println!("{} of {}", tally.right, tally.tests);
    ExitCode::from(u8::from(tally.right != tally.tests))
}

/// Runs the tests of a file.
pub(crate) fn check(text: &str, tally: &mut Tally) -> Result<(), Unusable> {
    let file: Value = serde_json::from_str(text)?;
    let groups = file["testGroups"].as_array().ok_or("there is no array `testGroups`")?;
    for group in groups {
        // Symmetric keys have no public half.
        let key = if group["public"].is_object() {
            &group["public"]
        } else {
            &group["private"]
        };
        let keys = key_set(key);
        for test in group["tests"].as_array().ok_or("a group has no array `tests`")? {
            let token = token(test).ok_or("a test has no `jws`")?;
            let valid = match test["result"].as_str() {
                Some("valid") => is_rs256(&token),
                Some("invalid") => false,
                // Nothing is said of what must happen.
                Some("acceptable") => continue,
                _ => return Err("a test has no `result`".into()),
            };
            let verdict = match &keys {
                Ok(keys) => keys
                    .verify(&token, &[Algorithm::Rs256])
                    .map_err(|refusal| refusal.to_string()),
                Err(error) => Err(error.to_string()),
            };
            tally.tests += 1;
            if verdict.is_ok() == valid {
                tally.right += 1;
            } else {
                let expected = if valid { "it must verify" } else { "it must be refused" };
                let actual = verdict.map_or_else(|reason| reason, |_| "it verifies".to_owned());
                println!("test {} ({}): {expected}, but {actual}", test["tcId"], test["comment"]);
            }
        }
    }
    Ok(())
}

/// A group's key, or its set of keys.
fn key_set(key: &Value) -> Result<Jwks, JwksError> {
    let document = if key["keys"].is_array() {
        key.clone()
    } else {
        json!({"keys": [key]})
    };
    document.to_string().parse()
}

/// A test's token. One in JSON serialization is text like any other; an encrypted one is no JWS.
fn token(test: &Value) -> Option<String> {
    match [&test["jws"], &test["jwe"]]
        .into_iter()
        .find(|token| !token.is_null())?
    {
        Value::String(token) => Some(token.clone()),
        other => Some(other.to_string()),
    }
}

/// Whether a token's header says RS256. Read without this crate, which is what is tested.
fn is_rs256(token: &str) -> bool {
    let header = token
        .split('.')
        .next()
        .and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let header: Option<Value> = header.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    header.is_some_and(|header| header["alg"] == "RS256")
}
