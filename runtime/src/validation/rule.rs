//! Rules: what AWS's documentation states and the model doesn't say.

use super::document::Document;
use super::shape::Shape;
#[cfg(feature = "server")]
use super::violation::ValidationErrors;
use super::violation::{Constraint, Violation};
use super::walk;
use serde::Serialize;
use std::borrow::Cow;

/// All that is checked for a service.
#[derive(Debug)]
pub struct Constraints {
    /// The input of each operation, by the operation's name, in the alphabet's order.
    pub inputs: &'static [(&'static str, &'static Shape)],
    /// The rules, each with the name of the structure in the model that it looks at.
    pub rules: &'static [(&'static str, RuleFn)],
    /// The code of the error by which the service refuses what its model doesn't allow.
    pub refusal: &'static str,
}

impl Constraints {
    /// All that is wrong with the input of an operation, and what is advised against.
    pub(crate) fn findings<T: Serialize>(&self, operation: &str, input: &T) -> Vec<Violation> {
        match self.inputs.binary_search_by_key(&operation, |(name, _)| *name) {
            Ok(index) => walk::findings(input, self.inputs[index].1, self.rules),
            Err(_) => Vec::new(),
        }
    }

    /// What the service refuses of the input of an operation before it looks at it.
    #[cfg(feature = "server")]
    pub(crate) fn check_as_service<T: Serialize>(&self, operation: &str, input: &T) -> Result<(), ValidationErrors> {
        match self.inputs.binary_search_by_key(&operation, |(name, _)| *name) {
            Ok(index) => ValidationErrors::of(walk::as_service(input, self.inputs[index].1)),
            Err(_) => Ok(()),
        }
    }
}

/// Looks at a structure and reports what breaks rules.
pub type RuleFn = fn(Document<'_>, &mut Findings<'_>);

/// A rule that only AWS's documentation states.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A name for it, for tests and for those who want to ignore it, such as `redirect-uri-https`.
    pub name: &'static str,
    /// The page that states it.
    pub source: &'static str,
    /// How strictly that page states it.
    pub severity: Severity,
}

/// How strictly a rule is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It is advice: nothing is refused.
    Warning,
    /// It is a must.
    Error,
}

impl Rule {
    /// A rule that its source states as a must.
    pub const fn must(name: &'static str, source: &'static str) -> Self {
        Self {
            name,
            source,
            severity: Severity::Error,
        }
    }

    /// A rule that its source states as advice.
    pub const fn should(name: &'static str, source: &'static str) -> Self {
        Self {
            name,
            source,
            severity: Severity::Warning,
        }
    }
}

/// Where rules report.
#[derive(Debug)]
pub struct Findings<'f> {
    found: &'f mut Vec<Violation>,
}

impl<'f> Findings<'f> {
    pub(super) fn new(found: &'f mut Vec<Violation>) -> Self {
        Self { found }
    }

    /// The value breaks the rule. `advice` says what is wrong and what to do, without the value and its path.
    pub fn report(&mut self, rule: &'static Rule, value: Document<'_>, advice: impl Into<Cow<'static, str>>) {
        let constraint = Constraint::Rule(rule);
        self.found.push(Violation::of_rule(
            value.path(),
            value.shown(),
            constraint,
            advice.into(),
        ));
    }

    /// The structure breaks the rule by a member that isn't there.
    pub fn report_missing(
        &mut self,
        rule: &'static Rule,
        structure: Document<'_>,
        member: &'static str,
        advice: impl Into<Cow<'static, str>>,
    ) {
        let path = structure.path_of(member);
        self.found
            .push(Violation::of_rule(path, None, Constraint::Rule(rule), advice.into()));
    }
}
