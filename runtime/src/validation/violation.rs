//! The result of a check: violations, each with path, constraint, value and remedy.

use super::document::Document;
use super::rule::{Rule, Severity};
use super::service_message;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Something in a value that the model, or a rule, doesn't allow. Its text says what to do.
#[derive(Clone, PartialEq)]
pub struct Violation {
    path: String,
    constraint: Constraint,
    value: Option<String>,
    advice: Cow<'static, str>,
    /// The same in AWS's words; empty if the constraint isn't in AWS's model.
    pub(super) service_message: String,
}

/// The constraint that a value violates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The member must be there.
    Required,
    /// The length must be in a range.
    Length {
        /// The minimum length.
        min: Option<i64>,
        /// The maximum length.
        max: Option<i64>,
        /// What the length counts.
        unit: Unit,
        /// The actual length.
        actual: usize,
    },
    /// The number must be in a range.
    Range {
        /// The minimum value.
        min: Option<i64>,
        /// The maximum value.
        max: Option<i64>,
    },
    /// The whole value must match a regular expression (in Java's syntax, as the model writes it).
    Pattern {
        /// The expression.
        pattern: &'static str,
    },
    /// The value must be one of these. Only [`validate_as_service`](super::Validate::validate_as_service) checks this.
    Values {
        /// The values that the model lists.
        values: &'static [&'static str],
    },
    /// A rule that AWS's documentation states.
    Rule(&'static Rule),
}

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode scalar values.
    Character,
    /// Bytes, before they become Base64.
    Byte,
    /// Items of a list.
    Item,
    /// Entries of a map.
    Entry,
}

impl Violation {
    pub(super) fn of_model(at: Document<'_>, constraint: Constraint) -> Self {
        Self {
            path: at.path(),
            // A text that is too long doesn't help to understand the message.
            value: (!matches!(constraint, Constraint::Length { .. }))
                .then(|| at.shown())
                .flatten(),
            service_message: service_message::of(at, &constraint),
            constraint,
            advice: Cow::Borrowed(""),
        }
    }

    /// The violation of a structure that lacks a required member.
    pub(super) fn missing(structure: Document<'_>, member: &'static str) -> Self {
        Self {
            path: structure.path_of(member),
            constraint: Constraint::Required,
            value: None,
            advice: Cow::Borrowed(""),
            service_message: service_message::missing(structure, member),
        }
    }

    pub(super) fn of_rule(
        path: String,
        value: Option<String>,
        constraint: Constraint,
        advice: Cow<'static, str>,
    ) -> Self {
        Self {
            path,
            constraint,
            value,
            advice,
            service_message: String::new(),
        }
    }

    /// The path, with the names on the wire: `CallbackURLs[2]`, `Schema[0].Name`, `UserPoolTags["team"]`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The violated constraint.
    pub fn constraint(&self) -> &Constraint {
        &self.constraint
    }

    /// The value, as text; `None` if there is no value, if it may be a secret, or if its length is the mistake.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// The broken rule, if it isn't a constraint of the model.
    pub fn rule(&self) -> Option<&'static Rule> {
        match self.constraint {
            Constraint::Rule(rule) => Some(rule),
            _ => None,
        }
    }

    /// Whether this is a requirement or advice. The model's constraints are requirements.
    pub fn severity(&self) -> Severity {
        self.rule().map_or(Severity::Error, |rule| rule.severity)
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

/// AWS's message isn't shown: it quotes values of any length.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("path", &self.path)
            .field("constraint", &self.constraint)
            .field("value", &self.value)
            .field("advice", &self.advice)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.path)?;
        if let Some(value) = &self.value {
            write!(f, " (now {})", Short(value))?;
        }
        match &self.constraint {
            Constraint::Required => f.write_str(" is required: set it"),
            Constraint::Length { min, max, unit, actual } => {
                write!(f, " has {}: give it ", Count(*actual, *unit))?;
                write_bounds(f, *min, *max)?;
                write!(f, " {}", unit.plural())
            }
            Constraint::Range { min, max } => {
                f.write_str(" is out of range: give it ")?;
                write_bounds(f, *min, *max)
            }
            Constraint::Pattern { pattern } => {
                write!(
                    f,
                    " has the wrong form: the whole value must match the pattern `{pattern}`"
                )
            }
            Constraint::Values { values } => write!(f, " isn't known: use one of {}", values.join(", ")),
            Constraint::Rule(rule) => write!(f, " {} ({})", self.advice, rule.source),
        }
    }
}

fn write_bounds(f: &mut fmt::Formatter<'_>, min: Option<i64>, max: Option<i64>) -> fmt::Result {
    match (min, max) {
        (Some(min), Some(max)) if min == max => write!(f, "exactly {min}"),
        (Some(min), Some(max)) => write!(f, "{min} to {max}"),
        (Some(min), None) => write!(f, "at least {min}"),
        (None, Some(max)) => write!(f, "at most {max}"),
        (None, None) => f.write_str("any number"),
    }
}

/// A value in a message: quoted, on one line, and shortened to a line.
struct Short<'a>(&'a str);

impl fmt::Display for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{:?}…", &self.0[..end]),
            None => write!(f, "{:?}", self.0),
        }
    }
}

struct Count(usize, Unit);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => write!(f, "no {}", self.1.plural()),
            1 => write!(f, "1 {}", self.1.singular()),
            count => write!(f, "{count} {}", self.1.plural()),
        }
    }
}

impl Unit {
    fn singular(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Byte => "byte",
            Self::Item => "item",
            Self::Entry => "entry",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Character => "characters",
            Self::Byte => "bytes",
            Self::Item => "items",
            Self::Entry => "entries",
        }
    }
}

/// All violations of a value, at least one. Its text has one line for each.
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationErrors {
    violations: Vec<Violation>,
}

impl ValidationErrors {
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Self { violations })
        }
    }

    /// The violations, in the order of the members.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The same in the words of AWS's services: `1 validation error detected: Value at 'password' failed to satisfy
    /// constraint: Member must have length greater than or equal to 6`. It doesn't contain rules that only AWS's
    /// documentation states.
    pub fn service_message(&self) -> String {
        service_message::join(
            self.violations
                .iter()
                .map(|violation| violation.service_message.as_str()),
        )
    }
}

impl fmt::Display for ValidationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl Error for ValidationErrors {}
