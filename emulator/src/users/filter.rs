//! The filters of ListUsers.
//!
//! Source: [Searching for users using the ListUsers API](https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html#cognito-user-pools-searching-for-users-using-listusers-api).

use super::User;
use crate::fault::{Answer, Fault};

/// The attributes that can be searched. All of them are standard attributes.
const SEARCHABLE: [&str; 12] = [
    "username",
    "email",
    "phone_number",
    "name",
    "given_name",
    "family_name",
    "preferred_username",
    "cognito:user_status",
    "status",
    "sub",
    "enabled",
    "user_status",
];

/// `attribute = "value"`, or `attribute ^= "beginning"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    attribute: String,
    prefix: bool,
    value: String,
}

impl Filter {
    pub(crate) fn parse(text: &str) -> Answer<Option<Self>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let invalid = || Fault::invalid_parameter("One or more filters are invalid.");
        let (left, right) = text.split_once('=').ok_or_else(invalid)?;
        let (left, prefix) = match left.strip_suffix('^') {
            Some(left) => (left, true),
            None => (left, false),
        };
        let attribute = left.trim().trim_matches('"').to_owned();
        let right = right.trim();
        let value = right.strip_prefix('"').and_then(|right| right.strip_suffix('"'));
        let value = value.or_else(|| right.strip_prefix('\'').and_then(|right| right.strip_suffix('\'')));
        let value = value.ok_or_else(invalid)?.replace("\\\"", "\"");
        if !SEARCHABLE.contains(&attribute.as_str()) {
            return Err(Fault::invalid_parameter(format!(
                "{attribute} is not a searchable attribute. Searchable attributes are {}.",
                SEARCHABLE[..10].join(", ")
            )));
        }
        Ok(Some(Self {
            attribute,
            prefix,
            value,
        }))
    }

    /// The only user who can match, if the filter is for a username or a `sub`.
    pub(crate) fn exact(&self, name: &str) -> Option<&str> {
        (self.attribute == name && !self.prefix).then_some(self.value.as_str())
    }

    pub(crate) fn matches(&self, user: &User) -> bool {
        let enabled = if user.enabled { "Enabled" } else { "Disabled" };
        let value = match self.attribute.as_str() {
            "username" => Some(user.username.as_str()),
            "cognito:user_status" | "user_status" => Some(user.status.as_str()),
            "status" => Some(enabled),
            "enabled" => Some(if user.enabled { "true" } else { "false" }),
            name => user.attribute(name),
        };
        let value = value.map(str::to_lowercase);
        let wanted = self.value.to_lowercase();
        value.is_some_and(|value| {
            if self.prefix {
                value.starts_with(&wanted)
            } else {
                value == wanted
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn both_operators_are_read_and_nonsense_is_refused() {
        let filter = Filter::parse("given_name = \"Jon\"")
            .expect("documented")
            .expect("not empty");
        assert_eq!((filter.prefix, filter.value.as_str()), (false, "Jon"));
        let filter = Filter::parse("given_name ^= \"Jon\"")
            .expect("documented")
            .expect("not empty");
        assert!(filter.prefix);
        assert_eq!(Filter::parse("").expect("nothing to filter"), None);
        for wrong in ["given_name", "given_name = Jon", "custom:team = \"a\"", "= \"a\""] {
            assert!(Filter::parse(wrong).is_err(), "{wrong}");
        }
    }
}
