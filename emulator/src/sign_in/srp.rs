//! The server's half of SRP-6a, as Cognito uses it: RFC 5054's arithmetic in a group of 3,072 bits, and HKDF for the
//! key.
//!
//! num-bigint does the arithmetic. It isn't constant-time, and needn't be: anyone who can measure an emulator on their
//! own machine can also read its state.
//!
//! Source: [RFC 5054](https://www.rfc-editor.org/rfc/rfc5054), [RFC 5869](https://www.rfc-editor.org/rfc/rfc5869).

use crate::fault::{Answer, Fault};
use crate::random;
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use num_bigint::BigUint;
use ring::digest::{Context, SHA256};
use ring::hmac;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Base64 with or without padding, because clients write both.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The group of 3,072 bits (RFC 5054, appendix A, from RFC 3526).
const N: &str = concat!(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

struct Group {
    n: BigUint,
    g: BigUint,
    k: BigUint,
}

static GROUP: LazyLock<Group> = LazyLock::new(|| {
    let n = BigUint::parse_bytes(N.as_bytes(), 16).unwrap_or_default();
    let g = BigUint::from(2_u8);
    let k = number(&sha256(&[&pad(&n), &pad(&g)]));
    Group { n, g, k }
});

/// The verifier for the hash of pool, user and password.
pub(crate) fn verifier(salt: &BigUint, hash: &[u8]) -> BigUint {
    let x = number(&sha256(&[&pad(salt), hash]));
    GROUP.g.modpow(&x, &GROUP.n)
}

/// Salt and verifier of a user who doesn't exist. They are the same each time, like a real user's.
pub(super) fn simulated(pool: &str, name: &str) -> (BigUint, BigUint) {
    let salt = number(&sha256(&[pool.as_bytes(), b"salt", name.as_bytes()])[..16]);
    let hash = sha256(&[pool.as_bytes(), b"nobody", name.as_bytes()]);
    let verifier = verifier(&salt, &hash);
    (salt, verifier)
}

/// The id of a user who doesn't exist: a UUID that is the same each time.
pub(super) fn simulated_id(pool: &str, name: &str) -> String {
    let hash = sha256(&[pool.as_bytes(), b"id", name.as_bytes()]);
    random::uuid_of(hash.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}

/// An exchange between SRP's first and its second message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Exchange {
    /// The pool's name, or the device's group.
    group: String,
    /// The user's name, or the device's key.
    identity: String,
    verifier: String,
    large_a: String,
    small_b: String,
    large_b: String,
}

impl Exchange {
    /// Answers the client's `SRP_A`.
    pub(crate) fn start(group: &str, identity: &str, verifier: &BigUint, large_a: &str) -> Answer<Self> {
        let invalid = || Fault::invalid_parameter("Invalid SRP_A.");
        let a = BigUint::parse_bytes(large_a.as_bytes(), 16).ok_or_else(invalid)?;
        if (&a % &GROUP.n) == BigUint::ZERO {
            return Err(invalid());
        }
        let b = number(&random::bytes::<32>());
        let large_b = (&GROUP.k * verifier + GROUP.g.modpow(&b, &GROUP.n)) % &GROUP.n;
        Ok(Self {
            group: group.to_owned(),
            identity: identity.to_owned(),
            verifier: verifier.to_str_radix(16),
            large_a: a.to_str_radix(16),
            small_b: b.to_str_radix(16),
            large_b: large_b.to_str_radix(16),
        })
    }

    /// The server's public number, in hexadecimal.
    pub(crate) fn large_b(&self) -> &str {
        &self.large_b
    }

    /// Whether the client's signature over the secret block and the time proves that it knows the password.
    pub(crate) fn proves(&self, secret_block: &str, timestamp: &str, signature: &str) -> bool {
        let hex = |text: &str| BigUint::parse_bytes(text.as_bytes(), 16).unwrap_or_default();
        let (verifier, a, b, large_b) = (
            hex(&self.verifier),
            hex(&self.large_a),
            hex(&self.small_b),
            hex(&self.large_b),
        );
        let u = number(&sha256(&[&pad(&a), &pad(&large_b)]));
        let secret = (a * verifier.modpow(&u, &GROUP.n)).modpow(&b, &GROUP.n);
        let key = derive(&secret, &u);
        let Some(block) = decode(secret_block) else {
            return false;
        };
        let Some(signature) = decode(signature) else {
            return false;
        };
        let message = [
            self.group.as_bytes(),
            self.identity.as_bytes(),
            &block,
            timestamp.as_bytes(),
        ]
        .concat();
        hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, &key), &message, &signature).is_ok()
    }
}

/// HKDF with one block of output. Cognito uses half of it.
fn derive(secret: &BigUint, u: &BigUint) -> Vec<u8> {
    let key = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &pad(u)), &pad(secret));
    let block = hmac::sign(
        &hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()),
        b"Caldera Derived Key\x01",
    );
    block.as_ref()[..16].to_vec()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).or_else(|_| BASE64_URL.decode(text)).ok()
}

/// A number from the Base64 of its bytes, as devices send theirs.
pub(crate) fn from_base64(text: &str) -> Option<BigUint> {
    decode(text).map(|bytes| number(&bytes))
}

fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

/// A number's bytes as Java writes them: with a zero before a set high bit.
fn pad(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}
