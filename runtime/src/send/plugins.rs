//! What the orchestrator is given: the runtime plugins of a client, of an operation, and of one call.

mod client;
mod config_override;
mod operation;

pub(super) use client::client_plugins;
pub(super) use config_override::OverridePlugin;
pub(super) use operation::operation_plugin;
