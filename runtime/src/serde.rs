//! Serde helpers that the generated impls stand on: a few lines a structure there, the logic once here.

mod codec;
mod read;
mod write;

pub use codec::{Base64, Boxed, Codec, DateTimeText, EpochSeconds, Float, HttpDate, JsonDocument, Map, Plain, Sparse};
pub use read::{
    ReadMembers, ReadVariant, absent, from_json, read, read_as, read_enum, read_structure, read_union, read_unknown,
    required, skip,
};
pub use write::{Writer, write};
