//! Why a token is refused: a variant for each reason, a sentence for the log, and one for the client.

use crate::fetch::FetchError;
use crate::key::KeyFault;
use crate::object::WrongType;
use std::fmt;
use std::time::Duration;

/// A part of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The part before the first dot.
    Header,
    /// The part between the dots.
    Payload,
    /// The part after the second dot.
    Signature,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        })
    }
}

/// Why a token is refused.
///
/// Its text ([`Display`](fmt::Display)) is for the log. It says what was expected, and never quotes any part of the
/// token. [`public`](Refusal::public) is for the client that sent the token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The token is longer than the verifier accepts.
    TooLong {
        /// How many bytes are accepted.
        most: usize,
    },
    /// There aren't three parts with two dots between them. An encrypted token (JWE) has five.
    Parts,
    /// A part isn't Base64url without padding.
    Encoding {
        /// The part.
        part: Part,
    },
    /// A part isn't a JSON object.
    Json {
        /// The part.
        part: Part,
    },
    /// A part has a name twice, so two readers could see different values.
    DuplicateMember {
        /// The part.
        part: Part,
    },
    /// A member that must be there is missing.
    Missing {
        /// The part.
        part: Part,
        /// The member.
        member: &'static str,
    },
    /// A member has another type.
    WrongType {
        /// The part.
        part: Part,
        /// The member.
        member: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// The verifier doesn't accept the header's `alg`, for example `none` or `HS256`.
    Algorithm,
    /// The header's `alg` isn't the one of the key that it names.
    KeyAlgorithm,
    /// The header has `crit`, which lists extensions that must be understood (RFC 7515, section 4.1.11). This crate
    /// supports none.
    Critical,
    /// The header contains its own key, `jwk`. Such a key proves nothing, and no issuer's tokens have one.
    EmbeddedKey,
    /// No key has the id of the header's `kid`.
    UnknownKey,
    /// The key that the header names can't be used.
    UnusableKey(KeyFault),
    /// The key isn't cached, and the keys can't be fetched at the moment. The token may be valid, so answer with 503.
    KeysUnavailable(FetchError),
    /// The signature isn't the key's.
    Signature,
    /// The token has expired (`exp`).
    Expired {
        /// How long ago, without leeway.
        since: Duration,
    },
    /// The token isn't valid yet (`nbf`).
    NotYetValid,
    /// The verifier doesn't accept the issuer, or the signing key is another issuer's.
    Issuer,
    /// `token_use` is wrong: an ID token instead of an access token, or the other way round.
    TokenUse {
        /// What was expected: `access` or `id`.
        expected: &'static str,
    },
    /// The verifier doesn't accept the app client: `client_id` of an access token, `aud` of an ID token.
    Client,
    /// The verifier doesn't accept the audience.
    Audience,
    /// A scope is missing.
    Scope {
        /// The required scopes (all or one of them), separated by spaces.
        required: String,
    },
    /// The user is in none of the groups, or not in all of them.
    Group,
    /// Another load balancer signed the token.
    Signer,
    /// The application's own claims don't match its type.
    CustomClaims,
    /// The application's own check refused the claims.
    Check(String),
}

impl Refusal {
    /// The text for the client: a sentence without any detail that helps to forge a token.
    pub fn public(&self) -> &'static str {
        match self {
            Self::TooLong { .. }
            | Self::Parts
            | Self::Encoding { .. }
            | Self::Json { .. }
            | Self::DuplicateMember { .. }
            | Self::Missing { .. }
            | Self::WrongType { .. }
            | Self::Algorithm
            | Self::KeyAlgorithm
            | Self::Critical
            | Self::EmbeddedKey
            | Self::UnknownKey
            | Self::UnusableKey(_)
            | Self::Signature
            | Self::NotYetValid
            | Self::Issuer
            | Self::TokenUse { .. }
            | Self::Client
            | Self::Audience
            | Self::Signer
            | Self::CustomClaims => "The token is not valid",
            Self::Expired { .. } => "The token has expired",
            Self::Scope { .. } => "The token lacks a scope",
            Self::Group | Self::Check(_) => "The token does not allow this",
            Self::KeysUnavailable(_) => "The token can't be verified at the moment",
        }
    }

    /// Whether the token has expired, so that a refreshed one may be accepted.
    pub fn is_expired(&self) -> bool {
        matches!(self, Self::Expired { .. })
    }

    /// Whether the token is genuine, but doesn't allow this: a scope or a group is missing, or the application's own
    /// check refused.
    pub fn is_forbidden(&self) -> bool {
        matches!(self, Self::Scope { .. } | Self::Group | Self::Check(_))
    }

    /// Whether this isn't the token's fault: its key couldn't be fetched, and the same token may be accepted later.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::KeysUnavailable(_))
    }

    pub(crate) fn wrong_type(part: Part, WrongType { member, expected }: WrongType) -> Self {
        Self::WrongType { part, member, expected }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { most } => write!(f, "the token is longer than {most} bytes"),
            Self::Parts => f.write_str("the token doesn't have three parts with dots between them"),
            Self::Encoding { part } => write!(f, "the token's {part} isn't Base64url as RFC 7515 wants it"),
            Self::Json { part } => write!(f, "the token's {part} isn't a JSON object"),
            Self::DuplicateMember { part } => write!(f, "the token's {part} has a member twice"),
            Self::Missing { part, member } => write!(f, "the token's {part} lacks `{member}`"),
            Self::WrongType { part, member, expected } => {
                write!(f, "`{member}` in the token's {part} isn't {expected}")
            }
            Self::Algorithm => f.write_str("the token's `alg` isn't one that is accepted here"),
            Self::KeyAlgorithm => f.write_str("the token's `alg` isn't the one of the key that it names"),
            Self::Critical => f.write_str("the token's header has `crit`, and no extension is understood"),
            Self::EmbeddedKey => f.write_str("the token's header has `jwk`: a key of its own proves nothing"),
            Self::UnknownKey => f.write_str("the token's `kid` isn't the id of any key"),
            Self::UnusableKey(fault) => write!(f, "the key that the token names can't be used: {fault}"),
            Self::KeysUnavailable(error) => write!(f, "the key that the token names isn't there: {error}"),
            Self::Signature => f.write_str("the token's signature isn't the one of the key that it names"),
            Self::Expired { since } => write!(f, "the token expired {} seconds ago", since.as_secs()),
            Self::NotYetValid => f.write_str("the token isn't valid yet"),
            Self::Issuer => f.write_str("the token's `iss` isn't an issuer that is accepted with this key"),
            Self::TokenUse { expected } => write!(
                f,
                "the token's `token_use` isn't `{expected}`: a token of that kind is needed here"
            ),
            Self::Client => f.write_str("the token was issued to an app client that isn't accepted here"),
            Self::Audience => f.write_str("the token is meant for another audience"),
            Self::Scope { required } => write!(f, "the token lacks a scope: `{required}`"),
            Self::Group => f.write_str("the token's user isn't in the required groups"),
            Self::Signer => f.write_str("the token was signed for another load balancer"),
            Self::CustomClaims => f.write_str("the token's claims don't fit the application's type"),
            Self::Check(reason) => write!(f, "the application refused the token: {reason}"),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::UnusableKey(fault) => Some(fault),
            Self::KeysUnavailable(error) => Some(error),
            _ => None,
        }
    }
}
