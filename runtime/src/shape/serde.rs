//! The serde helpers of the generated impls. A generated structure has only a few lines; the logic is here, once.
//!
//! They are made for JSON. Other self-describing formats (YAML, CBOR, MessagePack) work, too. With formats that aren't
//! self-describing (bincode, postcard), everything works except documents, which may hold any value.
//!
//! Errors say where they are (`in `AuthenticationResult`: in `ExpiresIn`: …`), what kind of value was found and what
//! was expected. They never quote a value.

mod codec;
mod document;
mod mend;
mod name;
mod number;
mod plain;
mod quiet;
mod read;
mod scalar;
mod strict;
mod timestamp;
mod unknown;
mod wire;
mod write;

pub use super::codec::Codec;
pub use super::members::ReadMembers;
pub use codec::{Boxed, Sparse};
pub use document::JsonDocument;
pub use plain::{Format, Map, Plain, Sensitive};
pub use read::{ReadVariant, from_json, read, read_enum, read_structure, read_union, read_unknown, required, skip};
pub use scalar::{Base64, Float};
pub use strict::Strict;
pub use timestamp::{DateTimeText, EpochSeconds, HttpDate};
pub use wire::Wire;
pub use write::{Writer, write};

/// The value of a required enum member that is missing from the input.
pub const NO_VALUE: &str = "no value was set";
