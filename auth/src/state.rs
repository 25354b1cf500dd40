//! The state of a sign-in, with which another page or process can continue.

use crate::secret::Secret;
use crate::wire::Parameters;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use std::fmt::{self, Debug, Formatter};

/// The state of a sign-in that waits for an answer. [`UserPool::resume`](crate::UserPool::resume) turns it back into
/// the challenge.
///
/// It serialises to a JSON object. It contains neither the password nor the client secret. But it contains Cognito's
/// `Session` and, for a password proof, the secret exponent. Anyone who has it and knows the answer can sign in, so
/// keep it on the server, or encrypt it. `Debug` shows only the challenge's name. A session lives 3 to 15 minutes, as
/// the app client says.
#[derive(Clone, Default)]
pub struct State {
    pub(crate) challenge: String,
    pub(crate) session: Option<Secret>,
    /// The challenge's `USERNAME`, which SECRET_HASH is over.
    pub(crate) username: String,
    /// The name with which the sign-in began. A device is stored under it.
    pub(crate) signed_in_as: String,
    pub(crate) parameters: Parameters,
    pub(crate) available: Vec<String>,
    pub(crate) metadata: Parameters,
    pub(crate) device_key: Option<String>,
    /// The secret exponent of a password proof, hexadecimal.
    pub(crate) exponent: Option<Secret>,
    pub(crate) admin: bool,
}

impl State {
    /// The challenge's name, for example `SMS_MFA`.
    pub fn challenge(&self) -> &str {
        &self.challenge
    }

    fn to_value(&self) -> Value {
        let text = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
        json!({
            "challenge": self.challenge,
            "session": text(&self.session),
            "username": self.username,
            "signed_in_as": self.signed_in_as,
            "parameters": self.parameters,
            "available": self.available,
            "metadata": self.metadata,
            "device_key": self.device_key,
            "exponent": text(&self.exponent),
            "admin": self.admin,
        })
    }

    fn from_value(value: Map<String, Value>) -> Option<Self> {
        let string = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        Some(Self {
            challenge: string("challenge")?,
            session: string("session").map(Secret::from),
            username: string("username")?,
            signed_in_as: string("signed_in_as")?,
            parameters: map(value.get("parameters")?)?,
            available: list(value.get("available")?)?,
            metadata: map(value.get("metadata")?)?,
            device_key: string("device_key"),
            exponent: string("exponent").map(Secret::from),
            admin: value.get("admin")?.as_bool()?,
        })
    }
}

fn map(value: &Value) -> Option<Parameters> {
    let members = value.as_object()?.iter();
    members
        .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect()
}

fn list(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|value| Some(value.as_str()?.to_owned()))
        .collect()
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Map::deserialize(deserializer)?;
        // Nothing of it is quoted: it may be a secret.
        Self::from_value(value).ok_or_else(|| D::Error::custom("this isn't the state of a sign-in"))
    }
}

impl Debug for State {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("challenge", &self.challenge)
            .finish_non_exhaustive()
    }
}
