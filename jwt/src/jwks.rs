//! A JSON Web Key Set (RFC 7517): strict parsing, look-up by key id, and verification of a JWS.

use crate::key::{Algorithm, KeyFault, PublicKey};
use crate::object::{Fault, Object};
use crate::refusal::Refusal;
use crate::token::Token;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The maximum number of keys in a set. User pools have two.
const MOST_KEYS: usize = 256;

/// A set of public keys, as a user pool publishes it at `/.well-known/jwks.json`.
///
/// ```
/// # fn main() -> Result<(), cognito_jwt::JwksError> {
/// let text = r#"{"keys": []}"#; // from a file, say
/// let keys: cognito_jwt::Jwks = text.parse()?;
/// assert_eq!(keys.ids().count(), 0);
/// # Ok(())
/// # }
/// ```
///
/// A document with two keys of one id, or with a secret key, is refused as a whole. A key that can't be used, for
/// example because it is too short or for another algorithm, stays in the set with its [`KeyFault`]. So the refusal of
/// a token that names the key has the reason.
#[derive(Debug, Clone, Default)]
pub struct Jwks {
    keys: Vec<Arc<Key>>,
}

/// A key with its id.
#[derive(Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) public: Result<PublicKey, KeyFault>,
}

/// Why a JWKS document is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwksError {
    /// It isn't JSON, or not an object with the array `keys` of objects.
    Shape,
    /// A name occurs twice in an object.
    DuplicateMember,
    /// Two keys have the same id.
    DuplicateKey,
    /// It contains a symmetric or a private key, so anyone who can read it can sign tokens.
    Secret,
    /// It has more than 256 keys.
    TooManyKeys,
}

impl fmt::Display for JwksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "the document is no JWKS: an object with an array `keys` of objects is expected",
            Self::DuplicateMember => "the JWKS has a member twice in one object",
            Self::DuplicateKey => "the JWKS has two keys with the same `kid`",
            Self::Secret => "the JWKS has a secret key in it; only public keys may be published",
            Self::TooManyKeys => "the JWKS has more than 256 keys",
        })
    }
}

impl std::error::Error for JwksError {}

impl FromStr for Jwks {
    type Err = JwksError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let objects = deserializer.deserialize_map(Document).map_err(|_| JwksError::Shape)?;
        deserializer.end().map_err(|_| JwksError::Shape)?;
        let objects = objects.ok_or(JwksError::Shape)?;
        if objects.len() > MOST_KEYS {
            return Err(JwksError::TooManyKeys);
        }
        let mut keys = Self::default();
        for text in objects {
            let jwk = Object::read(text.get()).map_err(|fault| match fault {
                Fault::Duplicate => JwksError::DuplicateMember,
                Fault::Json | Fault::Type(_) => JwksError::Shape,
            })?;
            // The secret parts of symmetric keys, and of RSA, EC and OKP keys (RFC 7518, section 6).
            if jwk.has("k") || jwk.has("d") || jwk.has("p") || jwk.has("q") {
                return Err(JwksError::Secret);
            }
            // A key without an id can't be named by a token.
            let Ok(Some(id)) = jwk.string("kid") else { continue };
            if keys.get(id).is_some() {
                return Err(JwksError::DuplicateKey);
            }
            keys.keys.push(Arc::new(Key {
                id: id.to_owned(),
                public: PublicKey::from_jwk(&jwk),
            }));
        }
        Ok(keys)
    }
}

impl Jwks {
    /// The ids of its keys.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| &*key.id)
    }

    /// The keys that can't be used, with the reason.
    pub fn faults(&self) -> impl Iterator<Item = (&str, &KeyFault)> {
        self.keys
            .iter()
            .filter_map(|key| Some((&*key.id, key.public.as_ref().err()?)))
    }

    /// Verifies the signature of a JWS in compact form, and returns its payload.
    ///
    /// This checks nothing else, neither issuer nor expiry. For a token, use a [`Verifier`](crate::Verifier).
    ///
    /// # Errors
    /// The text isn't such a JWS, its `alg` isn't in `algorithms` or isn't its key's, its `kid` isn't in this set, or
    /// the signature isn't the key's.
    pub fn verify(&self, jws: &str, algorithms: &[Algorithm]) -> Result<Vec<u8>, Refusal> {
        let token = Token::split(jws, usize::MAX)?;
        let header = token.header()?;
        let key = self.get(&header.kid).ok_or(Refusal::UnknownKey)?;
        token.verify(header.alg, key, algorithms)?;
        token.payload()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Arc<Key>> {
        self.keys.iter().find(|key| key.id == id)
    }

    /// The same keys and one more. The oldest is removed if there are too many.
    pub(crate) fn with(&self, key: Key) -> Self {
        const KEPT: usize = 16;
        let skipped = (self.keys.len() + 1).saturating_sub(KEPT);
        let mut keys = self.keys[skipped..].to_vec();
        keys.push(Arc::new(key));
        Self { keys }
    }
}

/// Reads the document: the texts of the objects in `keys`, or `None` if there isn't exactly one `keys`.
struct Document;

impl<'de> Visitor<'de> for Document {
    type Value = Option<Vec<&'de RawValue>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JWKS")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut keys, mut count) = (None, 0);
        while let Some(name) = map.next_key::<String>()? {
            if name == "keys" {
                count += 1;
                keys = Some(map.next_value::<Vec<&RawValue>>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(keys.filter(|_| count == 1))
    }
}
