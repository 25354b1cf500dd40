//! Rules that AWS's documentation states and the model doesn't.

use super::document::Document;
use super::tables::Tables;
use super::violation::{Constraint, Violation};
use super::walk;
use serde::Serialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// All checks for a service.
#[derive(Debug)]
pub struct Constraints {
    text: &'static str,
    rules: &'static [(&'static str, RuleFn)],
    refusal: &'static str,
    tables: OnceLock<Tables>,
}

impl Constraints {
    /// The checks for a service: the model's constraints, as the text that the generator writes, and the rules, each
    /// with the name of the structure it checks. `refusal` is the error code with which the service refuses an input
    /// that its model doesn't allow.
    pub const fn new(text: &'static str, rules: &'static [(&'static str, RuleFn)], refusal: &'static str) -> Self {
        Self {
            text,
            rules,
            refusal,
            tables: OnceLock::new(),
        }
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| Tables::read(self.text))
    }

    /// All violations and all advice for a value of a shape.
    pub(super) fn findings_of<T: Serialize + ?Sized>(&'static self, shape: &str, value: &T) -> Vec<Violation> {
        let tables = self.tables();
        walk::findings(value, tables, tables.named(shape), self.rules)
    }

    /// The violations for which the service refuses a value of a shape before it processes the value.
    pub(super) fn refused_of<T: Serialize + ?Sized>(&'static self, shape: &str, value: &T) -> Vec<Violation> {
        let tables = self.tables();
        walk::as_service(value, tables, tables.named(shape))
    }

    /// All violations and all advice for the input of an operation.
    pub(crate) fn findings<T: Serialize>(&'static self, operation: &str, input: &T) -> Vec<Violation> {
        self.findings_of(self.tables().input(operation), input)
    }

    /// The violations for which the service refuses the input of an operation before it processes the input.
    #[cfg(feature = "server")]
    pub(crate) fn refused<T: Serialize>(&'static self, operation: &str, input: &T) -> Vec<Violation> {
        self.refused_of(self.tables().input(operation), input)
    }

    /// The error code with which the service refuses an input that its model doesn't allow.
    pub fn refusal(&self) -> &'static str {
        self.refusal
    }
}

/// Checks a structure and reports violations of rules.
pub type RuleFn = fn(Document<'_>, &mut Findings<'_>);

/// A rule that only AWS's documentation states.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The rule's name, such as `redirect-uri-https`, for tests and for programs that want to ignore the rule.
    pub name: &'static str,
    /// The page that states it.
    pub source: &'static str,
    /// How strictly that page states it.
    pub severity: Severity,
}

/// How strictly a rule is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Advice: nothing is refused.
    Warning,
    /// A requirement.
    Error,
}

impl Rule {
    /// A rule that its source states as a requirement.
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

/// The place where rules report violations.
#[derive(Debug)]
pub struct Findings<'f> {
    found: &'f mut Vec<Violation>,
}

impl<'f> Findings<'f> {
    pub(super) fn new(found: &'f mut Vec<Violation>) -> Self {
        Self { found }
    }

    /// Reports that the value breaks the rule. `advice` says what is wrong and what to do, without the value and its
    /// path.
    pub fn report(&mut self, rule: &'static Rule, value: Document<'_>, advice: impl Into<Cow<'static, str>>) {
        let constraint = Constraint::Rule(rule);
        self.found.push(Violation::of_rule(
            value.path(),
            value.shown(),
            constraint,
            advice.into(),
        ));
    }

    /// Reports that the structure breaks the rule because a member is missing.
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
