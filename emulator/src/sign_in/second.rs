//! The second factor: a device that is remembered, or a code.
//!
//! Source: [Adding MFA to a user pool](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html).

use super::attempt::{Attempt, Step};
use super::custom::passed;
use super::{Call, Next, parameters};
use crate::fault::{Answer, Fault};
use crate::users::{EMAIL, SMS, TOTP};
use cognito_idp::types::{ChallengeNameType, UserPoolMfaType};

impl Attempt {
    /// Whether the triggers of a custom sign-in have seen a second factor.
    fn has_second(&self) -> bool {
        let mut history = self.history.iter();
        history.any(|challenge| matches!(challenge.challenge_name.as_str(), SMS | TOTP | EMAIL))
    }
}

impl Call<'_> {
    /// The step after the first factor.
    pub(super) fn after_first(&mut self, attempt: Attempt) -> Answer<Next> {
        self.check_status(&attempt.user)?;
        if let Some(device) = attempt.device_key.clone() {
            if !self.user(&attempt.user)?.devices.contains_key(&device) {
                return Err(Fault::resource_not_found("Device does not exist."));
            }
            if self.pool.description.device_configuration.is_some() && !attempt.device_proved {
                let username = self.user(&attempt.user)?.username.clone();
                let parameters = parameters([("USERNAME", username)]);
                let next = attempt.at(self, Step::DeviceSrp);
                return Ok(self.ask(next, ChallengeNameType::DeviceSrpAuth, parameters));
            }
        }
        self.after_device(attempt)
    }

    /// The step after the device, if there is one. A device may replace the second factor.
    pub(crate) fn after_device(&mut self, attempt: Attempt) -> Answer<Next> {
        let configuration = self.pool.description.device_configuration();
        let spares = configuration.is_some_and(|configuration| configuration.challenge_required_on_new_device);
        if attempt.device_proved && spares {
            return self.complete(attempt);
        }
        self.second_factor(attempt, None)
    }

    /// The step after the second factor.
    pub(super) fn after_second(&mut self, mut attempt: Attempt, factor: &str) -> Answer<Next> {
        if attempt.history.is_empty() || attempt.decided {
            return self.complete(attempt);
        }
        attempt.history.push(passed(factor));
        self.define(attempt)
    }

    /// The second factors that the user can use.
    pub(super) fn factors(&self, key: &str) -> Answer<Vec<&'static str>> {
        let user = self.user(key)?;
        let mfa = &user.mfa;
        let required = self.pool.mfa.configuration == UserPoolMfaType::On;
        let mut factors = Vec::new();
        let sms = mfa.sms || (required && self.pool.mfa.sms.is_some() && !mfa.totp && !mfa.email);
        if sms && user.attribute("phone_number").is_some() {
            factors.push(SMS);
        }
        if mfa.totp && mfa.has_verified_totp() {
            factors.push(TOTP);
        }
        let email = mfa.email || (required && self.pool.mfa.email.is_some() && !mfa.totp && factors.is_empty());
        if email && user.attribute("email").is_some() {
            factors.push(EMAIL);
        }
        Ok(factors)
    }

    /// Asks for the second factor: `choice`, the preferred one, or the only one.
    pub(super) fn second_factor(&mut self, attempt: Attempt, choice: Option<&str>) -> Answer<Next> {
        if !self.pool.mfa.is_on() || (attempt.decided && attempt.has_second()) {
            return self.complete(attempt);
        }
        let factors = self.factors(&attempt.user)?;
        let user = self.user(&attempt.user)?;
        let preferred = user.mfa.preferred.as_deref().filter(|factor| factors.contains(factor));
        match (choice.or(preferred), factors.as_slice()) {
            (Some(choice), factors) => match factors.iter().find(|factor| **factor == choice) {
                Some(factor) => self.ask_factor(attempt, factor),
                None => Err(Fault::mfa_method_not_found(
                    "The MFA type that was chosen isn't set up for the user.",
                )),
            },
            (None, [factor]) => self.ask_factor(attempt, factor),
            (None, []) if self.pool.mfa.configuration == UserPoolMfaType::On => self.ask_set_up(attempt),
            (None, []) => self.complete(attempt),
            (None, several) => {
                let list = format!("[\"{}\"]", several.join("\",\""));
                let username = user.username.clone();
                let parameters = parameters([("MFAS_CAN_CHOOSE", list), ("USER_ID_FOR_SRP", username)]);
                let next = attempt.at(self, Step::SelectMfa);
                Ok(self.ask(next, ChallengeNameType::SelectMfaType, parameters))
            }
        }
    }

    pub(super) fn ask_factor(&mut self, attempt: Attempt, factor: &str) -> Answer<Next> {
        match factor {
            SMS => self.send(attempt, ChallengeNameType::SmsMfa, "phone_number", false),
            EMAIL => self.send(attempt, ChallengeNameType::EmailOtp, "email", false),
            _ => {
                let parameters = parameters([("USER_ID_FOR_SRP", self.user(&attempt.user)?.username.clone())]);
                let next = attempt.at(self, Step::Totp);
                Ok(self.ask(next, ChallengeNameType::SoftwareTokenMfa, parameters))
            }
        }
    }

    /// Handles required MFA, if the user has no second factor yet.
    fn ask_set_up(&mut self, attempt: Attempt) -> Answer<Next> {
        let mfa = &self.pool.mfa;
        let possible = [
            (mfa.sms.is_some(), SMS),
            (mfa.has_software_token(), TOTP),
            (mfa.email.is_some(), EMAIL),
        ];
        let names: Vec<_> = possible.iter().filter(|(can, _)| *can).map(|(_, name)| *name).collect();
        if names.is_empty() {
            const NONE: &str = "No MFA mechanism is available.";
            return Err(if self.admin {
                Fault::mfa_method_not_found(NONE)
            } else {
                Fault::invalid_parameter(NONE)
            });
        }
        let parameters = parameters([
            ("MFAS_CAN_SETUP", format!("[\"{}\"]", names.join("\",\""))),
            ("USER_ID_FOR_SRP", self.user(&attempt.user)?.username.clone()),
        ]);
        let next = attempt.at(self, Step::Setup(None));
        Ok(self.ask(next, ChallengeNameType::MfaSetup, parameters))
    }
}
