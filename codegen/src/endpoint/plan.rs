//! What the templates render: all texts in it are finished Rust.

use super::partitions::PartitionPlan;
use std::collections::BTreeSet;

/// Everything that the templates need to render `rules.rs` and `partitions.rs`; all texts are finished Rust.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointPlan {
    /// The items of the runtime's `endpoint::rules` that the function refers to.
    pub helpers: BTreeSet<&'static str>,
    /// The parameters that the function reads, in document order.
    pub parameters: Vec<Named>,
    /// The parameters besides region, dual stack, FIPS and endpoint, whether the function reads them or not.
    pub extra_parameters: Vec<ExtraParameter>,
    /// The body of the function after the parameters.
    pub block: Block,
    /// Whether the function calls `partition`, so that `partitions.rs` is needed.
    pub uses_partitions: bool,
    /// The file `partitions.rs`, if it is needed.
    pub partitions: Option<PartitionPlan>,
}

/// A name and the Rust expression of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// A Rust variable, or a Rust string literal.
    pub name: String,
    /// The value.
    pub value: String,
    /// The Rust string literal of the error to return if the value is unset and must not be.
    pub missing: Option<String>,
}

impl Named {
    pub(super) fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            missing: None,
        }
    }
}

/// A parameter that only some services have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraParameter {
    /// Its name in the rule set, under which `Params::extra` keeps it.
    pub name: String,
    /// Its Rust type: `String`, `bool` or `Vec<String>`.
    pub rust_type: &'static str,
    /// Where its value comes from, such as `AWS::Auth::AccountId`; without it, an operation's input or traits.
    pub built_in: Option<String>,
    /// Its documentation, as Markdown in one line.
    pub documentation: String,
}

/// A sequence of steps, the last of which is an outcome unless the block belongs to a rule that may not apply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step: comments, then exactly one of a binding, a conditional block and an outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The rule's documentation, in lines.
    pub comments: Vec<String>,
    /// `let name = value;`.
    pub binding: Option<Named>,
    /// The condition of `if … { block }`.
    pub condition: Option<String>,
    /// What happens if the condition holds.
    pub block: Block,
    /// What the function returns.
    pub leaf: Option<Leaf>,
}

/// An outcome: an error or an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Whether it ends the function, so that no `return` is needed.
    pub is_tail: bool,
    /// The text of the error.
    pub error: Option<String>,
    /// The URL of the endpoint, if this is no error.
    pub url: String,
    /// Whether the endpoint is a URL and nothing else.
    pub is_plain: bool,
    /// The headers that go with it.
    pub headers: Vec<Named>,
    /// The entries of `authSchemes`, which tell how to sign.
    pub auth_schemes: Vec<Scheme>,
    /// All other properties.
    pub properties: Vec<Named>,
}

/// An authentication scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its name as a Rust string literal.
    pub name: String,
    /// How many options it has.
    pub option_count: usize,
    /// Its options, such as `signingRegion`.
    pub options: Vec<Named>,
}
