//! Replicas of a pool in other regions. They are stored, but nothing is copied.

use crate::fault::{Answer, Fault, required};
use crate::pools::{Plan, arn, check_tags, needs};
use crate::world::World;
use cognito_idp::operation::create_user_pool_replica::{CreateUserPoolReplicaInput, CreateUserPoolReplicaOutput};
use cognito_idp::operation::delete_user_pool_replica::{DeleteUserPoolReplicaInput, DeleteUserPoolReplicaOutput};
use cognito_idp::operation::list_user_pool_replicas::{ListUserPoolReplicasInput, ListUserPoolReplicasOutput};
use cognito_idp::operation::update_user_pool_replica::{UpdateUserPoolReplicaInput, UpdateUserPoolReplicaOutput};
use cognito_idp::types::{ReplicaRoleType, ReplicaStatusType, UserPoolReplicaType};

fn missing(region: &str) -> Fault {
    Fault::resource_not_found(format!("The user pool has no replica in {region}."))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolReplica.html>
pub(crate) fn create_user_pool_replica(
    world: &mut World,
    input: CreateUserPoolReplicaInput,
) -> Answer<CreateUserPoolReplicaOutput> {
    let mut settings = world.around.settings.clone();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let region = required(input.region_name(), "regionName")?;
    if pool.region() == region || pool.stored.replicas.contains_key(region) {
        return Err(Fault::invalid_parameter(format!(
            "The user pool is in {region} already."
        )));
    }
    needs(&pool.description, Plan::Essentials, "Replication")?;
    check_tags(input.user_pool_tags())?;
    settings.region = region.to_owned();
    let replica = UserPoolReplicaType::builder()
        .region_name(region)
        .status(ReplicaStatusType::Active)
        .role(ReplicaRoleType::Secondary)
        .user_pool_arn(arn(&settings, &pool.id))
        .build();
    pool.stored.replicas.insert(region.to_owned(), replica.clone());
    Ok(CreateUserPoolReplicaOutput::builder()
        .user_pool_replica(replica)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolReplicas.html>
pub(crate) fn list_user_pool_replicas(
    world: &mut World,
    input: ListUserPoolReplicasInput,
) -> Answer<ListUserPoolReplicasOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let own = UserPoolReplicaType::builder()
        .region_name(pool.region())
        .status(ReplicaStatusType::Active)
        .role(ReplicaRoleType::Primary)
        .set_user_pool_arn(pool.description.arn.clone())
        .build();
    let all = std::iter::once(own)
        .chain(pool.stored.replicas.values().cloned())
        .collect();
    Ok(ListUserPoolReplicasOutput::builder()
        .set_user_pool_replicas(Some(all))
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolReplica.html>
pub(crate) fn update_user_pool_replica(
    world: &mut World,
    input: UpdateUserPoolReplicaInput,
) -> Answer<UpdateUserPoolReplicaOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let region = required(input.region_name(), "regionName")?;
    let status = required(input.status.as_ref(), "status")?;
    let replica = pool.stored.replicas.get_mut(region).ok_or_else(|| missing(region))?;
    replica.status = Some(status.as_str().into());
    Ok(UpdateUserPoolReplicaOutput::builder()
        .user_pool_replica(replica.clone())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolReplica.html>
pub(crate) fn delete_user_pool_replica(
    world: &mut World,
    input: DeleteUserPoolReplicaInput,
) -> Answer<DeleteUserPoolReplicaOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let region = required(input.region_name(), "regionName")?;
    let replica = pool.stored.replicas.remove(region).ok_or_else(|| missing(region))?;
    Ok(DeleteUserPoolReplicaOutput::builder()
        .user_pool_replica(replica)
        .build())
}
