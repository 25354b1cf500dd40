//! A rule that AWS's documentation states and the model doesn't.

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
