//! Users verify their address.

use super::codes::{Purpose, Reason, send_code};
use super::{Action, aliases};
use crate::fault::{Answer, Fault, required};
use crate::tokens::authorize;
use crate::world::World;
use cognito_idp::operation::get_user_attribute_verification_code::{
    GetUserAttributeVerificationCodeInput, GetUserAttributeVerificationCodeOutput,
};
use cognito_idp::operation::verify_user_attribute::{VerifyUserAttributeInput, VerifyUserAttributeOutput};

/// An attribute that has codes.
fn address(name: Option<&str>) -> Answer<&str> {
    match required(name, "attributeName")? {
        name @ ("email" | "phone_number") => Ok(name),
        other => Err(Fault::invalid_parameter(format!(
            "Attribute {other} can't be verified."
        ))),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html>
pub(crate) fn get_user_attribute_verification_code(
    world: &mut World,
    input: GetUserAttributeVerificationCodeInput,
) -> Answer<GetUserAttributeVerificationCodeOutput> {
    let now = world.now();
    let (pool, app, key) = authorize(&mut world.state, input.access_token(), now)?;
    let name = address(input.attribute_name())?;
    let user = pool.user_mut(Some(&key))?;
    user.attempt(Action::GetUserAttributeVerificationCode, now)?;
    if user.attribute(name).is_none() && !user.pending.contains_key(name) {
        return Err(Fault::invalid_parameter(format!(
            "User does not have an {name} to verify."
        )));
    }
    let reason = Reason {
        purpose: Purpose::Attribute(name.to_owned()),
        name: "VerifyUserAttribute",
        client_id: &app.id,
        metadata: input.client_metadata(),
    };
    let details = send_code(&world.around, pool, &key, name, reason)?;
    Ok(GetUserAttributeVerificationCodeOutput::builder()
        .code_delivery_details(details)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html>
pub(crate) fn verify_user_attribute(
    world: &mut World,
    input: VerifyUserAttributeInput,
) -> Answer<VerifyUserAttributeOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let name = address(input.attribute_name())?;
    let code = required(input.code(), "code")?;
    let user = pool.user_mut(Some(&key))?;
    user.attempt(Action::VerifyUserAttribute, now)?;
    let mut user = user.clone();
    user.take_code(&Purpose::Attribute(name.to_owned()), code, now)?;
    if let Some(new) = user.pending.remove(name) {
        user.attributes.insert(name.to_owned(), new);
    }
    user.attributes.insert(format!("{name}_verified"), "true".to_owned());
    user.modified = now;
    aliases::claim(pool, &key, &user, false)?;
    pool.users.insert(key.clone(), user);
    aliases::index(pool, &key);
    Ok(VerifyUserAttributeOutput::builder().build())
}
