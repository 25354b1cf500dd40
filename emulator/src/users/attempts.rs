//! How often a user may call an operation that takes or sends a code or a password.
//!
//! Source: [Quotas](https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html), under the quotas of code
//! security.

use super::User;
use crate::clock::Moment;
use crate::fault::{Answer, Fault};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An hour, in seconds.
const HOUR: u64 = 3600;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Action {
    ChangePassword,
    ConfirmForgotPassword,
    ConfirmSignUp,
    ForgotPassword,
    GetUserAttributeVerificationCode,
    ResendConfirmationCode,
    VerifyUserAttribute,
}

impl Action {
    /// How many calls an hour a user has. Where Cognito has 5 to 20, depending on the risk, there is no risk here.
    fn an_hour(self) -> u32 {
        match self {
            Self::ChangePassword | Self::GetUserAttributeVerificationCode | Self::ResendConfirmationCode => 5,
            Self::ConfirmSignUp | Self::VerifyUserAttribute => 15,
            Self::ConfirmForgotPassword | Self::ForgotPassword => 20,
        }
    }
}

/// The calls of the hour that began with the first of them.
pub(crate) type Attempts = BTreeMap<Action, (Moment, u32)>;

impl User {
    /// Counts a call, and refuses one too many.
    pub(crate) fn attempt(&mut self, action: Action, now: Moment) -> Answer<()> {
        let (since, count) = self.attempts.entry(action).or_insert((now, 0));
        if since.after(HOUR) <= now {
            (*since, *count) = (now, 0);
        }
        if *count == action.an_hour() {
            return Err(Fault::limit_exceeded(
                "Attempt limit exceeded, please try after some time.",
            ));
        }
        *count += 1;
        Ok(())
    }
}
