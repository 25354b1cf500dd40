//! What a client learns of a value: violations of its model, and of the rules.

use crate::constraint::Constraint;
use crate::document::Document;
use crate::observer::Observer;
use crate::rule::Rule;
use crate::violation::Violation;
use std::borrow::Cow;

/// Checks a structure and reports violations of rules.
pub type RuleFn = fn(Document<'_>, &mut Findings<'_>);

/// The place where rules report violations.
#[derive(Debug)]
pub struct Findings<'f> {
    found: &'f mut Vec<Violation>,
}

impl Findings<'_> {
    /// Reports that the value breaks the rule. `advice` says what is wrong and what to do, without the value and its
    /// path.
    pub fn report(&mut self, rule: &'static Rule, value: Document<'_>, advice: impl Into<Cow<'static, str>>) {
        self.found
            .push(Violation::of_rule(rule, value.path(), value.shown(), advice.into()));
    }

    /// Reports that the structure breaks the rule because a member is missing.
    pub fn report_missing(
        &mut self,
        rule: &'static Rule,
        structure: Document<'_>,
        member: &'static str,
        advice: impl Into<Cow<'static, str>>,
    ) {
        self.found
            .push(Violation::of_rule(rule, structure.path_of(member), None, advice.into()));
    }
}

/// The observer of a client's check.
pub(crate) struct Found {
    rules: &'static [(&'static str, RuleFn)],
    violations: Vec<Violation>,
}

impl Found {
    pub(crate) fn new(rules: &'static [(&'static str, RuleFn)]) -> Self {
        let violations = Vec::new();
        Self { rules, violations }
    }

    pub(crate) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }
}

impl Observer for Found {
    fn violated(&mut self, value: Document<'_>, constraint: Constraint) {
        self.violations.push(Violation::of_model(value, constraint));
    }

    fn missing(&mut self, structure: Document<'_>, member: &'static str) {
        self.violations.push(Violation::missing(structure, member));
    }

    fn walked(&mut self, structure: Document<'_>, name: &'static str) {
        let found = &mut self.violations;
        for (_, rule) in self.rules.iter().filter(|(checked, _)| *checked == name) {
            rule(structure, &mut Findings { found });
        }
    }
}
