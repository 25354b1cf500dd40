//! A software authenticator: one passkey on P-256, as a security key or a phone has it (WebAuthn level 3).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// Present, verified, and with a new credential.
const PRESENT_AND_VERIFIED: u8 = 0x05;
const WITH_CREDENTIAL: u8 = 0x40;

pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 16],
    count: u32,
}

impl Authenticator {
    /// One with a fresh key.
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).expect("its form");
        let id = digest(&SHA256, key.public_key().as_ref());
        let id = id.as_ref()[..16].try_into().expect("a hash is longer");
        Self { key, id, count: 0 }
    }

    /// `navigator.credentials.create`, on a page of `origin`: `RegistrationResponseJSON`.
    pub(crate) fn create(&mut self, options: &Value, origin: &str) -> Value {
        let relying_party = options["rp"]["id"].as_str().expect("options name the relying party");
        let (client_data, _) = client_data("webauthn.create", options, origin);
        let mut data = self.data(relying_party, PRESENT_AND_VERIFIED | WITH_CREDENTIAL);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.cose_key());
        json!({
            "id": URL_SAFE_NO_PAD.encode(self.id), "rawId": URL_SAFE_NO_PAD.encode(self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": client_data, "transports": ["internal"],
                "attestationObject": URL_SAFE_NO_PAD.encode(attestation(&data)),
            },
        })
    }

    /// `navigator.credentials.get`, on a page of `origin`: `AuthenticationResponseJSON`.
    pub(crate) fn get(&mut self, options: &Value, origin: &str) -> Value {
        let relying_party = options["rpId"].as_str().expect("options name the relying party");
        let (client_data, hash) = client_data("webauthn.get", options, origin);
        let data = self.data(relying_party, PRESENT_AND_VERIFIED);
        let signature = self.key.sign(&SystemRandom::new(), &[&data, &hash[..]].concat());
        json!({
            "id": URL_SAFE_NO_PAD.encode(self.id), "rawId": URL_SAFE_NO_PAD.encode(self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": client_data,
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature.expect("a signature").as_ref()),
            },
        })
    }

    /// Authenticator data (section 6.1).
    fn data(&mut self, relying_party: &str, flags: u8) -> Vec<u8> {
        self.count += 1;
        let relying_party = digest(&SHA256, relying_party.as_bytes());
        [relying_party.as_ref(), &[flags], &self.count.to_be_bytes()].concat()
    }

    /// The public key as COSE writes it (RFC 9053): EC2, ES256, P-256, x, y.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
        [
            &head[..],
            &[0x21, 0x58, 32],
            &point[1..33],
            &[0x22, 0x58, 32],
            &point[33..],
        ]
        .concat()
    }
}

/// The client data in Base64url, and its hash.
fn client_data(kind: &str, options: &Value, origin: &str) -> (String, Vec<u8>) {
    let data = json!({"type": kind, "challenge": options["challenge"], "origin": origin, "crossOrigin": false});
    let data = data.to_string();
    (
        URL_SAFE_NO_PAD.encode(&data),
        digest(&SHA256, data.as_bytes()).as_ref().to_vec(),
    )
}

/// An attestation object without a statement, in CBOR: `{"fmt": "none", "attStmt": {}, "authData": …}`.
fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("one key is short");
    let head: &[u8] = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58";
    [head, &[length], data].concat()
}
