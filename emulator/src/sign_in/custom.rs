//! CUSTOM_AUTH: three triggers decide, make and check the challenges.
//!
//! Source: [Custom authentication challenge Lambda triggers](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html).

use super::attempt::{Attempt, Step};
use super::{Call, Next};
use crate::fault::{Answer, Fault};
use crate::messages::{event, texts};
use crate::triggers::{ChallengeResult, CreateAuthChallenge, DefineAuthChallenge, VerifyAuthChallenge};
use cognito_idp::types::ChallengeNameType;
use std::collections::{BTreeMap, HashMap};

/// A challenge that Cognito itself has asked, with the right answer. The triggers see it, too.
pub(super) fn passed(challenge: &str) -> ChallengeResult {
    ChallengeResult {
        challenge_name: challenge.to_owned(),
        challenge_result: true,
        challenge_metadata: None,
    }
}

fn missing(trigger: &str) -> Fault {
    Fault::invalid_pool_configuration(format!("The {trigger} trigger is not configured for the user pool."))
}

impl Call<'_> {
    /// CUSTOM_AUTH. With `CHALLENGE_NAME=SRP_A`, the trigger is told that SRP has started, and may ask for the password.
    /// A user who doesn't exist, where that is hidden, is asked everything that the triggers ask.
    pub(super) fn custom(&mut self, name: &str) -> Answer<Next> {
        if !self.around.triggers.has::<DefineAuthChallenge>() {
            return Err(Fault::invalid_parameter(
                "Custom auth lambda trigger is not configured for the user pool.",
            ));
        }
        let with_password = self.optional("CHALLENGE_NAME") == Some("SRP_A");
        if with_password {
            self.parameter("SRP_A")?;
        }
        let mut attempt = self.begun(name)?;
        if with_password {
            attempt.history.push(passed("SRP_A"));
        } else if !attempt.simulated {
            self.check_status(&attempt.user)?;
        }
        self.define(attempt)
    }

    /// The password is right. The second factor comes next, if the user has one, and then the trigger again.
    ///
    /// Source: [Define Auth challenge trigger](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-define-auth-challenge.html),
    /// under `challengeName`.
    pub(super) fn password_proved(&mut self, mut attempt: Attempt) -> Answer<Next> {
        attempt.history.push(passed("PASSWORD_VERIFIER"));
        if self.pool.mfa.is_on() && !self.factors(&attempt.user)?.is_empty() {
            return self.second_factor(attempt, None);
        }
        self.define(attempt)
    }

    /// Username and attributes for the triggers. Who doesn't exist has no attributes.
    fn told(&self, attempt: &Attempt) -> Answer<(String, BTreeMap<String, String>)> {
        if attempt.simulated && !self.pool.users.contains_key(&attempt.user) {
            return Ok((attempt.user.clone(), BTreeMap::new()));
        }
        let user = self.user(&attempt.user)?;
        Ok((user.username.clone(), user.claims()))
    }

    /// Asks the trigger for the next step.
    pub(super) fn define(&mut self, mut attempt: Attempt) -> Answer<Next> {
        let (username, attributes) = self.told(&attempt)?;
        let mut event: DefineAuthChallenge = event(
            self.pool,
            &username,
            &self.app.id,
            "DefineAuthChallenge",
            "Authentication",
        );
        event.request.user_not_found = attributes.is_empty();
        event.request.user_attributes = attributes;
        event.request.session = attempt.history.clone();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        let response = event.response;
        if response.fail_authentication || (response.issue_tokens && attempt.simulated) {
            self.fail(&attempt.user, None);
            return Err(Fault::wrong_password());
        }
        if response.issue_tokens {
            attempt.decided = true;
            return self.after_password(attempt);
        }
        match response.challenge_name.as_deref() {
            Some("PASSWORD_VERIFIER") => self.srp_exchange(attempt),
            Some(challenge) => self.create(attempt, challenge),
            None => Err(Fault::invalid_lambda_response("Unrecognizable lambda output")),
        }
    }

    fn create(&mut self, attempt: Attempt, challenge: &str) -> Answer<Next> {
        if !self.around.triggers.has::<CreateAuthChallenge>() {
            return Err(missing("CreateAuthChallenge"));
        }
        let (username, attributes) = self.told(&attempt)?;
        let mut event: CreateAuthChallenge = event(
            self.pool,
            &username,
            &self.app.id,
            "CreateAuthChallenge",
            "Authentication",
        );
        event.request.user_not_found = attributes.is_empty();
        event.request.user_attributes = attributes;
        event.request.challenge_name = challenge.to_owned();
        event.request.session = attempt.history.clone();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        let response = event.response;
        let mut parameters: HashMap<String, String> = response.public_challenge_parameters.into_iter().collect();
        parameters.insert("USERNAME".to_owned(), username);
        let next = attempt.at(
            self,
            Step::Custom {
                challenge: challenge.to_owned(),
                private: response.private_challenge_parameters,
                metadata: response.challenge_metadata,
            },
        );
        Ok(self.ask(next, ChallengeNameType::CustomChallenge, parameters))
    }

    /// Lets the trigger check the answer, and continues.
    pub(super) fn custom_answer(&mut self, mut attempt: Attempt) -> Answer<Next> {
        let Step::Custom {
            challenge,
            private,
            metadata,
        } = attempt.step.clone()
        else {
            return Err(Fault::not_authorized("Invalid session for the user."));
        };
        if !self.around.triggers.has::<VerifyAuthChallenge>() {
            return Err(missing("VerifyAuthChallengeResponse"));
        }
        let (username, attributes) = self.told(&attempt)?;
        let mut event: VerifyAuthChallenge = event(
            self.pool,
            &username,
            &self.app.id,
            "VerifyAuthChallengeResponse",
            "Authentication",
        );
        event.request.user_not_found = attributes.is_empty();
        event.request.user_attributes = attributes;
        event.request.private_challenge_parameters = private;
        event.request.challenge_answer = self.parameter("ANSWER")?.to_owned();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        attempt.history.push(ChallengeResult {
            challenge_name: challenge,
            challenge_result: event.response.answer_correct,
            challenge_metadata: metadata,
        });
        self.define(attempt)
    }
}
