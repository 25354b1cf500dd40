//! A pending challenge, and the common part of all answers.

use crate::device_store::Device;
use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::srp::{Challenge as SrpChallenge, Ephemeral, Identity, Integer, Timestamp};
use crate::state::State;
use crate::step::{Password, Step, advance};
use crate::wire::{Answer, Call, Parameters};
use serde_json::Value;
use std::fmt::{self, Debug, Formatter};
use zeroize::Zeroizing;

/// A challenge that waits for its answer: the common part of all challenges. An answer doesn't change it, so the user
/// can retype a mistyped code.
#[derive(Clone)]
pub struct Pending {
    pub(crate) pool: UserPool,
    pub(crate) state: State,
}

impl Pending {
    /// The challenge's name, for example `SMS_MFA`.
    pub fn name(&self) -> &str {
        &self.state.challenge
    }

    /// The user's name in the challenge. This is the pool's own name for the user, once Cognito has sent it.
    pub fn username(&self) -> &str {
        &self.state.username
    }

    /// A parameter of the challenge, by its name on the wire.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.state.parameters.get(name).map(String::as_str)
    }

    /// All parameters of the challenge, as they came.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.state
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Where a code was sent, masked, for example `+*******1234` or `a***@e***`.
    pub fn destination(&self) -> Option<&str> {
        self.parameter("CODE_DELIVERY_DESTINATION")
    }

    /// The state for another page or process; see [`State`].
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// A parameter that is a JSON list in a string.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let value = self.parameter(name).and_then(|text| serde_json::from_str(text).ok());
        let items: Vec<Value> = value.unwrap_or_default();
        items
            .iter()
            .filter_map(|item| Some(item.as_str()?.to_owned()))
            .collect()
    }

    /// Answers with these parameters, in addition to USERNAME, SECRET_HASH and DEVICE_KEY.
    pub(crate) async fn answer(&self, parameters: &[(&str, &str)]) -> Result<Step, AuthError> {
        let answer = self.send(parameters, self.state.session.as_ref()).await?;
        advance(self, answer, None).await
    }

    /// Answers with the public value of a fresh pair, and then answers the next challenge with a proof of the password.
    pub(crate) async fn answer_srp(&self, parameters: &[(&str, &str)], password: Secret) -> Result<Step, AuthError> {
        let pair = Ephemeral::generate()?;
        let public = pair.public().to_hex();
        let parameters = [parameters, &[("SRP_A", public.as_str())]].concat();
        let answer = self.send(&parameters, self.state.session.as_ref()).await?;
        advance(self, answer, Some(Password { pair, password })).await
    }

    /// Sends an answer with another session than the challenge's.
    pub(crate) async fn send(
        &self,
        parameters: &[(&str, &str)],
        session: Option<&Secret>,
    ) -> Result<Answer, AuthError> {
        let state = &self.state;
        let sent = self.send_as(parameters, session, state.device_key.as_deref()).await;
        match sent {
            // The pool has forgotten the device. A challenge of the device itself can't be answered without it.
            Err(error) if error.is_unknown_device() && state.device_key.is_some() => {
                self.pool.forget_kept_device(&state.signed_in_as).await?;
                if state.challenge.starts_with("DEVICE_") {
                    return Err(error);
                }
                let answer = self.send_as(parameters, session, None).await?;
                Ok(Answer {
                    without_device: true,
                    ..answer
                })
            }
            sent => sent,
        }
    }

    async fn send_as(
        &self,
        parameters: &[(&str, &str)],
        session: Option<&Secret>,
        device_key: Option<&str>,
    ) -> Result<Answer, AuthError> {
        let state = &self.state;
        let device = device_key.map(|key| ("DEVICE_KEY", key));
        let own = parameters.iter().copied().chain(device);
        let all = own.chain([("USERNAME", state.username.as_str())]);
        let call = Call {
            pool: &self.pool,
            admin: state.admin,
            username: &state.username,
            session,
            parameters: all
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect::<Parameters>(),
            metadata: &state.metadata,
        };
        call.respond(&state.challenge).await
    }

    /// Answers PASSWORD_VERIFIER with a proof of the user's password.
    pub(crate) async fn prove_password(&self, pair: &Ephemeral, password: &Secret) -> Result<Answer, AuthError> {
        let user = self.required("USER_ID_FOR_SRP")?;
        self.prove(pair, Identity::user(self.pool.id(), user), password).await
    }

    /// Answers DEVICE_SRP_AUTH, and returns the pair whose public value was sent.
    pub(crate) async fn begin_device(&self) -> Result<(Ephemeral, Answer), AuthError> {
        let pair = Ephemeral::generate()?;
        let public = pair.public().to_hex();
        let answer = self.send(&[("SRP_A", &public)], self.state.session.as_ref()).await?;
        Ok((pair, answer))
    }

    /// Answers DEVICE_PASSWORD_VERIFIER with a proof of the device's password.
    pub(crate) async fn prove_device(&self, pair: &Ephemeral, device: &Device) -> Result<Answer, AuthError> {
        let identity = Identity::device(&device.group_key, &device.key);
        self.prove(pair, identity, &device.password).await
    }

    async fn prove(&self, pair: &Ephemeral, identity: Identity<'_>, password: &Secret) -> Result<Answer, AuthError> {
        let block = self.required("SECRET_BLOCK")?;
        let challenge = SrpChallenge::new(self.required("SRP_B")?, self.required("SALT")?, block)?;
        let timestamp = Timestamp::from(self.pool.now());
        let signature = pair.prove(identity, password.expose(), &challenge)?.sign(timestamp);
        let parameters = [
            ("PASSWORD_CLAIM_SIGNATURE", signature.as_str()),
            ("PASSWORD_CLAIM_SECRET_BLOCK", block),
            ("TIMESTAMP", &timestamp.to_string()),
        ];
        self.send(&parameters, self.state.session.as_ref()).await
    }

    /// The pair that belongs to the challenge, for a sign-in that was begun elsewhere.
    pub(crate) fn kept_pair(&self) -> Result<Ephemeral, AuthError> {
        let exponent = self.state.exponent.as_ref();
        let exponent = exponent.ok_or(AuthError::Input("the state has no exponent: begin the sign-in again"))?;
        let exponent = Integer::from_hex("the exponent", exponent.expose())?;
        Ok(Ephemeral::from_secret(&Zeroizing::new(exponent.padded()))?)
    }

    fn required(&self, name: &'static str) -> Result<&str, AuthError> {
        self.parameter(name).ok_or(AuthError::Incomplete { missing: name })
    }
}

impl Debug for Pending {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("challenge", &self.state.challenge)
            .finish_non_exhaustive()
    }
}
