//! Violations in the words of AWS's services, for emulators.
//!
//! The wording comes from messages that users have published, of Cognito and of other services on the same framework. A
//! message about an item's constraint names the list. A message about a key or value names the map.

use super::document::{Document, lower_first};
use super::shape::{Kind, Shape};
use super::violation::Constraint;

/// All messages in one text. Equal messages appear once.
pub(super) fn join<'a>(messages: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for message in messages.filter(|message| !message.is_empty()) {
        if !all.contains(&message) {
            all.push(message);
        }
    }
    let count = all.len();
    let errors = if count == 1 { "error" } else { "errors" };
    format!("{count} validation {errors} detected: {}", all.join("; "))
}

/// The message for a missing member.
pub(super) fn missing(structure: Document<'_>, member: &str) -> String {
    let mut path = structure.service_path();
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(&lower_first(member));
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

/// The message for a value.
pub(super) fn of(at: Document<'_>, constraint: &Constraint) -> String {
    if let Some((holder, shape)) = at.holder() {
        return about(holder, &demand_of_items(at, shape));
    }
    let demand = match constraint {
        Constraint::Length { min, max, actual, .. } => {
            // No length comes near 2^63.
            let actual = *actual as i64;
            let least = min.filter(|min| actual < *min).map(at_least_long);
            least.or_else(|| max.map(at_most_long))
        }
        Constraint::Range { min, max } => {
            let number = at.number();
            let least = min.filter(|min| number.is_none_or(|number| number < *min));
            least.map(at_least).or_else(|| max.map(at_most))
        }
        Constraint::Pattern { pattern } => Some(matching(pattern)),
        Constraint::Values { values } => Some(one_of(values)),
        Constraint::Required | Constraint::Rule(_) => None,
    };
    demand.map(|demand| about(at, &demand)).unwrap_or_default()
}

fn about(at: Document<'_>, demand: &str) -> String {
    let path = at.service_path();
    match at.shown() {
        Some(value) => format!("Value '{value}' at '{path}' failed to satisfy constraint: {demand}"),
        None => format!("Value at '{path}' failed to satisfy constraint: {demand}"),
    }
}

/// The constraints of a list or map on its items or entries.
fn demand_of_items(item: Document<'_>, holder: &'static Shape) -> String {
    let tables = item.tables();
    match holder.kind {
        Kind::Map(keys, _) if item.is_key() => {
            format!("Map keys must satisfy constraint: [{}]", demands(tables.get(keys)))
        }
        Kind::Map(_, values) => format!("Map value must satisfy constraint: [{}]", demands(tables.get(values))),
        Kind::List(items) => format!("Member must satisfy constraint: [{}]", demands(tables.get(items))),
        _ => String::new(),
    }
}

/// All constraints of a shape.
fn demands(shape: &'static Shape) -> String {
    let number = matches!(shape.kind, Kind::Number);
    let (most, least) = if number {
        (shape.max.map(at_most), shape.min.map(at_least))
    } else {
        (shape.max.map(at_most_long), shape.min.map(at_least_long))
    };
    let pattern = shape.pattern.as_ref().map(|pattern| matching(pattern.as_str()));
    let values = match &shape.kind {
        Kind::Enum(values) => Some(one_of(values)),
        _ => None,
    };
    let all: Vec<String> = [most, least, pattern, values].into_iter().flatten().collect();
    all.join(", ")
}

fn at_least_long(min: i64) -> String {
    format!("Member must have length greater than or equal to {min}")
}

fn at_most_long(max: i64) -> String {
    format!("Member must have length less than or equal to {max}")
}

fn at_least(min: i64) -> String {
    format!("Member must have value greater than or equal to {min}")
}

fn at_most(max: i64) -> String {
    format!("Member must have value less than or equal to {max}")
}

fn matching(pattern: &str) -> String {
    format!("Member must satisfy regular expression pattern: {pattern}")
}

fn one_of(values: &[&str]) -> String {
    format!("Member must satisfy enum value set: [{}]", values.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::validation::{Constraints, Validate};
    use serde::ser::{Serialize, Serializer};
    use serde_json::{Value, json};

    struct Request(Value);

    impl Serialize for Request {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }

    const TEXT: &str = r"
structure Request
  UserPoolId PoolId required
  Password Password required
  CallbackURLs Urls required
text PoolId 1..
  [\S]+
  [[:^space:]]+
secret text Password 6..
  [\S]+
  [[:^space:]]+
list Urls Url
text Url 1..1024
  [\S]+
  [[:^space:]]+
";

    static CONSTRAINTS: Constraints = Constraints::new(TEXT, &[], "ValidationException");

    impl Validate for Request {
        const SHAPE: &'static str = "Request";
        const CONSTRAINTS: &'static Constraints = &CONSTRAINTS;
    }

    fn message(request: Value) -> Option<String> {
        let errors = Request(request).validate_as_service().err()?;
        Some(errors.service_message())
    }

    /// <https://github.com/amazon-archives/amazon-cognito-identity-js/issues/388>
    #[test]
    fn a_secret_is_not_quoted_and_all_that_is_wrong_is_said() {
        let request = json!({ "UserPoolId": "p", "Password": "", "CallbackURLs": [] });
        let expected = "2 validation errors detected: Value at 'password' failed to satisfy constraint: Member must \
            have length greater than or equal to 6; Value at 'password' failed to satisfy constraint: Member must \
            satisfy regular expression pattern: [\\S]+";
        assert_eq!(message(request).as_deref(), Some(expected));
    }

    /// <https://github.com/aws/aws-sdk-js/issues/3344>: a pattern matches the whole value.
    #[test]
    fn a_value_with_a_space_before_it_has_the_wrong_form() {
        let request = json!({ "UserPoolId": " ap-northeast-1_xxx", "Password": "secret", "CallbackURLs": [] });
        let expected = "1 validation error detected: Value ' ap-northeast-1_xxx' at 'userPoolId' failed to satisfy \
            constraint: Member must satisfy regular expression pattern: [\\S]+";
        assert_eq!(message(request).as_deref(), Some(expected));
    }

    /// <https://github.com/amazon-archives/amazon-cognito-auth-js/issues/65>
    #[test]
    fn a_member_that_is_absent_is_null() {
        let request = json!({ "Password": "secret", "CallbackURLs": [] });
        let expected = "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member \
            must not be null";
        assert_eq!(message(request).as_deref(), Some(expected));
    }

    /// <https://github.com/aws/aws-cli/issues/2941>
    #[test]
    fn what_items_must_be_like_is_said_of_their_list() {
        let request = json!({ "UserPoolId": "p", "Password": "secret", "CallbackURLs": ["a", " "] });
        let expected = "1 validation error detected: Value '[a,  ]' at 'callbackURLs' failed to satisfy constraint: \
            Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have \
            length greater than or equal to 1, Member must satisfy regular expression pattern: [\\S]+]";
        assert_eq!(message(request).as_deref(), Some(expected));
    }

    #[test]
    fn our_own_text_says_where_and_what_to_do_and_keeps_secrets() {
        let request = json!({ "UserPoolId": "p", "Password": "a b", "CallbackURLs": ["a", ""] });
        let errors = Request(request).validate().expect_err("three violations");
        let mut paths: Vec<&str> = errors.violations().iter().map(|violation| violation.path()).collect();
        // A JSON value may have its members in any order.
        paths.sort_unstable();
        assert_eq!(paths, ["CallbackURLs[1]", "CallbackURLs[1]", "Password", "Password"]);
        let text = errors.to_string();
        assert!(!text.contains("a b"), "{text}");
        assert!(
            text.contains("`Password` has 3 characters: give it at least 6 characters"),
            "{text}"
        );
    }
}
