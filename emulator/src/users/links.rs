//! Users of other identity providers, linked to users of the pool.
//!
//! Source: [Linking federated users](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html).

use super::User;
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::world::World;
use cognito_idp::operation::admin_disable_provider_for_user::{
    AdminDisableProviderForUserInput, AdminDisableProviderForUserOutput,
};
use cognito_idp::operation::admin_link_provider_for_user::{
    AdminLinkProviderForUserInput, AdminLinkProviderForUserOutput,
};
use serde::{Deserialize, Serialize};

/// The provider that is the pool itself.
const LOCAL: &str = "Cognito";

/// How many identities a user may have.
const LINKS: usize = 5;

/// An identity of another provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Link {
    user_id: String,
    provider_name: String,
    provider_type: String,
    /// The provider's issuer, if its details name one.
    #[serde(default)]
    issuer: Option<String>,
    /// Whether the user was first one of the provider. Who is linked wasn't.
    #[serde(default)]
    primary: bool,
    date_created: u64,
}

impl User {
    /// Writes the links into the attribute `identities`, which tokens and lists show.
    fn tell_links(&mut self) {
        match serde_json::to_string(&self.links) {
            Ok(text) if !self.links.is_empty() => self.attributes.insert("identities".to_owned(), text),
            _ => self.attributes.remove("identities"),
        };
    }
}

/// The type of a provider, and its issuer if it has one.
fn provider(pool: &Pool, name: &str) -> Answer<(String, Option<String>)> {
    let provider = pool.stored.providers.get(name);
    let kind = provider.and_then(|provider| provider.provider_type.clone());
    let issuer = provider.and_then(|provider| provider.provider_details()?.get("oidc_issuer").cloned());
    kind.map(|kind| (kind.as_str().to_owned(), issuer)).ok_or_else(|| {
        Fault::invalid_parameter(format!("The provider {name} does not exist for User Pool {}.", pool.id))
    })
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html>
pub(crate) fn admin_link_provider_for_user(
    world: &mut World,
    input: AdminLinkProviderForUserInput,
) -> Answer<AdminLinkProviderForUserOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let destination = required(input.destination_user.as_ref(), "destinationUser")?;
    let source = required(input.source_user.as_ref(), "sourceUser")?;
    let name = required(source.provider_name(), "sourceUser.providerName")?;
    let id = required(source.provider_attribute_value(), "sourceUser.providerAttributeValue")?;
    let (provider_type, issuer) = provider(pool, name)?;
    let link = Link {
        user_id: id.to_owned(),
        provider_name: name.to_owned(),
        provider_type,
        issuer,
        primary: false,
        date_created: now.0,
    };
    let same = |other: &Link| other.user_id == link.user_id && other.provider_name == link.provider_name;
    if pool.users.values().any(|user| user.links.iter().any(same)) {
        return Err(Fault::alias_exists("The source user is already linked to a user."));
    }
    let user = pool.user_mut(destination.provider_attribute_value())?;
    if user.links.len() == LINKS {
        return Err(Fault::limit_exceeded("A user can be linked to at most 5 identities."));
    }
    user.links.push(link);
    user.tell_links();
    user.modified = now;
    Ok(AdminLinkProviderForUserOutput::builder().build())
}

/// Takes a link from a user; of the pool itself it takes the password, so that the user can't sign in with it.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableProviderForUser.html>
pub(crate) fn admin_disable_provider_for_user(
    world: &mut World,
    input: AdminDisableProviderForUserInput,
) -> Answer<AdminDisableProviderForUserOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let identity = required(input.user.as_ref(), "user")?;
    let name = required(identity.provider_name(), "user.providerName")?;
    let id = required(identity.provider_attribute_value(), "user.providerAttributeValue")?;
    if name == LOCAL {
        let user = pool.user_mut(Some(id))?;
        user.password = None;
        user.modified = now;
        return Ok(AdminDisableProviderForUserOutput::builder().build());
    }
    let linked = |user: &User| {
        let mut links = user.links.iter();
        links.any(|link| link.provider_name == name && link.user_id == id)
    };
    let key = pool.users.iter().find(|(_, user)| linked(user));
    let key = key.map(|(key, _)| key.clone()).ok_or_else(Fault::user_not_found)?;
    let user = pool.users.get_mut(&key).ok_or_else(Fault::user_not_found)?;
    user.links
        .retain(|link| link.provider_name != name || link.user_id != id);
    user.tell_links();
    user.modified = now;
    Ok(AdminDisableProviderForUserOutput::builder().build())
}
