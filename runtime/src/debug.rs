//! `Debug` of the generated structures and their builders.

use std::fmt;

/// Prints a structure.
#[doc(hidden)]
pub fn structure(f: &mut fmt::Formatter<'_>, name: &str, members: &[(&str, &dyn fmt::Debug)]) -> fmt::Result {
    let mut structure = f.debug_struct(name);
    for (name, value) in members {
        structure.field(member_name(name), value);
    }
    structure.finish()
}

/// The name of a member without the `r#` that a keyword needs.
#[doc(hidden)]
pub fn member_name(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
