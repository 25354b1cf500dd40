//! Users confirm their sign-up.

use super::codes::{Purpose, Reason, send_code};
use super::sign_up::{post_confirmation, verified_automatically};
use super::{Action, UserKey, aliases};
use crate::clients::App;
use crate::fault::{Answer, Fault, required};
use crate::messages::simulated;
use crate::pools::Pool;
use crate::sign_in;
use crate::world::World;
use cognito_idp::operation::confirm_sign_up::{ConfirmSignUpInput, ConfirmSignUpOutput};
use cognito_idp::operation::resend_confirmation_code::{ResendConfirmationCodeInput, ResendConfirmationCodeOutput};
use cognito_idp::types::UserStatusType;

/// The user whom an app's caller names. `None` if there is no such user, and the client hides that.
pub(super) fn named(pool: &Pool, app: &App, name: &str) -> Answer<Option<UserKey>> {
    match pool.find(name) {
        Some(key) => Ok(Some(key)),
        None if app.hides_users() => Ok(None),
        None => Err(Fault::user_not_found_saying(
            "Username/client id combination not found.",
        )),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html>
pub(crate) fn confirm_sign_up(world: &mut World, input: ConfirmSignUpInput) -> Answer<ConfirmSignUpOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let name = required(input.username(), "username")?;
    let code = required(input.confirmation_code(), "confirmationCode")?;
    app.check_secret_hash(name, input.secret_hash())?;
    let Some(key) = named(pool, &app, name)? else {
        return Err(Fault::expired_code(
            "Invalid code provided, please request a code again.",
        ));
    };
    pool.user_mut(Some(&key))?.attempt(Action::ConfirmSignUp, now)?;
    let mut user = pool.users.get(&key).ok_or_else(Fault::user_not_found)?.clone();
    if user.status != UserStatusType::Unconfirmed {
        return Err(Fault::not_authorized(format!(
            "User cannot be confirmed. Current status is {}",
            user.status
        )));
    }
    let code = user.take_code(&Purpose::SignUp, code, now)?;
    user.attributes
        .insert(format!("{}_verified", code.attribute), "true".to_owned());
    user.status = UserStatusType::Confirmed;
    user.modified = now;
    aliases::claim(pool, &key, &user, input.force_alias_creation == Some(true))?;
    pool.users.insert(key.clone(), user);
    aliases::index(pool, &key);
    post_confirmation(
        &world.around,
        pool,
        &key,
        &app.id,
        "ConfirmSignUp",
        input.client_metadata(),
    )?;
    let session = input
        .session
        .as_deref()
        .map(|session| sign_in::confirmed(pool, &app, session, &key, now));
    Ok(ConfirmSignUpOutput::builder().set_session(session.transpose()?).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html>
pub(crate) fn resend_confirmation_code(
    world: &mut World,
    input: ResendConfirmationCodeInput,
) -> Answer<ResendConfirmationCodeOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let name = required(input.username(), "username")?;
    app.check_secret_hash(name, input.secret_hash())?;
    // Where it is hidden who exists, a disabled user gets as little as one who doesn't exist.
    let key = named(pool, &app, name)?;
    let key = key.filter(|key| !app.hides_users() || pool.users.get(key).is_some_and(|user| user.enabled));
    let Some(key) = key else {
        return Ok(ResendConfirmationCodeOutput::builder()
            .code_delivery_details(simulated(pool, name))
            .build());
    };
    pool.user_mut(Some(&key))?
        .attempt(Action::ResendConfirmationCode, now)?;
    if pool.user(Some(&key))?.status != UserStatusType::Unconfirmed {
        return Err(Fault::invalid_parameter("User is already confirmed."));
    }
    let Some(attribute) = verified_automatically(pool, &key) else {
        return Err(Fault::invalid_parameter(
            "Auto verification is not turned on, or the user has no email or phone_number.",
        ));
    };
    let reason = Reason {
        purpose: Purpose::SignUp,
        name: "ResendCode",
        client_id: &app.id,
        metadata: input.client_metadata(),
    };
    let details = send_code(&world.around, pool, &key, attribute, reason)?;
    Ok(ResendConfirmationCodeOutput::builder()
        .code_delivery_details(details)
        .build())
}
