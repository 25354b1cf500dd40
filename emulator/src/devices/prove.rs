//! A device proves itself at a sign-in, with SRP.

use crate::fault::{Answer, Fault};
use crate::random;
use crate::sign_in::srp::Exchange;
use crate::sign_in::{Attempt, Call, Challenge, Next, Step, parameters};
use cognito_idp::types::ChallengeNameType;
use num_bigint::BigUint;

impl Call<'_> {
    /// The session of the user's sign-in that waits for a device.
    pub(crate) fn waiting_for_device(&self, name: &str) -> Answer<String> {
        let user = self.pool.find(name).unwrap_or_else(|| name.to_owned());
        let waits = |attempt: &Attempt| {
            attempt.user == user && attempt.client_id == self.app.id && matches!(attempt.step, Step::DeviceSrp)
        };
        let attempts = self.pool.attempts.iter().filter(|(_, attempt)| waits(attempt));
        let newest = attempts.max_by_key(|(_, attempt)| attempt.expires);
        newest
            .map(|(session, _)| session.clone())
            .ok_or_else(|| Fault::not_authorized("Invalid session for the user."))
    }

    /// DEVICE_SRP_AUTH: the server's half of the exchange.
    pub(crate) fn device_srp(&mut self, attempt: Attempt) -> Answer<Next> {
        let key = self.parameter("DEVICE_KEY")?.to_owned();
        let large_a = self.parameter("SRP_A")?.to_owned();
        let user = self.user(&attempt.user)?;
        let device = user.devices.get(&key);
        let device = device.ok_or_else(|| Fault::resource_not_found("Device does not exist."))?;
        let verifier = device.verifier.as_deref().unwrap_or_default();
        let verifier = BigUint::parse_bytes(verifier.as_bytes(), 16)
            .ok_or_else(|| Fault::not_authorized("Device is not confirmed."))?;
        let exchange = Exchange::start(&device.group, &device.key, &verifier, &large_a)?;
        let block = random::block(1024);
        let parameters = parameters([
            ("SALT", device.salt.clone()),
            ("SRP_B", exchange.large_b().to_owned()),
            ("SECRET_BLOCK", block.clone()),
            ("DEVICE_KEY", key.clone()),
            ("USERNAME", user.username.clone()),
        ]);
        let mut next = attempt.at(self, Step::DeviceVerifier(exchange));
        next.device_key = Some(key);
        self.keep_as(block, next);
        Ok(Next::Challenge(Challenge {
            name: ChallengeNameType::DevicePasswordVerifier,
            session: None,
            parameters,
            available: None,
        }))
    }

    /// DEVICE_PASSWORD_VERIFIER.
    pub(crate) fn device_proof(&mut self, mut attempt: Attempt, exchange: &Exchange) -> Answer<Next> {
        let right = exchange.proves(
            self.parameter("PASSWORD_CLAIM_SECRET_BLOCK")?,
            self.parameter("TIMESTAMP")?,
            self.parameter("PASSWORD_CLAIM_SIGNATURE")?,
        );
        if !right {
            self.fail(&attempt.user, None);
            return Err(Fault::wrong_password());
        }
        let now = self.now;
        attempt.device_answered = true;
        let key = attempt.device_key.clone().unwrap_or_default();
        let user = self.user_mut(&attempt.user)?;
        if let Some(device) = user.devices.get_mut(&key) {
            device.authenticated = now;
            // Known, it is; but only a remembered one stands for a second factor.
            attempt.device_proved = device.remembered;
        }
        self.after_device(attempt)
    }
}
