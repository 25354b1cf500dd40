//! The subcommands that are more than a few lines.

mod archive;
pub(crate) mod every;
pub(crate) mod explain;
pub(crate) mod model;
pub(crate) mod standalone;
mod update;
