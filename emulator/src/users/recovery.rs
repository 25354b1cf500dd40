//! Users set a new password with a code.
//!
//! Source: [Password reset](https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html#user-pool-password-reset).

use super::codes::{Purpose, Reason, send_code, wrong_code};
use super::confirm::named;
use super::sign_up::post_confirmation;
use super::{Action, Password, User};
use crate::fault::{Answer, Fault, required};
use crate::messages::{NO_CLIENT, simulated};
use crate::pools::{Pool, check_password, remember_password};
use crate::sign_in;
use crate::world::World;
use cognito_idp::operation::admin_reset_user_password::{AdminResetUserPasswordInput, AdminResetUserPasswordOutput};
use cognito_idp::operation::confirm_forgot_password::{ConfirmForgotPasswordInput, ConfirmForgotPasswordOutput};
use cognito_idp::operation::forgot_password::{ForgotPasswordInput, ForgotPasswordOutput};
use cognito_idp::types::{RecoveryOptionNameType, UserStatusType};

/// The verified address for the code to set a new password. The pool's settings determine the order; by default the
/// phone number comes first. With such settings, a phone that is the user's second factor isn't also a way around the
/// first.
///
/// Source: [UserPoolType](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html),
/// under `AccountRecoverySetting`.
fn recovery_address(pool: &Pool, user: &User) -> Answer<Option<&'static str>> {
    let mut options: Vec<_> = pool
        .description
        .account_recovery_setting()
        .map(|setting| setting.recovery_mechanisms().to_vec())
        .unwrap_or_default();
    options.sort_by_key(|option| option.priority);
    let names: Vec<&'static str> = if options.is_empty() {
        vec!["phone_number", "email"]
    } else if options
        .iter()
        .any(|option| option.name == RecoveryOptionNameType::AdminOnly)
    {
        return Err(Fault::not_authorized("Contact administrator to reset password."));
    } else {
        let name = |option: &RecoveryOptionNameType| {
            if *option == RecoveryOptionNameType::VerifiedEmail {
                "email"
            } else {
                "phone_number"
            }
        };
        let names = options.iter().map(|option| name(&option.name));
        names.filter(|name| *name == "email" || !user.mfa.sms).collect()
    };
    Ok(names.into_iter().find(|name| user.has_verified(name)))
}

fn no_address() -> Fault {
    Fault::invalid_parameter(
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
    )
}

/// The answer for a user who doesn't exist, is disabled, or has no address, where that is hidden.
fn simulate(pool: &Pool, name: &str) -> ForgotPasswordOutput {
    ForgotPasswordOutput::builder()
        .code_delivery_details(simulated(pool, name))
        .build()
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html>
pub(crate) fn forgot_password(world: &mut World, input: ForgotPasswordInput) -> Answer<ForgotPasswordOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let name = required(input.username(), "username")?;
    app.check_secret_hash(name, input.secret_hash())?;
    if pool.find(name).is_none() {
        let who = sign_in::Unknown {
            name,
            password: None,
            validation: None,
            metadata: input.client_metadata(),
        };
        sign_in::migrate(&world.around, pool, &app, who, now)?;
    }
    let key = match pool.find(name) {
        Some(key) => key,
        None if app.hides_users() => return Ok(simulate(pool, name)),
        None => {
            return Err(Fault::user_not_found_saying(
                "Username/client id combination not found.",
            ));
        }
    };
    let user = pool.user(Some(&key))?;
    if app.hides_users() && (!user.enabled || recovery_address(pool, user)?.is_none()) {
        return Ok(simulate(pool, name));
    }
    if !user.enabled {
        return Err(Fault::not_authorized("User is disabled."));
    }
    match user.status {
        UserStatusType::ForceChangePassword => {
            return Err(Fault::not_authorized(
                "User password cannot be reset in the current state.",
            ));
        }
        UserStatusType::ExternalProvider => {
            return Err(Fault::not_authorized(
                "User password cannot be reset in the current state.",
            ));
        }
        _ => {}
    }
    let attribute = recovery_address(pool, user)?.ok_or_else(no_address)?;
    pool.user_mut(Some(&key))?.attempt(Action::ForgotPassword, now)?;
    let reason = Reason {
        purpose: Purpose::Password,
        name: "ForgotPassword",
        client_id: &app.id,
        metadata: input.client_metadata(),
    };
    let details = send_code(&world.around, pool, &key, attribute, reason)?;
    Ok(ForgotPasswordOutput::builder().code_delivery_details(details).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html>
pub(crate) fn confirm_forgot_password(
    world: &mut World,
    input: ConfirmForgotPasswordInput,
) -> Answer<ConfirmForgotPasswordOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let name = required(input.username(), "username")?;
    let code = required(input.confirmation_code(), "confirmationCode")?;
    let plain = required(input.password(), "password")?;
    app.check_secret_hash(name, input.secret_hash())?;
    // Where it is hidden who exists, who doesn't and who is disabled has a wrong code.
    let key = named(pool, &app, name)?;
    let key = key.filter(|key| !app.hides_users() || pool.users.get(key).is_some_and(|user| user.enabled));
    let Some(key) = key else {
        return Err(wrong_code());
    };
    let user = pool.user_mut(Some(&key))?;
    user.attempt(Action::ConfirmForgotPassword, now)?;
    if user.status == UserStatusType::Unconfirmed && !user.codes.contains_key(&Purpose::Password) {
        return Err(Fault::user_not_confirmed("User is not confirmed."));
    }
    let mut user = user.clone();
    let code = user.take_code(&Purpose::Password, code, now)?;
    check_password(pool, plain)?;
    let size = history_size(pool);
    let password = Password::new(pool.short_name(), &user.username, plain);
    remember_password(&mut user, size, password, plain)?;
    user.attributes
        .insert(format!("{}_verified", code.attribute), "true".to_owned());
    user.status = UserStatusType::Confirmed;
    user.temporary_until = None;
    user.wrong_passwords = sign_in::WrongPasswords::default();
    user.modified = now;
    pool.users.insert(key.clone(), user);
    post_confirmation(
        &world.around,
        pool,
        &key,
        &app.id,
        "ConfirmForgotPassword",
        input.client_metadata(),
    )?;
    Ok(ConfirmForgotPasswordOutput::builder().build())
}

/// The size of the pool's password history.
pub(crate) fn history_size(pool: &Pool) -> Option<i32> {
    pool.description.policies()?.password_policy()?.password_history_size
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html>
pub(crate) fn admin_reset_user_password(
    world: &mut World,
    input: AdminResetUserPasswordInput,
) -> Answer<AdminResetUserPasswordOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let name = required(input.username(), "username")?;
    let key = pool.find(name).ok_or_else(Fault::user_not_found)?;
    let user = pool.user(Some(&key))?;
    if matches!(
        user.status,
        UserStatusType::ForceChangePassword | UserStatusType::Unconfirmed
    ) {
        return Err(Fault::not_authorized(
            "User password cannot be reset in the current state.",
        ));
    }
    let attribute = recovery_address(pool, user)?.ok_or_else(no_address)?;
    let reason = Reason {
        purpose: Purpose::Password,
        name: "ForgotPassword",
        client_id: NO_CLIENT,
        metadata: input.client_metadata(),
    };
    send_code(&world.around, pool, &key, attribute, reason)?;
    let user = pool.user_mut(Some(&key))?;
    user.status = UserStatusType::ResetRequired;
    user.modified = now;
    Ok(AdminResetUserPasswordOutput::builder().build())
}
