//! Identities that a developer's own server vouches for.
//!
//! Source: [Developer-authenticated identities](https://docs.aws.amazon.com/cognito/latest/developerguide/developer-authenticated-identities.html).

use super::credentials::token;
use super::{IdentityPool, logins};
use crate::fault::{Answer, Fault, required};
use crate::world::World;
use cognito_identity::operation::get_open_id_token_for_developer_identity::{
    GetOpenIdTokenForDeveloperIdentityInput, GetOpenIdTokenForDeveloperIdentityOutput,
};
use cognito_identity::operation::lookup_developer_identity::{
    LookupDeveloperIdentityInput, LookupDeveloperIdentityOutput,
};
use cognito_identity::operation::merge_developer_identities::{
    MergeDeveloperIdentitiesInput, MergeDeveloperIdentitiesOutput,
};
use cognito_identity::operation::unlink_developer_identity::{
    UnlinkDeveloperIdentityInput, UnlinkDeveloperIdentityOutput,
};

/// The default validity of a token, in seconds.
const TOKEN: u64 = 900;

fn no_user() -> Fault {
    Fault::resource_not_found("The developer user is not known to the identity pool.")
}

impl IdentityPool {
    /// Whether `provider` is the developer's name for their own.
    fn check_developer(&self, provider: Option<&str>) -> Answer<()> {
        let provider = required(provider, "developerProviderName")?;
        if self.settings.developer_provider_name() == Some(provider) {
            Ok(())
        } else {
            Err(Fault::invalid_parameter(format!(
                "{provider} is not the developer provider of this identity pool."
            )))
        }
    }

    /// The identity of a developer's user.
    fn of_developer(&self, user: &str) -> Option<String> {
        let mut identities = self.identities.iter();
        identities
            .find(|(_, identity)| identity.developer.iter().any(|known| known == user))
            .map(|(id, _)| id.clone())
    }
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdTokenForDeveloperIdentity.html>
pub(crate) fn get_open_id_token_for_developer_identity(
    world: &mut World,
    input: GetOpenIdTokenForDeveloperIdentityInput,
) -> Answer<GetOpenIdTokenForDeveloperIdentityOutput> {
    let now = world.now();
    let pool_id = world.state.identity_pool(input.identity_pool_id())?.id.clone();
    let mut logins = required(input.logins, "logins")?;
    let pool = &world.state.identity_pools[&pool_id];
    let provider = pool.settings.developer_provider_name.clone().unwrap_or_default();
    let user = logins.remove(&provider).ok_or_else(|| {
        Fault::invalid_parameter("Logins must have one of the developer provider of this identity pool.")
    })?;
    // The logins of others prove who it is, as they do in GetId.
    let others = logins::check(&world.state.pools, pool, Some(&logins), now)?;
    let pool = world.state.identity_pool(Some(&pool_id))?;
    pool.check_one(&others)?;
    let linked = pool.find(&others);
    let known = pool.of_developer(&user);
    let asked = input.identity_id.clone().or_else(|| known.clone());
    if linked.is_some() && asked.is_some() && linked != asked {
        return Err(Fault::resource_conflict(
            "Logins don't match. The login is linked to another identity.",
        ));
    }
    let known = known.or(linked);
    let id = match (input.identity_id.as_deref(), known) {
        (Some(id), Some(known)) if id != known => {
            return Err(Fault {
                code: "DeveloperUserAlreadyRegisteredException",
                message: "The developer user is already registered with another identity.".to_owned(),
            });
        }
        (Some(id), _) => {
            if !pool.identities.contains_key(id) {
                return Err(Fault::resource_not_found(format!("Identity '{id}' not found.")));
            }
            id.to_owned()
        }
        (None, Some(known)) => known,
        (None, None) => pool.add(now),
    };
    if let Some(identity) = pool.identities.get_mut(&id)
        && !identity.developer.contains(&user)
    {
        identity.developer.push(user.clone());
        identity.modified = now;
    }
    let validity = input
        .token_duration
        .and_then(|seconds| u64::try_from(seconds).ok())
        .unwrap_or(TOKEN);
    pool.link(&id, &others, now);
    let others = others.into_iter().map(|login| login.provider);
    let providers: Vec<String> = std::iter::once(provider).chain(others).collect();
    let token = token(pool, &id, &providers, now, validity);
    world.state.identities.insert(id.clone(), pool_id);
    Ok(GetOpenIdTokenForDeveloperIdentityOutput::builder()
        .identity_id(id)
        .token(token)
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_LookupDeveloperIdentity.html>
pub(crate) fn lookup_developer_identity(
    world: &mut World,
    input: LookupDeveloperIdentityInput,
) -> Answer<LookupDeveloperIdentityOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    let id = match (input.identity_id(), input.developer_user_identifier()) {
        (Some(id), user) => {
            if user.is_some_and(|user| pool.of_developer(user).as_deref() != Some(id)) {
                return Err(Fault::resource_conflict("The developer user is of another identity."));
            }
            id.to_owned()
        }
        (None, Some(user)) => pool.of_developer(user).ok_or_else(no_user)?,
        (None, None) => {
            return Err(Fault::invalid_parameter(
                "IdentityId or DeveloperUserIdentifier must be given.",
            ));
        }
    };
    let identity = pool.identities.get(&id);
    let identity = identity.ok_or_else(|| Fault::resource_not_found(format!("Identity '{id}' not found.")))?;
    Ok(LookupDeveloperIdentityOutput::builder()
        .identity_id(&id)
        .set_developer_user_identifier_list(Some(identity.developer.clone()))
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_MergeDeveloperIdentities.html>
pub(crate) fn merge_developer_identities(
    world: &mut World,
    input: MergeDeveloperIdentitiesInput,
) -> Answer<MergeDeveloperIdentitiesOutput> {
    let now = world.now();
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    pool.check_developer(input.developer_provider_name())?;
    let source = required(input.source_user_identifier(), "sourceUserIdentifier")?;
    let destination = required(input.destination_user_identifier(), "destinationUserIdentifier")?;
    let source = pool.of_developer(source).ok_or_else(no_user)?;
    let destination = pool.of_developer(destination).ok_or_else(no_user)?;
    if source == destination {
        return Err(Fault::resource_conflict("The users are of the same identity already."));
    }
    let merged = pool.identities.remove(&source).ok_or_else(no_user)?;
    if let Some(identity) = pool.identities.get_mut(&destination) {
        identity.developer.extend(merged.developer);
        identity.logins.extend(merged.logins);
        identity.modified = now;
    }
    world.state.identities.remove(&source);
    Ok(MergeDeveloperIdentitiesOutput::builder()
        .identity_id(destination)
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UnlinkDeveloperIdentity.html>
pub(crate) fn unlink_developer_identity(
    world: &mut World,
    input: UnlinkDeveloperIdentityInput,
) -> Answer<UnlinkDeveloperIdentityOutput> {
    let now = world.now();
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    pool.check_developer(input.developer_provider_name())?;
    let id = required(input.identity_id(), "identityId")?;
    let user = required(input.developer_user_identifier(), "developerUserIdentifier")?;
    let owner = pool.of_developer(user);
    let identity = pool.identities.get_mut(id);
    let identity = identity.ok_or_else(|| Fault::resource_not_found(format!("Identity '{id}' not found.")))?;
    if !identity.developer.iter().any(|known| known == user) {
        return Err(match owner {
            Some(_) => Fault::resource_conflict("The developer user is of another identity."),
            None => no_user(),
        });
    }
    identity.developer.retain(|known| known != user);
    identity.modified = now;
    Ok(UnlinkDeveloperIdentityOutput::builder().build())
}
