//! Codes by e-mail and SMS, as first or second factor.

use super::attempt::{Attempt, Step};
use super::{Call, Next, parameters};
use crate::fault::{Answer, Fault};
use crate::messages::{Due, masked, send};
use crate::random;
use crate::users::{claim, index};
use cognito_idp::types::{ChallengeName, ChallengeNameType};
use std::collections::HashMap;

/// What a challenge says of a code that was sent to this address.
pub(super) fn code_parameters(attribute: &str, destination: &str, username: String) -> HashMap<String, String> {
    let medium = if attribute == "email" { "EMAIL" } else { "SMS" };
    parameters([
        ("CODE_DELIVERY_DELIVERY_MEDIUM", medium.to_owned()),
        ("CODE_DELIVERY_DESTINATION", masked(destination)),
        ("USER_ID_FOR_SRP", username),
    ])
}

impl Call<'_> {
    /// Sends a code, and returns its challenge.
    pub(super) fn send(
        &mut self,
        attempt: Attempt,
        challenge: ChallengeNameType,
        attribute: &str,
        first: bool,
    ) -> Answer<Next> {
        let user = self.user(&attempt.user)?;
        let destination = user.attribute(attribute).unwrap_or_default().to_owned();
        let username = user.username.clone();
        let code = random::code();
        let due = Due {
            reason: "Authentication",
            attribute,
            destination: &destination,
            code: &code,
            client_id: &self.app.id,
            metadata: self.metadata.as_ref(),
        };
        send(self.around, self.pool, user, due)?;
        let parameters = code_parameters(attribute, &destination, username);
        let step = Step::Code {
            challenge: challenge.clone(),
            code,
            destination,
            first,
        };
        let next = attempt.at(self, step);
        Ok(self.ask(next, challenge, parameters))
    }

    /// Checks a code.
    pub(super) fn code(&mut self, challenge: &ChallengeNameType, attempt: Attempt, step: Step) -> Answer<Next> {
        if let Step::Setup(totp) = step {
            return self.set_up(attempt, totp);
        }
        let Step::Code {
            challenge: asked,
            code,
            destination,
            first,
        } = step
        else {
            return Err(Fault::not_authorized("Invalid session for the user."));
        };
        if asked != *challenge {
            return Err(Fault::not_authorized("Invalid session for the user."));
        }
        let answer = self.parameter(&format!("{challenge}_CODE"))?;
        let right = answer == code && !attempt.simulated;
        if !first {
            self.tell(&attempt.user, ChallengeName::Mfa, right);
        } else if !right {
            self.fail(&attempt.user, None);
        }
        if !right {
            return Err(Fault::code_mismatch("Invalid code or auth state for the user."));
        }
        if first {
            self.complete_without_password(attempt)
        } else {
            self.prove(&attempt.user, challenge, &destination)?;
            self.after_second(attempt, challenge.as_str())
        }
    }

    /// The user reads what is sent to this address: from now on it is verified.
    ///
    /// Source: [SMS and email message MFA](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html).
    fn prove(&mut self, key: &str, challenge: &ChallengeNameType, destination: &str) -> Answer<()> {
        let attribute = match challenge {
            ChallengeNameType::SmsMfa => "phone_number",
            _ => "email",
        };
        let user = self.user(key)?;
        // The address may be another one by now.
        if user.attribute(attribute) != Some(destination) || user.has_verified(attribute) {
            return Ok(());
        }
        let mut user = user.clone();
        user.attributes
            .insert(format!("{attribute}_verified"), "true".to_owned());
        user.modified = self.now;
        claim(self.pool, key, &user, false)?;
        self.pool.users.insert(key.to_owned(), user);
        index(self.pool, key);
        Ok(())
    }
}
