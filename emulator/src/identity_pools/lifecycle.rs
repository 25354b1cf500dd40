//! Identity pools, their roles and their tags.

use super::IdentityPool;
use crate::carry::carry;
use crate::fault::{Answer, Fault, required};
use crate::kept::{Kept, Written};
use crate::page::{limit, page};
use crate::quotas::{self, room};
use crate::random;
use crate::world::{State, World};
use cognito_identity::operation::create_identity_pool::{CreateIdentityPoolInput, CreateIdentityPoolOutput};
use cognito_identity::operation::delete_identity_pool::{DeleteIdentityPoolInput, DeleteIdentityPoolOutput};
use cognito_identity::operation::describe_identity_pool::{DescribeIdentityPoolInput, DescribeIdentityPoolOutput};
use cognito_identity::operation::get_identity_pool_roles::{GetIdentityPoolRolesInput, GetIdentityPoolRolesOutput};
use cognito_identity::operation::get_principal_tag_attribute_map::{
    GetPrincipalTagAttributeMapInput, GetPrincipalTagAttributeMapOutput,
};
use cognito_identity::operation::list_identity_pools::{ListIdentityPoolsInput, ListIdentityPoolsOutput};
use cognito_identity::operation::list_tags_for_resource::{ListTagsForResourceInput, ListTagsForResourceOutput};
use cognito_identity::operation::set_identity_pool_roles::{SetIdentityPoolRolesInput, SetIdentityPoolRolesOutput};
use cognito_identity::operation::set_principal_tag_attribute_map::{
    SetPrincipalTagAttributeMapInput, SetPrincipalTagAttributeMapOutput,
};
use cognito_identity::operation::tag_resource::{TagResourceInput, TagResourceOutput};
use cognito_identity::operation::untag_resource::{UntagResourceInput, UntagResourceOutput};
use cognito_identity::operation::update_identity_pool::{UpdateIdentityPoolInput, UpdateIdentityPoolOutput};
use cognito_identity::types::{IdentityPoolShortDescription, RoleMappingType};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

impl IdentityPool {
    /// The pool as three operations describe it.
    fn describe<T: DeserializeOwned>(&self) -> Answer<T> {
        carry(&self.settings, |members| {
            members.insert("IdentityPoolId".to_owned(), self.id.clone().into());
        })
    }
}

fn check(settings: &CreateIdentityPoolInput) -> Answer<()> {
    required(settings.identity_pool_name(), "identityPoolName")?;
    required(
        settings.allow_unauthenticated_identities,
        "allowUnauthenticatedIdentities",
    )?;
    // One too many is refused, not the last that may be.
    let user_pools = settings.cognito_identity_providers().len().saturating_sub(1);
    room(
        user_pools,
        quotas::USER_POOLS_OF_IDENTITY_POOL,
        "user pools as providers of an identity pool",
    )
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html>
pub(crate) fn create_identity_pool(
    world: &mut World,
    input: CreateIdentityPoolInput,
) -> Answer<CreateIdentityPoolOutput> {
    check(&input)?;
    room(
        world.state.identity_pools.len(),
        quotas::IDENTITY_POOLS,
        "identity pools in an account",
    )?;
    let id = format!("{}:{}", world.around.settings.region, random::uuid());
    let pool = IdentityPool {
        id: id.clone(),
        settings: input,
        roles: HashMap::new(),
        mappings: HashMap::new(),
        principal_tags: BTreeMap::new(),
        identities: Kept::default(),
        written: Written::default(),
    };
    let answer = pool.describe();
    world.state.identity_pools.insert(id, pool);
    answer
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html>
pub(crate) fn describe_identity_pool(
    world: &mut World,
    input: DescribeIdentityPoolInput,
) -> Answer<DescribeIdentityPoolOutput> {
    world.state.identity_pool(input.identity_pool_id())?.describe()
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UpdateIdentityPool.html>
pub(crate) fn update_identity_pool(
    world: &mut World,
    input: UpdateIdentityPoolInput,
) -> Answer<UpdateIdentityPoolOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    let settings: CreateIdentityPoolInput = carry(&input, |_| {})?;
    check(&settings)?;
    pool.settings = settings;
    pool.describe()
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentityPool.html>
pub(crate) fn delete_identity_pool(
    world: &mut World,
    input: DeleteIdentityPoolInput,
) -> Answer<DeleteIdentityPoolOutput> {
    let id = world.state.identity_pool(input.identity_pool_id())?.id.clone();
    world.state.identity_pools.remove(&id);
    world.state.identities.retain(|_, pool| *pool != id);
    Ok(DeleteIdentityPoolOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentityPools.html>
pub(crate) fn list_identity_pools(world: &mut World, input: ListIdentityPoolsInput) -> Answer<ListIdentityPoolsOutput> {
    required(input.max_results, "maxResults")?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let page = page(&world.state.identity_pools, input.next_token(), size, |id, pool| {
        Some(
            IdentityPoolShortDescription::builder()
                .identity_pool_id(id)
                .set_identity_pool_name(pool.settings.identity_pool_name.clone())
                .build(),
        )
    })?;
    Ok(ListIdentityPoolsOutput::builder()
        .set_identity_pools(Some(page.items))
        .set_next_token(page.next)
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html>
pub(crate) fn set_identity_pool_roles(
    world: &mut World,
    input: SetIdentityPoolRolesInput,
) -> Answer<SetIdentityPoolRolesOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    let roles = required(input.roles, "roles")?;
    let mappings = input.role_mappings.unwrap_or_default();
    for (provider, mapping) in &mappings {
        if mapping.r#type == RoleMappingType::Rules && mapping.rules_configuration.is_none() {
            return Err(Fault::invalid_parameter(format!(
                "RulesConfiguration is required for the role mapping of {provider}: its type is Rules."
            )));
        }
        if mapping.ambiguous_role_resolution.is_none() {
            return Err(Fault::invalid_parameter(format!(
                "AmbiguousRoleResolution is required for the role mapping of {provider}."
            )));
        }
    }
    pool.roles = roles;
    pool.mappings = mappings;
    Ok(SetIdentityPoolRolesOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetIdentityPoolRoles.html>
pub(crate) fn get_identity_pool_roles(
    world: &mut World,
    input: GetIdentityPoolRolesInput,
) -> Answer<GetIdentityPoolRolesOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    Ok(GetIdentityPoolRolesOutput::builder()
        .identity_pool_id(&pool.id)
        .set_roles(Some(pool.roles.clone()))
        .set_role_mappings((!pool.mappings.is_empty()).then(|| pool.mappings.clone()))
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetPrincipalTagAttributeMap.html>
pub(crate) fn set_principal_tag_attribute_map(
    world: &mut World,
    input: SetPrincipalTagAttributeMapInput,
) -> Answer<SetPrincipalTagAttributeMapOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    let provider = required(input.identity_provider_name, "identityProviderName")?;
    let defaults = input.use_defaults.unwrap_or(false);
    let tags = input.principal_tags.unwrap_or_default();
    pool.principal_tags.insert(provider.clone(), (defaults, tags.clone()));
    Ok(SetPrincipalTagAttributeMapOutput::builder()
        .identity_pool_id(&pool.id)
        .identity_provider_name(provider)
        .use_defaults(defaults)
        .set_principal_tags(Some(tags))
        .build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetPrincipalTagAttributeMap.html>
pub(crate) fn get_principal_tag_attribute_map(
    world: &mut World,
    input: GetPrincipalTagAttributeMapInput,
) -> Answer<GetPrincipalTagAttributeMapOutput> {
    let pool = world.state.identity_pool(input.identity_pool_id())?;
    let provider = required(input.identity_provider_name(), "identityProviderName")?;
    let known = pool.principal_tags.get(provider);
    let (defaults, tags) = known
        .cloned()
        .ok_or_else(|| Fault::resource_not_found(format!("No principal tags are mapped for {provider}.")))?;
    Ok(GetPrincipalTagAttributeMapOutput::builder()
        .identity_pool_id(&pool.id)
        .identity_provider_name(provider)
        .use_defaults(defaults)
        .set_principal_tags(Some(tags))
        .build())
}

/// The identity pool with this ARN.
fn tagged<'a>(state: &'a mut State, arn: Option<&str>) -> Answer<&'a mut IdentityPool> {
    let arn = required(arn, "resourceArn")?;
    let id = arn.rsplit_once("identitypool/").map(|(_, id)| id);
    let id = id.ok_or_else(|| Fault::invalid_parameter("The ARN isn't one of an identity pool."))?;
    state.identity_pool(Some(id))
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_TagResource.html>
pub(crate) fn tag_resource(world: &mut World, input: TagResourceInput) -> Answer<TagResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    let tags = required(input.tags, "tags")?;
    pool.settings.identity_pool_tags.get_or_insert_default().extend(tags);
    Ok(TagResourceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UntagResource.html>
pub(crate) fn untag_resource(world: &mut World, input: UntagResourceInput) -> Answer<UntagResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    let keys = required(input.tag_keys, "tagKeys")?;
    let tags = pool.settings.identity_pool_tags.get_or_insert_default();
    tags.retain(|key, _| !keys.contains(key));
    Ok(UntagResourceOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListTagsForResource.html>
pub(crate) fn list_tags_for_resource(
    world: &mut World,
    input: ListTagsForResourceInput,
) -> Answer<ListTagsForResourceOutput> {
    let pool = tagged(&mut world.state, input.resource_arn())?;
    let tags = pool.settings.identity_pool_tags.clone().unwrap_or_default();
    Ok(ListTagsForResourceOutput::builder().set_tags(Some(tags)).build())
}
