//! The types of a generated crate: structures, unions, enums and errors.
//!
//! A generated file has plain Rust types, each with a table. The macros make the rest of a type from its table:
//! accessors, a builder, *one* function that visits its members, and one that visits their slots. Everything else that
//! is done with members, such as printing, writing and reading, is a visitor of these two functions, and exists once:
//!
//! | module | content |
//! |---|---|
//! | `macros` | the macros, and the meaning of a table's row |
//! | `members` | the visitors' traits, printing and counting |
//! | [`mod@serde`] | reading and writing, and the wire formats ([`Codec`](serde::Codec)) |
//! | [`json`] | requests from JSON, read strictly |
//! | [`mod@structure`] | structures whose members are all optional: one builder serves them all |

mod codec;
pub mod json;
mod macros;
#[doc(hidden)]
pub mod members;
pub mod serde;
pub mod structure;
