//! What the tests share: keys, tokens made with them, and the pool that they claim to come from.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]

use aws_lc_rs::encoding::{AsDer, EcPublicKeyUncompressedBin, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use cognito_jwt::{Access, Builder, Id, Issuer, Jwks, PoolBuilder, Verifier};
use serde_json::{Value, json};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

pub const POOL: &str = "us-east-1_AbCdEf123";
pub const ISSUER: &str = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123";
pub const UPDATED_ISSUER: &str = "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123";
pub const CLIENT: &str = "1example23456789";
/// The time by which the tests' verifiers go: seconds since 1970.
pub const NOW: u64 = 1_800_000_000;

/// The pool's key.
pub static KEY: LazyLock<Rsa> = LazyLock::new(|| Rsa::new("key-1"));
/// A key of somebody else's.
pub static OTHER: LazyLock<Rsa> = LazyLock::new(|| Rsa::new("key-2"));
/// A load balancer's key.
pub static CURVE: LazyLock<Curve> = LazyLock::new(|| Curve::new("d0e1f2a3-1111-2222-3333-444455556666"));

pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An RSA key that signs.
pub struct Rsa {
    pair: RsaKeyPair,
    pub kid: String,
}

impl Rsa {
    pub fn new(kid: &str) -> Self {
        Self::with_size(kid, KeySize::Rsa2048)
    }

    pub fn with_size(kid: &str, size: KeySize) -> Self {
        Self {
            pair: RsaKeyPair::generate(size).expect("a new key"),
            kid: kid.to_owned(),
        }
    }

    pub fn modulus(&self) -> Vec<u8> {
        let modulus = self.pair.public_key().modulus();
        modulus.big_endian_without_leading_zero().to_vec()
    }

    /// The public half, as user pools publish it.
    pub fn jwk(&self) -> Value {
        let exponent = self.pair.public_key().exponent();
        json!({
            "alg": "RS256",
            "e": encode(exponent.big_endian_without_leading_zero()),
            "kid": self.kid,
            "kty": "RSA",
            "n": encode(self.modulus()),
            "use": "sig",
        })
    }

    /// The public half in DER, as SubjectPublicKeyInfo.
    pub fn public_der(&self) -> Vec<u8> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().expect("a public key");
        der.as_ref().to_vec()
    }

    pub fn signature(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("a signature");
        signature
    }

    /// A token with this header and payload, whatever they are.
    pub fn sign(&self, header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
        let message = format!("{}.{}", encode(header), encode(payload));
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", encode(signature))
    }

    pub fn header(&self) -> String {
        json!({"kid": self.kid, "alg": "RS256"}).to_string()
    }

    /// A token with these claims and a header as user pools write it.
    pub fn token(&self, claims: &Value) -> String {
        self.sign(self.header(), claims.to_string())
    }
}

/// A P-256 key that signs.
pub struct Curve {
    pair: EcdsaKeyPair,
    pub kid: String,
}

impl Curve {
    pub fn new(kid: &str) -> Self {
        Self {
            pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a new key"),
            kid: kid.to_owned(),
        }
    }

    fn point(&self) -> Vec<u8> {
        let point: EcPublicKeyUncompressedBin<'_> = self.pair.public_key().as_be_bytes_point();
        point.as_ref().to_vec()
    }

    pub fn jwk(&self) -> Value {
        let point = self.point();
        json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": encode(&point[1..33]), "y": encode(&point[33..])})
    }

    pub fn pem(&self) -> String {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().expect("a public key");
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|line| str::from_utf8(line).expect("ASCII"))
            .collect();
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        )
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let signature = self.pair.sign(&SystemRandom::new(), message).expect("a signature");
        signature.as_ref().to_vec()
    }

    pub fn sign(&self, header: &Value, payload: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(payload.to_string()));
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", encode(signature))
    }

    /// The same with padding, as load balancers do.
    pub fn sign_padded(&self, header: &Value, payload: &Value) -> String {
        let encode = |bytes: &[u8]| URL_SAFE.encode(bytes);
        let message = format!(
            "{}.{}",
            encode(header.to_string().as_bytes()),
            encode(payload.to_string().as_bytes())
        );
        let signature = self.signature(message.as_bytes());
        format!("{message}.{}", encode(&signature))
    }
}

trait AsPoint {
    fn as_be_bytes_point(&self) -> EcPublicKeyUncompressedBin<'_>;
}

impl AsPoint for aws_lc_rs::signature::EcdsaPublicKey {
    fn as_be_bytes_point(&self) -> EcPublicKeyUncompressedBin<'_> {
        use aws_lc_rs::encoding::AsBigEndian;
        self.as_be_bytes().expect("a point")
    }
}

/// A JWKS of these keys.
pub fn jwks(keys: &[Value]) -> String {
    json!({"keys": keys}).to_string()
}

pub fn keys(keys: &[Value]) -> Jwks {
    jwks(keys).parse().expect("a JWKS")
}

/// The pool with the tests' key.
pub fn pool() -> Issuer {
    Issuer::user_pool(POOL).keys(keys(&[KEY.jwk()]))
}

pub fn builder() -> PoolBuilder {
    Verifier::user_pool(pool()).client(CLIENT)
}

pub fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

/// What verifies access tokens of the pool, and could do more.
pub fn access() -> Builder<Access> {
    builder().access().clock(now)
}

/// What verifies ID tokens of the pool, and could do more.
pub fn id() -> Builder<Id> {
    builder().id_token().clock(now)
}

/// The claims of a user's access token.
pub fn access_claims() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["admins", "editors"],
        "iss": ISSUER,
        "version": 2,
        "client_id": CLIENT,
        "origin_jti": "11111111-2222-3333-4444-555555555555",
        "event_id": "66666666-7777-8888-9999-000000000000",
        "token_use": "access",
        "scope": "api/read api/write openid",
        "auth_time": NOW - 60,
        "exp": NOW + 3540,
        "iat": NOW - 60,
        "jti": "aaaaaaaa-1111-2222-3333-444444444444",
        "username": "alice",
        "tenant": "blue",
    })
}

/// The claims of a user's ID token.
pub fn id_claims() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["admins"],
        "email_verified": true,
        "iss": ISSUER,
        "cognito:username": "alice",
        "cognito:roles": ["arn:aws:iam::123456789012:role/admin"],
        "cognito:preferred_role": "arn:aws:iam::123456789012:role/admin",
        "origin_jti": "11111111-2222-3333-4444-555555555555",
        "aud": CLIENT,
        "event_id": "66666666-7777-8888-9999-000000000000",
        "token_use": "id",
        "auth_time": NOW - 60,
        "exp": NOW + 3540,
        "iat": NOW - 60,
        "jti": "aaaaaaaa-1111-2222-3333-444444444444",
        "email": "alice@example.com",
        "custom:plan": "gold",
    })
}

/// The claims with one of them changed, or removed by `null`.
pub fn with(mut claims: Value, name: &str, value: Value) -> Value {
    let members = claims.as_object_mut().expect("claims are an object");
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    claims
}
