//! What is wrong with a pattern.

/// Why a pattern can't be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It isn't a regular expression, or has what only Java has.
    #[error("{0}")]
    Syntax(String),
    /// It means something that the `regex` crate has no expression for, or whose meaning isn't certain.
    #[error("it has {0}")]
    Inexpressible(&'static str),
    /// It takes too much memory.
    #[error("it takes more memory than a pattern should: {0}")]
    Large(String),
}
