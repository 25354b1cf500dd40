//! Signing keys: RSA with 2,048 bits, two per pool, made in a millisecond.
//!
//! An emulator must start at once, and finding primes of 1,024 bits takes from tenths of a second to seconds. So the
//! primes come with the program (`primes.txt`), and a key is the product of two of them: 64 primes make 2,016 keys, two
//! for each of the first 1,008 pools. The private keys are therefore public, which is acceptable only for an emulator:
//! only tests may trust its tokens.

use super::jwt;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use num_bigint::BigUint;
use ring::digest::{SHA256, digest};
use ring::rsa::{KeyPair, KeyPairComponents, PublicKeyComponents};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock, OnceLock};

static PRIMES: LazyLock<Vec<BigUint>> = LazyLock::new(|| {
    let lines = include_str!("primes.txt").lines();
    lines
        .filter_map(|line| BigUint::parse_bytes(line.as_bytes(), 16))
        .collect()
});

/// The two keys of a pool: ID tokens and access tokens have different ones.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SigningKeys {
    /// The number of pools that were made before.
    nth: usize,
    #[serde(skip)]
    made: OnceLock<Arc<(Key, Key)>>,
}

impl SigningKeys {
    /// The keys of the pool that was made after `nth` others.
    pub(crate) fn nth(nth: usize) -> Self {
        Self {
            nth,
            made: OnceLock::new(),
        }
    }

    fn both(&self) -> &(Key, Key) {
        self.made
            .get_or_init(|| Arc::new((Key::nth(2 * self.nth), Key::nth(2 * self.nth + 1))))
    }

    /// The key of ID tokens.
    pub(crate) fn id(&self) -> &Key {
        &self.both().0
    }

    /// The key of access tokens.
    pub(crate) fn access(&self) -> &Key {
        &self.both().1
    }
}

/// An RSA key.
#[derive(Debug)]
pub(crate) struct Key {
    pair: KeyPair,
    kid: String,
    modulus: Vec<u8>,
}

/// The exponent 65,537.
const EXPONENT: [u8; 3] = [1, 0, 1];

impl Key {
    fn nth(nth: usize) -> Self {
        let (p, q) = pair(nth);
        let one = BigUint::from(1_u8);
        let exponent = BigUint::from_bytes_be(&EXPONENT);
        let n = p * q;
        let inverse = |modulus: &BigUint| exponent.modinv(modulus).unwrap_or_default();
        let (p1, q1) = (p - &one, q - &one);
        let d = inverse(&(&p1 * &q1));
        let components = KeyPairComponents {
            public_key: PublicKeyComponents {
                n: n.to_bytes_be(),
                e: EXPONENT.to_vec(),
            },
            dP: (&d % &p1).to_bytes_be(),
            dQ: (&d % &q1).to_bytes_be(),
            qInv: q.modinv(p).unwrap_or_default().to_bytes_be(),
            d: d.to_bytes_be(),
            p: p.to_bytes_be(),
            q: q.to_bytes_be(),
        };
        let modulus = n.to_bytes_be();
        Self {
            pair: KeyPair::from_components(&components).expect("a test makes each key of `primes.txt`"),
            kid: STANDARD.encode(digest(&SHA256, &modulus)),
            modulus,
        }
    }

    /// Signs claims: a JSON web token.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({ "kid": self.kid, "alg": "RS256" });
        let message = jwt::message(&header, claims);
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The signature of a message: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2).
    pub(super) fn signature(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.modulus.len()];
        let random = ring::rand::SystemRandom::new();
        self.pair
            .sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
            .expect("the signature has the length of the modulus");
        signature
    }

    /// The public key as `RSAPublicKey` in DER (RFC 8017, appendix A.1.1).
    pub(super) fn public_der(&self) -> &[u8] {
        self.pair.public().as_ref()
    }

    /// Whether this key has signed the token.
    pub(crate) fn verifies(&self, token: &str) -> bool {
        let Some((message, signature)) = token.rsplit_once('.') else {
            return false;
        };
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        let key = PublicKeyComponents {
            n: &self.modulus[..],
            e: &EXPONENT[..],
        };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature)
            .is_ok()
    }

    /// The public key, as `jwks.json` has it.
    pub(crate) fn public(&self) -> Value {
        json!({
            "alg": "RS256",
            "e": URL_SAFE_NO_PAD.encode(EXPONENT),
            "kid": self.kid,
            "kty": "RSA",
            "n": URL_SAFE_NO_PAD.encode(&self.modulus),
            "use": "sig",
        })
    }
}

/// The nth pair of primes, the larger one first.
fn pair(nth: usize) -> (&'static BigUint, &'static BigUint) {
    let primes = &*PRIMES;
    let mut nth = nth % (primes.len() * (primes.len() - 1) / 2);
    let mut first = 0;
    while nth >= primes.len() - 1 - first {
        nth -= primes.len() - 1 - first;
        first += 1;
    }
    let (a, b) = (&primes[first], &primes[first + 1 + nth]);
    if a > b { (a, b) } else { (b, a) }
}

#[cfg(test)]
mod tests {
    use super::{Key, PRIMES, pair};
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn every_pair_of_primes_is_a_key_of_its_own() {
        let count = PRIMES.len() * (PRIMES.len() - 1) / 2;
        assert_eq!(count, 2016);
        let all: BTreeSet<_> = (0..count).map(pair).collect();
        assert_eq!(all.len(), count);
        // Each prime once or more, as each factor.
        for nth in (0..count).step_by(31) {
            let key = Key::nth(nth);
            let token = key.sign(&json!({ "sub": nth }));
            assert!(key.verifies(&token), "{nth}");
            assert!(!Key::nth(nth + 1).verifies(&token), "{nth}");
            assert!(!key.verifies(&token.replace('.', "x.")), "{nth}");
        }
    }
}
