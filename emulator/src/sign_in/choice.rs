//! USER_AUTH: the user chooses how to sign in.
//!
//! Source: [Choice-based sign-in](https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html).

use super::attempt::{Attempt, Step};
use super::code::code_parameters;
use super::{Call, Challenge, Next, parameters};
use crate::fault::{Answer, Fault};
use crate::messages::simulated_address;
use crate::passkeys;
use crate::pools::Pool;
use crate::random;
use cognito_idp::types::{AuthFactorType, ChallengeNameType, UserPoolMfaType};

/// The first factors that the pool allows.
fn allowed(pool: &Pool) -> &[AuthFactorType] {
    let policies = pool.description.policies();
    policies
        .and_then(|policies| policies.sign_in_policy())
        .map_or(&[AuthFactorType::Password], |policy| {
            policy.allowed_first_auth_factors()
        })
}

/// Whether users of the pool can sign in without a password.
pub(crate) fn is_passwordless(pool: &Pool) -> bool {
    allowed(pool).iter().any(|factor| *factor != AuthFactorType::Password)
}

/// Whether users of the pool can sign in with a code alone, by e-mail or by SMS.
pub(crate) fn has_first_codes(pool: &Pool) -> bool {
    let mut factors = allowed(pool).iter();
    factors.any(|factor| matches!(factor, AuthFactorType::EmailOtp | AuthFactorType::SmsOtp))
}

impl Call<'_> {
    /// Starts USER_AUTH.
    pub(super) fn choice(&mut self, name: &str, session: Option<String>) -> Answer<Next> {
        let mut attempt = self.begun(name)?;
        if attempt.simulated {
            return self.simulated_choice(attempt, name);
        }
        let key = attempt.user.clone();
        if let Some(session) = session {
            return self.right_after_sign_up(&key, &session);
        }
        self.check_status(&key)?;
        attempt.step = Step::Choice;
        let available = self.available(&key)?;
        let preferred = self.optional("PREFERRED_CHALLENGE").map(str::to_owned);
        match preferred {
            Some(preferred) if available.iter().any(|challenge| challenge.as_str() == preferred) => {
                self.chosen(attempt, &preferred)
            }
            _ => self.offer(attempt, available),
        }
    }

    fn offer(&mut self, attempt: Attempt, available: Vec<ChallengeNameType>) -> Answer<Next> {
        let username = self.user(&attempt.user)?.username.clone();
        Ok(Next::Challenge(Challenge {
            name: ChallengeNameType::SelectChallenge,
            session: Some(self.keep(attempt)),
            parameters: parameters([("USERNAME", username)]),
            available: Some(available),
        }))
    }

    /// The challenges that the user may choose from.
    fn available(&self, key: &str) -> Answer<Vec<ChallengeNameType>> {
        let user = self.user(key)?;
        // Where MFA is required, only a password may come first, or a passkey that is two factors in one.
        let passwordless = self.pool.mfa.configuration != UserPoolMfaType::On;
        let passkeys = passwordless || self.pool.mfa.has_passkeys_as_two_factors();
        let mut challenges = Vec::new();
        for factor in allowed(self.pool) {
            match factor {
                AuthFactorType::Password if user.password.is_some() => {
                    challenges.push(ChallengeNameType::Password);
                    challenges.push(ChallengeNameType::PasswordSrp);
                }
                AuthFactorType::EmailOtp if passwordless && user.has_verified("email") => {
                    challenges.push(ChallengeNameType::EmailOtp);
                }
                AuthFactorType::SmsOtp if passwordless && user.has_verified("phone_number") => {
                    challenges.push(ChallengeNameType::SmsOtp);
                }
                AuthFactorType::WebAuthn if passkeys && !user.passkeys.is_empty() => {
                    challenges.push(ChallengeNameType::WebAuthn);
                }
                _ => {}
            }
        }
        Ok(challenges)
    }

    /// Handles the user's choice. It may include the password, or SRP's first number.
    pub(super) fn chosen(&mut self, attempt: Attempt, choice: &str) -> Answer<Next> {
        let available = self.available(&attempt.user)?;
        let challenge = available.into_iter().find(|challenge| challenge.as_str() == choice);
        let challenge = challenge
            .ok_or_else(|| Fault::invalid_parameter(format!("The challenge {choice} isn't available for the user.")))?;
        match challenge {
            ChallengeNameType::Password => match self.optional("PASSWORD").map(str::to_owned) {
                Some(password) => {
                    self.check_password(&attempt.user, &password)?;
                    self.after_password(attempt)
                }
                None => {
                    let parameters = parameters([("USERNAME", self.user(&attempt.user)?.username.clone())]);
                    let next = attempt.at(self, Step::Password);
                    Ok(self.ask(next, ChallengeNameType::Password, parameters))
                }
            },
            ChallengeNameType::PasswordSrp => {
                self.parameter("SRP_A")?;
                self.srp_exchange(attempt)
            }
            ChallengeNameType::EmailOtp => self.send(attempt, ChallengeNameType::EmailOtp, "email", true),
            ChallengeNameType::SmsOtp => self.send(attempt, ChallengeNameType::SmsOtp, "phone_number", true),
            _ => self.ask_passkey(attempt),
        }
    }

    /// What a user who doesn't exist is asked, where that is hidden: the preferred challenge, or any that the pool allows.
    /// No answer is right.
    ///
    /// Source: [Managing user existence error responses](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html).
    fn simulated_choice(&mut self, attempt: Attempt, name: &str) -> Answer<Next> {
        let allowed = allowed(self.pool);
        let preferred = self.optional("PREFERRED_CHALLENGE").unwrap_or_default();
        if preferred == "PASSWORD_SRP" && allowed.contains(&AuthFactorType::Password) {
            self.parameter("SRP_A")?;
            return self.srp_exchange(attempt);
        }
        let factor = allowed.iter().find(|factor| factor.as_str() == preferred);
        let factor = factor.or_else(|| random::one_of(allowed)).cloned();
        let id = attempt.user.clone();
        match factor.unwrap_or(AuthFactorType::Password) {
            factor @ (AuthFactorType::EmailOtp | AuthFactorType::SmsOtp) => {
                let (attribute, challenge) = match factor {
                    AuthFactorType::EmailOtp => ("email", ChallengeNameType::EmailOtp),
                    _ => ("phone_number", ChallengeNameType::SmsOtp),
                };
                let address = simulated_address(attribute, name);
                let step = Step::Code {
                    challenge: challenge.clone(),
                    code: random::code(),
                    destination: address.clone(),
                    first: true,
                };
                let parameters = code_parameters(attribute, &address, id);
                let next = attempt.at(self, step);
                Ok(self.ask(next, challenge, parameters))
            }
            AuthFactorType::WebAuthn => {
                let challenge = random::token(32);
                let options = passkeys::request_options(self.pool, &[], &challenge)?;
                let parameters = parameters([("CREDENTIAL_REQUEST_OPTIONS", options), ("USERNAME", id)]);
                let next = attempt.at(self, Step::Passkey { challenge });
                Ok(self.ask(next, ChallengeNameType::WebAuthn, parameters))
            }
            _ if self.optional("PASSWORD").is_some() => Err(Fault::wrong_password()),
            _ => {
                let next = attempt.at(self, Step::Password);
                Ok(self.ask(next, ChallengeNameType::Password, parameters([("USERNAME", id)])))
            }
        }
    }
}
