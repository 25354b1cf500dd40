//! Provisioned request rates. They are stored, but nothing is throttled.
//!
//! Source: [Quotas](https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations).

use crate::fault::{Answer, Fault, required};
use crate::world::World;
use cognito_idp::operation::get_provisioned_limit::{GetProvisionedLimitInput, GetProvisionedLimitOutput};
use cognito_idp::operation::update_provisioned_limit::{UpdateProvisionedLimitInput, UpdateProvisionedLimitOutput};
use cognito_idp::types::{LimitDefinitionType, LimitType};

/// The categories, and their free requests per second.
const FREE: [(&str, i32); 8] = [
    ("UserAuthentication", 120),
    ("UserCreation", 50),
    ("UserFederation", 25),
    ("UserAccountRecovery", 30),
    ("UserRead", 120),
    ("UserUpdate", 25),
    ("UserToken", 120),
    ("UserResourceRead", 50),
];

/// The category of a definition, and its free rate.
fn category(definition: &LimitDefinitionType) -> Answer<(&'static str, i32)> {
    let name = definition
        .attributes
        .get("Category")
        .map(String::as_str)
        .unwrap_or_default();
    let known = FREE.into_iter().find(|(known, _)| *known == name);
    known.ok_or_else(|| Fault::resource_not_found(format!("There is no limit of the category {name}.")))
}

fn limit(definition: LimitDefinitionType, value: i32, free: i32) -> LimitType {
    LimitType::builder()
        .limit_definition(definition)
        .provisioned_limit_value(value)
        .free_limit_value(free)
        .build()
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetProvisionedLimit.html>
pub(crate) fn get_provisioned_limit(
    world: &mut World,
    input: GetProvisionedLimitInput,
) -> Answer<GetProvisionedLimitOutput> {
    let definition = required(input.limit_definition, "limitDefinition")?;
    let (name, free) = category(&definition)?;
    let value = world.state.limits.get(name).copied().unwrap_or(free);
    Ok(GetProvisionedLimitOutput::builder()
        .limit(limit(definition, value, free))
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateProvisionedLimit.html>
pub(crate) fn update_provisioned_limit(
    world: &mut World,
    input: UpdateProvisionedLimitInput,
) -> Answer<UpdateProvisionedLimitOutput> {
    let definition = required(input.limit_definition, "limitDefinition")?;
    let value = required(input.requested_limit_value, "requestedLimitValue")?;
    let (name, free) = category(&definition)?;
    if value < free {
        return Err(Fault::invalid_parameter(format!(
            "The limit can't be lower than the free one of {free}."
        )));
    }
    world.state.limits.insert(name.to_owned(), value);
    Ok(UpdateProvisionedLimitOutput::builder()
        .limit(limit(definition, value, free))
        .build())
}
