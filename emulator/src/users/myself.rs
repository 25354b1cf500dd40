//! The users' operations on their own profile, with an access token.

use super::addresses::{Changer, change};
use super::attributes::{self, Writer};
use super::recovery::history_size;
use super::{Action, Password, admin, aliases, to_list};
use crate::fault::{Answer, Fault, required};
use crate::pools::{check_password, remember_password};
use crate::tokens::{authorize, unlisted};
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
    let user = pool.user(Some(&key))?.clone();
    let given = attributes::read(pool, input.user_attributes(), Some(&user), Writer::App(&app))?;
    let by = Changer {
        client_id: &app.id,
        metadata: input.client_metadata(),
        now,
    };
    let details = change(&world.around, pool, &key, user, given, &by)?;
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
    pool.user_mut(Some(&key))?.attempt(Action::ChangePassword, now)?;
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
    let (pool, _, key) =
        authorize(&mut world.state, input.access_token(), now).map_err(unlisted(&["UserNotFoundException"]))?;
    pool.sessions.retain(|_, session| session.user != key);
    Ok(GlobalSignOutOutput::builder().build())
}
