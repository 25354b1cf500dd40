//! Generates strongly typed Rust clients from AWS's JSON service models.
//!
//! [`read`] is the strict reader of all JSON, [`model`] a service model, [`plan`] resolves names and types, [`emit`] renders templates, [`output`] formats,
//! compares and writes. [`endpoint`] compiles endpoint rules, [`names`] and [`docs`] make identifiers and
//! documentation. [`generate`] puts them together, [`Builder`] does so for build scripts.
//! [`select`] keeps the operations that someone calls, [`diff`] tells what a new model changes.

mod builder;
pub mod diff;
pub mod docs;
pub mod emit;
pub mod endpoint;
pub mod example;
pub mod generate;
pub mod model;
pub mod names;
pub mod output;
pub mod pattern;
pub mod plan;
pub mod read;
pub mod select;

pub use builder::{BuildError, Builder};
