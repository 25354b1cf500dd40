//! Identities: a user with a token, or a guest.

use super::logins::{self, Login};
use super::{Identity, IdentityPool};
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::random;
use crate::world::{State, World};
use cognito_identity::operation::delete_identities::{DeleteIdentitiesInput, DeleteIdentitiesOutput};
use cognito_identity::operation::describe_identity::{DescribeIdentityInput, DescribeIdentityOutput};
use cognito_identity::operation::get_id::{GetIdInput, GetIdOutput};
use cognito_identity::operation::list_identities::{ListIdentitiesInput, ListIdentitiesOutput};
use cognito_identity::operation::unlink_identity::{UnlinkIdentityInput, UnlinkIdentityOutput};
use cognito_identity::types::IdentityDescription;
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl IdentityPool {
    /// The identity that one of the logins is linked to.
    pub(super) fn find(&self, logins: &[Login]) -> Option<String> {
        let mut identities = self.identities.iter();
        let same = |identity: &Identity| {
            logins
                .iter()
                .any(|login| identity.logins.get(&login.provider) == Some(&login.subject))
        };
        identities
            .find(|(_, identity)| same(identity))
            .map(|(id, _)| id.clone())
    }

    /// Refuses logins that are linked to more than one identity.
    pub(super) fn check_one(&self, logins: &[Login]) -> Answer<()> {
        let identities: BTreeSet<_> = logins
            .iter()
            .filter_map(|login| self.find(std::slice::from_ref(login)))
            .collect();
        if identities.len() > 1 {
            return Err(Fault::resource_conflict(
                "Logins don't match. They are linked to more than one identity.",
            ));
        }
        Ok(())
    }

    /// Makes an identity.
    pub(super) fn add(&mut self, now: Moment) -> String {
        let region = self.id.split(':').next().unwrap_or_default();
        let id = format!("{region}:{}", random::uuid());
        let identity = Identity {
            logins: BTreeMap::new(),
            developer: Vec::new(),
            created: now,
            modified: now,
        };
        self.identities.insert(id.clone(), identity);
        id
    }

    /// Links logins to an identity.
    pub(super) fn link(&mut self, id: &str, logins: &[Login], now: Moment) {
        if let Some(identity) = self.identities.get_mut(id) {
            for login in logins {
                identity.logins.insert(login.provider.clone(), login.subject.clone());
                identity.modified = now;
            }
        }
    }
}

/// The pool of an identity, and the logins of the request, which must be the identity's. A guest's identity becomes the
/// login's.
pub(super) fn with_logins<'a>(
    state: &'a mut State,
    id: Option<&str>,
    logins: Option<&HashMap<String, String>>,
    now: Moment,
) -> Answer<(&'a mut IdentityPool, String, Vec<Login>)> {
    let (pool, id) = state.pool_of_identity(id)?;
    let pool_id = pool.id.clone();
    let known = pool
        .identities
        .get(&id)
        .map(|identity| identity.logins.clone())
        .unwrap_or_default();
    let developer = pool
        .identities
        .get(&id)
        .is_some_and(|identity| !identity.developer.is_empty());
    let checked = logins::check(&state.pools, &state.identity_pools[&pool_id], logins, now)?;
    let pool = state.identity_pool(Some(&pool_id))?;
    if checked.is_empty() {
        if !known.is_empty() || developer {
            return Err(Fault::not_authorized(
                "Access to Identity '".to_owned() + &id + "' is forbidden.",
            ));
        }
        if pool.settings.allow_unauthenticated_identities != Some(true) {
            return Err(Fault::not_authorized(
                "Unauthenticated access is not supported for this identity pool.",
            ));
        }
    }
    if pool.find(&checked).is_some_and(|other| other != id) {
        return Err(Fault::resource_conflict(
            "Logins don't match. The login is linked to another identity.",
        ));
    }
    let own = checked
        .iter()
        .any(|login| known.get(&login.provider) == Some(&login.subject));
    if !checked.is_empty() && !known.is_empty() && !own {
        return Err(Fault::not_authorized(
            "Logins don't match. Please include at least one valid login for this identity.",
        ));
    }
    pool.link(&id, &checked, now);
    Ok((pool, id, checked))
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html>
pub(crate) fn get_id(world: &mut World, input: GetIdInput) -> Answer<GetIdOutput> {
    let now = world.now();
    let pool_id = world.state.identity_pool(input.identity_pool_id())?.id.clone();
    let checked = logins::check(
        &world.state.pools,
        &world.state.identity_pools[&pool_id],
        input.logins(),
        now,
    )?;
    let pool = world.state.identity_pool(Some(&pool_id))?;
    if checked.is_empty() && pool.settings.allow_unauthenticated_identities != Some(true) {
        return Err(Fault::not_authorized(
            "Unauthenticated access is not supported for this identity pool.",
        ));
    }
    pool.check_one(&checked)?;
    let id = pool.find(&checked).unwrap_or_else(|| pool.add(now));
    pool.link(&id, &checked, now);
    world.state.identities.insert(id.clone(), pool_id);
    Ok(GetIdOutput::builder().identity_id(id).build())
}

/// The providers of an identity, with the developer's own.
fn providers(pool: &IdentityPool, identity: &Identity) -> Vec<String> {
    let developer = pool.settings.developer_provider_name.clone();
    let developer = developer.filter(|_| !identity.developer.is_empty());
    identity.logins.keys().cloned().chain(developer).collect()
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentity.html>
pub(crate) fn describe_identity(world: &mut World, input: DescribeIdentityInput) -> Answer<DescribeIdentityOutput> {
    let (pool, id) = world.state.pool_of_identity(input.identity_id())?;
    let identity = &pool.identities[&id];
    Ok(DescribeIdentityOutput::builder()
        .identity_id(&id)
        .set_logins(Some(providers(pool, identity)))
        .creation_date(identity.created.date())
        .last_modified_date(identity.modified.date())
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentities.html>
pub(crate) fn list_identities(world: &mut World, input: ListIdentitiesInput) -> Answer<ListIdentitiesOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    required(input.max_results, "maxResults")?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let page = page(&pool.identities, input.next_token(), size, |id, identity| {
        Some(
            IdentityDescription::builder()
                .identity_id(id)
                .set_logins(Some(providers(pool, identity)))
                .creation_date(identity.created.date())
                .last_modified_date(identity.modified.date())
                .build(),
        )
    })?;
    Ok(ListIdentitiesOutput::builder()
        .identity_pool_id(&pool.id)
        .set_identities(Some(page.items))
        .set_next_token(page.next)
        .build())
}

/// Identities that don't exist are no error.
///
/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentities.html>
pub(crate) fn delete_identities(world: &mut World, input: DeleteIdentitiesInput) -> Answer<DeleteIdentitiesOutput> {
    for id in required(input.identity_ids_to_delete, "identityIdsToDelete")? {
        if let Ok((pool, id)) = world.state.pool_of_identity(Some(&id)) {
            pool.identities.remove(&id);
            world.state.identities.remove(&id);
        }
    }
    Ok(DeleteIdentitiesOutput::builder()
        .set_unprocessed_identity_ids(Some(Vec::new()))
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkIdentity.html>
pub(crate) fn unlink_identity(world: &mut World, input: UnlinkIdentityInput) -> Answer<UnlinkIdentityOutput> {
    let now = world.now();
    required(input.logins.as_ref(), "logins")?;
    let (pool, id, _) = with_logins(&mut world.state, input.identity_id(), input.logins(), now)?;
    let remove = required(input.logins_to_remove, "loginsToRemove")?;
    if let Some(identity) = pool.identities.get_mut(&id) {
        identity.logins.retain(|provider, _| !remove.contains(provider));
        identity.modified = now;
    }
    Ok(UnlinkIdentityOutput::builder().build())
}
