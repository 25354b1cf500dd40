//! Generates strongly typed Rust clients from AWS's JSON service models.
//!
//! [`model`] reads a service model, [`plan`] resolves names and types, [`emit`] renders templates, [`output`] formats,
//! compares and writes. [`endpoint`] compiles endpoint rules, [`names`] and [`docs`] make identifiers and
//! documentation. [`generate`] puts them together, [`Builder`] does so for build scripts.
//! [`select`] keeps the operations that someone calls, [`diff`] tells what a new model changes, [`touch`] writes the program
//! that the tests compile against the official crate, too.

mod builder;
pub mod diff;
pub mod docs;
pub mod emit;
pub mod endpoint;
pub mod generate;
pub mod model;
pub mod names;
pub mod output;
pub mod pattern;
pub mod plan;
pub mod schema;
pub mod select;
pub mod touch;

pub use builder::{BuildError, Builder};
