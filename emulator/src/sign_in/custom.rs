//! CUSTOM_AUTH: three triggers decide, make and check the challenges.
//!
//! Source: [Custom authentication challenge Lambda triggers](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html).

use super::attempt::{Attempt, Step};
use super::{Call, Next};
use crate::fault::{Answer, Fault};
use crate::messages::{event, texts};
use crate::triggers::{ChallengeResult, CreateAuthChallenge, DefineAuthChallenge, VerifyAuthChallenge};
use crate::users::User;
use cognito_idp::types::ChallengeNameType;
use std::collections::HashMap;

/// Handles the start of SRP, which the trigger sees as the first challenge.
pub(super) fn srp_started() -> ChallengeResult {
    ChallengeResult {
        challenge_name: "SRP_A".to_owned(),
        challenge_result: true,
        challenge_metadata: None,
    }
}

/// Handles the proof of the password, which the trigger sees, too.
pub(super) fn password_proved(mut history: Vec<ChallengeResult>) -> Vec<ChallengeResult> {
    history.push(ChallengeResult {
        challenge_name: "PASSWORD_VERIFIER".to_owned(),
        challenge_result: true,
        challenge_metadata: None,
    });
    history
}

fn missing(trigger: &str) -> Fault {
    Fault::invalid_pool_configuration(format!("The {trigger} trigger is not configured for the user pool."))
}

impl Call<'_> {
    /// Asks the trigger for the next step.
    pub(super) fn custom(&mut self, name: &str, history: Vec<ChallengeResult>) -> Answer<Next> {
        let triggers = &self.around.triggers;
        if !triggers.has::<DefineAuthChallenge>() {
            return Err(Fault::invalid_parameter(
                "Custom auth lambda trigger is not configured for the user pool.",
            ));
        }
        let key = match self.pool.find(name) {
            Some(key) => key,
            None => self.signing_in(name, None)?,
        };
        if history.is_empty() {
            self.signing_in(name, None)?;
            self.check_status(&key)?;
        }
        let user = self.user(&key)?.clone();
        let mut attempt = Attempt::new(&key, self, Step::NewPassword);
        attempt.history = history;
        self.define(attempt, &user)
    }

    fn define(&mut self, attempt: Attempt, user: &User) -> Answer<Next> {
        let mut event: DefineAuthChallenge = event(
            self.pool,
            &user.username,
            &self.app.id,
            "DefineAuthChallenge",
            "Authentication",
        );
        event.request.user_attributes = user.claims();
        event.request.session = attempt.history.clone();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        let response = event.response;
        if response.issue_tokens {
            return self.after_password(attempt);
        }
        if response.fail_authentication {
            self.fail(&attempt.user, None);
            return Err(Fault::wrong_password());
        }
        match response.challenge_name.as_deref() {
            Some("PASSWORD_VERIFIER") => {
                let key = attempt.user.clone();
                self.srp_exchange(&key, true)
            }
            Some(challenge) => self.create(attempt, user, challenge),
            None => Err(Fault::invalid_lambda_response("Unrecognizable lambda output")),
        }
    }

    fn create(&mut self, attempt: Attempt, user: &User, challenge: &str) -> Answer<Next> {
        if !self.around.triggers.has::<CreateAuthChallenge>() {
            return Err(missing("CreateAuthChallenge"));
        }
        let mut event: CreateAuthChallenge = event(
            self.pool,
            &user.username,
            &self.app.id,
            "CreateAuthChallenge",
            "Authentication",
        );
        event.request.user_attributes = user.claims();
        event.request.challenge_name = challenge.to_owned();
        event.request.session = attempt.history.clone();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        let response = event.response;
        let mut parameters: HashMap<String, String> = response.public_challenge_parameters.into_iter().collect();
        parameters.insert("USERNAME".to_owned(), user.username.clone());
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
        let user = self.user(&attempt.user)?.clone();
        if !self.around.triggers.has::<VerifyAuthChallenge>() {
            return Err(missing("VerifyAuthChallengeResponse"));
        }
        let mut event: VerifyAuthChallenge = event(
            self.pool,
            &user.username,
            &self.app.id,
            "VerifyAuthChallengeResponse",
            "Authentication",
        );
        event.request.user_attributes = user.claims();
        event.request.private_challenge_parameters = private;
        event.request.challenge_answer = self.parameter("ANSWER")?.to_owned();
        event.request.client_metadata = texts(self.metadata.as_ref());
        self.around.triggers.fire(&mut event)?;
        attempt.history.push(ChallengeResult {
            challenge_name: challenge,
            challenge_result: event.response.answer_correct,
            challenge_metadata: metadata,
        });
        self.define(attempt, &user)
    }
}
