//! How requests reach the emulator: in the process, or over HTTP.

mod connector;
mod fields;
mod log;
mod page;
mod router;
mod serve;

pub(crate) use connector::Connector;
pub(crate) use fields::Fields;
pub(crate) use log::Log;
pub use log::Logged;
pub(crate) use router::{json, respond};
pub use serve::Running;
