//! Resource servers, and the scopes that they define.
//!
//! Source: [Scopes, M2M, and resource servers](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html).

use crate::carry::carry;
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::quotas::{self, room};
use crate::world::World;
use cognito_idp::operation::create_resource_server::{CreateResourceServerInput, CreateResourceServerOutput};
use cognito_idp::operation::delete_resource_server::{DeleteResourceServerInput, DeleteResourceServerOutput};
use cognito_idp::operation::describe_resource_server::{DescribeResourceServerInput, DescribeResourceServerOutput};
use cognito_idp::operation::list_resource_servers::{ListResourceServersInput, ListResourceServersOutput};
use cognito_idp::operation::update_resource_server::{UpdateResourceServerInput, UpdateResourceServerOutput};
use cognito_idp::types::ResourceServerType;

fn missing(identifier: &str) -> Fault {
    Fault::resource_not_found(format!("Resource server {identifier} does not exist."))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html>
pub(crate) fn create_resource_server(
    world: &mut World,
    input: CreateResourceServerInput,
) -> Answer<CreateResourceServerOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let identifier = required(input.identifier(), "identifier")?;
    required(input.name(), "name")?;
    if pool.stored.resource_servers.contains_key(identifier) {
        return Err(Fault::invalid_parameter(format!(
            "{identifier} already exists in user pool {}.",
            pool.id
        )));
    }
    room(
        pool.stored.resource_servers.len(),
        quotas::RESOURCE_SERVERS,
        "resource servers in a user pool",
    )?;
    let mut server: ResourceServerType = carry(&input, |_| {})?;
    server.scopes.get_or_insert_default();
    pool.stored
        .resource_servers
        .insert(identifier.to_owned(), server.clone());
    Ok(CreateResourceServerOutput::builder().resource_server(server).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html>
pub(crate) fn describe_resource_server(
    world: &mut World,
    input: DescribeResourceServerInput,
) -> Answer<DescribeResourceServerOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let identifier = required(input.identifier(), "identifier")?;
    let server = pool
        .stored
        .resource_servers
        .get(identifier)
        .ok_or_else(|| missing(identifier))?;
    Ok(DescribeResourceServerOutput::builder()
        .resource_server(server.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html>
pub(crate) fn update_resource_server(
    world: &mut World,
    input: UpdateResourceServerInput,
) -> Answer<UpdateResourceServerOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let identifier = required(input.identifier(), "identifier")?;
    required(input.name(), "name")?;
    let old = pool
        .stored
        .resource_servers
        .get_mut(identifier)
        .ok_or_else(|| missing(identifier))?;
    let mut server: ResourceServerType = carry(&input, |_| {})?;
    server.scopes.get_or_insert_default();
    *old = server.clone();
    Ok(UpdateResourceServerOutput::builder().resource_server(server).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html>
pub(crate) fn delete_resource_server(
    world: &mut World,
    input: DeleteResourceServerInput,
) -> Answer<DeleteResourceServerOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let identifier = required(input.identifier(), "identifier")?;
    pool.stored
        .resource_servers
        .remove(identifier)
        .ok_or_else(|| missing(identifier))?;
    Ok(DeleteResourceServerOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListResourceServers.html>
pub(crate) fn list_resource_servers(
    world: &mut World,
    input: ListResourceServersInput,
) -> Answer<ListResourceServersOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let size = limit(input.max_results, 50, "maxResults")?;
    let page = page(&pool.stored.resource_servers, input.next_token(), size, |_, server| {
        Some(server.clone())
    })?;
    Ok(ListResourceServersOutput::builder()
        .set_resource_servers(Some(page.items))
        .set_next_token(page.next)
        .build()?)
}
