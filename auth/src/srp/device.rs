//! The values that a device and the pool keep when a device is confirmed.

use super::{Identity, Integer, SrpError, pad, verifier};
use crate::encoding::base64;
use crate::secret::Secret;
use zeroize::Zeroizing;

/// Random bytes of a device's password, as Amplify makes them.
const PASSWORD_BYTES: usize = 40;
const SALT_BYTES: usize = 16;

/// A new device's password, and the pool's verifier of it.
#[derive(Debug)]
pub struct DeviceSecret {
    /// The password. Store it: it can't be read back, and without it the device can't be used.
    pub password: Secret,
    /// The verifier for ConfirmDevice.
    pub verifier: DeviceVerifier,
}

impl DeviceSecret {
    /// A random password for a device, and its verifier.
    ///
    /// # Errors
    /// [`SrpError::Random`]: the operating system gives no randomness.
    pub fn generate(group_key: &str, device_key: &str) -> Result<Self, SrpError> {
        let mut random = Zeroizing::new([0; PASSWORD_BYTES]);
        getrandom::getrandom(random.as_mut()).map_err(|_| SrpError::Random)?;
        let mut salt = [0; SALT_BYTES];
        getrandom::getrandom(&mut salt).map_err(|_| SrpError::Random)?;
        let password = Secret::from(base64(random.as_ref()));
        let salt = Integer::from_bytes("the salt", &salt)?;
        let verifier = DeviceVerifier::new(group_key, device_key, password.expose(), &salt.to_hex())?;
        Ok(Self { password, verifier })
    }
}

/// `DeviceSecretVerifierConfig` of ConfirmDevice: padded numbers in Base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceVerifier {
    /// `PasswordVerifier`.
    pub password_verifier: String,
    /// `Salt`.
    pub salt: String,
}

impl DeviceVerifier {
    /// The verifier of a password with a salt, a hexadecimal number.
    ///
    /// # Errors
    /// [`SrpError::NotHex`]: the salt isn't hexadecimal.
    pub fn new(group_key: &str, device_key: &str, password: &str, salt: &str) -> Result<Self, SrpError> {
        let identity = Identity::device(group_key, device_key);
        Ok(Self {
            password_verifier: base64(&verifier(identity, password, salt)?.padded()),
            salt: base64(&pad(&super::integer::hex_bytes("the salt", salt)?)),
        })
    }
}
