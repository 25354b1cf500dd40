//! What a server learns of a value: the violations of its model, in the words of AWS's services.
//!
//! The wording comes from messages that users have published, of Cognito and of other services on the same framework. A
//! message about an item's constraint names the list. A message about a key or value names the map. There is one for all
//! items, keys or values of a list or map, and it quotes all of them. So it is written after the walk.

use crate::constraint::Constraint;
use crate::document::Document;
use crate::nodes::{Name, Nodes, Value};
use crate::observer::Observer;
use crate::shape::{Kind, Shape};
use std::collections::HashSet;

/// The observer of a server's check.
#[derive(Default)]
pub(crate) struct Refusal {
    complaints: Vec<Complaint>,
    /// The lists and maps that a complaint names because of what they hold.
    holders: HashSet<(usize, Part)>,
}

/// A demand that isn't met.
enum Complaint {
    /// There is no member of this path.
    Absent(String),
    /// The value at this place isn't as demanded.
    Unmet(usize, String),
}

/// A part of a list or map that has constraints of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Items,
    Keys,
    Values,
}

impl Observer for Refusal {
    fn violated(&mut self, value: Document<'_>, constraint: Constraint) {
        self.complain(value, || own_demand(value, &constraint));
    }

    fn missing(&mut self, structure: Document<'_>, member: &'static str) {
        let mut path = path(structure);
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&lower_first(member));
        self.complaints.push(Complaint::Absent(path));
    }

    fn enumerated(&mut self, value: Document<'_>, text: &str, values: &'static [&'static str]) {
        if !values.contains(&text) {
            self.complain(value, || Some(one_of(values)));
        }
    }
}

impl Refusal {
    /// Notes a demand of the list or map that holds the value, or else the value's own.
    fn complain(&mut self, value: Document<'_>, own_demand: impl FnOnce() -> Option<String>) {
        let Some(part) = part(value) else {
            let complaint = own_demand().map(|demand| Complaint::Unmet(value.at(), demand));
            self.complaints.extend(complaint);
            return;
        };
        let holder = value.parent().at();
        if self.holders.insert((holder, part)) {
            let what = match part {
                Part::Items => "Member",
                Part::Keys => "Map keys",
                Part::Values => "Map value",
            };
            let demand = format!("{what} must satisfy constraint: [{}]", demands(value.node().shape));
            self.complaints.push(Complaint::Unmet(holder, demand));
        }
    }

    /// All complaints in one text, if there are any.
    pub(crate) fn message(&self, nodes: &Nodes) -> Option<String> {
        let errors = match self.complaints.len() {
            0 => return None,
            1 => "error",
            _ => "errors",
        };
        let all: Vec<String> = self.complaints.iter().map(|it| it.text(nodes)).collect();
        Some(format!(
            "{} validation {errors} detected: {}",
            all.len(),
            all.join("; ")
        ))
    }
}

impl Complaint {
    fn text(&self, nodes: &Nodes) -> String {
        let (at, demand) = match self {
            Self::Absent(path) => {
                return format!("Value null at '{path}' failed to satisfy constraint: Member must not be null");
            }
            Self::Unmet(at, demand) => (Document::new(nodes, *at), demand),
        };
        let path = path(at);
        match at.shown() {
            Some(value) => format!("Value '{value}' at '{path}' failed to satisfy constraint: {demand}"),
            None => format!("Value at '{path}' failed to satisfy constraint: {demand}"),
        }
    }
}

/// The part of its list or map that a value belongs to.
fn part(value: Document<'_>) -> Option<Part> {
    match value.node().name {
        Name::Root | Name::Member(_) => None,
        Name::Index(_) => Some(Part::Items),
        Name::Key(_) => Some(Part::Keys),
        Name::Entry(_) => Some(Part::Values),
    }
}

/// The path as AWS writes it: `schema.1.member.name`.
fn path(value: Document<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for step in value.way() {
        match step.node().name {
            Name::Root => {}
            Name::Member(name) => parts.push(lower_first(name)),
            Name::Index(index) => parts.push(format!("{}.member", index + 1)),
            Name::Entry(_) | Name::Key(_) if step.hides_key() => parts.push("member".to_owned()),
            Name::Entry(_) | Name::Key(_) => parts.push(format!("{}.member", step.name().unwrap_or_default())),
        }
    }
    parts.join(".")
}

/// A member's name as AWS's messages write it.
fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// The demand that a value doesn't meet itself.
fn own_demand(value: Document<'_>, constraint: &Constraint) -> Option<String> {
    match constraint {
        Constraint::Length { min, max, actual, .. } => {
            let actual = i64::try_from(*actual).unwrap_or(i64::MAX);
            let least = min.filter(|min| actual < *min).map(at_least_long);
            least.or_else(|| max.map(at_most_long))
        }
        Constraint::Range { min, max } => {
            let is_below = |min: &i64| match value.node().value {
                Value::Integer(number) => number < *min,
                Value::Float(number) => number < *min as f64,
                _ => false,
            };
            let least = min.filter(is_below).map(at_least);
            least.or_else(|| max.map(at_most))
        }
        Constraint::Pattern { pattern } => Some(matching(pattern)),
        // A missing member has no value, and rules are no part of the model.
        Constraint::Required | Constraint::Rule(_) => None,
    }
}

/// All demands of a shape.
fn demands(shape: &Shape) -> String {
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
