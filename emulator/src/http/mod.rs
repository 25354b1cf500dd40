//! How requests reach the emulator: in the process, or over HTTP.

mod connector;
mod log;
mod router;
mod serve;

pub(crate) use connector::Connector;
pub(crate) use log::Log;
pub use log::Logged;
pub use serve::Running;
