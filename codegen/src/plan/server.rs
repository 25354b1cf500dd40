//! The server's side of a service.

use super::Plan;

impl Plan {
    /// Whether the server's side is generated: a crate has a feature for it, a module has no features, and the client's
    /// users shouldn't pay for it.
    pub fn has_server(&self) -> bool {
        self.root == "crate"
    }
}
