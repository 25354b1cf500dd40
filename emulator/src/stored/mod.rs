//! The parts of a pool that are only stored for its administrators: identity providers, resource servers, domains,
//! branding, terms, replicas, and settings that no rule uses.

mod branding;
mod customization;
mod domains;
mod imports;
mod limits;
mod providers;
mod replicas;
mod resource_servers;
mod settings;
mod terms;

pub(crate) use branding::*;
pub(crate) use customization::*;
pub(crate) use domains::*;
pub(crate) use imports::*;
pub(crate) use limits::*;
pub(crate) use providers::*;
pub(crate) use replicas::*;
pub(crate) use resource_servers::*;
pub(crate) use settings::*;
pub(crate) use terms::*;

use crate::kept::{Kept, Written, parts};
use cognito_idp::types::{
    ClientSsoSessionConfigType, DomainDescriptionType, IdentityProviderType, LogConfigurationType,
    ManagedLoginBrandingType, ResourceServerType, RiskConfigurationType, TermsType, UiCustomizationType,
    UserPoolReplicaType, UserPoolTokenSessionConfigType, UserSessionTrackingType,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Settings that few rules use.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// By name.
    pub(crate) providers: BTreeMap<String, IdentityProviderType>,
    /// By identifier.
    pub(crate) resource_servers: BTreeMap<String, ResourceServerType>,
    /// By name: the prefix of a Cognito domain, or a custom domain.
    pub(crate) domains: BTreeMap<String, DomainDescriptionType>,
    /// By id, with the app client.
    branding: BTreeMap<String, (String, ManagedLoginBrandingType)>,
    /// By id.
    terms: BTreeMap<String, TermsType>,
    /// By region.
    replicas: BTreeMap<String, UserPoolReplicaType>,
    /// By app client; `ALL` stands for every client without its own.
    customizations: BTreeMap<String, UiCustomizationType>,
    /// By app client; the empty key is the pool.
    risks: BTreeMap<String, RiskConfigurationType>,
    logs: Vec<LogConfigurationType>,
    /// By id.
    pub(crate) imports: Kept<Import>,
    tracking: Option<UserSessionTrackingType>,
    token_session: Option<UserPoolTokenSessionConfigType>,
    /// By app client.
    sso_sessions: BTreeMap<String, ClientSsoSessionConfigType>,
    #[serde(skip)]
    written: Written,
}

parts!(Stored: providers, resource_servers, domains, branding, terms, replicas, customizations, risks, logs, tracking,
    token_session, sso_sessions;
    imports);

impl Stored {
    /// The prefix domain and the custom domain.
    pub(crate) fn domain_names(&self) -> (Option<String>, Option<String>) {
        let custom = |name: &&String| name.contains('.');
        (
            self.domains.keys().find(|name| !custom(name)).cloned(),
            self.domains.keys().find(custom).cloned(),
        )
    }

    /// Removes what belongs to an app client that is gone.
    pub(crate) fn forget_client(&mut self, id: &str) {
        self.branding.retain(|_, (client, _)| client != id);
        self.terms.retain(|_, terms| terms.client_id != id);
        self.customizations.remove(id);
        self.risks.remove(id);
        self.sso_sessions.remove(id);
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
