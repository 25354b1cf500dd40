//! User pools for tests, which sign tokens without a network.

use crate::issuer::Issuer;
use crate::jwks::Jwks;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// The key pair of every [`TestPool`]: an RSA private key (RFC 8017, appendix A.1.2) that is part of this crate.
const KEY: &[u8] = include_bytes!("testing/key.der");
/// How long a token lives, as in a user pool without other settings.
const LIFETIME: u64 = 60 * 60;

/// A user pool for tests (feature `test-util`). It signs the tokens that a test asks for, and a verifier of its
/// [`issuer`](Self::issuer) accepts them.
///
/// ```
/// # fn main() -> Result<(), cognito_jwt::BuildError> {
/// use cognito_jwt::{TestPool, Verifier};
/// use serde_json::json;
///
/// let pool = TestPool::new("us-east-1_AbCdEf123");
/// let verifier = Verifier::user_pool(pool.issuer()).client("web").access().scope("api/read").build()?;
///
/// let token = pool.access_token("web", json!({"scope": "openid api/read", "cognito:groups": ["admins"]}));
/// assert!(verifier.verify_sync(&token).is_ok_and(|claims| claims.is_in_group("admins")));
///
/// let expired = pool.access_token("web", json!({"scope": "api/read", "exp": 1_000_000_000}));
/// assert!(verifier.verify_sync(&expired).is_err_and(|refusal| refusal.is_expired()));
/// # Ok(())
/// # }
/// ```
///
/// All test pools have the same key pair, which anyone can read in this crate. So only tests may trust it. Each pool's
/// key has the pool's id as its `kid`. For tokens that a whole Cognito issues, with users and sign-ins, use
/// `cognito-emulator`.
pub struct TestPool {
    id: String,
    issuer: String,
    pair: KeyPair,
}

impl TestPool {
    /// A user pool with this id, such as `us-east-1_AbCdEf123`.
    ///
    /// # Panics
    /// The id has another form.
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        let Ok(issuer) = Issuer::user_pool(&id).first_name() else {
            panic!("{id:?} isn't the id of a user pool, such as us-east-1_AbCdEf123");
        };
        let Ok(pair) = KeyPair::from_der(KEY) else {
            unreachable!("the key is part of this crate");
        };
        Self { id, issuer, pair }
    }

    /// The pool as an issuer with its public key, for [`Verifier::user_pool`](crate::Verifier::user_pool) and
    /// [`or_user_pool`](crate::PoolBuilder::or_user_pool).
    pub fn issuer(&self) -> Issuer {
        Issuer::user_pool(&self.id).keys(self.keys())
    }

    /// Its public key as a [`Jwks`].
    pub fn keys(&self) -> Jwks {
        let Ok(keys) = self.jwks().parse() else {
            unreachable!("the key is part of this crate");
        };
        keys
    }

    /// Its public key as the text of a `jwks.json`, for a test server or a [`Fetch`](crate::Fetch) of your own.
    pub fn jwks(&self) -> String {
        let public: PublicKeyComponents<Vec<u8>> = self.pair.public().into();
        json!({"keys": [{
            "alg": "RS256",
            "e": base64url(public.e),
            "kid": self.id,
            "kty": "RSA",
            "n": base64url(public.n),
            "use": "sig",
        }]})
        .to_string()
    }

    /// An access token that was issued to `client_id`.
    ///
    /// It has the claims of a token from a sign-in: `iss`, `sub`, `client_id`, `username`, `scope`, `token_use`,
    /// `iat`, `auth_time`, `exp` (in an hour), `jti`. `claims` is an object of further ones. It replaces those of the
    /// same name; a claim that is `null` is left out.
    ///
    /// # Panics
    /// `claims` isn't an object.
    pub fn access_token(&self, client_id: &str, claims: impl Serialize) -> String {
        let own = json!({
            "client_id": client_id,
            "scope": "aws.cognito.signin.user.admin",
            "token_use": "access",
            "username": "test-user",
        });
        self.token(own, &claims)
    }

    /// An ID token that was issued to `client_id`. Its claims are as those of [`access_token`](Self::access_token), but
    /// with `aud` and `cognito:username`, and without `scope`.
    ///
    /// # Panics
    /// `claims` isn't an object.
    pub fn id_token(&self, client_id: &str, claims: impl Serialize) -> String {
        let own = json!({
            "aud": client_id,
            "cognito:username": "test-user",
            "token_use": "id",
        });
        self.token(own, &claims)
    }

    fn token(&self, own: Value, claims: &impl Serialize) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let common = json!({
            "auth_time": now,
            "exp": now + LIFETIME,
            "iat": now,
            "iss": self.issuer,
            "jti": "00000000-1111-2222-3333-444444444444",
            "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        });
        let Ok(Value::Object(claims)) = serde_json::to_value(claims) else {
            panic!("the claims of a token are an object, such as json!({{\"scope\": \"api/read\"}})");
        };
        let mut all = Map::new();
        for part in [common, own, Value::Object(claims)] {
            if let Value::Object(part) = part {
                all.extend(part);
            }
        }
        all.retain(|_, value| !value.is_null());
        self.sign(&Value::Object(all))
    }

    fn sign(&self, claims: &Value) -> String {
        let header = json!({"alg": "RS256", "kid": self.id}).to_string();
        let message = format!("{}.{}", base64url(header), base64url(claims.to_string()));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let signed = self.pair.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            message.as_bytes(),
            &mut signature,
        );
        assert!(signed.is_ok(), "the operating system gives no randomness");
        format!("{message}.{}", base64url(signature))
    }
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl fmt::Debug for TestPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestPool").field("id", &self.id).finish_non_exhaustive()
    }
}
