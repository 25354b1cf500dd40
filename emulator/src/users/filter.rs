//! The filters of ListUsers.
//!
//! Source: [Searching for users using the ListUsers API](https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html#cognito-user-pools-searching-for-users-using-listusers-api).

use super::User;
use crate::fault::{Answer, Fault};

/// The attributes that can be searched. All of them are standard attributes.
pub(super) const SEARCHABLE: [&str; 10] = [
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
];

/// `attribute = "value"`, or `attribute ^= "beginning"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    attribute: &'static str,
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
        let attribute = left.trim().trim_matches('"');
        let right = right.trim();
        let value = right.strip_prefix('"').and_then(|right| right.strip_suffix('"'));
        let value = value.or_else(|| right.strip_prefix('\'').and_then(|right| right.strip_suffix('\'')));
        let value = value.ok_or_else(invalid)?.replace("\\\"", "\"");
        let Some(attribute) = SEARCHABLE.into_iter().find(|known| *known == attribute) else {
            return Err(Fault::invalid_parameter(format!(
                "{attribute} is not a searchable attribute. Searchable attributes are {}.",
                SEARCHABLE.join(", ")
            )));
        };
        Ok(Some(Self {
            attribute,
            prefix,
            value: folded(attribute, &value),
        }))
    }

    pub(super) fn attribute(&self) -> &'static str {
        self.attribute
    }

    /// What it looks for, in the form of [`searched`].
    pub(super) fn value(&self) -> &str {
        &self.value
    }

    /// Whether a value in the form of [`searched`] is what it looks for.
    pub(super) fn matches(&self, value: &str) -> bool {
        if self.prefix {
            value.starts_with(&self.value)
        } else {
            value == self.value
        }
    }
}

/// The value by which a search for the attribute finds the user.
pub(super) fn searched(user: &User, attribute: &str) -> Option<String> {
    let value = match attribute {
        "username" => &user.username,
        "cognito:user_status" => user.status.as_str(),
        "status" if user.enabled => "Enabled",
        "status" => "Disabled",
        name => user.attribute(name)?,
    };
    Some(folded(attribute, value))
}

/// Case counts in `username` and `status`, as API_ListUsers says.
fn folded(attribute: &str, value: &str) -> String {
    match attribute {
        "username" | "status" => value.to_owned(),
        _ => value.to_lowercase(),
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
        assert_eq!((filter.prefix, filter.value.as_str()), (false, "jon"));
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
