//! The exchange: a public value out, a challenge in, a signature out.

use super::group::{element, is_public_value, multiplied, power};
use super::integer::hex_bytes;
use super::{Identity, Integer, SrpError, Timestamp, group, pad};
use crate::encoding::{base64, from_base64};
use crypto_bigint::U3072;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt::{self, Debug, Formatter};
use zeroize::{Zeroize, Zeroizing};

/// Random bytes of a secret exponent: 1,024 bits, as Amplify makes them.
const EXPONENT_BYTES: usize = 128;
/// Bits of SHA-256.
const HASH_BITS: u32 = 256;
const INFO: &[u8] = b"Caldera Derived Key";

/// The client's key pair for one sign-in: the secret exponent `a` and the public value `A` = g^a.
pub struct Ephemeral {
    secret: Integer,
    /// The number of significant bits of `a`. This isn't secret.
    bits: u32,
    public: Integer,
}

impl Ephemeral {
    /// A fresh pair, with 1,024 random bits from the operating system.
    ///
    /// # Errors
    /// [`SrpError::Random`]: it provides none.
    pub fn generate() -> Result<Self, SrpError> {
        let mut bytes = Zeroizing::new([0; EXPONENT_BYTES]);
        getrandom::getrandom(bytes.as_mut()).map_err(|_| SrpError::Random)?;
        Self::from_secret(bytes.as_ref())
    }

    /// The pair with the secret exponent `a`, big-endian: for a sign-in that another process began, and for test vectors.
    ///
    /// # Errors
    /// [`SrpError::TooLarge`] past 3,072 bits; [`SrpError::PublicValue`] if `a` is zero.
    pub fn from_secret(a: &[u8]) -> Result<Self, SrpError> {
        let secret = Integer::from_bytes("the secret exponent", a)?;
        // A leading zero byte that the caller gives is a byte of the secret, too: its time must be the same.
        let bits = u32::try_from(8 * a.len()).unwrap_or(U3072::BITS).min(U3072::BITS);
        let public = Integer(power(&secret, bits).retrieve());
        if public.0 == U3072::ONE {
            return Err(SrpError::PublicValue);
        }
        Ok(Self { secret, bits, public })
    }

    /// The public value, which [`to_hex`](Integer::to_hex) writes as `SRP_A`.
    pub fn public(&self) -> &Integer {
        &self.public
    }

    /// The secret exponent, big-endian, for [`from_secret`](Self::from_secret) in another process.
    pub fn secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = self.secret.0.to_be_bytes();
        let length = usize::try_from(self.bits / 8).unwrap_or(U3072::BYTES);
        let kept = Zeroizing::new(bytes[U3072::BYTES - length..].to_vec());
        bytes.zeroize();
        kept
    }

    /// Computes the proof that `identity` knows `password`.
    ///
    /// # Errors
    /// [`SrpError::Scrambler`].
    pub fn prove<'a>(
        &self,
        identity: Identity<'a>,
        password: &str,
        challenge: &'a Challenge,
    ) -> Result<Proof<'a>, SrpError> {
        let u = scrambler(&self.public, &challenge.b)?;
        let x = private_key(identity, password, &challenge.salt)?;
        let s = self.shared(&challenge.b, &u, &x);
        let key = session_key(&u, &s);
        Ok(Proof {
            identity,
            secret_block: &challenge.secret_block,
            u,
            x,
            s,
            key,
        })
    }

    /// S = (B − k·g^x)^(a + u·x).
    fn shared(&self, b: &Integer, u: &Integer, x: &Integer) -> Integer {
        let base = element(b).sub(&multiplied(&power(x, HASH_BITS)));
        // The product has 512 bits, so that the sum has at most one bit more than the longer of the two. For an `a` of
        // 3,072 bits it could have 3,073, of which an exponent modulo 2^3072 would lose one: split there.
        let ux = Integer(u.0.wrapping_mul(&x.0));
        let bits = self.bits.max(2 * HASH_BITS);
        if bits < U3072::BITS {
            let exponent = Integer(self.secret.0.wrapping_add(&ux.0));
            Integer(base.pow_amm_bounded_exp(&exponent.0, bits + 1).retrieve())
        } else {
            let own = base.pow_amm_bounded_exp(&self.secret.0, bits);
            Integer(own.mul(&base.pow_amm_bounded_exp(&ux.0, 2 * HASH_BITS)).retrieve())
        }
    }
}

impl Debug for Ephemeral {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Ephemeral(redacted)")
    }
}

/// A challenge PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER, checked.
#[derive(Clone)]
pub struct Challenge {
    b: Integer,
    salt: Vec<u8>,
    secret_block: Vec<u8>,
}

impl Challenge {
    /// Reads `SRP_B`, `SALT` and `SECRET_BLOCK` of the challenge's parameters.
    ///
    /// The salt is a number, so leading zeros don't matter. The secret block may be Base64 in either alphabet, with
    /// padding or without.
    ///
    /// # Errors
    /// All of [`SrpError`] but `Scrambler` and `Random`.
    pub fn new(srp_b: &str, salt: &str, secret_block: &str) -> Result<Self, SrpError> {
        let b = Integer::from_hex("SRP_B", srp_b)?;
        if !is_public_value(&b) {
            return Err(SrpError::PublicValue);
        }
        Ok(Self {
            b,
            salt: hex_bytes("SALT", salt)?,
            secret_block: from_base64(secret_block).ok_or(SrpError::SecretBlock)?,
        })
    }
}

impl Debug for Challenge {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Challenge(redacted)")
    }
}

/// The proof of a password, with its intermediate values for comparison with test vectors.
pub struct Proof<'a> {
    identity: Identity<'a>,
    secret_block: &'a [u8],
    u: Integer,
    x: Integer,
    s: Integer,
    key: Zeroizing<[u8; 16]>,
}

impl Proof<'_> {
    /// The scrambler u: the hash over both public values.
    pub fn u(&self) -> &Integer {
        &self.u
    }

    /// The private key x: the hash over salt, identity and password. It is as secret as the password.
    pub fn x(&self) -> &Integer {
        &self.x
    }

    /// The shared secret S.
    pub fn s(&self) -> &Integer {
        &self.s
    }

    /// The key of the signature: 16 bytes of HKDF-SHA256 over S with the salt u.
    pub fn key(&self) -> &[u8; 16] {
        &self.key
    }

    /// The message to sign: pool or device group, user or device, secret block, timestamp.
    pub fn message(&self, timestamp: Timestamp) -> Vec<u8> {
        let [scope, name] = self.identity.parts();
        let timestamp = timestamp.to_string();
        [
            scope.as_bytes(),
            name.as_bytes(),
            self.secret_block,
            timestamp.as_bytes(),
        ]
        .concat()
    }

    /// `PASSWORD_CLAIM_SIGNATURE`: the HMAC-SHA256 over the message, in Base64. The answer's `TIMESTAMP` is
    /// `timestamp`, printed.
    pub fn sign(&self, timestamp: Timestamp) -> String {
        base64(&hmac_sha256(self.key.as_ref(), &[&self.message(timestamp)]))
    }
}

impl Debug for Proof<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Proof(redacted)")
    }
}

/// HMAC-SHA256 over the parts of a message.
pub(crate) fn hmac_sha256(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length: this can't fail, and an error would be a key of zeros.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC takes a key of any length")
    };
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The multiplier k, which N and g determine.
pub fn multiplier() -> Integer {
    group::multiplier()
}

/// Computes u, and refuses zero.
pub(super) fn scrambler(a: &Integer, b: &Integer) -> Result<Integer, SrpError> {
    checked_scrambler(hash(&[&a.padded(), &b.padded()])?)
}

/// The scrambler, unless it is zero, which would take the password out of the shared secret.
pub(super) fn checked_scrambler(u: Integer) -> Result<Integer, SrpError> {
    if u.is_zero() { Err(SrpError::Scrambler) } else { Ok(u) }
}

/// x: the hash over the salt and the hash over `scope name : password`.
pub(super) fn private_key(identity: Identity<'_>, password: &str, salt: &[u8]) -> Result<Integer, SrpError> {
    let [scope, name] = identity.parts();
    let mut inner = Sha256::new();
    for part in [scope, name, ":", password] {
        inner.update(part);
    }
    let inner = Zeroizing::new(<[u8; 32]>::from(inner.finalize()));
    hash(&[&pad(salt), inner.as_ref()])
}

/// The verifier g^x, which a server keeps instead of the password. `salt` is a hexadecimal number.
///
/// # Errors
/// [`SrpError::NotHex`].
pub fn verifier(identity: Identity<'_>, password: &str, salt: &str) -> Result<Integer, SrpError> {
    let x = private_key(identity, password, &hex_bytes("SALT", salt)?)?;
    Ok(Integer(power(&x, HASH_BITS).retrieve()))
}

fn hash(parts: &[&[u8]]) -> Result<Integer, SrpError> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let hash = Zeroizing::new(<[u8; 32]>::from(hash.finalize()));
    Integer::from_bytes("a hash", hash.as_ref())
}

fn session_key(u: &Integer, s: &Integer) -> Zeroizing<[u8; 16]> {
    let (salt, secret) = (u.padded(), Zeroizing::new(s.padded()));
    let mut key = Zeroizing::new([0; 16]);
    // It fails past 8,160 bytes alone.
    let expanded = Hkdf::<Sha256>::new(Some(&salt), &secret).expand(INFO, key.as_mut());
    debug_assert!(expanded.is_ok(), "16 bytes are within HKDF's length");
    key
}
