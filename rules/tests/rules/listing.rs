//! No rule is forgotten: not by the tests, not by the table in the README.

use crate::{
    app_client, branding, domain, identity_provider, oauth, redirect_uri, schema, token_validity, user, user_pool,
};
use cognito_idp::validation::Severity;
use std::collections::BTreeSet;

const README: &str = include_str!("../../README.md");

#[test]
fn each_rule_has_a_name_of_its_own_and_a_source() {
    let rules: Vec<_> = cognito_rules::cognito_idp::all().collect();
    let names: BTreeSet<&str> = rules.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules.len());
    for rule in rules {
        assert!(rule.source.starts_with("https://"), "{rule:?}");
    }
}

#[test]
fn each_rule_is_tested_by_what_breaks_and_what_keeps_it() {
    let tested: BTreeSet<&str> = [
        app_client::TESTED,
        branding::TESTED,
        branding::SIZES,
        domain::TESTED,
        domain::CUSTOM,
        identity_provider::TESTED,
        oauth::TESTED,
        redirect_uri::TESTED,
        schema::TESTED,
        token_validity::TESTED,
        user::TESTED,
        user_pool::TESTED,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    let rules: BTreeSet<&str> = cognito_rules::cognito_idp::all().map(|rule| rule.name).collect();
    assert_eq!(tested, rules);
}

#[test]
fn the_readme_lists_each_rule_with_severity_and_source() {
    let listed: BTreeSet<(&str, &str, &str)> = README.lines().filter_map(row).collect();
    let rules = cognito_rules::cognito_idp::all().map(|rule| {
        let severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        (rule.name, severity, rule.source)
    });
    assert_eq!(listed, rules.collect());
}

/// Name, severity and source of a row: ``| `name` | severity | what it says | [page](source) |``.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let mut cells = line.strip_prefix("| `")?.strip_suffix(") |")?.split(" | ");
    let (name, severity) = (cells.next()?.strip_suffix('`')?, cells.next()?);
    let (_, source) = cells.last()?.split_once("](")?;
    Some((name, severity, source))
}
