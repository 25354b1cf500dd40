//! The Rust names of parameters and assigned values.

use crate::names::{KEYWORDS, snake};
use std::collections::HashMap;

/// What the rendered function itself refers to.
const REFERRED_TO: [&str; 8] = [
    "is_valid_host_label",
    "item",
    "params",
    "parse_arn",
    "parse_url",
    "partition",
    "substring",
    "url",
];

/// One variable for each name of the rule set, and one name for each variable.
#[derive(Debug, Default)]
pub(super) struct Idents(HashMap<String, String>);

impl Idents {
    pub(super) fn get(&mut self, name: &str) -> String {
        if let Some(ident) = self.0.get(name) {
            return ident.clone();
        }
        let mut ident = snake(name);
        let is_reserved = |ident: &str| KEYWORDS.contains(&ident) || REFERRED_TO.contains(&ident);
        while is_reserved(&ident) || self.0.values().any(|taken| *taken == ident) {
            ident.push_str("_value");
        }
        self.0.insert(name.to_owned(), ident.clone());
        ident
    }
}
