//! The one reader of all JSON that comes in: service models, paginators, endpoint rule sets, partitions.
//!
//! It is strict. Whatever a file says is asked for by name; what is left over is reported as unknown, with its JSON path
//! and a hint, together with everything else that is wrong. Nothing that AWS writes is overlooked in silence.

mod cursor;
mod error;
mod json;
mod nearest;
mod path;
mod place;
mod report;

pub(crate) use cursor::{Cursor, Object};
pub use error::{Errors, ModelError};
pub(crate) use json::read_file;
pub(crate) use nearest::nearest;
pub(crate) use path::{JsonPath, is_identifier};
pub use place::{Key, Place, Treatment};
pub(crate) use report::Report;
