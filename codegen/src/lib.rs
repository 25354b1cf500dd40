//! Generates strongly typed Rust clients from AWS's JSON service models.
//!
//! [`read`] is the strict reader of all JSON, and [`model`] is a service model. [`plan`] resolves names and types,
//! [`emit`] renders templates, and [`output`] formats, compares and writes. [`endpoint`] compiles endpoint rules;
//! [`names`] and [`docs`] make identifiers and documentation. [`generate`] runs these steps, and [`Builder`] does so
//! for build scripts. [`select`] keeps only the requested operations, and [`diff`] shows the changes of a new model.

mod builder;
pub mod diff;
pub mod docs;
pub mod emit;
pub mod endpoint;
pub mod example;
pub mod generate;
pub mod literal;
pub mod model;
pub mod names;
pub mod output;
pub mod pattern;
pub mod plan;
pub mod read;
pub mod select;

pub use builder::{BuildError, Builder};
