//! Where a value is read, which decides whether it gets a variable.

use super::syntax::{Call, Condition, Expression, ExpressionKind, Outcome, Property, TextPart};

/// Whether `condition` is `name == literal`.
pub(super) fn compares_with_literal(name: &str, condition: &Condition) -> bool {
    let is_name = |kind: &ExpressionKind| matches!(kind, ExpressionKind::Reference(other) if other == name);
    let is_literal = |kind: &ExpressionKind| match kind {
        ExpressionKind::Bool(_) => true,
        ExpressionKind::Text(parts) => matches!(parts.as_slice(), [] | [TextPart::Literal(_)]),
        _ => false,
    };
    let [left, right] = condition.call.arguments.as_slice() else {
        return false;
    };
    matches!(condition.call.function.as_str(), "stringEquals" | "booleanEquals")
        && ((is_name(&left.kind) && is_literal(&right.kind)) || (is_name(&right.kind) && is_literal(&left.kind)))
}

/// How often `name` is read; `isSet` does not count, since what is known to be set is not tested again.
pub(super) fn uses_in_call(name: &str, call: &Call) -> usize {
    if call.function == "isSet" {
        return 0;
    }
    call.arguments
        .iter()
        .map(|argument| uses_in_expression(name, argument))
        .sum()
}

fn uses_in_expression(name: &str, expression: &Expression) -> usize {
    match &expression.kind {
        ExpressionKind::Reference(other) => usize::from(other == name),
        ExpressionKind::Call(call) => uses_in_call(name, call),
        ExpressionKind::Text(parts) => parts
            .iter()
            .filter(|part| matches!(part, TextPart::Value { name: other, .. } if other == name))
            .count(),
        ExpressionKind::Bool(_) | ExpressionKind::Integer(_) => 0,
    }
}

fn uses_in_property(name: &str, property: &Property) -> usize {
    match property {
        Property::Scalar(expression) => uses_in_expression(name, expression),
        Property::List(items) => items.iter().map(|item| uses_in_property(name, item)).sum(),
        Property::Object(members) => members.iter().map(|(_, value)| uses_in_property(name, value)).sum(),
    }
}

pub(super) fn uses_in_outcome(name: &str, outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Error(message) => uses_in_expression(name, message),
        Outcome::Endpoint {
            url,
            properties,
            headers,
            ..
        } => {
            let headers = headers.iter().flat_map(|(_, values)| values);
            uses_in_expression(name, url)
                + properties
                    .iter()
                    .map(|(_, property)| uses_in_property(name, property))
                    .sum::<usize>()
                + headers.map(|value| uses_in_expression(name, value)).sum::<usize>()
        }
        Outcome::Tree(rules) => rules
            .iter()
            .map(|rule| {
                let conditions = rule
                    .conditions
                    .iter()
                    .map(|condition| uses_in_call(name, &condition.call))
                    .sum::<usize>();
                conditions + uses_in_outcome(name, &rule.outcome)
            })
            .sum(),
    }
}
