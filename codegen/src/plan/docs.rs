//! Documentation as finished lines: `/// …`.

use crate::docs;
use crate::model::{Shape, ShapeKind};
use std::fmt::Display;

/// Lines of `///`; `fallback` where the model says nothing.
pub(super) fn lines(html: Option<&str>, fallback: &str) -> Vec<String> {
    let text = html.map(docs::doc_lines).filter(|lines| !lines.is_empty());
    comment(text.unwrap_or_else(|| vec![fallback.to_owned()]))
}

/// A line of `///`: the first sentence, or `fallback` where the model says nothing.
pub(super) fn sentence(html: Option<&str>, fallback: &str) -> Vec<String> {
    let text = html.map(docs::summary).filter(|text| !text.is_empty());
    comment([text.unwrap_or_else(|| fallback.to_owned())])
}

/// Prefixes each line with `///`.
pub(super) fn comment(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    prefixed("///", lines)
}

/// Lines of `//!`; none where the model says nothing.
pub(super) fn inner_lines(html: Option<&str>) -> Vec<String> {
    prefixed("//!", html.map(docs::doc_lines).unwrap_or_default())
}

fn prefixed(prefix: &str, lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let lines = lines.into_iter();
    lines
        .map(|line| format!("{prefix} {line}").trim_end().to_owned())
        .collect()
}

/// What the service demands of a member's value, in sentences: `Required. 1 to 128 characters.`
pub(super) fn constraints(shape: &Shape, required: bool) -> Option<String> {
    let mut parts = Vec::new();
    if required {
        parts.push("Required.".to_owned());
    }
    parts.extend(bounds(shape).map(|bounds| capital(&bounds) + "."));
    if let ShapeKind::String {
        pattern: Some(pattern), ..
    } = &shape.kind
    {
        parts.push(format!("Pattern: {}.", code(pattern)));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The bounds of a shape's values, in words: `1 to 128 characters`.
pub fn bounds(shape: &Shape) -> Option<String> {
    let count = |min: Option<i64>, max, one, several| range(min.filter(|min| *min > 0), max, one, several);
    match &shape.kind {
        ShapeKind::String { min, max, .. } => count(*min, *max, " character", " characters"),
        ShapeKind::Blob { min, max, .. } => count(*min, *max, " byte", " bytes"),
        ShapeKind::List { min, max, .. } => count(*min, *max, " item", " items"),
        ShapeKind::Map { min, max, .. } => count(*min, *max, " entry", " entries"),
        ShapeKind::Whole { min, max, .. } => range(*min, *max, "", ""),
        ShapeKind::Real { min, max, .. } => range(*min, *max, "", ""),
        ShapeKind::Structure(_) | ShapeKind::Boolean | ShapeKind::Timestamp { .. } => None,
    }
}

/// Bounds in words, where one thing and several are called so.
fn range<T>(min: Option<T>, max: Option<T>, one: &str, several: &str) -> Option<String>
where
    T: PartialEq + From<i32> + Display,
{
    let unit = |count: &T| if *count == T::from(1) { one } else { several };
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}{}", unit(&min))),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{}", unit(&max))),
        (Some(min), None) => Some(format!("at least {min}{}", unit(&min))),
        (None, Some(max)) => Some(format!("at most {max}{}", unit(&max))),
        (None, None) => None,
    }
}

/// A text of ASCII that begins with a capital.
fn capital(text: &str) -> String {
    text.get(..1).unwrap_or_default().to_uppercase() + text.get(1..).unwrap_or_default()
}

/// A code span, whatever is in it.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::constraints;
    use crate::model::{Real, Shape, ShapeKind, ShapeRef, Whole};

    fn said(kind: ShapeKind) -> String {
        let shape = Shape {
            kind,
            documentation: None,
            sensitive: false,
        };
        constraints(&shape, false).unwrap_or_default()
    }

    #[test]
    fn bounds_are_sentences() {
        let text = |min, max| {
            said(ShapeKind::String {
                values: None,
                min,
                max,
                pattern: None,
            })
        };
        assert_eq!(text(Some(1), Some(55)), "1 to 55 characters.");
        assert_eq!(text(Some(0), Some(1)), "At most 1 character.");
        assert_eq!(text(Some(36), Some(36)), "Exactly 36 characters.");
        assert_eq!(text(Some(0), None), "");
        let (key, value) = (ShapeRef::default(), ShapeRef::default());
        let map = ShapeKind::Map {
            key,
            value,
            min: Some(1),
            max: None,
            sparse: false,
        };
        assert_eq!(said(map), "At least 1 entry.");
        let number = Whole::Integer;
        assert_eq!(
            said(ShapeKind::Whole {
                number,
                min: Some(0),
                max: Some(60)
            }),
            "0 to 60."
        );
        let number = Real::Double;
        assert_eq!(
            said(ShapeKind::Real {
                number,
                min: Some(0.125),
                max: Some(10.0)
            }),
            "0.125 to 10."
        );
    }
}
