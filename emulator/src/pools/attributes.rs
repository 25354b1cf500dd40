//! The schema: the attributes of a pool's users, and their allowed values.
//!
//! Source: [Working with user attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html).

use super::{Pool, defaults};
use crate::fault::{Answer, Fault, required};
use crate::world::World;
use cognito_idp::operation::add_custom_attributes::{AddCustomAttributesInput, AddCustomAttributesOutput};
use cognito_idp::operation::get_csv_header::{GetCsvHeaderInput, GetCsvHeaderOutput};
use cognito_idp::types::{
    AttributeDataType, NumberAttributeConstraintsType, SchemaAttributeType, StringAttributeConstraintsType,
};

/// How many custom attributes a pool may have.
const CUSTOM: usize = 50;

/// The schema of a new pool: the standard attributes with the changes in `asked`, and the custom attributes in it.
pub(super) fn schema(asked: &[SchemaAttributeType]) -> Answer<Vec<SchemaAttributeType>> {
    let mut schema = defaults::standard_attributes();
    for attribute in asked {
        let name = required(attribute.name(), "schema.member.name")?;
        match schema.iter_mut().find(|standard| standard.name() == Some(name)) {
            Some(standard) => {
                if attribute.attribute_data_type.is_some()
                    && attribute.attribute_data_type != standard.attribute_data_type
                {
                    return Err(Fault::invalid_parameter(format!(
                        "You can not change AttributeDataType or set developerOnlyAttribute for standard schema \
                         attribute {name}"
                    )));
                }
                standard.required = attribute.required.or(standard.required);
                standard.mutable = attribute.mutable.or(standard.mutable);
                if attribute.string_attribute_constraints.is_some() {
                    standard.string_attribute_constraints = attribute.string_attribute_constraints.clone();
                }
                if attribute.number_attribute_constraints.is_some() {
                    standard.number_attribute_constraints = attribute.number_attribute_constraints.clone();
                }
            }
            None => add(&mut schema, attribute)?,
        }
    }
    Ok(schema)
}

/// Adds a custom attribute.
fn add(schema: &mut Vec<SchemaAttributeType>, attribute: &SchemaAttributeType) -> Answer<()> {
    let name = required(attribute.name(), "customAttributes.member.name")?;
    if attribute.required == Some(true) {
        return Err(Fault::invalid_parameter(
            "Required custom attributes are not supported currently.",
        ));
    }
    let prefix = match attribute.developer_only_attribute {
        Some(true) => "dev:custom:",
        _ => "custom:",
    };
    let name = match name.strip_prefix("custom:") {
        Some(bare) => format!("{prefix}{bare}"),
        None => format!("{prefix}{name}"),
    };
    if schema.iter().any(|other| other.name() == Some(&name)) {
        return Err(Fault::invalid_parameter(format!(
            "{name}: Existing attribute already has name {name}."
        )));
    }
    if schema
        .iter()
        .filter(|other| other.name().is_some_and(|name| name.contains(':')))
        .count()
        >= CUSTOM
    {
        return Err(Fault::invalid_parameter(
            "Number of custom attributes exceeds the limit of 50.",
        ));
    }
    let kind = attribute
        .attribute_data_type
        .clone()
        .unwrap_or(AttributeDataType::String);
    let mut new = attribute.clone();
    match kind {
        AttributeDataType::String => {
            new.string_attribute_constraints
                .get_or_insert_with(|| StringAttributeConstraintsType::builder().build());
        }
        AttributeDataType::Number => {
            new.number_attribute_constraints
                .get_or_insert_with(|| NumberAttributeConstraintsType::builder().build());
        }
        _ => {}
    }
    new.name = Some(name);
    new.attribute_data_type = Some(kind);
    new.developer_only_attribute.get_or_insert(false);
    new.mutable.get_or_insert(true);
    new.required = Some(false);
    schema.push(new);
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html>
pub(crate) fn add_custom_attributes(
    world: &mut World,
    input: AddCustomAttributesInput,
) -> Answer<AddCustomAttributesOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    required(input.custom_attributes.as_ref(), "customAttributes")?;
    let mut schema = pool.description.schema_attributes.clone().unwrap_or_default();
    for attribute in input.custom_attributes() {
        add(&mut schema, attribute)?;
    }
    pool.description.schema_attributes = Some(schema);
    pool.touch(now);
    Ok(AddCustomAttributesOutput::builder().build())
}

/// The columns of a file from which users are imported.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html>
pub(crate) fn get_csv_header(world: &mut World, input: GetCsvHeaderInput) -> Answer<GetCsvHeaderOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    Ok(GetCsvHeaderOutput::builder()
        .user_pool_id(&pool.id)
        .set_csv_header(Some(csv_header(pool)))
        .build())
}

/// The columns, in Cognito's order.
pub(crate) fn csv_header(pool: &Pool) -> Vec<String> {
    let schema = pool.description.schema_attributes();
    let names = schema.iter().filter_map(|attribute| attribute.name());
    let names = names.filter(|name| !matches!(*name, "sub" | "identities"));
    names
        .chain(["cognito:mfa_enabled", "cognito:username"])
        .map(str::to_owned)
        .collect()
}

/// The schema of an attribute.
pub(crate) fn schema_of<'a>(pool: &'a Pool, name: &str) -> Option<&'a SchemaAttributeType> {
    let mut schema = pool.description.schema_attributes().iter();
    schema.find(|attribute| attribute.name() == Some(name))
}
