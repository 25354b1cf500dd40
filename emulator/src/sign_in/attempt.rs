//! A sign-in that waits for the answer to a challenge.

use super::{Call, Challenge, Next};
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use crate::random;
use crate::triggers::ChallengeResult;
use crate::users::{Totp, UserKey};
use cognito_idp::types::{ChallengeName, ChallengeNameType};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The state of a sign-in between two calls.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) user: UserKey,
    pub(crate) client_id: String,
    pub(crate) expires: Moment,
    pub(crate) step: Step,
    /// The device that the caller named.
    pub(crate) device_key: Option<String>,
    /// Whether the device has proved itself.
    pub(crate) device_proved: bool,
    /// The challenges of a custom sign-in so far.
    pub(crate) history: Vec<ChallengeResult>,
    /// The challenges that the user has answered correctly so far.
    #[serde(default)]
    pub(crate) answered: Vec<ChallengeName>,
    /// Whether the user doesn't exist, and the app client hides that. Then no answer is right.
    pub(crate) simulated: bool,
    /// Whether the triggers of a custom sign-in have decided that the user gets tokens.
    #[serde(default)]
    pub(crate) decided: bool,
    /// Whether the user has replaced a temporary password.
    #[serde(default)]
    pub(crate) new_password: bool,
    /// Whether a device was the last to answer, whether it is remembered or not.
    #[serde(default)]
    pub(crate) device_answered: bool,
}

impl crate::kept::Part for Attempt {}

/// The expected answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Step {
    /// SRP with the user's password.
    PasswordVerifier(super::srp::Exchange),
    /// SRP must start for a device.
    DeviceSrp,
    /// SRP with the device's password.
    DeviceVerifier(super::srp::Exchange),
    NewPassword,
    /// A code that was sent.
    Code {
        challenge: ChallengeNameType,
        code: String,
        /// Where it was sent.
        #[serde(default)]
        destination: String,
        /// Whether it is the first factor.
        first: bool,
    },
    Totp,
    SelectMfa,
    /// An authenticator app must be set up.
    Setup(Option<Totp>),
    Custom {
        challenge: String,
        private: BTreeMap<String, String>,
        metadata: Option<String>,
    },
    /// The user chooses how to sign in.
    Choice,
    Password,
    Passkey {
        challenge: String,
    },
    /// The user has just signed up, and may sign in without a password.
    SignedUp,
}

impl Attempt {
    pub(super) fn new(user: &str, call: &Call<'_>, step: Step) -> Self {
        Self {
            user: user.to_owned(),
            client_id: call.app.id.clone(),
            expires: call.now.after(call.app.session_validity()),
            step,
            device_key: call.optional("DEVICE_KEY").map(str::to_owned),
            device_proved: false,
            history: Vec::new(),
            answered: call.answered.clone(),
            simulated: false,
            decided: false,
            new_password: false,
            device_answered: false,
        }
    }

    /// The reason for its tokens, with the pre token generation trigger's name for it.
    ///
    /// Source: [Pre token generation trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html#user-pool-lambda-pre-token-generation-trigger-source).
    pub(super) fn source(&self) -> &'static str {
        if self.new_password {
            "NewPasswordChallenge"
        } else if self.device_answered {
            "AuthenticateDevice"
        } else {
            "Authentication"
        }
    }

    /// The same sign-in at its next step.
    pub(crate) fn at(&self, call: &Call<'_>, step: Step) -> Self {
        Self {
            step,
            expires: call.now.after(call.app.session_validity()),
            answered: call.answered.clone(),
            ..self.clone()
        }
    }
}

impl Call<'_> {
    /// Asks for the answer to a challenge.
    pub(super) fn ask(
        &mut self,
        attempt: Attempt,
        name: ChallengeNameType,
        parameters: HashMap<String, String>,
    ) -> Next {
        Next::Challenge(Challenge {
            name,
            session: Some(self.keep(attempt)),
            parameters,
            available: None,
        })
    }

    /// Stores an attempt, and returns its session.
    pub(super) fn keep(&mut self, attempt: Attempt) -> String {
        let session = format!("AYAB{}", random::token(144));
        self.keep_as(session.clone(), attempt);
        session
    }

    pub(crate) fn keep_as(&mut self, session: String, attempt: Attempt) {
        let now = self.now;
        // Those that nobody answered go.
        self.pool.attempts.retain(|_, attempt| attempt.expires > now);
        self.pool.attempts.insert(session, attempt);
    }

    /// The attempt of this session. It stays until [`Self::spend`].
    pub(super) fn attempt(&self, session: Option<&str>) -> Answer<Attempt> {
        let session = session.ok_or_else(|| Fault::invalid_parameter("Missing required parameter Session"))?;
        let attempt = self.pool.attempts.get(session);
        let attempt = attempt
            .filter(|attempt| attempt.client_id == self.app.id)
            .ok_or_else(|| Fault::not_authorized("Invalid session for the user, session can only be used once."))?;
        if attempt.expires <= self.now {
            return Err(Fault::not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        Ok(attempt.clone())
    }

    /// Removes a session, because it can be used only once.
    pub(super) fn spend(&mut self, session: &str) {
        self.pool.attempts.remove(session);
    }
}
