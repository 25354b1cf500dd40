//! All checks for a service: where a check begins.

use crate::findings::{Found, RuleFn};
use crate::refusal::Refusal;
use crate::tables::Tables;
use crate::violation::Violation;
use crate::walk::walk;
use serde::Serialize;
use std::sync::OnceLock;

/// All checks for a service.
#[derive(Debug)]
pub struct Constraints {
    text: &'static str,
    absent: &'static str,
    rules: &'static [(&'static str, RuleFn)],
    refusal_code: &'static str,
    tables: OnceLock<Tables>,
}

impl Constraints {
    /// The checks for a service.
    ///
    /// - `text`: the model's constraints, as the generator writes them.
    /// - `absent`: the text as which a required member of an enum type is read if it is absent.
    /// - `rules`: the rules that aren't in the model, each with the name of the structure that it checks.
    /// - `refusal_code`: the error code with which the service refuses an input that its model doesn't allow.
    pub const fn new(
        text: &'static str,
        absent: &'static str,
        rules: &'static [(&'static str, RuleFn)],
        refusal_code: &'static str,
    ) -> Self {
        Self {
            text,
            absent,
            rules,
            refusal_code,
            tables: OnceLock::new(),
        }
    }

    /// The tables, which are read when the first value is checked.
    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| Tables::read(self.text, self.absent))
    }

    /// All violations and all advice for a value of a shape.
    pub(crate) fn findings_of<T: Serialize + ?Sized>(&'static self, shape: &str, value: &T) -> Vec<Violation> {
        let tables = self.tables();
        let mut found = Found::new(self.rules);
        walk(value, tables.named(shape), tables, &mut found);
        found.into_violations()
    }

    /// All violations and all advice for the input of an operation, for a client. An input has no constraints if the
    /// model has no operation of that name.
    pub fn findings_of_input<T: Serialize + ?Sized>(&'static self, operation: &str, input: &T) -> Vec<Violation> {
        self.findings_of(self.tables().input(operation), input)
    }

    /// The message with which the service refuses the input of an operation before it processes it, for a server: `1
    /// validation error detected: Value at 'password' failed to satisfy constraint: Member must have length greater
    /// than or equal to 6`. `None` if the model allows the input.
    ///
    /// The model alone is checked, without the rules in its documentation. An unknown value of an enum is refused, too.
    pub fn refusal_of_input<T: Serialize + ?Sized>(&'static self, operation: &str, input: &T) -> Option<String> {
        let tables = self.tables();
        let mut refusal = Refusal::default();
        let nodes = walk(input, tables.named(tables.input(operation)), tables, &mut refusal);
        refusal.message(&nodes)
    }

    /// The error code with which the service refuses an input that its model doesn't allow.
    pub fn refusal_code(&self) -> &'static str {
        self.refusal_code
    }
}
