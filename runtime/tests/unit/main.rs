//! The public items that a generated crate and its users call, one module a file of the runtime.

mod endpoint;
mod input;
mod params;
mod rules;
mod summary;
