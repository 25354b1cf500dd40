//! Signing in: flows, challenges, and the state between them.
//!
//! Source: [Authentication with user pools](https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html).

mod attempt;
mod choice;
mod code;
mod complete;
mod custom;
mod events;
mod first;
mod operations;
mod passkey;
mod respond;
mod second;
mod setup;
pub(crate) mod srp;
mod start;

pub(crate) use attempt::{Attempt, Step};
pub(crate) use choice::is_passwordless;
pub(crate) use events::{
    AuthEvent, admin_list_user_auth_events, admin_update_auth_event_feedback, protected, update_auth_event_feedback,
};
pub(crate) use first::{WrongPasswords, migrate};
pub(crate) use operations::{
    admin_initiate_auth, admin_respond_to_auth_challenge, initiate_auth, respond_to_auth_challenge,
};
pub(crate) use setup::{after_sign_up, associate, confirmed, verify_associated};

use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::pools::Pool;
use crate::users::User;
use crate::world::Around;
use cognito_idp::types::{AuthenticationResultType, ChallengeName, ChallengeNameType};
use std::collections::HashMap;

/// One call of a sign-in.
pub(crate) struct Call<'a> {
    pub(crate) around: &'a Around,
    pub(crate) pool: &'a mut Pool,
    pub(crate) app: App,
    pub(crate) now: Moment,
    /// `AuthParameters`, or `ChallengeResponses`.
    pub(crate) parameters: HashMap<String, String>,
    pub(crate) metadata: Option<HashMap<String, String>>,
    /// Whether an administrator calls.
    pub(crate) admin: bool,
    /// The challenges that the user has answered correctly in this sign-in so far, for its event.
    pub(crate) answered: Vec<ChallengeName>,
}

/// The result of a call.
#[derive(Debug)]
pub(crate) enum Next {
    Tokens(Box<AuthenticationResultType>),
    Challenge {
        name: ChallengeNameType,
        session: Option<String>,
        parameters: HashMap<String, String>,
        available: Option<Vec<ChallengeNameType>>,
    },
}

impl Call<'_> {
    /// A required parameter of the call.
    pub(crate) fn parameter(&self, name: &str) -> Answer<&str> {
        let value = self.optional(name);
        value.ok_or_else(|| Fault::invalid_parameter(format!("Missing required parameter {name}")))
    }

    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    pub(crate) fn user(&self, key: &str) -> Answer<&User> {
        self.pool.users.get(key).ok_or_else(Fault::user_not_found)
    }

    pub(crate) fn user_mut(&mut self, key: &str) -> Answer<&mut User> {
        self.pool.users.get_mut(key).ok_or_else(Fault::user_not_found)
    }
}

/// Parameters of a challenge.
pub(crate) fn parameters<const N: usize>(pairs: [(&str, String); N]) -> HashMap<String, String> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
