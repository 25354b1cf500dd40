//! Compiles an endpoint rule set into a Rust function.
//!
//! A rule set (`endpoint-rule-set-1.json`, the [Smithy rules engine]) is a tree of conditions whose leaves are an endpoint
//! or an error. The steps: `syntax` reads the JSON, `lower` turns rules into nested blocks and `expression`
//! their conditions and texts into Rust expressions, `partitions` turns `partitions.json` into a table, and `emit`
//! renders both files. What is known at generation time (types, defaults, what is set) is not tested again at run time.
//!
//! [Smithy rules engine]: https://smithy.io/2.0/additional-specs/rules-engine/index.html

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use partitions::{PartitionArm, PartitionConstant, PartitionPlan};
pub use plan::{Block, EndpointPlan, ExtraParameter, Leaf, Named, Scheme, Step};

mod emit;
mod expression;
mod idents;
mod lower;
mod partitions;
mod plan;
mod syntax;
#[cfg(test)]
mod tests;
mod uses;

/// A JSON document and the file it was read from, which errors name.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file, as the user named it.
    pub file: &'a Path,
    /// Its content.
    pub json: &'a Value,
}

/// Something in a rule set or in the partitions that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {path}: {message}\n  hint: {hint}", .file.display())]
pub struct EndpointError {
    /// The file, as the user named it.
    pub file: PathBuf,
    /// The JSON path inside the file, such as `$.rules[0].conditions[1].fn`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// Compiles the rule set of one service.
///
/// # Errors
/// Everything that is wrong with either file, in document order.
pub fn compile(rules: Source<'_>, partitions: Source<'_>) -> Result<EndpointPlan, Vec<EndpointError>> {
    let mut problems = Problems::new(rules.file);
    let rule_set = syntax::read(rules.json, &mut problems);
    let mut plan = lower::lower(&rule_set, &mut problems);
    if plan.uses_partitions {
        let mut partition_problems = Problems::new(partitions.file);
        plan.partitions = partitions::plan(partitions.json, &mut partition_problems);
        problems.found.append(&mut partition_problems.found);
    }
    if problems.found.is_empty() {
        Ok(plan)
    } else {
        Err(problems.found)
    }
}

/// Collects the errors of one file.
#[derive(Debug)]
struct Problems<'a> {
    file: &'a Path,
    found: Vec<EndpointError>,
}

impl<'a> Problems<'a> {
    fn new(file: &'a Path) -> Self {
        Self {
            file,
            found: Vec::new(),
        }
    }

    fn add(&mut self, path: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) {
        self.found.push(EndpointError {
            file: self.file.to_owned(),
            path: path.into(),
            message: message.into(),
            hint: hint.into(),
        });
    }
}
