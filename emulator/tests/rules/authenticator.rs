//! A passkey's authenticator, written from WebAuthn: what a browser sends for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// An authenticator with one key.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    count: u32,
    /// The credential's id: four characters.
    pub(crate) id: String,
    /// What it says that the key's algorithm is: ES256.
    pub(crate) algorithm: i64,
}

impl Authenticator {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random);
        Self {
            key: key.expect("its own form"),
            count: 0,
            id: "key1".to_owned(),
            algorithm: -7,
        }
    }

    fn data(&mut self, flags: u8) -> Vec<u8> {
        self.count += 1;
        [
            digest(&SHA256, b"example.com").as_ref(),
            &[flags],
            &self.count.to_be_bytes(),
        ]
        .concat()
    }

    fn client_data(kind: &str, challenge: &Value, origin: &str) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": origin })
            .to_string()
            .into_bytes()
    }

    /// RegistrationResponseJSON.
    pub(crate) fn register(&mut self, options: &Value, origin: &str) -> Value {
        let point = self.key.public_key().as_ref().to_vec();
        let entry = |label: i64, value: Cbor| (Cbor::from(label), value);
        let key = Cbor::Map(vec![
            entry(1, 2.into()),
            entry(3, self.algorithm.into()),
            entry(-1, 1.into()),
            entry(-2, Cbor::Bytes(point[1..33].to_vec())),
            entry(-3, Cbor::Bytes(point[33..].to_vec())),
        ]);
        let mut data = self.data(0x45);
        data.extend([0; 16]);
        data.extend([0, 4]);
        data.extend(self.id.as_bytes());
        ciborium::into_writer(&key, &mut data).expect("in memory");
        let object = Cbor::Map(vec![
            (Cbor::from("fmt"), Cbor::from("none")),
            (Cbor::from("attStmt"), Cbor::Map(Vec::new())),
            (Cbor::from("authData"), Cbor::Bytes(data)),
        ]);
        let mut attestation = Vec::new();
        ciborium::into_writer(&object, &mut attestation).expect("in memory");
        let client_data = Self::client_data("webauthn.create", &options["challenge"], origin);
        json!({
            "id": URL_SAFE_NO_PAD.encode(&self.id), "rawId": URL_SAFE_NO_PAD.encode(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
                "attestationObject": URL_SAFE_NO_PAD.encode(attestation),
                "transports": ["internal"],
            },
        })
    }

    /// AuthenticationResponseJSON.
    pub(crate) fn assert(&mut self, options: &Value, flags: u8) -> Value {
        let data = self.data(flags);
        let client_data = Self::client_data("webauthn.get", &options["challenge"], "https://login.example.com");
        let message = [&data[..], digest(&SHA256, &client_data).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).expect("a signature");
        json!({
            "id": URL_SAFE_NO_PAD.encode(&self.id), "type": "public-key",
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "signature": URL_SAFE_NO_PAD.encode(signature.as_ref()),
            },
        })
    }
}
