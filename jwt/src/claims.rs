//! The typed claims of a verified token.

use serde::de::value::Error as PlainError;
use serde::de::{DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::time::{Duration, SystemTime};

/// The claims of an access token.
///
/// `C` is the application's own type for claims that a pre token generation trigger has added. It is any type that
/// serde can read from the payload, with the payload's names, or `()`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessClaims<C = ()> {
    /// Who issued the token: the pool's URL.
    pub issuer: String,
    /// The user's immutable id; of a token for a machine, the app client's id.
    pub sub: String,
    /// The app client that the token was issued to.
    pub client_id: String,
    /// The user's name. None if the token is for a machine.
    pub username: Option<String>,
    /// The scopes, with a space between them.
    pub scope: String,
    /// The groups that the user is in.
    pub groups: Vec<String>,
    /// The resource servers that the token is bound to. Empty if there is none.
    pub audience: Vec<String>,
    /// When it was issued.
    pub issued_at: SystemTime,
    /// When it expires.
    pub expires_at: SystemTime,
    /// When the user signed in.
    pub auth_time: Option<SystemTime>,
    /// The token's own id.
    pub jti: Option<String>,
    /// The id of the refresh token that was issued with it, if revocation is on.
    pub origin_jti: Option<String>,
    /// The event of the sign-in.
    pub event_id: Option<String>,
    /// The device that the user signed in on, if it is tracked.
    pub device_key: Option<String>,
    /// The application's own claims.
    pub custom: C,
}

impl<C> AccessClaims<C> {
    /// The scopes, one by one.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split(' ').filter(|scope| !scope.is_empty())
    }

    /// Whether the token has this scope.
    pub fn has_scope(&self, scope: &str) -> bool {
        !scope.is_empty() && self.scopes().any(|other| other == scope)
    }

    /// Whether the user is in this group.
    pub fn is_in_group(&self, group: &str) -> bool {
        self.groups.iter().any(|other| other == group)
    }

    pub(crate) fn with_custom<D>(self, custom: D) -> AccessClaims<D> {
        AccessClaims {
            issuer: self.issuer,
            sub: self.sub,
            client_id: self.client_id,
            username: self.username,
            scope: self.scope,
            groups: self.groups,
            audience: self.audience,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            auth_time: self.auth_time,
            jti: self.jti,
            origin_jti: self.origin_jti,
            event_id: self.event_id,
            device_key: self.device_key,
            custom,
        }
    }
}

/// The claims of an ID token. `C` is the application's own type for custom attributes and added claims.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IdClaims<C = ()> {
    /// Who issued the token: the pool's URL.
    pub issuer: String,
    /// The user's immutable id.
    pub sub: String,
    /// The app client that the token was issued to: its `aud`.
    pub client_id: String,
    /// The user's name: `cognito:username`.
    pub username: Option<String>,
    /// The groups that the user is in: `cognito:groups`.
    pub groups: Vec<String>,
    /// The IAM roles of these groups: `cognito:roles`.
    pub roles: Vec<String>,
    /// The role of the group with the highest precedence: `cognito:preferred_role`.
    pub preferred_role: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the e-mail address is verified. False if the token doesn't say.
    pub email_verified: bool,
    /// The phone number.
    pub phone_number: Option<String>,
    /// Whether the phone number is verified. False if the token doesn't say.
    pub phone_number_verified: bool,
    /// The nonce of the authorization request. Compare it with the one that was sent.
    pub nonce: Option<String>,
    /// When it was issued.
    pub issued_at: SystemTime,
    /// When it expires.
    pub expires_at: SystemTime,
    /// When the user signed in.
    pub auth_time: Option<SystemTime>,
    /// The token's own id.
    pub jti: Option<String>,
    /// The id of the refresh token that was issued with it, if revocation is on.
    pub origin_jti: Option<String>,
    /// The application's own claims.
    pub custom: C,
}

impl<C> IdClaims<C> {
    /// Whether the user is in this group.
    pub fn is_in_group(&self, group: &str) -> bool {
        self.groups.iter().any(|other| other == group)
    }

    pub(crate) fn with_custom<D>(self, custom: D) -> IdClaims<D> {
        IdClaims {
            issuer: self.issuer,
            sub: self.sub,
            client_id: self.client_id,
            username: self.username,
            groups: self.groups,
            roles: self.roles,
            preferred_role: self.preferred_role,
            email: self.email,
            email_verified: self.email_verified,
            phone_number: self.phone_number,
            phone_number_verified: self.phone_number_verified,
            nonce: self.nonce,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            auth_time: self.auth_time,
            jti: self.jti,
            origin_jti: self.origin_jti,
            custom,
        }
    }
}

/// The claims of a token of another OpenID Connect provider. `C` is the application's own type for the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OidcClaims<C = ()> {
    /// Who issued the token.
    pub issuer: String,
    /// The subject of the token.
    pub sub: String,
    /// The audience of the token.
    pub audience: Vec<String>,
    /// The scopes, with a space between them; empty if there are none.
    pub scope: String,
    /// When it was issued.
    pub issued_at: Option<SystemTime>,
    /// When it expires.
    pub expires_at: SystemTime,
    /// The nonce of the authorization request. Compare it with the one that was sent.
    pub nonce: Option<String>,
    /// The application's own claims.
    pub custom: C,
}

impl<C> OidcClaims<C> {
    pub(crate) fn with_custom<D>(self, custom: D) -> OidcClaims<D> {
        OidcClaims {
            issuer: self.issuer,
            sub: self.sub,
            audience: self.audience,
            scope: self.scope,
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            nonce: self.nonce,
            custom,
        }
    }
}

/// The claims of an Application Load Balancer about a user whom it has signed in (`x-amzn-oidc-data`). `C` is the
/// application's own type for the user's other claims.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AlbClaims<C = ()> {
    /// The identity provider that signed the user in for the load balancer.
    pub issuer: String,
    /// The user's id at the identity provider.
    pub sub: String,
    /// The load balancer's client id at the identity provider.
    pub client_id: String,
    /// The load balancer's ARN.
    pub signer: String,
    /// When it expires.
    pub expires_at: SystemTime,
    /// The user's name, if the issuer is a user pool.
    pub username: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The application's own claims.
    pub custom: C,
}

impl<C> AlbClaims<C> {
    pub(crate) fn with_custom<D>(self, custom: D) -> AlbClaims<D> {
        AlbClaims {
            issuer: self.issuer,
            sub: self.sub,
            client_id: self.client_id,
            signer: self.signer,
            expires_at: self.expires_at,
            username: self.username,
            email: self.email,
            custom,
        }
    }
}

/// The time so many seconds after 1970 began. The seconds come from [`Object::time`](crate::object::Object::time), and
/// are in range.
pub(crate) fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Reads the application's own claims from a payload. `None` if they don't match the type.
///
/// `()` reads nothing, so a program without own claims doesn't pay for a second reading.
pub(crate) fn custom<C: DeserializeOwned>(payload: &str) -> Option<C> {
    if let Ok(nothing) = C::deserialize(Nothing) {
        return Some(nothing);
    }
    serde_json::from_str(payload).ok()
}

/// A deserializer that has only `()` to give.
struct Nothing;

impl<'de> Deserializer<'de> for Nothing {
    type Error = PlainError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom(""))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
