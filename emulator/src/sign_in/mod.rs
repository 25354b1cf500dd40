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
pub(crate) use choice::{has_first_codes, is_passwordless};
pub(crate) use events::{
    AuthEvent, admin_list_user_auth_events, admin_update_auth_event_feedback, protected, update_auth_event_feedback,
};
pub(crate) use first::{Unknown, WrongPasswords, migrate};
pub(crate) use operations::{
    admin_initiate_auth, admin_respond_to_auth_challenge, initiate_auth, respond_to_auth_challenge,
};
pub(crate) use setup::{after_sign_up, associate, confirmed, verify_associated};

use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::pools::Pool;
use crate::tokens::Grant;
use crate::users::User;
use crate::world::Around;
use cognito_idp::types::{AuthenticationResultType, ChallengeName, ChallengeNameType, NewDeviceMetadataType};
use std::collections::HashMap;

/// One call of a sign-in.
pub(crate) struct Call<'a> {
    pub(crate) around: &'a Around,
    pub(crate) pool: &'a mut Pool,
    pub(crate) app: App,
    pub(crate) now: Moment,
    /// `AuthParameters`, or `ChallengeResponses`.
    pub(crate) parameters: HashMap<String, String>,
    /// `ClientMetadata` of the call that starts a sign-in, which triggers get as `validationData`.
    pub(crate) validation: Option<HashMap<String, String>>,
    /// `ClientMetadata` of a call that goes on with one, which triggers get as `clientMetadata`.
    pub(crate) metadata: Option<HashMap<String, String>>,
    /// Whether an administrator calls.
    pub(crate) admin: bool,
    /// The challenges that the user has answered correctly in this sign-in so far, for its event.
    pub(crate) answered: Vec<ChallengeName>,
}

/// How a sign-in goes on.
#[derive(Debug)]
pub(crate) enum Next {
    Challenge(Challenge),
    SignedIn(Box<SignedIn>),
}

/// A question to the user.
#[derive(Debug)]
pub(crate) struct Challenge {
    pub(crate) name: ChallengeNameType,
    pub(crate) session: Option<String>,
    pub(crate) parameters: HashMap<String, String>,
    pub(crate) available: Option<Vec<ChallengeNameType>>,
}

/// A sign-in that has succeeded, and has no tokens yet.
#[derive(Debug)]
pub(crate) struct SignedIn {
    pub(crate) grant: Grant,
    device: Option<NewDeviceMetadataType>,
}

/// The answer of an operation.
#[derive(Debug)]
pub(crate) enum Outcome {
    Challenge(Challenge),
    Tokens(Box<AuthenticationResultType>),
}

impl<'a> Call<'a> {
    /// A call without parameters.
    pub(crate) fn new(around: &'a Around, pool: &'a mut Pool, app: App, now: Moment) -> Self {
        Self {
            around,
            pool,
            app,
            now,
            parameters: HashMap::new(),
            validation: None,
            metadata: None,
            admin: false,
            answered: Vec::new(),
        }
    }
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
