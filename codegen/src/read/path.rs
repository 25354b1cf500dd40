//! Where something stands in a JSON document.

use std::fmt;

/// A position in a JSON document: `$`, `$.shapes.UserType`, `$.errors[2]`, `$["odd key"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonPath(String);

impl JsonPath {
    pub(crate) fn root() -> Self {
        Self("$".to_owned())
    }

    /// The member `key` of the object at this position.
    pub(crate) fn key(&self, key: &str) -> Self {
        if is_identifier(key) {
            Self(format!("{self}.{key}"))
        } else {
            Self(format!("{self}[{key:?}]"))
        }
    }

    /// The item `index` of the array at this position.
    pub(crate) fn index(&self, index: usize) -> Self {
        Self(format!("{self}[{index}]"))
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` is a plain name, which is also what a JMESPath expression that selects one member looks like.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}
