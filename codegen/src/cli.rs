//! The command's parts: where it runs, how it talks, and a file for each subcommand.

mod archive;
mod changes;
pub(crate) mod check;
pub(crate) mod dump;
pub(crate) mod every;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod model;
pub(crate) mod place;
pub(crate) mod terminal;
mod update;
