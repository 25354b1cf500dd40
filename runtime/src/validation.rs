//! Checks requests before they are sent, against the service's model and the rules in its documentation.
//!
//! Cognito answers most mistakes with one vague `InvalidParameterException`, after a network round trip. With the
//! feature `validation`, a generated crate contains the model's constraints as a table ([`Constraints`]), and the rules
//! that only AWS's documentation states ([`Rule`]). Nothing is checked until you ask for it:
//!
//! - [`Validate::validate`] checks an input, or any structure inside it, and returns all violations at once.
//! - [`Config::builder().validation(…)`](crate::config::Builder::validation) checks every call of a client:
//!   [`Validation::Warn`] logs what it finds, [`Validation::Strict`] refuses to send.
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
//! look up values by their names on the wire. A server can use the same tables to produce AWS's own message
//! ([`Validate::validate_as_service`], [`ValidationErrors::service_message`]).

mod document;
mod pattern;
mod rule;
mod service_message;
mod setting;
mod shape;
mod tables;
mod violation;
mod walk;

pub use document::Document;
pub use rule::{Constraints, Findings, Rule, RuleFn, Severity};
pub use setting::Validation;
pub use violation::{Constraint, Unit, ValidationErrors, Violation};

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
        ValidationErrors::of(self.findings().into_iter().filter(Violation::is_error).collect())
    }

    /// Everything that [`validate`](Self::validate) finds, and everything that AWS's documentation advises against
    /// ([`Severity::Warning`]).
    fn findings(&self) -> Vec<Violation> {
        Self::CONSTRAINTS.findings_of(Self::SHAPE, self)
    }

    /// Checks the value as the service does before it processes it: only against the model, but unknown enum values are
    /// violations, too. It is for emulators of the service.
    ///
    /// # Errors
    /// All violations; [`ValidationErrors::service_message`] puts them in AWS's words.
    fn validate_as_service(&self) -> Result<(), ValidationErrors> {
        ValidationErrors::of(Self::CONSTRAINTS.refused_of(Self::SHAPE, self))
    }
}

/// Implements [`Validate`] for types, each by the name of its shape in the model.
#[doc(hidden)]
#[macro_export]
macro_rules! constrained {
    ($constraints:path; $($type:path = $shape:literal;)*) => {
        $(
            impl $crate::validation::Validate for $type {
                const SHAPE: &'static str = $shape;
                const CONSTRAINTS: &'static $crate::validation::Constraints = &$constraints;
            }
        )*
    };
}
