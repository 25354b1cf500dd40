//! Passwords: the user's, the device's, and a new one.

use crate::device_store::Device;
use crate::error::AuthError;
use crate::pending::Pending;
use crate::secret::Secret;
use crate::step::{Step, advance};
use std::collections::BTreeMap;

/// `PASSWORD`: the plain password.
#[derive(Clone, Debug)]
pub struct PasswordChallenge(pub(super) Pending);

impl PasswordChallenge {
    /// Answers with the plain password.
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password).
    pub async fn password(&self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        self.answer(&[("PASSWORD", password.into().expose())]).await
    }
}

/// `PASSWORD_SRP`: the password by SRP.
#[derive(Clone, Debug)]
pub struct PasswordSrp(pub(super) Pending);

impl PasswordSrp {
    /// Proves the password, which isn't sent.
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password).
    pub async fn password(&self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        self.answer_srp(&[], password.into()).await
    }
}

/// `ADMIN_NO_SRP_AUTH`: the plain password, in the old flow for administrators.
#[derive(Clone, Debug)]
pub struct AdminNoSrpAuth(pub(super) Pending);

impl AdminNoSrpAuth {
    /// Answers with the plain password.
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password).
    pub async fn password(&self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        self.answer(&[("PASSWORD", password.into().expose())]).await
    }
}

/// `PASSWORD_VERIFIER`: the proof of the password. [`SignIn::password`](crate::SignIn::password) answers it
/// automatically. A program that began with [`SignIn::srp`](crate::SignIn::srp) gets it, and must answer within
/// seconds.
#[derive(Clone, Debug)]
pub struct PasswordVerifier(pub(super) Pending);

impl PasswordVerifier {
    /// Proves the password, which isn't sent.
    ///
    /// # Errors
    /// [`is_wrong_password`](AuthError::is_wrong_password), also when the answer comes too late.
    pub async fn password(&self, password: impl Into<Secret>) -> Result<Step, AuthError> {
        let answer = self.prove_password(&self.kept_pair()?, &password.into()).await?;
        advance(&self.0, answer, None).await
    }
}

/// `DEVICE_SRP_AUTH`: a remembered device must prove itself. A sign-in answers it automatically if the pool's
/// [`DeviceStore`](crate::DeviceStore) has the device.
#[derive(Clone, Debug)]
pub struct DeviceSrpAuth(pub(super) Pending);

impl DeviceSrpAuth {
    /// Proves `device`, in both steps.
    ///
    /// # Errors
    /// [`is_unknown_device`](AuthError::is_unknown_device): sign in without it.
    pub async fn device(&self, device: &Device) -> Result<Step, AuthError> {
        let mut pending = self.0.clone();
        pending.state.device_key = Some(device.key.clone());
        let (pair, answer) = pending.begin_device().await?;
        match advance(&pending, answer, None).await? {
            Step::Challenge(super::Challenge::DevicePasswordVerifier(verifier)) => {
                let answer = verifier.prove_device(&pair, device).await?;
                advance(&verifier, answer, None).await
            }
            step => Ok(step),
        }
    }
}

/// `DEVICE_PASSWORD_VERIFIER`: the proof of a device's password. It follows `DEVICE_SRP_AUTH`, whose answer covers
/// both. A program gets it only in a sign-in whose first half was elsewhere; such a sign-in must begin again.
#[derive(Clone, Debug)]
pub struct DevicePasswordVerifier(pub(super) Pending);

impl DevicePasswordVerifier {
    /// Proves `device` with the secret exponent of the first half, big-endian.
    ///
    /// # Errors
    /// [`AuthError::Srp`]: the exponent is invalid.
    pub async fn device(&self, device: &Device, exponent: &[u8]) -> Result<Step, AuthError> {
        let mut pending = self.0.clone();
        pending.state.device_key = Some(device.key.clone());
        let pair = crate::srp::Ephemeral::from_secret(exponent)?;
        let answer = pending.prove_device(&pair, device).await?;
        advance(&pending, answer, None).await
    }
}

/// `NEW_PASSWORD_REQUIRED`: a new password to replace a temporary one, and the required attributes that the user lacks.
#[derive(Clone, Debug)]
pub struct NewPasswordRequired(pub(super) Pending);

/// Attributes have this prefix in parameters and answers.
const PREFIX: &str = "userAttributes.";

impl NewPasswordRequired {
    /// The attributes that must be given, for example `name`.
    pub fn required_attributes(&self) -> Vec<String> {
        let names = self.list("requiredAttributes");
        names
            .iter()
            .map(|name| name.strip_prefix(PREFIX).unwrap_or(name).to_owned())
            .collect()
    }

    /// The attributes that the user has. Required ones can't be changed here.
    pub fn attributes(&self) -> BTreeMap<String, String> {
        let json = self.parameter("userAttributes").unwrap_or_default();
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Begins the answer.
    pub fn password(&self, password: impl Into<Secret>) -> NewPassword<'_> {
        NewPassword {
            challenge: self,
            password: password.into(),
            attributes: Vec::new(),
        }
    }
}

/// The answer to [`NewPasswordRequired`].
#[derive(Debug)]
pub struct NewPassword<'a> {
    challenge: &'a NewPasswordRequired,
    password: Secret,
    attributes: Vec<(String, String)>,
}

impl NewPassword<'_> {
    /// Sets an attribute, for example `name`.
    pub fn attribute(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((format!("{PREFIX}{name}"), value.into()));
        self
    }

    /// Sends the answer.
    ///
    /// # Errors
    /// [`AuthError::Input`]: a required attribute is missing; nothing was sent.
    /// [`is_unfit_password`](AuthError::is_unfit_password): answer again with a better one.
    pub async fn send(&self) -> Result<Step, AuthError> {
        let given = |name: &String| {
            self.attributes
                .iter()
                .any(|(own, _)| own.strip_prefix(PREFIX) == Some(name))
        };
        if !self.challenge.required_attributes().iter().all(given) {
            return Err(AuthError::Input(
                "an attribute is missing: set all of `required_attributes`",
            ));
        }
        let attributes = self
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let parameters: Vec<_> = [("NEW_PASSWORD", self.password.expose())]
            .into_iter()
            .chain(attributes)
            .collect();
        self.challenge.answer(&parameters).await
    }
}
