//! Compiles an endpoint rule set into a Rust function.
//!
//! A rule set (`endpoint-rule-set-1.json`, the [Smithy rules engine]) is a tree of conditions whose leaves are an endpoint
//! or an error. The steps: `syntax` reads the JSON, `lower` turns rules into nested blocks and `expression`
//! their conditions and texts into Rust expressions, `partitions` turns `partitions.json` into a table, and `emit`
//! renders both files. What is known at generation time (types, defaults, what is set) is not tested again at run time.
//!
//! [Smithy rules engine]: https://smithy.io/2.0/additional-specs/rules-engine/index.html

mod emit;
mod expression;
mod idents;
mod keys;
mod lower;
mod partitions;
mod plan;
mod syntax;
mod uses;

use crate::read::{Cursor, Errors, Report};
pub use partitions::{PartitionArm, PartitionConstant, PartitionPlan};
pub use plan::{Block, EndpointPlan, ExtraParameter, Leaf, Named, Scheme, Step};
use serde_json::Value;
use std::path::Path;

/// A JSON document and the file it was read from, which errors name.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file, as the user named it.
    pub file: &'a Path,
    /// Its content.
    pub json: &'a Value,
}

/// Compiles the rule set of one service.
///
/// # Errors
/// Everything that is wrong with either file, in document order.
pub fn compile(rules: Source<'_>, partitions: Source<'_>) -> Result<EndpointPlan, Errors> {
    let report = Report::new(rules.file.to_owned());
    let rule_set = syntax::read(Cursor::root(rules.json, &report));
    let mut plan = lower::lower(&rule_set, &report);
    let mut errors = report.into_errors();
    if plan.uses_partitions {
        let report = Report::new(partitions.file.to_owned());
        plan.partitions = partitions::plan(Cursor::root(partitions.json, &report));
        errors.extend(report.into_errors());
    }
    if errors.is_empty() {
        Ok(plan)
    } else {
        Err(Errors(errors))
    }
}
