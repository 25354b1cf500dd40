//! Identity pools: AWS credentials for users.
//!
//! Tokens of the emulator's own user pools are verified. Tokens of other providers aren't: any token of a provider that
//! the pool trusts is accepted. Its `sub` identifies the user, or else the token itself does.
//!
//! Source: [Amazon Cognito identity pools](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-identity.html).

mod credentials;
mod developers;
mod identities;
mod lifecycle;
mod logins;
mod roles;

pub(crate) use credentials::{get_credentials_for_identity, get_open_id_token, key_set};
pub(crate) use developers::{
    get_open_id_token_for_developer_identity, lookup_developer_identity, merge_developer_identities,
    unlink_developer_identity,
};
pub(crate) use identities::{delete_identities, describe_identity, get_id, list_identities, unlink_identity};
pub(crate) use lifecycle::{
    create_identity_pool, delete_identity_pool, describe_identity_pool, get_identity_pool_roles,
    get_principal_tag_attribute_map, list_identity_pools, list_tags_for_resource, set_identity_pool_roles,
    set_principal_tag_attribute_map, tag_resource, untag_resource, update_identity_pool,
};

use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::kept::{Kept, Part, Written, parts};
use crate::world::State;
use cognito_identity::operation::create_identity_pool::CreateIdentityPoolInput;
use cognito_identity::types::RoleMapping;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// An identity pool.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IdentityPool {
    pub(crate) id: String,
    /// The settings of CreateIdentityPool or UpdateIdentityPool.
    settings: CreateIdentityPoolInput,
    roles: HashMap<String, String>,
    mappings: HashMap<String, RoleMapping>,
    /// By provider: whether the defaults are used, and the tags.
    principal_tags: BTreeMap<String, (bool, HashMap<String, String>)>,
    identities: Kept<Identity>,
    #[serde(skip)]
    written: Written,
}

parts!(IdentityPool: id, settings, roles, mappings, principal_tags; identities);

/// A user, or a guest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// The user's id at each provider.
    logins: BTreeMap<String, String>,
    /// The user's id at the pool's developer.
    developer: Vec<String>,
    created: Moment,
    modified: Moment,
}

impl Part for Identity {}

impl State {
    fn identity_pool(&mut self, id: Option<&str>) -> Answer<&mut IdentityPool> {
        let id = required(id, "identityPoolId")?;
        let pool = self.identity_pools.get_mut(id);
        pool.ok_or_else(|| Fault::resource_not_found(format!("IdentityPool '{id}' not found.")))
    }

    /// The pool of an identity.
    fn pool_of_identity(&mut self, id: Option<&str>) -> Answer<(&mut IdentityPool, String)> {
        let id = required(id, "identityId")?;
        let pool = self
            .identities
            .get(id)
            .and_then(|pool| self.identity_pools.get_mut(pool));
        let pool = pool.ok_or_else(|| Fault::resource_not_found(format!("Identity '{id}' not found.")))?;
        Ok((pool, id.to_owned()))
    }
}
