//! What it costs to verify a token whose key is there, against the bare signature and against jsonwebtoken.

use crate::clock::cpu_of;
use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::stats::{least, median, paired_ratio};
use crate::table::Table;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::{Args, ValueEnum};
use cognito_jwt::{Access, Issuer, Verifier};
use jsonwebtoken::crypto::{CryptoProvider, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, Validation};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::json;
use std::hint::black_box;
use std::time::SystemTime;

const POOL: &str = "us-east-1_EXAMPLE01";
const ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE01";
const CLIENT: &str = "1example23456789";
const KEY_ID: &str = "HuxFPUk3vSfnmG6tYHZFtU1gc5hGfzUTzqPIYJgxyyk=";

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to measure
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
    /// Run just one subject, and compare nothing: for a profiler
    #[arg(long)]
    only: Option<Name>,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self {
            seconds: 10.0,
            only: None,
        }
    }
}

/// A subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// ring's RS256 alone, over bytes that are ready
    Bare,
    /// cognito-jwt, with typed claims
    Ours,
    /// jsonwebtoken on ring, with claims that serde derives
    Jsonwebtoken,
}

impl Name {
    const ALL: [Self; 3] = [Self::Bare, Self::Ours, Self::Jsonwebtoken];

    fn label(self) -> &'static str {
        match self {
            Self::Bare => "bare RS256 (ring)",
            Self::Ours => "cognito-jwt",
            Self::Jsonwebtoken => "jsonwebtoken on ring",
        }
    }
}

/// The claims of an access token, as someone writes them down for jsonwebtoken. They are the same as those of
/// cognito-jwt.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "reading them is what is measured")]
struct Claims {
    iss: String,
    sub: String,
    client_id: String,
    username: Option<String>,
    #[serde(default)]
    scope: String,
    #[serde(default, rename = "cognito:groups")]
    groups: Vec<String>,
    token_use: String,
    iat: u64,
    exp: u64,
    auth_time: Option<u64>,
    jti: Option<String>,
    origin_jti: Option<String>,
    event_id: Option<String>,
}

/// A token, and all that verifies it.
struct Subjects {
    token: String,
    message: Vec<u8>,
    signature: Vec<u8>,
    n: Vec<u8>,
    e: Vec<u8>,
    verifier: Verifier<Access>,
    key: DecodingKey,
    validation: Validation,
}

impl Subjects {
    fn new() -> Result<Self> {
        // Only the first call of the process installs; there is no other provider here.
        let _ = RING.install_default();
        let pair = aws_lc_rs::rsa::KeyPair::generate(aws_lc_rs::rsa::KeySize::Rsa2048).context("a new key")?;
        let (n, e) = {
            use aws_lc_rs::signature::KeyPair;
            let public = pair.public_key();
            let n = public.modulus().big_endian_without_leading_zero().to_vec();
            (n, public.exponent().big_endian_without_leading_zero().to_vec())
        };
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let jwk = json!({"alg": "RS256", "e": encode(&e), "kid": KEY_ID, "kty": "RSA", "n": encode(&n), "use": "sig"});
        let header = json!({"kid": KEY_ID, "alg": "RS256"}).to_string();
        let message = format!("{}.{}", encode(header.as_bytes()), encode(claims()?.as_bytes()));
        let mut signature = vec![0; pair.public_modulus_len()];
        let random = aws_lc_rs::rand::SystemRandom::new();
        pair.sign(
            &aws_lc_rs::signature::RSA_PKCS1_SHA256,
            &random,
            message.as_bytes(),
            &mut signature,
        )
        .context("a signature")?;
        let keys = json!({"keys": [jwk]}).to_string().parse()?;
        let verifier = Verifier::user_pool(Issuer::user_pool(POOL).keys(keys))
            .client(CLIENT)
            .access()
            .build()?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        validation.validate_aud = false;
        validation.validate_nbf = true;
        let key = DecodingKey::from_rsa_components(&encode(&n), &encode(&e))?;
        Ok(Self {
            token: format!("{message}.{}", encode(&signature)),
            message: message.into_bytes(),
            signature,
            n,
            e,
            verifier,
            key,
            validation,
        })
    }

    /// Verifies the token once. Says whether it is good.
    fn verify(&self, name: Name) -> bool {
        match name {
            Name::Bare => {
                let key = RsaPublicKeyComponents { n: &self.n, e: &self.e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, &self.message, &self.signature)
                    .is_ok()
            }
            Name::Ours => black_box(self.verifier.verify_sync(black_box(&self.token))).is_ok(),
            Name::Jsonwebtoken => self.jsonwebtoken(black_box(&self.token)),
        }
    }

    /// What a user of jsonwebtoken writes: the key by its id, the claims, and what the crate doesn't check.
    fn jsonwebtoken(&self, token: &str) -> bool {
        let id = jsonwebtoken::decode_header(token).ok().and_then(|header| header.kid);
        if id.as_deref() != Some(KEY_ID) {
            return false;
        }
        let data = black_box(jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation));
        data.is_ok_and(|data| data.claims.client_id == CLIENT && data.claims.token_use == "access")
    }
}

/// Claims as user pools write them.
fn claims() -> Result<String> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    Ok(json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["admins", "editors"],
        "iss": ISSUER,
        "version": 2,
        "client_id": CLIENT,
        "origin_jti": "11111111-2222-3333-4444-555555555555",
        "event_id": "66666666-7777-8888-9999-000000000000",
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": now - 60,
        "exp": now + 24 * 60 * 60,
        "iat": now - 60,
        "jti": "aaaaaaaa-1111-2222-3333-444444444444",
        "username": "jane",
    })
    .to_string())
}

/// jsonwebtoken has no provider on ring. This one makes it use the very function that the others use.
static RING: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: |algorithm, key| match (algorithm, key.kind()) {
        (Algorithm::RS256, DecodingKeyKind::RsaModulusExponent { n, e }) => Ok(Box::new(RingVerifier {
            n: n.clone(),
            e: e.clone(),
        })),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

struct RingVerifier {
    n: Vec<u8>,
    e: Vec<u8>,
}

impl signature::Verifier<Vec<u8>> for RingVerifier {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let key = RsaPublicKeyComponents { n: &self.n, e: &self.e };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for RingVerifier {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}

/// How many tokens a round verifies: some milliseconds' work.
const TOKENS: u32 = 100;

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let subjects = Subjects::new()?;
    let names = arguments.only.map_or(Name::ALL.to_vec(), |name| vec![name]);
    for name in &names {
        ensure!(subjects.verify(*name), "{} refuses the token", name.label());
    }
    let rounds = measure(&subjects, &names, arguments.seconds)?;
    println!("### Verify an access token, its key being there\n\n{}", table(&rounds));
    let [(_, bare), (_, ours), (_, jsonwebtoken)] = rounds.as_slice() else {
        return Ok(Vec::new());
    };
    Ok(vec![
        Goal::new(
            "verifying a token, CPU, to ring's bare RS256",
            Bound::AtMost(1.15),
            Form::Factor,
            paired_ratio(ours, bare),
        ),
        Goal::new(
            "verifying a token, CPU, to jsonwebtoken on ring",
            Bound::AtMost(1.0),
            Form::Factor,
            paired_ratio(ours, jsonwebtoken),
        ),
    ])
}

/// CPU time of a token in each round, in microseconds.
fn measure(subjects: &Subjects, names: &[Name], seconds: f64) -> Result<Vec<(Name, Vec<f64>)>> {
    let took = take_turns(names.len(), seconds, |index| {
        let (good, took) = cpu_of(|| (0..TOKENS).filter(|_| subjects.verify(names[index])).count());
        black_box(good);
        Ok(took.as_secs_f64() * 1e6 / f64::from(TOKENS))
    })?;
    Ok(names.iter().copied().zip(took).collect())
}

fn table(rounds: &[(Name, Vec<f64>)]) -> Table {
    let mut table = Table::new(["subject", "CPU µs", "least", "to bare"]);
    let bare = rounds.iter().find(|(name, _)| *name == Name::Bare);
    for (name, cpu) in rounds {
        table.row([
            name.label().to_owned(),
            format!("{:.1}", median(cpu.iter().copied())),
            format!("{:.1}", least(cpu.iter().copied())),
            bare.map_or_else(String::new, |(_, bare)| Form::Factor.text(paired_ratio(cpu, bare))),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_accepts_the_token_and_refuses_another() -> Result<()> {
        let mut subjects = Subjects::new()?;
        for name in Name::ALL {
            assert!(subjects.verify(name), "{}", name.label());
        }
        let other = Subjects::new()?;
        subjects.token = other.token;
        subjects.signature = other.signature;
        for name in Name::ALL {
            assert!(!subjects.verify(name), "{}", name.label());
        }
        Ok(())
    }
}
