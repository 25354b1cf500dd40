//! Rules of Amazon Cognito user pools.

use cognito_runtime::validation::RuleFn;

/// The rules, by the structures that they look at.
pub static RULES: &[(&str, RuleFn)] = &[];
