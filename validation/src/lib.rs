//! Checks inputs against the constraints in a service's model, and against the rules in its documentation.
//!
//! Cognito answers most mistakes with one vague `InvalidParameterException`, after a network round trip. With the
//! feature `validation`, a generated crate contains the model's constraints as a table ([`Constraints`]), and the rules
//! that only AWS's documentation states ([`Rule`]). Nothing is checked until you ask for it:
//!
//! - [`Validate::validate`] checks an input, or any structure inside it, and returns all violations at once.
//! - `Config::builder().validation(…)` of a generated crate checks every call of a client: `Validation::Warn` logs what
//!   it finds, `Validation::Strict` refuses to send.
//!
//! A [`Violation`] has a [`path`](Violation::path), such as `Schema[0].Name`, a [`constraint`](Violation::constraint),
//! and the [`value`](Violation::value) found, unless it may be a secret. Its text says what to do.
//!
//! # What is checked
//!
//! Validation checks required members, lengths, ranges of numbers, and patterns. A length counts the Unicode scalar
//! values of a string, the bytes of a blob, or the entries of a list or map. A pattern must match the whole value, as
//! in AWS's services. An enum value that the model doesn't list is no violation, because the service may know it. A
//! pattern that can't be expressed exactly isn't checked at all; the generated crate's `validation::UNCHECKED` lists
//! those.
//!
//! The service decides what is valid. A stale constraint must never block a call that would succeed, so nothing is
//! checked unless you ask for it.
//!
//! # How it works
//!
//! One interpreter, a serde serializer, walks a value and the table of its shape together. So members need no code of
//! their own, and anything that serializes can be checked. The walk produces a flat [`Document`], in which the rules
//! look up values by their names on the wire. Time and memory are proportional to the size of the value.
//!
//! A walk reports to one of two observers. A client's makes [`Violation`]s. A server's makes the text with which the
//! service itself refuses the input ([`Constraints::refusal_of_input`]).

mod constraint;
mod constraints;
mod document;
mod errors;
mod findings;
mod interpreter;
mod list;
mod nodes;
mod object;
mod observer;
mod pattern;
mod refusal;
mod rule;
mod shape;
mod tables;
mod violation;
mod walk;

pub use constraint::{Constraint, Unit};
pub use constraints::Constraints;
pub use document::Document;
pub use errors::ValidationErrors;
pub use findings::{Findings, RuleFn};
pub use rule::{Rule, Severity};
pub use violation::Violation;

use serde::Serialize;

/// A value that the model has constraints for: the input of an operation, or a structure inside an input.
pub trait Validate: Serialize {
    /// The name of its shape in the model.
    #[doc(hidden)]
    const SHAPE: &'static str;
    /// The constraints and rules of its service.
    #[doc(hidden)]
    const CONSTRAINTS: &'static Constraints;

    /// Checks the value against the model and the rules of its service.
    ///
    /// # Errors
    /// Returns all violations. Advice isn't a violation; [`findings`](Self::findings) has both.
    fn validate(&self) -> Result<(), ValidationErrors> {
        let mut violations = self.findings();
        violations.retain(|violation| violation.severity() == Severity::Error);
        ValidationErrors::unless_empty(violations)
    }

    /// Everything that [`validate`](Self::validate) finds, and everything that AWS's documentation advises against
    /// ([`Severity::Warning`]).
    fn findings(&self) -> Vec<Violation> {
        Self::CONSTRAINTS.findings_of(Self::SHAPE, self)
    }
}

/// Implements [`Validate`] for types, each by the name of its shape in the model.
#[doc(hidden)]
#[macro_export]
macro_rules! constrained {
    ($constraints:path; $($type:path = $shape:literal;)*) => {
        $(
            impl $crate::Validate for $type {
                const SHAPE: &'static str = $shape;
                const CONSTRAINTS: &'static $crate::Constraints = &$constraints;
            }
        )*
    };
}
