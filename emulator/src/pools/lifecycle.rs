//! Making, changing and removing user pools.

use super::tags::check_tags;
use super::{MfaSettings, Pool, attributes, defaults, plan};
use crate::carry::carry;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::kept::{Kept, Written};
use crate::page::{limit, page};
use crate::quotas::{self, room};
use crate::random;
use crate::tokens::SigningKeys;
use crate::users::Users;
use crate::world::{Settings, World};
use cognito_idp::operation::create_user_pool::{CreateUserPoolInput, CreateUserPoolOutput};
use cognito_idp::operation::delete_user_pool::{DeleteUserPoolInput, DeleteUserPoolOutput};
use cognito_idp::operation::describe_user_pool::{DescribeUserPoolInput, DescribeUserPoolOutput};
use cognito_idp::operation::list_user_pools::{ListUserPoolsInput, ListUserPoolsOutput};
use cognito_idp::operation::update_user_pool::{UpdateUserPoolInput, UpdateUserPoolOutput};
use cognito_idp::types::{DeletionProtectionType, UserPoolDescriptionType, UserPoolMfaType, UserPoolType};
use std::collections::BTreeMap;

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html>
pub(crate) fn create_user_pool(world: &mut World, input: CreateUserPoolInput) -> Answer<CreateUserPoolOutput> {
    required(input.pool_name(), "poolName")?;
    if !input.alias_attributes().is_empty() && !input.username_attributes().is_empty() {
        return Err(Fault::invalid_parameter(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ));
    }
    let mut description: UserPoolType = carry(&input, |members| {
        if let Some(name) = members.remove("PoolName") {
            members.insert("Name".to_owned(), name);
        }
        members.remove("Schema");
    })?;
    check(&description)?;
    check_tags(description.user_pool_tags())?;
    room(world.state.pools.len(), quotas::POOLS, "user pools in an account")?;
    defaults::fill(&mut description);
    description.schema_attributes = Some(attributes::schema(input.schema())?);
    let now = world.now();
    let id = new_id(&world.around.settings, &world.state.pools);
    description.id = Some(id.clone());
    description.arn = Some(arn(&world.around.settings, &id));
    description.creation_date = Some(now.date());
    description.last_modified_date = Some(now.date());
    let pool = Pool {
        id: id.clone(),
        mfa: MfaSettings::of(&description),
        description,
        keys: SigningKeys::nth(world.state.keys),
        clients: Kept::default(),
        users: Users::default(),
        subs: Kept::default(),
        aliases: Kept::default(),
        groups: Kept::default(),
        attempts: Kept::default(),
        sessions: Kept::default(),
        refresh_tokens: Kept::default(),
        authorizations: Kept::default(),
        stored: crate::stored::Stored::default(),
        written: Written::default(),
    };
    let answer = describe(&pool);
    world.state.keys += 1;
    world.state.pools.insert(id, pool);
    Ok(CreateUserPoolOutput::builder().user_pool(answer).build())
}

fn new_id(settings: &Settings, pools: &BTreeMap<String, Pool>) -> String {
    loop {
        let id = format!("{}_{}", settings.region, random::pool_suffix());
        if !pools.contains_key(&id) {
            return id;
        }
    }
}

pub(crate) fn arn(settings: &Settings, id: &str) -> String {
    format!(
        "arn:aws:cognito-idp:{}:{}:userpool/{id}",
        settings.region, settings.account
    )
}

/// Refuses the settings of a pool that Cognito refuses.
fn check(pool: &UserPoolType) -> Answer<()> {
    let policies = pool.policies();
    if let Some(policy) = policies.and_then(|policies| policies.password_policy())
        && let Some(length) = policy.minimum_length
        && !(6..=99).contains(&length)
    {
        let bound = if length < 6 {
            "greater than or equal to 6"
        } else {
            "less than or equal to 99"
        };
        return Err(Fault::constraint(
            &format!("'{length}'"),
            "policies.passwordPolicy.minimumLength",
            &format!("Member must have value {bound}"),
        ));
    }
    plan::check(pool)?;
    let on = matches!(pool.mfa_configuration, Some(UserPoolMfaType::On));
    if on && pool.sms_configuration.is_none() && pool.email_configuration.is_none() {
        return Err(Fault::invalid_parameter(
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
        ));
    }
    Ok(())
}

/// A pool's description, with the values that change all the time.
pub(super) fn describe(pool: &Pool) -> UserPoolType {
    let mut description = pool.description.clone();
    description.mfa_configuration = Some(pool.mfa.configuration.clone());
    description.estimated_number_of_users = i32::try_from(pool.users.len()).unwrap_or(i32::MAX);
    (description.domain, description.custom_domain) = pool.stored.domain_names();
    description
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html>
pub(crate) fn describe_user_pool(world: &mut World, input: DescribeUserPoolInput) -> Answer<DescribeUserPoolOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    Ok(DescribeUserPoolOutput::builder().user_pool(describe(pool)).build())
}

/// Settings that a request omits are reset to their defaults; schema, aliases, usernames and tags stay.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html>
pub(crate) fn update_user_pool(world: &mut World, input: UpdateUserPoolInput) -> Answer<UpdateUserPoolOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let mut new: UserPoolType = carry(&input, |members| {
        members.remove("UserPoolId");
        if let Some(name) = members.remove("PoolName") {
            members.insert("Name".to_owned(), name);
        }
    })?;
    plan::check_change(pool, &new)?;
    check(&new)?;
    check_tags(new.user_pool_tags())?;
    let old = &pool.description;
    new.id = old.id.clone();
    new.arn = old.arn.clone();
    new.creation_date = old.creation_date;
    new.last_modified_date = Some(now.date());
    new.schema_attributes = old.schema_attributes.clone();
    new.alias_attributes = old.alias_attributes.clone();
    new.username_attributes = old.username_attributes.clone();
    new.username_configuration = old.username_configuration.clone();
    new.name = new.name.take().or_else(|| old.name.clone());
    new.user_pool_tags = new.user_pool_tags.take().or_else(|| old.user_pool_tags.clone());
    if let Some(mfa) = &new.mfa_configuration {
        pool.mfa.configuration = mfa.clone();
    }
    pool.mfa.sms = MfaSettings::of(&new).sms.or(pool.mfa.sms.take());
    defaults::fill(&mut new);
    pool.description = new;
    Ok(UpdateUserPoolOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html>
pub(crate) fn delete_user_pool(world: &mut World, input: DeleteUserPoolInput) -> Answer<DeleteUserPoolOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    if pool.description.deletion_protection == Some(DeletionProtectionType::Active) {
        return Err(Fault::invalid_parameter(
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be \
             inactivated first.",
        ));
    }
    if pool.stored.domain_names() != (None, None) {
        return Err(Fault::invalid_parameter(
            "User pool cannot be deleted. It has a domain configured that should be deleted first.",
        ));
    }
    let id = pool.id.clone();
    world.state.pools.remove(&id);
    world.state.clients.retain(|_, pool| *pool != id);
    Ok(DeleteUserPoolOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html>
pub(crate) fn list_user_pools(world: &mut World, input: ListUserPoolsInput) -> Answer<ListUserPoolsOutput> {
    required(input.max_results(), "maxResults")?;
    let size = limit(input.max_results(), 60, "maxResults")?;
    let page = page(&world.state.pools, input.next_token(), size, |_, pool| {
        Some(summary(pool))
    })?;
    Ok(ListUserPoolsOutput::builder()
        .set_user_pools(Some(page.items))
        .set_next_token(page.next)
        .build())
}

fn summary(pool: &Pool) -> UserPoolDescriptionType {
    let description = &pool.description;
    UserPoolDescriptionType::builder()
        .set_id(description.id.clone())
        .set_name(description.name.clone())
        .set_lambda_config(description.lambda_config.clone())
        .set_creation_date(description.creation_date)
        .set_last_modified_date(description.last_modified_date)
        .build()
}

impl Pool {
    /// Records when the pool was changed.
    pub(crate) fn touch(&mut self, now: Moment) {
        self.description.last_modified_date = Some(now.date());
    }
}
