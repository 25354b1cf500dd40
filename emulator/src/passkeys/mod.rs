//! Passkeys: registration and assertion as in WebAuthn, with verification.
//!
//! Source: [Web Authentication, Level 3](https://www.w3.org/TR/webauthn-3/), sections 7.1 and 7.2, and
//! [Sign-in with passkeys](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html#amazon-cognito-user-pools-authentication-flow-methods-passkey).

mod authenticator;
mod operations;
mod verify;

pub(crate) use operations::{
    complete_web_authn_registration, delete_web_authn_credential, list_web_authn_credentials,
    start_web_authn_registration,
};
pub(crate) use verify::{assert, request_options};

use crate::clock::Moment;
use serde::{Deserialize, Serialize};

/// A passkey of a user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Passkey {
    /// In Base64url.
    pub(crate) id: String,
    /// The public key, as COSE writes it.
    pub(crate) key: Vec<u8>,
    /// The signature counter.
    pub(crate) count: u32,
    pub(crate) relying_party: String,
    pub(crate) attachment: Option<String>,
    pub(crate) transports: Vec<String>,
    pub(crate) created: Moment,
}
