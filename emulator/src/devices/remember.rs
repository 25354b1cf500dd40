//! Gives a new device a key, and confirms it with its own password.

use super::Device;
use super::administer::remembers;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::random;
use crate::sign_in::srp;
use crate::tokens::authorize;
use crate::world::World;
use cognito_idp::operation::confirm_device::{ConfirmDeviceInput, ConfirmDeviceOutput};
use cognito_idp::types::NewDeviceMetadataType;

/// The longest validity of an access token, in seconds.
const DAY: u64 = 86_400;

/// Gives a device its key, at the end of a sign-in.
pub(crate) fn invite(pool: &mut Pool, user: &str, now: Moment) -> Answer<NewDeviceMetadataType> {
    let key = format!("{}_{}", pool.region(), random::uuid());
    let group = format!("-{}", random::token(6));
    let device = Device {
        key: key.clone(),
        group: group.clone(),
        name: String::new(),
        salt: String::new(),
        verifier: None,
        remembered: false,
        created: now,
        modified: now,
        authenticated: now,
    };
    let devices = &mut pool.user_mut(Some(user))?.devices;
    // What nobody has confirmed while the access token was valid, nobody can confirm any more.
    devices.retain(|_, device| device.verifier.is_some() || device.created.after(DAY) > now);
    devices.insert(key.clone(), device);
    Ok(NewDeviceMetadataType::builder()
        .device_key(key)
        .device_group_key(group)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmDevice.html>
pub(crate) fn confirm_device(world: &mut World, input: ConfirmDeviceInput) -> Answer<ConfirmDeviceOutput> {
    let now = world.now();
    let (pool, _, user) = authorize(&mut world.state, input.access_token(), now)?;
    remembers(pool)?;
    let configuration = pool.description.device_configuration();
    let prompt = configuration.is_some_and(|configuration| configuration.device_only_remembered_on_user_prompt);
    let key = required(input.device_key(), "deviceKey")?;
    let user = pool.user_mut(Some(&user))?;
    let device = user
        .devices
        .get_mut(key)
        .ok_or_else(|| Fault::resource_not_found("Device does not exist."))?;
    if device.verifier.is_some() {
        return Err(Fault::device_key_exists("Device already exists."));
    }
    let secret = required(input.device_secret_verifier_config(), "deviceSecretVerifierConfig")?;
    let number = |text: Option<&str>| text.and_then(srp::from_base64).map(|number| number.to_str_radix(16));
    let verifier = number(secret.password_verifier());
    let salt = number(secret.salt());
    let (Some(verifier), Some(salt)) = (verifier, salt) else {
        return Err(Fault::invalid_parameter("Invalid device secret verifier config."));
    };
    device.verifier = Some(verifier);
    device.salt = salt;
    device.name = input.device_name.unwrap_or_default();
    device.remembered = !prompt;
    device.modified = now;
    device.authenticated = now;
    Ok(ConfirmDeviceOutput::builder()
        .user_confirmation_necessary(prompt)
        .build())
}
