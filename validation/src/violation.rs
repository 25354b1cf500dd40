//! A violation: path, constraint, value and remedy.

use crate::constraint::{Constraint, Unit};
use crate::document::Document;
use crate::rule::{Rule, Severity};
use std::borrow::Cow;
use std::fmt;

/// Something in a value that the model, or a rule, doesn't allow. Its text says what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    path: String,
    constraint: Constraint,
    value: Option<String>,
    advice: Cow<'static, str>,
}

impl Violation {
    /// The violation of a constraint on a value that isn't a list, map or structure, or on the length of any value.
    pub(crate) fn of_model(at: Document<'_>, constraint: Constraint) -> Self {
        // A text that is too long doesn't help to understand the message.
        let is_length = matches!(constraint, Constraint::Length { .. });
        Self {
            path: at.path(),
            value: if is_length { None } else { at.shown() },
            constraint,
            advice: Cow::Borrowed(""),
        }
    }

    /// The violation of a structure that lacks a required member.
    pub(crate) fn missing(structure: Document<'_>, member: &'static str) -> Self {
        Self {
            path: structure.path_of(member),
            constraint: Constraint::Required,
            value: None,
            advice: Cow::Borrowed(""),
        }
    }

    /// The violation of a rule.
    pub(crate) fn of_rule(rule: &'static Rule, path: String, value: Option<String>, advice: Cow<'static, str>) -> Self {
        Self {
            path,
            constraint: Constraint::Rule(rule),
            value,
            advice,
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
