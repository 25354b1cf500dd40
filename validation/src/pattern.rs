//! Patterns: what a whole string must match.

use regex::Regex;
use std::sync::OnceLock;

/// A regular expression that a whole string must match.
///
/// It is compiled when its first value is checked, because most programs never need most patterns. For every
/// expression, the time to match is proportional to the value's length.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: &'static str,
    expression: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern, in the model's syntax and as an expression of the `regex` crate.
    pub(crate) fn new(text: &'static str, expression: &'static str) -> Self {
        Self {
            text,
            expression,
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the model writes it, in Java's syntax.
    pub(crate) fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether the whole text matches. An expression that doesn't compile matches everything, but the generator writes
    /// none.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let compile = || Regex::new(&format!(r"\A(?:{})\z", self.expression)).ok();
        self.compiled
            .get_or_init(compile)
            .as_ref()
            .is_none_or(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use std::time::{Duration, Instant};

    /// All expressions that the generator writes. With fewer features of `regex`, some wouldn't compile.
    #[test]
    fn every_kind_of_class_compiles() {
        let pattern = Pattern::new(
            "",
            r"(?s:.)[[:word:][:^space:]&&[^\p{L}]]\x{1f600}[^\n\x{2028}]\P{Zs}{2,3}|\A<",
        );
        assert!(!pattern.matches("no"));
        assert!(pattern.matches("<"));
    }

    #[test]
    fn a_pattern_matches_the_whole_value() {
        let pattern = Pattern::new("a|b", "a|b");
        assert!(pattern.matches("a"));
        assert!(!pattern.matches("ab"));
        assert!(!pattern.matches("a\n"));
    }

    #[test]
    fn no_value_takes_exponential_time() {
        let pattern = Pattern::new("(a*)*b", "(?:a*)*b");
        let start = Instant::now();
        assert!(!pattern.matches(&"a".repeat(100_000)));
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
