//! The tokens of a signed-in user.

use crate::encoding::from_base64;
use crate::error::AuthError;
use crate::secret::Secret;
use cognito_idp::primitives::DateTime;
use cognito_idp::types::AuthenticationResultType;
use serde_json::{Map, Value, json};
use std::fmt::{self, Debug, Formatter};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The access, ID and refresh tokens of a user, and when the first two expire.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The access token, for APIs and for user calls.
    pub access: Secret,
    /// The ID token, with the user's attributes. Managed login issues one only for the scope `openid`.
    pub id: Option<Secret>,
    /// The refresh token. After a refresh, it is a new one if rotation is on, and otherwise the same.
    pub refresh: Option<Secret>,
    /// When the access and ID tokens expire, by this machine's clock.
    pub expires_at: SystemTime,
    /// The remembered device that signed in: each refresh must name it.
    pub device_key: Option<String>,
    /// The name with which the sign-in began. A device is stored under it.
    pub signed_in_as: Option<String>,
    /// In a pool that tracks devices, the device that the pool has made for this sign-in. It is still to be confirmed.
    pub new_device: Option<NewDevice>,
}

/// `NewDeviceMetadata`: a device that can be confirmed with [`UserPool::confirm_device`](crate::UserPool::confirm_device).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDevice {
    /// `DeviceKey`.
    pub key: String,
    /// `DeviceGroupKey`.
    pub group_key: String,
}

impl Tokens {
    /// The tokens of an `AuthenticationResult` that came at `now`.
    pub(crate) fn new(result: AuthenticationResultType, now: SystemTime) -> Result<Self, AuthError> {
        let missing = AuthError::Incomplete {
            missing: "access token",
        };
        let device = result.new_device_metadata;
        Ok(Self {
            access: result.access_token.ok_or(missing)?.into(),
            id: result.id_token.map(Secret::from),
            refresh: result.refresh_token.map(Secret::from),
            expires_at: expiry(now, i64::from(result.expires_in)),
            device_key: None,
            signed_in_as: None,
            new_device: device.and_then(|device| {
                Some(NewDevice {
                    key: device.device_key?,
                    group_key: device.device_group_key?,
                })
            }),
        })
    }

    /// Tokens of which only the refresh token is known, for example from a browser's cookie. The access token is empty and
    /// has expired. Pass them to [`UserPool::refresh`](crate::UserPool::refresh) or
    /// [`Session::start`](crate::Session::start).
    ///
    /// If the user signed in on a remembered device, set [`device_key`](Self::device_key), too.
    pub fn from_refresh_token(refresh: impl Into<Secret>) -> Self {
        Self {
            access: Secret::from(""),
            id: None,
            refresh: Some(refresh.into()),
            expires_at: UNIX_EPOCH,
            device_key: None,
            signed_in_as: None,
            new_device: None,
        }
    }

    /// Whether the access and ID tokens have expired, or will within `margin`.
    pub fn is_expired(&self, now: SystemTime, margin: Duration) -> bool {
        now.checked_add(margin).is_none_or(|soon| soon >= self.expires_at)
    }

    /// The pool's own username, from the access token. It isn't verified: the token came from Cognito over TLS. Use
    /// `cognito-jwt` for tokens that came from anyone else.
    pub fn username(&self) -> Option<String> {
        claim(&self.access, "username")
    }

    /// JSON text for a store. It contains the tokens, so protect it like a password.
    pub fn to_json(&self) -> Secret {
        let expires = self.expires_at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let text = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
        let device = self.new_device.as_ref();
        let json = json!({
            "access_token": self.access.expose(),
            "id_token": text(&self.id),
            "refresh_token": text(&self.refresh),
            "expires_at": expires.as_secs(),
            "device_key": self.device_key,
            "signed_in_as": self.signed_in_as,
            "new_device": device.map(|device| json!({"key": device.key, "group_key": device.group_key})),
        });
        json.to_string().into()
    }

    /// Reads the text of [`to_json`](Self::to_json).
    ///
    /// # Errors
    /// [`AuthError::Store`]: the text isn't such JSON. The error doesn't quote it.
    pub fn from_json(text: &str) -> Result<Self, AuthError> {
        Self::read(text).ok_or_else(|| AuthError::store("the stored tokens can't be read: sign in again".into()))
    }

    fn read(text: &str) -> Option<Self> {
        let json: Map<String, Value> = serde_json::from_str(text).ok()?;
        let string = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        let device = |name: &str| Some(json.get("new_device")?.get(name)?.as_str()?.to_owned());
        Some(Self {
            access: string("access_token")?.into(),
            id: string("id_token").map(Secret::from),
            refresh: string("refresh_token").map(Secret::from),
            expires_at: UNIX_EPOCH.checked_add(Duration::from_secs(json.get("expires_at")?.as_u64()?))?,
            device_key: string("device_key"),
            signed_in_as: string("signed_in_as"),
            new_device: device("key")
                .zip(device("group_key"))
                .map(|(key, group_key)| NewDevice { key, group_key }),
        })
    }
}

impl Debug for Tokens {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("id", &self.id.is_some())
            .field("refresh", &self.refresh.is_some())
            .field("expires_at", &DateTime::from(self.expires_at))
            .finish_non_exhaustive()
    }
}

/// The time that is `seconds` after `now`.
pub(crate) fn expiry(now: SystemTime, seconds: i64) -> SystemTime {
    now.checked_add(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
        .unwrap_or(now)
}

/// A text claim of a token, unverified.
fn claim(token: &Secret, name: &str) -> Option<String> {
    let payload = from_base64(token.expose().split('.').nth(1)?)?;
    let claims: Value = serde_json::from_slice(&payload).ok()?;
    Some(claims.get(name)?.as_str()?.to_owned())
}
