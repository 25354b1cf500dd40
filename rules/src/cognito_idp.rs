//! Rules of Amazon Cognito user pools.

mod app_client;

use cognito_runtime::validation::RuleFn;

/// The rules, by the structures that they look at.
pub static RULES: &[(&str, RuleFn)] = &[
    ("CreateUserPoolClientRequest", app_client::check),
    ("UpdateUserPoolClientRequest", app_client::check),
];
