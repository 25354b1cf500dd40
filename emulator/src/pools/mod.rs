//! User pools.

mod attributes;
mod defaults;
mod lifecycle;
mod mfa;
mod plan;
mod policy;
mod tags;

pub(crate) use attributes::{add_custom_attributes, csv_header, get_csv_header, schema_of};
pub(crate) use lifecycle::{
    arn, create_user_pool, delete_user_pool, describe_user_pool, list_user_pools, update_user_pool,
};
pub(crate) use mfa::{MfaSettings, get_user_pool_mfa_config, set_user_pool_mfa_config};
pub(crate) use plan::{Plan, needs};
pub(crate) use policy::{check_password, remember_password};
pub(crate) use tags::{check_tags, list_tags_for_resource, tag_resource, untag_resource};

use crate::clients::App;
use crate::fault::{Answer, Fault, required};
use crate::groups::Group;
use crate::kept::{Kept, Written, parts};
use crate::oauth::Authorization;
use crate::sign_in::Attempt;
use crate::stored::Stored;
use crate::tokens::{Session, SigningKeys};
use crate::users::{User, UserKey, Users};
use crate::world::no_client;
use cognito_idp::types::{AliasAttributeType, UserPoolType, UsernameAttributeType};
use serde::{Deserialize, Serialize};

/// A user pool and its content.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pool {
    pub(crate) id: String,
    /// The description that DescribeUserPool returns, without the number of users.
    pub(crate) description: UserPoolType,
    pub(crate) mfa: MfaSettings,
    pub(crate) keys: SigningKeys,
    pub(crate) clients: Kept<App>,
    /// By username, see [`Pool::key`].
    pub(crate) users: Users,
    /// The username of each `sub`.
    pub(crate) subs: Kept<String>,
    /// The username that signs in with an e-mail address, a phone number or a preferred name, see [`Pool::alias`].
    pub(crate) aliases: Kept<String>,
    pub(crate) groups: Kept<Group>,
    /// Sign-ins that wait for an answer, by session.
    pub(crate) attempts: Kept<Attempt>,
    /// Sign-ins that succeeded and aren't revoked, by id.
    pub(crate) sessions: Kept<Session>,
    /// The session of each refresh token.
    pub(crate) refresh_tokens: Kept<String>,
    /// Codes of the authorize endpoint.
    pub(crate) authorizations: Kept<Authorization>,
    pub(crate) stored: Stored,
    #[serde(skip)]
    pub(crate) written: Written,
}

parts!(Pool: id, description, mfa, keys;
    clients, users, subs, aliases, groups, attempts, sessions, refresh_tokens, authorizations, stored);

impl Pool {
    /// The part of the id after the region. It is the pool's name in SRP.
    pub(crate) fn short_name(&self) -> &str {
        self.id.split_once('_').map_or(&self.id, |(_, name)| name)
    }

    /// The region, from the id.
    pub(crate) fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }

    /// The key of a username. Names are case-insensitive if the pool says so.
    pub(crate) fn key(&self, username: &str) -> String {
        if self.is_case_sensitive() {
            username.to_owned()
        } else {
            username.to_lowercase()
        }
    }

    fn is_case_sensitive(&self) -> bool {
        let configuration = self.description.username_configuration.as_ref();
        configuration.is_none_or(|configuration| configuration.case_sensitive)
    }

    /// The key of an alias.
    pub(crate) fn alias(&self, attribute: &str, value: &str) -> String {
        format!("{attribute}={}", self.key(value))
    }

    /// The attributes that can replace the username at sign-in.
    pub(crate) fn alias_attributes(&self) -> Vec<&'static str> {
        let usernames = self
            .description
            .username_attributes()
            .iter()
            .map(|attribute| match attribute {
                UsernameAttributeType::PhoneNumber => "phone_number",
                _ => "email",
            });
        let aliases = self
            .description
            .alias_attributes()
            .iter()
            .map(|attribute| match attribute {
                AliasAttributeType::PhoneNumber => "phone_number",
                AliasAttributeType::PreferredUsername => "preferred_username",
                _ => "email",
            });
        usernames.chain(aliases).collect()
    }

    /// Whether usernames are e-mail addresses or phone numbers. Cognito then generates an id for each user.
    pub(crate) fn has_generated_usernames(&self) -> bool {
        !self.description.username_attributes().is_empty()
    }

    /// The key of the user with this `name`: a username, a `sub`, or an alias.
    pub(crate) fn find(&self, name: &str) -> Option<UserKey> {
        let key = self.key(name);
        if self.users.contains_key(&key) {
            return Some(key);
        }
        if let Some(user) = self.subs.get(name) {
            return Some(user.clone());
        }
        let mut attributes = self.alias_attributes().into_iter();
        attributes.find_map(|attribute| self.aliases.get(&self.alias(attribute, name)).cloned())
    }

    /// The user of a request.
    pub(crate) fn user(&self, name: Option<&str>) -> Answer<&User> {
        let name = required(name, "username")?;
        let key = self.find(name).ok_or_else(Fault::user_not_found)?;
        self.users.get(&key).ok_or_else(Fault::user_not_found)
    }

    /// The user of a request, to change them.
    pub(crate) fn user_mut(&mut self, name: Option<&str>) -> Answer<&mut User> {
        let name = required(name, "username")?;
        let key = self.find(name).ok_or_else(Fault::user_not_found)?;
        self.users.get_mut(&key).ok_or_else(Fault::user_not_found)
    }

    /// The app client of a request.
    pub(crate) fn client(&self, id: Option<&str>) -> Answer<&App> {
        let id = required(id, "clientId")?;
        self.clients.get(id).ok_or_else(|| no_client(id))
    }

    /// The app client of a request, to change it.
    pub(crate) fn client_mut(&mut self, id: Option<&str>) -> Answer<&mut App> {
        let id = required(id, "clientId")?;
        self.clients.get_mut(id).ok_or_else(|| no_client(id))
    }

    /// The group of a request.
    pub(crate) fn group_mut(&mut self, name: Option<&str>) -> Answer<&mut Group> {
        let name = required(name, "groupName")?;
        self.groups.get_mut(name).ok_or_else(no_group)
    }
}

pub(crate) fn no_group() -> Fault {
    Fault::resource_not_found("Group not found.")
}
