//! Documentation as finished lines: `/// …`.

use crate::docs;
use crate::model::{Shape, ShapeKind};

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
    lines
        .into_iter()
        .map(|line| {
            if line.is_empty() {
                "///".to_owned()
            } else {
                format!("/// {line}")
            }
        })
        .collect()
}

/// Lines of `//!`; none where the model says nothing.
pub(super) fn inner_lines(html: Option<&str>) -> Vec<String> {
    let lines = html.map(docs::doc_lines).unwrap_or_default();
    lines
        .into_iter()
        .map(|line| {
            if line.is_empty() {
                "//!".to_owned()
            } else {
                format!("//! {line}")
            }
        })
        .collect()
}

/// What the service demands of a member's value, as a sentence: `Required. 1 to 128 characters.`
pub(super) fn constraints(shape: &Shape, required: bool) -> Option<String> {
    let mut parts = Vec::new();
    if required {
        parts.push("Required.".to_owned());
    }
    match &shape.kind {
        ShapeKind::String { min, max, pattern, .. } => {
            parts.extend(range(*min, *max, "character"));
            parts.extend(pattern.as_deref().map(|pattern| format!("Pattern: {}.", code(pattern))));
        }
        ShapeKind::Blob { min, max, .. } => parts.extend(range(*min, *max, "byte")),
        ShapeKind::List { min, max, .. } => parts.extend(range(*min, *max, "item")),
        ShapeKind::Map { min, max, .. } => parts.extend(range(*min, *max, "entr")),
        ShapeKind::Integer { min, max } | ShapeKind::Long { min, max } => parts.extend(match (min, max) {
            (Some(min), Some(max)) => Some(format!("{min} to {max}.")),
            (Some(min), None) => Some(format!("At least {min}.")),
            (None, Some(max)) => Some(format!("At most {max}.")),
            (None, None) => None,
        }),
        _ => {}
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn range(min: Option<i64>, max: Option<i64>, unit: &str) -> Option<String> {
    let units = |count: i64| match (unit, count) {
        ("entr", 1) => "entry".to_owned(),
        ("entr", _) => "entries".to_owned(),
        (unit, 1) => unit.to_owned(),
        (unit, _) => format!("{unit}s"),
    };
    match (min.filter(|min| *min > 0), max) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {min} {}.", units(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {max} {}.", units(max))),
        (Some(min), None) => Some(format!("At least {min} {}.", units(min))),
        (None, Some(max)) => Some(format!("At most {max} {}.", units(max))),
        (None, None) => None,
    }
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
