//! Authenticator data and keys, read from their bytes.
//!
//! Source: [WebAuthn, section 6.1](https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data), [RFC 9053](https://www.rfc-editor.org/rfc/rfc9053).

use ciborium::Value;
use ring::digest::{SHA256, digest};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Authenticator data.
#[derive(Debug)]
pub(super) struct AuthenticatorData {
    relying_party: [u8; 32],
    flags: u8,
    pub(super) count: u32,
    /// The id and the key of a new credential.
    pub(super) credential: Option<(Vec<u8>, Vec<u8>)>,
}

impl AuthenticatorData {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (relying_party, rest) = bytes.split_first_chunk::<32>()?;
        let (flags, rest) = rest.split_first()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let mut credential = None;
        if flags & 0x40 != 0 {
            let rest = rest.get(16..)?;
            let (length, rest) = rest.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let id = rest.get(..length)?.to_vec();
            let mut after = rest.get(length..)?;
            let all = after;
            ciborium::from_reader::<Value, _>(&mut after).ok()?;
            let key = all.get(..all.len() - after.len())?.to_vec();
            credential = Some((id, key));
        }
        Some(Self {
            relying_party: *relying_party,
            flags: *flags,
            count: u32::from_be_bytes(*count),
            credential,
        })
    }

    pub(super) fn is_for(&self, relying_party: &str) -> bool {
        digest(&SHA256, relying_party.as_bytes()).as_ref() == self.relying_party
    }

    /// Whether a user was present.
    pub(super) fn user_present(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether the user was verified.
    pub(super) fn user_verified(&self) -> bool {
        self.flags & 4 != 0
    }
}

/// The authenticator data inside of an attestation object.
pub(super) fn attested(object: &[u8]) -> Option<Vec<u8>> {
    let object: Value = ciborium::from_reader(object).ok()?;
    let entry = object
        .as_map()?
        .iter()
        .find(|(key, _)| key.as_text() == Some("authData"))?;
    entry.1.as_bytes().cloned()
}

/// Whether the key is one that signatures can be verified with: ES256, RS256, or EdDSA.
pub(super) fn is_supported(key: &[u8]) -> bool {
    algorithm(key).is_some()
}

fn member(key: &Value, label: i64) -> Option<&Value> {
    let entries = key.as_map()?;
    let entry = entries
        .iter()
        .find(|(name, _)| name.as_integer() == Some(label.into()))?;
    Some(&entry.1)
}

fn algorithm(key: &[u8]) -> Option<(i64, Value)> {
    let key: Value = ciborium::from_reader(key).ok()?;
    let algorithm = i64::try_from(i128::from(member(&key, 3)?.as_integer()?)).ok()?;
    matches!(algorithm, -7 | -8 | -257).then_some((algorithm, key))
}

/// Whether `signature` over `message` is of this key.
pub(super) fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let Some((algorithm, key)) = algorithm(key) else {
        return false;
    };
    let bytes = |label| member(&key, label).and_then(Value::as_bytes);
    match algorithm {
        -7 => {
            let (Some(x), Some(y)) = (bytes(-2), bytes(-3)) else {
                return false;
            };
            let point = [&[4][..], x, y].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                .verify(message, signature)
                .is_ok()
        }
        -8 => {
            let Some(x) = bytes(-2) else { return false };
            UnparsedPublicKey::new(&ED25519, x).verify(message, signature).is_ok()
        }
        _ => {
            let (Some(n), Some(e)) = (bytes(-1), bytes(-2)) else {
                return false;
            };
            let key = RsaPublicKeyComponents { n, e };
            key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
        }
    }
}
