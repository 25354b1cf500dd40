//! The values of attributes, checked against the schema.

use super::User;
use crate::clients::App;
use crate::fault::{Answer, Fault};
use crate::pools::{Pool, schema_of};
use cognito_idp::types::{AttributeDataType, AttributeType};
use std::collections::BTreeMap;

/// Who sets an attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Writer<'a> {
    /// An administrator.
    Administrator,
    /// A user with a token of this app client.
    App(&'a App),
}

/// The checked attributes of a request. `known` is the user, if it exists already: then a blank value stands for the
/// removal of an attribute.
pub(crate) fn read(
    pool: &Pool,
    attributes: &[AttributeType],
    known: Option<&User>,
    writer: Writer<'_>,
) -> Answer<BTreeMap<String, String>> {
    let mut read = BTreeMap::new();
    for attribute in attributes {
        let (name, value) = (attribute.name(), attribute.value().unwrap_or_default());
        check(pool, name, value, known, writer)?;
        read.insert(name.to_owned(), value.to_owned());
    }
    Ok(read)
}

/// Refuses an attribute that the schema doesn't have or allow.
///
/// Source: [Working with user attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html).
fn check(pool: &Pool, name: &str, value: &str, known: Option<&User>, writer: Writer<'_>) -> Answer<()> {
    let refused = |why: &str| {
        Err(Fault::invalid_parameter(format!(
            "Attributes did not conform to the schema: {name}: {why}\n"
        )))
    };
    let Some(schema) = schema_of(pool, name) else {
        return refused("Attribute does not exist in the schema.");
    };
    if let Writer::App(app) = writer
        && (!app.may_write(name) || is_verification(name) || schema.developer_only_attribute == Some(true))
    {
        return Err(Fault::not_authorized(
            "A client attempted to write unauthorized attribute",
        ));
    }
    if name == "sub" || (known.is_some() && schema.mutable == Some(false)) {
        return Err(Fault::invalid_parameter(format!(
            "user.{name}: Attribute cannot be updated.\n"
        )));
    }
    if known.is_some() && value.is_empty() {
        return check_removable(pool, name);
    }
    match name {
        "email" if !value.is_empty() && !is_email(value) => {
            return Err(Fault::invalid_parameter("Invalid email address format."));
        }
        "phone_number" if !value.is_empty() && !is_phone_number(value) => {
            return Err(Fault::invalid_parameter("Invalid phone number format."));
        }
        _ => {}
    }
    match schema.attribute_data_type {
        Some(AttributeDataType::Number) => {
            let Ok(number) = value.parse::<i64>() else {
                return refused("Attribute value is not a valid number.");
            };
            let bound = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
            let limits = schema.number_attribute_constraints();
            if bound(limits.and_then(|limits| limits.min_value())).is_some_and(|min| number < min) {
                return refused("Number must not be smaller than the minimum.");
            }
            if bound(limits.and_then(|limits| limits.max_value())).is_some_and(|max| number > max) {
                return refused("Number must not be larger than the maximum.");
            }
        }
        Some(AttributeDataType::Boolean) if !matches!(value, "true" | "false" | "True" | "False") => {
            return refused("Attribute value is not a valid boolean.");
        }
        Some(AttributeDataType::Datetime) => {}
        _ => {
            let length = value.chars().count();
            let bound = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
            let limits = schema.string_attribute_constraints();
            if bound(limits.and_then(|limits| limits.min_length())).is_some_and(|min| length < min) {
                return refused("String must not be shorter than the minimum length.");
            }
            if bound(limits.and_then(|limits| limits.max_length())).is_some_and(|max| length > max) {
                return refused("String must not be longer than the maximum length.");
            }
        }
    }
    Ok(())
}

/// Whether the attribute says that an address is verified.
pub(crate) fn is_verification(name: &str) -> bool {
    matches!(name, "email_verified" | "phone_number_verified")
}

/// Refuses an attribute that no user can lose.
pub(super) fn check_removable(pool: &Pool, name: &str) -> Answer<()> {
    let why = match schema_of(pool, name) {
        None => "Attribute does not exist in the schema.",
        Some(schema) if schema.required == Some(true) || name == "sub" => "Required attribute cannot be deleted.",
        Some(_) => return Ok(()),
    };
    Err(Fault::invalid_parameter(format!(
        "Attributes did not conform to the schema: {name}: {why}\n"
    )))
}

impl User {
    /// Gives the user these attributes. A blank value takes one.
    pub(crate) fn set_attributes(&mut self, given: BTreeMap<String, String>) {
        for (name, value) in given {
            if value.is_empty() {
                self.remove_attribute(&name);
            } else {
                self.attributes.insert(name, value);
            }
        }
    }

    /// Takes an attribute from the user, and with an address that it is verified.
    pub(super) fn remove_attribute(&mut self, name: &str) {
        self.attributes.remove(name);
        if matches!(name, "email" | "phone_number") {
            self.attributes.remove(&format!("{name}_verified"));
            self.pending.remove(name);
        }
    }
}

/// Whether the new user has all attributes that the schema requires.
pub(crate) fn check_required(pool: &Pool, attributes: &BTreeMap<String, String>) -> Answer<()> {
    let required = pool
        .description
        .schema_attributes()
        .iter()
        .filter(|schema| schema.required == Some(true));
    let missing: String = required
        .filter_map(|schema| schema.name())
        .filter(|name| *name != "sub" && !attributes.contains_key(*name))
        .map(|name| format!("{name}: The attribute is required\n"))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Fault::invalid_parameter(format!(
            "Attributes did not conform to the schema: {missing}"
        )))
    }
}

pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let good = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    good(name) && good(host)
}

/// E.164: a plus sign and at most fifteen digits.
pub(crate) fn is_phone_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// The attributes as a list, with `sub` first, as in Cognito.
pub(crate) fn to_list<'a>(
    attributes: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> Answer<Vec<AttributeType>> {
    let mut list = Vec::new();
    for (name, value) in attributes {
        let attribute = AttributeType::builder().name(name).value(value).build()?;
        if name == "sub" {
            list.insert(0, attribute);
        } else {
            list.push(attribute);
        }
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::{is_email, is_phone_number};

    #[test]
    fn addresses_and_numbers_are_told_from_other_text() {
        assert!(is_email("alice@example.com") && !is_email("alice") && !is_email("@example.com"));
        assert!(is_phone_number("+12065550100") && !is_phone_number("12065550100") && !is_phone_number("+1a"));
    }
}
