//! Codes that prove that a user owns an address.

use super::User;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::messages::{Due, send};
use crate::pools::Pool;
use crate::random;
use crate::world::Around;
use cognito_idp::types::CodeDeliveryDetailsType;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The purpose of a code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub(crate) enum Purpose {
    /// To confirm a sign-up.
    SignUp,
    /// To set a new password.
    Password,
    /// To verify an attribute.
    Attribute(String),
}

impl From<Purpose> for String {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::SignUp => "sign-up".to_owned(),
            Purpose::Password => "password".to_owned(),
            Purpose::Attribute(name) => format!("attribute {name}"),
        }
    }
}

impl From<String> for Purpose {
    fn from(text: String) -> Self {
        match text.as_str() {
            "sign-up" => Self::SignUp,
            "password" => Self::Password,
            other => Self::Attribute(other.trim_start_matches("attribute ").to_owned()),
        }
    }
}

impl Purpose {
    /// The validity of a code in seconds: a day, or an hour for setting a password.
    ///
    /// Source: [Quotas](https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html).
    fn validity(&self) -> u64 {
        match self {
            Self::Password => 3600,
            Self::SignUp | Self::Attribute(_) => 86_400,
        }
    }
}

/// A code that was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) code: String,
    /// The attribute that it verifies: `email` or `phone_number`.
    pub(crate) attribute: String,
    expires: Moment,
}

/// The reason for sending a code.
#[derive(Debug)]
pub(crate) struct Reason<'a> {
    pub(crate) purpose: Purpose,
    /// The custom message trigger's name for it.
    pub(crate) name: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) metadata: Option<&'a HashMap<String, String>>,
}

/// Sends the user a new code to the address in this attribute.
pub(crate) fn send_code(
    around: &Around,
    pool: &mut Pool,
    key: &str,
    attribute: &str,
    reason: Reason<'_>,
) -> Answer<CodeDeliveryDetailsType> {
    let user = pool.users.get(key).ok_or_else(Fault::user_not_found)?;
    let destination = user.pending.get(attribute).or_else(|| user.attributes.get(attribute));
    let destination = destination.cloned().unwrap_or_default();
    let code = random::code();
    let details = send(
        around,
        pool,
        user,
        Due {
            reason: reason.name,
            attribute,
            destination: &destination,
            code: &code,
            client_id: reason.client_id,
            metadata: reason.metadata,
        },
    )?;
    let expires = around.clock.moment().after(reason.purpose.validity());
    if let Some(user) = pool.users.get_mut(key) {
        let attribute = attribute.to_owned();
        user.codes.insert(
            reason.purpose,
            Code {
                code,
                attribute,
                expires,
            },
        );
    }
    Ok(details)
}

pub(super) fn wrong_code() -> Fault {
    Fault::code_mismatch("Invalid verification code provided, please try again.")
}

impl User {
    /// Redeems the code for this purpose. A wrong `code` doesn't use it up.
    pub(crate) fn take_code(&mut self, purpose: &Purpose, code: &str, now: Moment) -> Answer<Code> {
        let expired = || Fault::expired_code("Invalid code provided, please request a code again.");
        let known = self.codes.get(purpose).ok_or_else(expired)?;
        if known.expires <= now {
            return Err(expired());
        }
        if known.code != code {
            return Err(wrong_code());
        }
        self.codes.remove(purpose).ok_or_else(expired)
    }
}
