//! Texts as literals.

/// A text as a string of TOML, whatever is in it.
pub fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}
