//! Violations in the words of AWS's services, for those who stand in for one.
//!
//! The words are those of messages that people have posted, of Cognito and of other services on the same framework:
//! a constraint of items is named at their list, of keys and values at their map.

use super::document::{Document, lower_first};
use super::shape::{Kind, Shape};
use super::violation::Constraint;

/// All messages as one; those that say the same are one.
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

/// The message for a member that isn't there.
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

/// What a list or map demands of what is in it.
fn demand_of_items(item: Document<'_>, holder: &'static Shape) -> String {
    match holder.kind {
        Kind::Map(keys, _) if item.is_key() => format!("Map keys must satisfy constraint: [{}]", demands(keys)),
        Kind::Map(_, values) => format!("Map value must satisfy constraint: [{}]", demands(values)),
        Kind::List(items) => format!("Member must satisfy constraint: [{}]", demands(items)),
        _ => String::new(),
    }
}

/// All that a shape demands.
fn demands(shape: &'static Shape) -> String {
    let number = matches!(shape.kind, Kind::Number);
    let (most, least) = if number {
        (shape.max.map(at_most), shape.min.map(at_least))
    } else {
        (shape.max.map(at_most_long), shape.min.map(at_least_long))
    };
    let pattern = shape.pattern.map(|pattern| matching(pattern.as_str()));
    let values = match shape.kind {
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
