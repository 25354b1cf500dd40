//! Answers to challenges.
//!
//! Source: [RespondToAuthChallenge](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html),
//! under `ChallengeResponses`.

use super::attempt::{Attempt, Step};
use super::{Call, Next, Outcome, parameters};
use crate::fault::{Answer, Fault};
use crate::pools::{check_password, remember_password, schema_of};
use crate::users::{Password, Writer, check_required, claim, history_size, index, read_attributes};
use cognito_idp::types::{AttributeType, ChallengeName, ChallengeNameType, UserStatusType};
use serde::Serialize;

impl Call<'_> {
    /// Handles the answer to a challenge.
    pub(super) fn respond(mut self, challenge: &ChallengeNameType, session: Option<&str>) -> Answer<Outcome> {
        let (next, session) = self.answered(challenge, session)?;
        let outcome = self.outcome(next)?;
        self.spend(&session);
        Ok(outcome)
    }

    /// Handles the answer to a challenge of managed login, which has tokens of its own for who is signed in.
    pub(crate) fn respond_on_page(mut self, challenge: &ChallengeNameType, session: Option<&str>) -> Answer<Next> {
        let (next, session) = self.answered(challenge, session)?;
        self.spend(&session);
        Ok(next)
    }

    /// How the sign-in goes on after the answer, and the session that the answer was for.
    fn answered(&mut self, challenge: &ChallengeNameType, session: Option<&str>) -> Answer<(Next, String)> {
        let name = self.parameter("USERNAME")?.to_owned();
        self.check_hash(&name)?;
        if self.pool.find(&name).is_none() && !self.app.hides_users() {
            return Err(Fault::user_not_found());
        }
        // SRP's state goes by the secret block: USER_SRP_AUTH has no session.
        let by_block = matches!(
            challenge,
            ChallengeNameType::PasswordVerifier | ChallengeNameType::DevicePasswordVerifier
        );
        let session = if by_block {
            self.parameter("PASSWORD_CLAIM_SECRET_BLOCK")?.to_owned()
        } else {
            session.unwrap_or_default().to_owned()
        };
        // Of a device, clients leave the session out: it is the sign-in of this user that waits for the device.
        let session = match challenge {
            ChallengeNameType::DeviceSrpAuth if session.is_empty() => self.waiting_for_device(&name)?,
            _ => session,
        };
        let attempt = match self.attempt(Some(&session)) {
            Err(_) if by_block => return Err(Fault::wrong_password()),
            attempt => attempt?,
        };
        let named = self.pool.find(&name).unwrap_or(name);
        if named != attempt.user && !attempt.simulated {
            return Err(Fault::not_authorized("Invalid session for the user."));
        }
        if !attempt.simulated && !self.user(&attempt.user)?.enabled {
            return Err(Fault::not_authorized("User is disabled."));
        }
        Ok((self.answer(challenge, attempt)?, session))
    }

    /// Checks the answer to the challenge. After a failure here, the session is still usable.
    fn answer(&mut self, challenge: &ChallengeNameType, mut attempt: Attempt) -> Answer<Next> {
        if let Some(key) = self.optional("DEVICE_KEY") {
            attempt.device_key = Some(key.to_owned());
        }
        self.answered.clone_from(&attempt.answered);
        match (challenge, attempt.step.clone()) {
            (ChallengeNameType::PasswordVerifier, Step::PasswordVerifier(exchange)) => {
                let right = exchange.proves(
                    self.parameter("PASSWORD_CLAIM_SECRET_BLOCK")?,
                    self.parameter("TIMESTAMP")?,
                    self.parameter("PASSWORD_CLAIM_SIGNATURE")?,
                );
                if attempt.simulated {
                    return Err(Fault::wrong_password());
                }
                self.count_proof(&attempt.user, right)?;
                if attempt.history.is_empty() {
                    self.after_password(attempt)
                } else {
                    self.password_proved(attempt)
                }
            }
            (ChallengeNameType::NewPasswordRequired, Step::NewPassword) => self.new_password(attempt),
            (ChallengeNameType::SmsMfa | ChallengeNameType::EmailOtp | ChallengeNameType::SmsOtp, step) => {
                self.code(challenge, attempt, step)
            }
            (ChallengeNameType::SoftwareTokenMfa, Step::Totp) => {
                let code = self.parameter("SOFTWARE_TOKEN_MFA_CODE")?.to_owned();
                let now = self.now;
                let secret = self.user_mut(&attempt.user)?.mfa.secret.as_mut();
                let secret = secret.ok_or_else(|| {
                    Fault::software_token_not_found("Software token has not been set up for the user.")
                })?;
                let result = secret.take(&code, now);
                self.tell(&attempt.user, ChallengeName::Mfa, result.is_ok());
                result?;
                self.after_second(attempt, challenge.as_str())
            }
            (ChallengeNameType::SelectMfaType, Step::SelectMfa) => {
                let answer = self.parameter("ANSWER")?.to_owned();
                self.second_factor(attempt, Some(&answer))
            }
            (ChallengeNameType::MfaSetup, Step::Setup(totp)) => self.set_up(attempt, totp),
            (ChallengeNameType::CustomChallenge, Step::Custom { .. }) => self.custom_answer(attempt),
            (ChallengeNameType::SelectChallenge, Step::Choice) => {
                let answer = self.parameter("ANSWER")?.to_owned();
                self.chosen(attempt, &answer)
            }
            (ChallengeNameType::Password, Step::Password) => {
                let password = self.parameter("PASSWORD")?.to_owned();
                if attempt.simulated {
                    return Err(Fault::wrong_password());
                }
                self.check_password(&attempt.user, &password)?;
                self.after_password(attempt)
            }
            (ChallengeNameType::WebAuthn, Step::Passkey { challenge }) => self.passkey_answer(attempt, &challenge),
            (ChallengeNameType::DeviceSrpAuth, Step::DeviceSrp) => self.device_srp(attempt),
            (ChallengeNameType::DevicePasswordVerifier, Step::DeviceVerifier(exchange)) => {
                self.device_proof(attempt, &exchange)
            }
            (challenge, _) => Err(Fault::not_authorized(format!(
                "Invalid session for the user: {challenge} isn't what was asked."
            ))),
        }
    }

    /// The step after a right password.
    pub(super) fn after_password(&mut self, attempt: Attempt) -> Answer<Next> {
        let key = attempt.user.clone();
        self.check_status(&key)?;
        let user = self.user(&key)?;
        if user.status == UserStatusType::ForceChangePassword {
            if user.temporary_until.is_some_and(|until| until <= self.now) {
                return Err(Fault::not_authorized(
                    "Temporary password has expired and must be reset by an administrator.",
                ));
            }
            return self.ask_new_password(attempt);
        }
        self.after_first(attempt)
    }

    fn ask_new_password(&mut self, attempt: Attempt) -> Answer<Next> {
        let user = self.user(&attempt.user)?;
        let schema = self.pool.description.schema_attributes();
        let missing: Vec<String> = schema
            .iter()
            .filter(|attribute| attribute.required == Some(true))
            .filter_map(|attribute| attribute.name())
            .filter(|name| *name != "sub" && !user.attributes.contains_key(*name))
            .map(|name| format!("userAttributes.{name}"))
            .collect();
        let mut known = user.attributes.clone();
        known.remove("sub");
        let parameters = parameters([
            ("USER_ID_FOR_SRP", user.username.clone()),
            ("requiredAttributes", json(&missing)?),
            ("userAttributes", json(&known)?),
        ]);
        let next = attempt.at(self, Step::NewPassword);
        Ok(self.ask(next, ChallengeNameType::NewPasswordRequired, parameters))
    }

    /// Sets the new password, and the attributes that come with it.
    fn new_password(&mut self, mut attempt: Attempt) -> Answer<Next> {
        let plain = self.parameter("NEW_PASSWORD")?.to_owned();
        check_password(self.pool, &plain)?;
        let mut user = self.user(&attempt.user)?.clone();
        let mut given = Vec::new();
        for (name, value) in &self.parameters {
            if let Some(name) = name.strip_prefix("userAttributes.") {
                given.push(AttributeType::builder().name(name).value(value).build()?);
            }
        }
        let is_required = |name: &str| schema_of(self.pool, name).is_some_and(|schema| schema.required == Some(true));
        let mut changed = given.iter().map(|attribute| attribute.name());
        if let Some(name) = changed.find(|name| is_required(name) && user.attributes.contains_key(*name)) {
            return Err(Fault::not_authorized(format!(
                "Cannot modify an already provided {name}"
            )));
        }
        let given = read_attributes(self.pool, &given, Some(&user), Writer::App(&self.app))?;
        user.set_attributes(given);
        check_required(self.pool, &user.attributes)?;
        let size = history_size(self.pool);
        let password = Password::new(self.pool.short_name(), &user.username, &plain);
        remember_password(&mut user, size, password, &plain)?;
        user.status = UserStatusType::Confirmed;
        user.temporary_until = None;
        user.modified = self.now;
        let key = attempt.user.clone();
        claim(self.pool, &key, &user, false)?;
        self.pool.users.insert(key.clone(), user);
        index(self.pool, &key);
        attempt.new_password = true;
        self.after_first(attempt)
    }
}

/// JSON in a string.
fn json(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(|error| Fault::internal(error.to_string()))
}
