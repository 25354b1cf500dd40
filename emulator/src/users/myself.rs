//! The users' operations on their own profile, with an access token.

use super::attributes::{self, Writer};
use super::codes::{Purpose, Reason, send_code};
use super::recovery::history_size;
use super::{Password, admin, aliases, to_list};
use crate::fault::{Answer, Fault, required};
use crate::pools::{check_password, remember_password};
use crate::tokens::authorize;
use crate::world::World;
use cognito_idp::operation::change_password::{ChangePasswordInput, ChangePasswordOutput};
use cognito_idp::operation::delete_user::{DeleteUserInput, DeleteUserOutput};
use cognito_idp::operation::delete_user_attributes::{DeleteUserAttributesInput, DeleteUserAttributesOutput};
use cognito_idp::operation::get_user::{GetUserInput, GetUserOutput};
use cognito_idp::operation::global_sign_out::{GlobalSignOutInput, GlobalSignOutOutput};
use cognito_idp::operation::update_user_attributes::{UpdateUserAttributesInput, UpdateUserAttributesOutput};

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html>
pub(crate) fn get_user(world: &mut World, input: GetUserInput) -> Answer<GetUserOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)?;
    let user = pool.user(Some(&key))?;
    let readable = user.attributes.iter().filter(|(name, _)| app.may_read(name));
    Ok(GetUserOutput::builder()
        .username(&user.username)
        .set_user_attributes(Some(to_list(readable)?))
        .set_mfa_options(user.mfa.options())
        .set_preferred_mfa_setting(user.mfa.preferred.clone())
        .set_user_mfa_setting_list(user.mfa.settings())
        .build()?)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html>
pub(crate) fn update_user_attributes(
    world: &mut World,
    input: UpdateUserAttributesInput,
) -> Answer<UpdateUserAttributesOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)?;
    required(input.user_attributes.as_ref(), "userAttributes")?;
    let mut user = pool.user(Some(&key))?.clone();
    let mut given = attributes::read(pool, input.user_attributes(), Some(&user), Writer::App(&app))?;
    let keep = pool
        .description
        .user_attribute_update_settings()
        .map(|settings| settings.attributes_require_verification_before_update().to_vec())
        .unwrap_or_default();
    let verified = pool.description.auto_verified_attributes().to_vec();
    let mut changed = Vec::new();
    for name in ["email", "phone_number"] {
        let Some(new) = given.get(name).filter(|new| user.attribute(name) != Some(new)).cloned() else {
            continue;
        };
        if keep.iter().any(|kept| kept.as_str() == name) {
            given.remove(name);
            user.pending.insert(name.to_owned(), new);
        } else {
            user.attributes.insert(format!("{name}_verified"), "false".to_owned());
        }
        if verified.iter().any(|verified| verified.as_str() == name) {
            changed.push(name);
        }
    }
    user.attributes.extend(given);
    user.modified = now;
    aliases::claim(pool, &key, &user, false)?;
    pool.users.insert(key.clone(), user);
    aliases::index(pool, &key);
    let mut details = Vec::new();
    for name in changed {
        let reason = Reason {
            purpose: Purpose::Attribute(name.to_owned()),
            name: "UpdateUserAttribute",
            client_id: &app.id,
            metadata: input.client_metadata(),
        };
        details.push(send_code(&world.around, pool, &key, name, reason)?);
    }
    Ok(UpdateUserAttributesOutput::builder()
        .set_code_delivery_details_list(Some(details))
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html>
pub(crate) fn delete_user_attributes(
    world: &mut World,
    input: DeleteUserAttributesInput,
) -> Answer<DeleteUserAttributesOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)?;
    let names = required(input.user_attribute_names, "userAttributeNames")?;
    if names.iter().any(|name| !app.may_write(name)) {
        return Err(Fault::not_authorized(
            "A client attempted to write unauthorized attribute",
        ));
    }
    admin::delete_attributes(pool, &key, &names, now)?;
    Ok(DeleteUserAttributesOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html>
pub(crate) fn change_password(world: &mut World, input: ChangePasswordInput) -> Answer<ChangePasswordOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let plain = required(input.proposed_password(), "proposedPassword")?;
    let mut user = pool.user(Some(&key))?.clone();
    if let Some(password) = &user.password {
        let previous = input.previous_password().unwrap_or_default();
        if !password.is(previous) {
            return Err(Fault::wrong_password());
        }
    }
    check_password(pool, plain)?;
    let password = Password::new(pool.short_name(), &user.username, plain);
    remember_password(&mut user, history_size(pool), password, plain)?;
    user.modified = now;
    pool.users.insert(key, user);
    Ok(ChangePasswordOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html>
pub(crate) fn delete_user(world: &mut World, input: DeleteUserInput) -> Answer<DeleteUserOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    aliases::remove(pool, &key);
    Ok(DeleteUserOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html>
pub(crate) fn global_sign_out(world: &mut World, input: GlobalSignOutInput) -> Answer<GlobalSignOutOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    pool.sessions.retain(|_, session| session.user != key);
    Ok(GlobalSignOutOutput::builder().build())
}
