//! The types of a generated crate: structures, unions, enums and errors.
//!
//! A generated file has plain Rust types, and a table beside each. The macros make the rest of a type from its table:
//! accessors and a builder, and *one* function that shows its members and one that shows their places. All else that is
//! done with members, such as printing, writing and reading, is a visitor of these two, and is here once:
//!
//! | module | what is in it |
//! |---|---|
//! | `macros` | the macros, and what a row of a table says |
//! | `members` | the visitors' traits, printing and counting |
//! | [`mod@serde`] | reading and writing, and the wire formats ([`Codec`](serde::Codec)) |
//! | [`json`] | requests from JSON, read strictly |
//! | [`mod@structure`] | structures whose members are all optional: one builder serves them all |

pub mod json;
mod macros;
#[doc(hidden)]
pub mod members;
pub mod serde;
pub mod structure;
