//! The filters of the templates: a text as a literal, whatever is in it.

use std::fmt::Display;

/// A string literal of Rust.
#[askama::filter_fn]
pub(super) fn rust<T: Display>(text: T, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(format!("{:?}", text.to_string()))
}

/// A string of TOML.
#[askama::filter_fn]
pub(super) fn toml<T: Display>(text: T, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(crate::literal::toml_string(&text.to_string()))
}
