//! The Rust names of parameters and assigned values.

use std::collections::HashMap;

/// Names that a variable must not take: keywords, and what the rendered function itself refers to.
const RESERVED: &str = "as async await box break const continue crate dyn else enum extern false final fn for gen if \
    impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try type \
    unsafe use virtual where while yield params partition item is_valid_host_label parse_arn parse_url substring url";

/// One variable for each name of the rule set, and one name for each variable.
#[derive(Debug, Default)]
pub(super) struct Idents(HashMap<String, String>);

impl Idents {
    pub(super) fn get(&mut self, name: &str) -> String {
        if let Some(ident) = self.0.get(name) {
            return ident.clone();
        }
        let mut ident = snake_case(name);
        while RESERVED.split_whitespace().any(|reserved| reserved == ident)
            || self.0.values().any(|taken| *taken == ident)
        {
            ident.push_str("_value");
        }
        self.0.insert(name.to_owned(), ident.clone());
        ident
    }
}

/// `UseFIPS` → `use_fips`, `StreamARN` → `stream_arn`, `parsedEndpoint` → `parsed_endpoint`.
pub(super) fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| chars[index]);
        let after = chars.get(index + 1);
        let starts_word = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
            });
        if starts_word {
            out.push('_');
        }
        out.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    out
}
