//! What a pool keeps for its administrators: identity providers, resource servers, domains.

use cognito_idp::types::{DomainDescriptionType, IdentityProviderType, ResourceServerType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Settings that few rules look at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// By name.
    pub(crate) providers: BTreeMap<String, IdentityProviderType>,
    /// By identifier.
    pub(crate) resource_servers: BTreeMap<String, ResourceServerType>,
    /// By name: the prefix of Cognito's own, or a domain of the customer's.
    pub(crate) domains: BTreeMap<String, DomainDescriptionType>,
}

impl Stored {
    /// The prefix domain and the custom domain.
    pub(crate) fn domain_names(&self) -> (Option<String>, Option<String>) {
        let custom = |name: &&String| name.contains('.');
        (
            self.domains.keys().find(|name| !custom(name)).cloned(),
            self.domains.keys().find(custom).cloned(),
        )
    }

    /// Whether a resource server has this scope.
    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        let Some((server, name)) = scope.rsplit_once('/') else {
            return false;
        };
        let server = self.resource_servers.get(server);
        server.is_some_and(|server| server.scopes().iter().any(|scope| scope.scope_name == name))
    }
}
