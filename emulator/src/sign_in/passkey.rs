//! Signing in with a passkey.

use super::attempt::{Attempt, Step};
use super::{Call, Next, parameters};
use crate::fault::{Answer, Fault};
use crate::passkeys;
use crate::random;
use cognito_idp::types::ChallengeNameType;

impl Call<'_> {
    /// Asks for an assertion: the options are JSON in a string.
    pub(super) fn ask_passkey(&mut self, attempt: Attempt) -> Answer<Next> {
        let challenge = random::token(32);
        let user = self.user(&attempt.user)?;
        let options = passkeys::request_options(self.pool, &user.passkeys, &challenge)?;
        let parameters = parameters([
            ("CREDENTIAL_REQUEST_OPTIONS", options),
            ("USERNAME", user.username.clone()),
        ]);
        let next = attempt.at(self, Step::Passkey { challenge });
        Ok(self.ask(next, ChallengeNameType::WebAuthn, parameters))
    }

    /// Verifies the assertion.
    pub(super) fn passkey_answer(&mut self, attempt: Attempt, challenge: &str) -> Answer<Next> {
        let credential = self.parameter("CREDENTIAL")?.to_owned();
        if attempt.simulated {
            return Err(Fault::wrong_password());
        }
        let settings = self.pool.mfa.clone();
        let user = self.user_mut(&attempt.user)?;
        if let Err(why) = passkeys::assert(user, &settings, challenge, &credential) {
            self.fail(&attempt.user, None);
            return Err(Fault::not_authorized(format!("The passkey isn't verified: {why}.")));
        }
        self.complete_without_password(attempt)
    }
}
