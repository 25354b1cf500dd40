//! Serde helpers that the generated impls stand on: a few lines a structure there, the logic once here.
//!
//! JSON is what they are made for. Other formats that say what comes next (YAML, CBOR, MessagePack) work as well, and of
//! those that don't (bincode, postcard) all but documents do: those may hold anything, which such a format can't tell.
//!
//! Errors say where (`in `AuthenticationResult`: in `ExpiresIn`: …`), what kind of value was found and what belongs
//! there. They never quote a value.

mod codec;
mod document;
mod mend;
mod name;
mod number;
mod quiet;
mod read;
mod scalar;
mod strict;
mod timestamp;
mod unknown;
mod wire;
mod write;

pub use codec::{Boxed, Codec, Format, Map, Plain, Sensitive, Sparse};
pub use document::JsonDocument;
pub use read::{
    ReadMembers, ReadVariant, from_json, read, read_enum, read_structure, read_union, read_unknown, required, skip,
};
pub use scalar::{Base64, Float};
pub use strict::Strict;
pub use timestamp::{DateTimeText, EpochSeconds, HttpDate};
pub use wire::Wire;
pub use write::{Writer, write};

/// What a required value of an enum is read as that isn't there.
pub const NO_VALUE: &str = "no value was set";
