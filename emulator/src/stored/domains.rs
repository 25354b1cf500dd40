//! Domains of managed login.
//!
//! Source: [Configuring a user pool domain](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html).

use crate::carry::{carry, update};
use crate::documented::documented;
use crate::fault::{Answer, Fault, required};
use crate::pools::{Plan, needs};
use crate::quotas::{self, room};
use crate::random;
use crate::world::World;
use cognito_idp::operation::create_user_pool_domain::{CreateUserPoolDomainInput, CreateUserPoolDomainOutput};
use cognito_idp::operation::delete_user_pool_domain::{DeleteUserPoolDomainInput, DeleteUserPoolDomainOutput};
use cognito_idp::operation::describe_user_pool_domain::{DescribeUserPoolDomainInput, DescribeUserPoolDomainOutput};
use cognito_idp::operation::update_user_pool_domain::{UpdateUserPoolDomainInput, UpdateUserPoolDomainOutput};
use cognito_idp::types::{DomainDescriptionType, DomainStatusType, UserPoolType};

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html>
pub(crate) fn create_user_pool_domain(
    world: &mut World,
    input: CreateUserPoolDomainInput,
) -> Answer<CreateUserPoolDomainOutput> {
    let account = world.around.settings.account.clone();
    let domain = required(input.domain(), "domain")?;
    let custom_domains = world.state.domains.keys().filter(|domain| domain.contains('.')).count();
    let taken = world.state.domains.contains_key(domain);
    let pool = world.state.pool_mut(input.user_pool_id())?;
    if taken {
        return Err(Fault::invalid_parameter(format!(
            "Domain {domain} already associated with another user pool."
        )));
    }
    let custom = input.custom_domain_config.is_some();
    let (prefix_domain, custom_domain) = pool.stored.domain_names();
    if (custom && custom_domain.is_some()) || (!custom && prefix_domain.is_some()) {
        return Err(Fault::invalid_parameter(
            "The user pool already has a domain of this kind.",
        ));
    }
    if custom != domain.contains('.') {
        return Err(Fault::invalid_parameter(if custom {
            "A custom domain must be a fully qualified domain name."
        } else {
            "A domain prefix must not have dots."
        }));
    }
    documented(&input)?;
    if custom {
        room(custom_domains, quotas::CUSTOM_DOMAINS, "custom domains in an account")?;
    }
    check_version(&pool.description, input.managed_login_version)?;
    let mut description: DomainDescriptionType = carry(&input, |_| {})?;
    let cloud_front = custom.then(|| format!("{}.cloudfront.net", random::pool_suffix().to_lowercase()));
    description.aws_account_id = Some(account);
    description.status = Some(DomainStatusType::Active);
    description.version = Some("20240101000000".to_owned());
    description.s3_bucket = Some("aws-cognito-prod-emulator-assets".to_owned());
    description.cloud_front_distribution = cloud_front.clone();
    description.managed_login_version.get_or_insert(1);
    let version = description.managed_login_version;
    let pool_id = pool.id.clone();
    pool.stored.domains.insert(domain.to_owned(), description);
    world.state.domains.insert(domain.to_owned(), pool_id);
    Ok(CreateUserPoolDomainOutput::builder()
        .set_managed_login_version(version)
        .set_cloud_front_domain(cloud_front)
        .build())
}

/// The description of a domain that doesn't exist is empty.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html>
pub(crate) fn describe_user_pool_domain(
    world: &mut World,
    input: DescribeUserPoolDomainInput,
) -> Answer<DescribeUserPoolDomainOutput> {
    let domain = required(input.domain(), "domain")?;
    let pool = world
        .state
        .domains
        .get(domain)
        .and_then(|pool| world.state.pools.get(pool));
    let description = pool.and_then(|pool| pool.stored.domains.get(domain).cloned());
    let description = description.unwrap_or_else(|| DomainDescriptionType::builder().build());
    Ok(DescribeUserPoolDomainOutput::builder()
        .domain_description(description)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html>
pub(crate) fn update_user_pool_domain(
    world: &mut World,
    input: UpdateUserPoolDomainInput,
) -> Answer<UpdateUserPoolDomainOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let domain = required(input.domain(), "domain")?;
    check_version(&pool.description, input.managed_login_version)?;
    let old = pool.stored.domains.get_mut(domain).ok_or_else(|| missing(domain))?;
    *old = update(old, &input, |_| {})?;
    Ok(UpdateUserPoolDomainOutput::builder()
        .set_managed_login_version(old.managed_login_version)
        .set_cloud_front_domain(old.cloud_front_distribution.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html>
pub(crate) fn delete_user_pool_domain(
    world: &mut World,
    input: DeleteUserPoolDomainInput,
) -> Answer<DeleteUserPoolDomainOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let domain = required(input.domain(), "domain")?;
    pool.stored.domains.remove(domain).ok_or_else(|| missing(domain))?;
    world.state.domains.remove(domain);
    Ok(DeleteUserPoolDomainOutput::builder().build())
}

/// Version 2 is managed login, version 1 the classic hosted UI.
fn check_version(pool: &UserPoolType, version: Option<i32>) -> Answer<()> {
    match version {
        Some(2) => needs(pool, Plan::Essentials, "Managed login"),
        _ => Ok(()),
    }
}

fn missing(domain: &str) -> Fault {
    Fault::resource_not_found(format!("No such domain or user pool exists: {domain}"))
}
