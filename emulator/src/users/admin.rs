//! The administrators' operations on users.

use super::addresses::{Changer, change};
use super::attributes::{self, Writer};
use super::codes::Purpose;
use super::recovery::history_size;
use super::sign_up::{Ask, exists_by_address, post_confirmation, pre_sign_up, username};
use super::{Password, User, UserKey, aliases, describe, new_user, to_list};
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::messages::{Due, NO_CLIENT, send};
use crate::pools::{Pool, check_password, remember_password};
use crate::random;
use crate::sign_in;
use crate::world::{Around, World};
use cognito_idp::operation::admin_confirm_sign_up::{AdminConfirmSignUpInput, AdminConfirmSignUpOutput};
use cognito_idp::operation::admin_create_user::{AdminCreateUserInput, AdminCreateUserOutput};
use cognito_idp::operation::admin_delete_user::{AdminDeleteUserInput, AdminDeleteUserOutput};
use cognito_idp::operation::admin_delete_user_attributes::{
    AdminDeleteUserAttributesInput, AdminDeleteUserAttributesOutput,
};
use cognito_idp::operation::admin_disable_user::{AdminDisableUserInput, AdminDisableUserOutput};
use cognito_idp::operation::admin_enable_user::{AdminEnableUserInput, AdminEnableUserOutput};
use cognito_idp::operation::admin_get_user::{AdminGetUserInput, AdminGetUserOutput};
use cognito_idp::operation::admin_set_user_password::{AdminSetUserPasswordInput, AdminSetUserPasswordOutput};
use cognito_idp::operation::admin_update_user_attributes::{
    AdminUpdateUserAttributesInput, AdminUpdateUserAttributesOutput,
};
use cognito_idp::types::{DeliveryMediumType, MessageActionType, UserStatusType};

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html>
pub(crate) fn admin_create_user(world: &mut World, input: AdminCreateUserInput) -> Answer<AdminCreateUserOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let typed = required(input.username(), "username")?;
    if input.message_action == Some(MessageActionType::Resend) {
        return resend(&world.around, pool, typed, &input, now);
    }
    let mut given = attributes::read(pool, input.user_attributes(), None, Writer::Administrator)?;
    let name = username(pool, typed, &mut given)?;
    if pool.find(typed).is_some() {
        return Err(Fault::username_exists("User account already exists"));
    }
    let plain = first_password(pool, input.temporary_password())?;
    let mut user = new_user(name, given, now);
    exists_by_address(pool, &user)?;
    if plain.is_none() && user.attribute("email").is_none() && user.attribute("phone_number").is_none() {
        return Err(Fault::invalid_parameter(
            "A user without a password must have an email or a phone_number.",
        ));
    }
    user.status = match plain {
        Some(_) => UserStatusType::ForceChangePassword,
        None => UserStatusType::Confirmed,
    };
    let ask = Ask {
        client_id: NO_CLIENT,
        reason: "AdminCreateUser",
        validation_data: input.validation_data(),
        metadata: input.client_metadata(),
    };
    pre_sign_up(&world.around, pool, &user, ask)?;
    aliases::claim(
        pool,
        &pool.key(&user.username),
        &user,
        input.force_alias_creation == Some(true),
    )?;
    if let Some(plain) = &plain {
        set_temporary(pool, &mut user, plain, now);
    }
    if input.message_action.is_none() {
        invite(&world.around, pool, &user, plain.as_deref(), &input)?;
    }
    let answer = describe(&user, None)?;
    aliases::insert(pool, user);
    Ok(AdminCreateUserOutput::builder().user(answer).build())
}

/// The temporary password of a new user: the requested one, or else a generated one. Where users can sign in with codes
/// alone, nobody gets one who isn't meant to.
fn first_password(pool: &Pool, asked: Option<&str>) -> Answer<Option<String>> {
    match asked {
        None | Some("") if sign_in::has_first_codes(pool) => Ok(None),
        Some(asked) => check_password(pool, asked).map(|()| Some(asked.to_owned())),
        None => Ok(Some(random::password())),
    }
}

/// Gives the user a temporary password, which is valid for the policy's number of days.
fn set_temporary(pool: &Pool, user: &mut User, plain: &str, now: Moment) {
    let days = pool
        .description
        .policies()
        .and_then(|policies| policies.password_policy())
        .map_or(7, |policy| policy.temporary_password_validity_days);
    user.password = Some(Password::new(pool.short_name(), &user.username, plain));
    user.temporary_until = Some(now.after(u64::try_from(days).unwrap_or(7) * 86_400));
}

/// Sends the invitation again, with a new password.
fn resend(
    around: &Around,
    pool: &mut Pool,
    name: &str,
    input: &AdminCreateUserInput,
    now: Moment,
) -> Answer<AdminCreateUserOutput> {
    let mut user = pool.user(Some(name))?.clone();
    if user.status != UserStatusType::ForceChangePassword {
        return Err(Fault::unsupported_user_state(
            "Resend not possible. User status is not FORCE_CHANGE_PASSWORD",
        ));
    }
    let plain = input.temporary_password.clone().unwrap_or_else(random::password);
    check_password(pool, &plain)?;
    set_temporary(pool, &mut user, &plain, now);
    user.modified = now;
    invite(around, pool, &user, Some(&plain), input)?;
    let answer = describe(&user, None)?;
    pool.users.insert(pool.key(&user.username), user);
    Ok(AdminCreateUserOutput::builder().user(answer).build())
}

/// Sends the invitation by the requested media, with the temporary password if there is one. The default is SMS.
fn invite(around: &Around, pool: &Pool, user: &User, plain: Option<&str>, input: &AdminCreateUserInput) -> Answer<()> {
    let asked = input.desired_delivery_mediums();
    let email = asked.contains(&DeliveryMediumType::Email);
    let sms = asked.is_empty() || asked.contains(&DeliveryMediumType::Sms);
    for (wanted, attribute) in [(sms, "phone_number"), (email, "email")] {
        let Some(destination) = user.attribute(attribute).filter(|_| wanted) else {
            continue;
        };
        let due = Due {
            reason: "AdminCreateUser",
            attribute,
            destination,
            code: plain.unwrap_or_default(),
            client_id: NO_CLIENT,
            metadata: input.client_metadata(),
        };
        send(around, pool, user, due)?;
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html>
pub(crate) fn admin_get_user(world: &mut World, input: AdminGetUserInput) -> Answer<AdminGetUserOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let user = pool.user(input.username())?;
    Ok(AdminGetUserOutput::builder()
        .username(&user.username)
        .set_user_attributes(Some(to_list(&user.attributes)?))
        .user_create_date(user.created.date())
        .user_last_modified_date(user.modified.date())
        .enabled(user.enabled)
        .user_status(user.status.clone())
        .set_mfa_options(user.mfa.options())
        .set_preferred_mfa_setting(user.mfa.preferred.clone())
        .set_user_mfa_setting_list(user.mfa.settings())
        .build()?)
}

/// The pool and the user of a request, to change both.
fn named(pool: &Pool, name: Option<&str>) -> Answer<UserKey> {
    pool.find(required(name, "username")?).ok_or_else(Fault::user_not_found)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html>
pub(crate) fn admin_confirm_sign_up(
    world: &mut World,
    input: AdminConfirmSignUpInput,
) -> Answer<AdminConfirmSignUpOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    let user = pool.user_mut(Some(&key))?;
    if user.status != UserStatusType::Unconfirmed {
        return Err(Fault::not_authorized(format!(
            "User cannot be confirmed. Current status is {}",
            user.status
        )));
    }
    user.status = UserStatusType::Confirmed;
    user.codes.remove(&Purpose::SignUp);
    user.modified = now;
    post_confirmation(
        &world.around,
        pool,
        &key,
        NO_CLIENT,
        "ConfirmSignUp",
        input.client_metadata(),
    )?;
    Ok(AdminConfirmSignUpOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html>
pub(crate) fn admin_set_user_password(
    world: &mut World,
    input: AdminSetUserPasswordInput,
) -> Answer<AdminSetUserPasswordOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    let plain = required(input.password(), "password")?;
    check_password(pool, plain)?;
    let mut user = pool.user(Some(&key))?.clone();
    let password = Password::new(pool.short_name(), &user.username, plain);
    remember_password(&mut user, history_size(pool), password, plain)?;
    if input.permanent == Some(true) {
        user.status = UserStatusType::Confirmed;
        user.temporary_until = None;
    } else {
        user.status = UserStatusType::ForceChangePassword;
        set_temporary(pool, &mut user, plain, now);
    }
    user.modified = now;
    user.wrong_passwords = sign_in::WrongPasswords::default();
    pool.users.insert(key, user);
    Ok(AdminSetUserPasswordOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html>
pub(crate) fn admin_update_user_attributes(
    world: &mut World,
    input: AdminUpdateUserAttributesInput,
) -> Answer<AdminUpdateUserAttributesOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    required(input.user_attributes.as_ref(), "userAttributes")?;
    let user = pool.user(Some(&key))?.clone();
    let given = attributes::read(pool, input.user_attributes(), Some(&user), Writer::Administrator)?;
    let by = Changer {
        client_id: NO_CLIENT,
        metadata: input.client_metadata(),
        now,
    };
    change(&world.around, pool, &key, user, given, &by)?;
    Ok(AdminUpdateUserAttributesOutput::builder().build())
}

/// Removes attributes of a user.
pub(super) fn delete_attributes(pool: &mut Pool, key: &str, names: &[String], now: Moment) -> Answer<()> {
    for name in names {
        attributes::check_removable(pool, name)?;
    }
    let user = pool.user_mut(Some(key))?;
    for name in names {
        user.remove_attribute(name);
    }
    user.modified = now;
    aliases::index(pool, key);
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html>
pub(crate) fn admin_delete_user_attributes(
    world: &mut World,
    input: AdminDeleteUserAttributesInput,
) -> Answer<AdminDeleteUserAttributesOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    let names = required(input.user_attribute_names, "userAttributeNames")?;
    delete_attributes(pool, &key, &names, now)?;
    Ok(AdminDeleteUserAttributesOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html>
pub(crate) fn admin_disable_user(world: &mut World, input: AdminDisableUserInput) -> Answer<AdminDisableUserOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    let user = pool.user_mut(Some(&key))?;
    user.enabled = false;
    user.modified = now;
    pool.sessions.retain(|_, session| session.user != key);
    Ok(AdminDisableUserOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html>
pub(crate) fn admin_enable_user(world: &mut World, input: AdminEnableUserInput) -> Answer<AdminEnableUserOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let user = pool.user_mut(input.username())?;
    user.enabled = true;
    user.modified = now;
    Ok(AdminEnableUserOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html>
pub(crate) fn admin_delete_user(world: &mut World, input: AdminDeleteUserInput) -> Answer<AdminDeleteUserOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = named(pool, input.username())?;
    aliases::remove(pool, &key);
    Ok(AdminDeleteUserOutput::builder().build())
}
