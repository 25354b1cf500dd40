//! Remembering this device, and forgetting it.

use crate::challenge::Challenge;
use crate::device_store::Device;
use crate::error::AuthError;
use crate::pending::Pending;
use crate::pool::UserPool;
use crate::srp::DeviceSecret;
use crate::state::State;
use crate::tokens::Tokens;
use cognito_idp::types::{DeviceRememberedStatusType, DeviceSecretVerifierConfigType};

/// The result of ConfirmDevice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a device of a pool where the user decides isn't remembered yet"]
pub enum Confirmed {
    /// The device is remembered, because the pool remembers all devices.
    Remembered,
    /// The pool lets the user decide: ask, and call [`UserPool::remember_device`] if the answer is yes.
    UserDecides,
}

impl UserPool {
    /// The challenge of a sign-in that was begun by another page or process.
    pub fn resume(&self, state: State) -> Challenge {
        Challenge::of(Pending {
            pool: self.clone(),
            state,
        })
    }

    /// Confirms the device that the pool has made for this sign-in ([`Tokens::new_device`]), and stores it in the
    /// pool's [`DeviceStore`](crate::DeviceStore). Later sign-ins use it automatically.
    ///
    /// The device is stored before the call, because a device that is confirmed but not stored could never be used.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the tokens have no new device, or the pool has no store. The tokens stay valid in any case.
    pub async fn confirm_device(&self, tokens: &Tokens, name: Option<&str>) -> Result<Confirmed, AuthError> {
        let nothing =
            AuthError::Input("these tokens have no new device: the pool doesn't track devices, or it is known");
        let (new, user) = tokens
            .new_device
            .as_ref()
            .zip(tokens.signed_in_as.as_ref())
            .ok_or(nothing)?;
        let store = self
            .devices()
            .ok_or(AuthError::Input("the pool has no store: give one with `with_devices`"))?;
        let secret = DeviceSecret::generate(&new.group_key, &new.key)?;
        let device = Device {
            key: new.key.clone(),
            group_key: new.group_key.clone(),
            password: secret.password,
        };
        store.save(self.id(), user, device).await.map_err(AuthError::store)?;
        let verifier = DeviceSecretVerifierConfigType::builder()
            .password_verifier(secret.verifier.password_verifier)
            .salt(secret.verifier.salt)
            .build();
        let request = self
            .client()
            .confirm_device()
            .access_token(tokens.access.expose())
            .device_key(&new.key);
        let sent = request
            .device_secret_verifier_config(verifier)
            .set_device_name(name.map(str::to_owned))
            .send()
            .await;
        match sent {
            Ok(output) if output.user_confirmation_necessary => Ok(Confirmed::UserDecides),
            Ok(_) => Ok(Confirmed::Remembered),
            Err(error) => {
                let error = AuthError::call("ConfirmDevice", error);
                // Without an answer it may have been confirmed; then the kept device is good, and a sign-in finds out.
                if !error.is_transient() {
                    self.forget_kept_device(user).await?;
                }
                Err(error)
            }
        }
    }

    /// Remembers a confirmed device, or stops doing so, as the user has decided (UpdateDeviceStatus).
    ///
    /// # Errors
    /// [`AuthError::Input`]: the tokens name no device.
    pub async fn remember_device(&self, tokens: &Tokens, remember: bool) -> Result<(), AuthError> {
        let key = tokens
            .device_key
            .as_ref()
            .ok_or(AuthError::Input("these tokens name no device"))?;
        let status = match remember {
            true => DeviceRememberedStatusType::Remembered,
            false => DeviceRememberedStatusType::NotRemembered,
        };
        let request = self
            .client()
            .update_device_status()
            .access_token(tokens.access.expose());
        let sent = request.device_key(key).device_remembered_status(status).send().await;
        sent.map_err(|error| AuthError::call("UpdateDeviceStatus", error))?;
        Ok(())
    }

    /// The device that a user's sign-in can use.
    pub(crate) async fn kept_device(&self, username: &str) -> Result<Option<Device>, AuthError> {
        match self.devices() {
            Some(store) => store.load(self.id(), username).await.map_err(AuthError::store),
            None => Ok(None),
        }
    }

    /// Removes a user's device from the store.
    pub(crate) async fn forget_kept_device(&self, username: &str) -> Result<(), AuthError> {
        match self.devices() {
            Some(store) => store.remove(self.id(), username).await.map_err(AuthError::store),
            None => Ok(()),
        }
    }
}
