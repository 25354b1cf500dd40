//! A public key, which is read from a JWK or PEM, checked, and used.

use crate::object::{Object, Value};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::fmt;

// The two have the same interface, so that only this line differs. Nothing is installed for the process: with both
// features on, in whatever crates, aws-lc is used.
#[cfg(feature = "aws-lc-rs")]
use aws_lc_rs::signature;
#[cfg(not(feature = "aws-lc-rs"))]
use ring::signature;

/// The minimum number of bits of an RSA key (RFC 7518, section 3.3).
const FEWEST_BITS: usize = 2048;
/// The maximum number of bits of an RSA key. A longer one only costs time.
const MOST_BITS: usize = 8192;
/// The longest signature in bytes: of an RSA key with the most bits.
pub(crate) const LONGEST_SIGNATURE: usize = MOST_BITS / 8;

/// A signature algorithm (RFC 7518, section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSA with PKCS #1 v1.5 and SHA-256, which user pools use.
    Rs256,
    /// ECDSA on P-256 with SHA-256, which Application Load Balancers use.
    Es256,
}

impl Algorithm {
    /// Its name in a token's header: `RS256`, `ES256`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a key of a JWKS can't verify a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// Its `use` isn't `sig`, or its `key_ops` lack `verify`.
    Use,
    /// This crate doesn't support its `kty`, `alg` or `crv`, or they contradict each other.
    Algorithm,
    /// A part of it is missing, such as `n` or `e`.
    Missing {
        /// The member.
        member: &'static str,
    },
    /// A part of it is invalid, such as a coordinate that isn't 32 bytes.
    Malformed {
        /// The member.
        member: &'static str,
    },
    /// An RSA modulus of too few or too many bits.
    Size {
        /// The number of bits. It must be from 2,048 to 8,192.
        bits: usize,
    },
    /// An RSA modulus with the fingerprint of CVE-2017-15361 (ROCA), whose factors can be found.
    Roca,
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Use => f.write_str("the key is not for verifying signatures"),
            Self::Algorithm => f.write_str("the key is for none of the algorithms RS256 and ES256"),
            Self::Missing { member } => write!(f, "the key lacks `{member}`"),
            Self::Malformed { member } => write!(f, "the key's `{member}` is malformed"),
            Self::Size { bits } => write!(
                f,
                "the RSA key has {bits} bits; {FEWEST_BITS} to {MOST_BITS} are expected"
            ),
            Self::Roca => f.write_str("the RSA key is one of those whose factors can be found (CVE-2017-15361)"),
        }
    }
}

impl std::error::Error for KeyFault {}

/// A key that can verify.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// Big-endian, no leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// The uncompressed point.
    P256([u8; 65]),
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { n, .. } => write!(f, "RSA with {} bits", bits(n)),
            Self::P256(_) => f.write_str("P-256"),
        }
    }
}

impl PublicKey {
    /// The only algorithm that this key is used with.
    pub(crate) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::P256(_) => Algorithm::Es256,
        }
    }

    /// Whether the signature of the message is this key's.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => signature::RsaPublicKeyComponents { n, e }
                .verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            Self::P256(point) => signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                .verify(message, signature)
                .is_ok(),
        }
    }

    /// Reads a JWK (RFC 7517) that is an object already.
    pub(crate) fn from_jwk(jwk: &Object<'_>) -> Result<Self, KeyFault> {
        let text = |member| {
            jwk.string(member)
                .map_err(|wrong| KeyFault::Malformed { member: wrong.member })
        };
        if text("use")?.is_some_and(|purpose| purpose != "sig") {
            return Err(KeyFault::Use);
        }
        match jwk.get("key_ops") {
            None => {}
            Some(Value::Strings(operations)) if operations.iter().any(|operation| operation == "verify") => {}
            Some(_) => return Err(KeyFault::Use),
        }
        let bytes = |member: &'static str| {
            let text = text(member)?.ok_or(KeyFault::Missing { member })?;
            URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyFault::Malformed { member })
        };
        match (text("kty")?, text("alg")?) {
            (Some("RSA"), None | Some("RS256")) => Self::rsa(&bytes("n")?, &bytes("e")?),
            (Some("EC"), None | Some("ES256")) if text("crv")? == Some("P-256") => {
                let mut point = [4; 65];
                for (member, place) in [("x", 1..33), ("y", 33..65)] {
                    let coordinate = bytes(member)?;
                    if coordinate.len() != 32 {
                        return Err(KeyFault::Malformed { member });
                    }
                    point[place].copy_from_slice(&coordinate);
                }
                Ok(Self::P256(point))
            }
            (None, _) => Err(KeyFault::Missing { member: "kty" }),
            _ => Err(KeyFault::Algorithm),
        }
    }

    fn rsa(n: &[u8], e: &[u8]) -> Result<Self, KeyFault> {
        let (n, e) = (without_leading_zeros(n), without_leading_zeros(e));
        let bits = bits(n);
        if !(FEWEST_BITS..=MOST_BITS).contains(&bits) {
            return Err(KeyFault::Size { bits });
        }
        // An exponent of one signs nothing; an even one, or an even modulus, is no RSA. ring takes up to 33 bits.
        let exponent = e.iter().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        if e.len() > 5 || !(3..1 << 33).contains(&exponent) || exponent % 2 == 0 {
            return Err(KeyFault::Malformed { member: "e" });
        }
        if n.last().is_none_or(|byte| byte % 2 == 0) {
            return Err(KeyFault::Malformed { member: "n" });
        }
        if is_roca(n) {
            return Err(KeyFault::Roca);
        }
        Ok(Self::Rsa {
            n: n.to_vec(),
            e: e.to_vec(),
        })
    }

    /// Reads a P-256 key in PEM (`BEGIN PUBLIC KEY`), as Application Load Balancers publish theirs.
    pub(crate) fn from_pem(text: &str) -> Result<Self, KeyFault> {
        // SubjectPublicKeyInfo of an uncompressed P-256 point: id-ecPublicKey, prime256v1, a bit string of 66 bytes.
        const PREFIX: [u8; 26] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        const FAULT: KeyFault = KeyFault::Malformed { member: "PEM" };
        let body = text
            .trim()
            .strip_prefix("-----BEGIN PUBLIC KEY-----")
            .and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----"))
            .ok_or(FAULT)?;
        let base64: String = body.chars().filter(|char| !char.is_ascii_whitespace()).collect();
        let der = STANDARD.decode(base64).map_err(|_| FAULT)?;
        let point = der.strip_prefix(&PREFIX).ok_or(KeyFault::Algorithm)?;
        match <[u8; 65]>::try_from(point) {
            Ok(point @ [4, ..]) => Ok(Self::P256(point)),
            _ => Err(FAULT),
        }
    }
}

fn without_leading_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}

fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |byte| byte.leading_zeros() as usize);
    number.len() * 8 - unused
}

/// Whether a modulus has the fingerprint of keys made by the library of CVE-2017-15361: modulo small primes, it is
/// always a power of 65537. Any other modulus passes for one in 2²⁷ cases.
fn is_roca(n: &[u8]) -> bool {
    const PRIMES: [u32; 17] = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];
    PRIMES.into_iter().all(|prime| {
        let remainder = n.iter().fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % prime);
        let generator = 65537 % prime;
        let powers = std::iter::successors(Some(generator), |power| {
            (*power != 1).then(|| power * generator % prime)
        });
        powers.into_iter().any(|power| power == remainder)
    })
}
