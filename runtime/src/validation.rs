//! Requests checked before they leave: what the service model demands, and what its documentation says besides.
//!
//! Cognito answers most mistakes with one vague `InvalidParameterException`, a network round trip later. With the
//! feature `validation`, a generated crate carries the model's constraints as a table ([`Constraints`]), and the rules that
//! only AWS's documentation states ([`Rule`]). Nothing of it runs until you ask:
//!
//! - [`Validate::validate`] checks an input, or any structure inside of one, and returns all violations at once.
//! - [`Config::builder().validation(…)`](crate::config::Builder::validation) checks every call of a client:
//!   [`Validation::Warn`] logs what it finds, [`Validation::Strict`] refuses to send.
//!
//! A [`Violation`] says where ([`path`](Violation::path), such as `Schema[0].Name`), what is demanded
//! ([`constraint`](Violation::constraint)), what is there ([`value`](Violation::value), unless it may be a secret) and,
//! as its text, what to do.
//!
//! # What is checked
//!
//! Required members; lengths of strings in Unicode scalar values, of blobs in bytes, of lists and maps in entries;
//! ranges of numbers; patterns, which must match the whole value, as AWS's services do. A value of an enum that the
//! model doesn't list is no violation: the service may know it. A pattern that can't be expressed exactly isn't checked
//! at all; the generated crate's `validation::UNCHECKED` lists those.
//!
//! The service has the last word. A stale constraint must never block a call that would succeed, which is why nothing
//! is checked unless you say so.
//!
//! # How it works
//!
//! One interpreter walks a value as a serde serializer, beside the table of its shape. So there is no code for each
//! member, and whatever serializes can be checked. The walk leaves a flat [`Document`] behind, in which the rules look
//! up what they need by the names on the wire. A server can ask the same tables for AWS's own message
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

/// A value that the model has constraints for: the input of an operation, or a structure inside of one.
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
    /// All violations. Advice, which [`findings`](Self::findings) has as well, is none.
    fn validate(&self) -> Result<(), ValidationErrors> {
        ValidationErrors::of(self.findings().into_iter().filter(Violation::is_error).collect())
    }

    /// All that [`validate`](Self::validate) finds, and what AWS's documentation advises against
    /// ([`Severity::Warning`]).
    fn findings(&self) -> Vec<Violation> {
        Self::CONSTRAINTS.findings_of(Self::SHAPE, self)
    }

    /// Checks the value as the service does before it looks at it: against the model alone, unknown values of enums
    /// included. It is for those who stand in for the service.
    ///
    /// # Errors
    /// All violations; [`ValidationErrors::service_message`] puts them in AWS's words.
    fn validate_as_service(&self) -> Result<(), ValidationErrors> {
        ValidationErrors::of(Self::CONSTRAINTS.refused_of(Self::SHAPE, self))
    }
}

/// Makes types [`Validate`]: each by the name of its shape in the model.
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
