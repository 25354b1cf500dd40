//! The runtime plugins that the orchestrator gets: a client's, an operation's, and a call's.

mod client;
mod config_override;
mod operation;

pub(super) use client::client_plugins;
pub(super) use config_override::OverridePlugin;
pub(super) use operation::operation_plugin;
