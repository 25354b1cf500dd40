//! Groups of users.
//!
//! Source: [Adding groups to a user pool](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html).

use crate::carry::carry;
use crate::fault::{Answer, Fault, required};
use crate::kept::{Kept, Written, parts};
use crate::page::{limit, page};
use crate::pools::{Pool, no_group};
use crate::quotas::{self, room};
use crate::triggers::GroupConfiguration;
use crate::users::{User, describe};
use crate::world::World;
use cognito_idp::operation::admin_add_user_to_group::{AdminAddUserToGroupInput, AdminAddUserToGroupOutput};
use cognito_idp::operation::admin_list_groups_for_user::{AdminListGroupsForUserInput, AdminListGroupsForUserOutput};
use cognito_idp::operation::admin_remove_user_from_group::{
    AdminRemoveUserFromGroupInput, AdminRemoveUserFromGroupOutput,
};
use cognito_idp::operation::create_group::{CreateGroupInput, CreateGroupOutput};
use cognito_idp::operation::delete_group::{DeleteGroupInput, DeleteGroupOutput};
use cognito_idp::operation::get_group::{GetGroupInput, GetGroupOutput};
use cognito_idp::operation::list_groups::{ListGroupsInput, ListGroupsOutput};
use cognito_idp::operation::list_users_in_group::{ListUsersInGroupInput, ListUsersInGroupOutput};
use cognito_idp::operation::update_group::{UpdateGroupInput, UpdateGroupOutput};
use cognito_idp::types::GroupType;
use serde::{Deserialize, Serialize};

/// A group.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) description: GroupType,
    /// The keys of its users.
    pub(crate) members: Kept<()>,
    #[serde(skip)]
    written: Written,
}

parts!(Group: description; members);

/// The groups of a user, in the order of tokens: the one with the lowest precedence value first.
pub(crate) fn configuration(pool: &Pool, user: &User) -> GroupConfiguration {
    let mut groups: Vec<&GroupType> = user
        .groups
        .iter()
        .filter_map(|name| pool.groups.get(name))
        .map(|group| &group.description)
        .collect();
    groups.sort_by_key(|group| group.precedence.unwrap_or(i32::MAX));
    let names = groups.iter().filter_map(|group| group.group_name.clone()).collect();
    let roles = groups.iter().filter_map(|group| group.role_arn.clone()).collect();
    // Two groups of the same precedence with different roles: no role is preferred.
    let best = groups.iter().find(|group| group.role_arn.is_some());
    let rivals = |best: &&&GroupType| {
        let same = groups.iter().filter(|group| group.precedence == best.precedence);
        same.filter(|group| group.role_arn.is_some() && group.role_arn != best.role_arn)
            .count()
            > 0
    };
    GroupConfiguration {
        groups_to_override: names,
        iam_roles_to_override: roles,
        preferred_role: best.filter(|best| !rivals(best)).and_then(|best| best.role_arn.clone()),
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html>
pub(crate) fn create_group(world: &mut World, input: CreateGroupInput) -> Answer<CreateGroupOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let name = required(input.group_name(), "groupName")?;
    if pool.groups.contains_key(name) {
        return Err(Fault::group_exists("A group with the name already exists."));
    }
    room(pool.groups.len(), quotas::GROUPS, "groups in a user pool")?;
    let mut description: GroupType = carry(&input, |_| {})?;
    description.creation_date = Some(now.date());
    description.last_modified_date = Some(now.date());
    let group = Group {
        description: description.clone(),
        members: Kept::default(),
        written: Written::default(),
    };
    pool.groups.insert(name.to_owned(), group);
    Ok(CreateGroupOutput::builder().group(description).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html>
pub(crate) fn get_group(world: &mut World, input: GetGroupInput) -> Answer<GetGroupOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let group = pool.group_mut(input.group_name())?.description.clone();
    Ok(GetGroupOutput::builder().group(group).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html>
pub(crate) fn update_group(world: &mut World, input: UpdateGroupInput) -> Answer<UpdateGroupOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let group = &mut pool.group_mut(input.group_name())?.description;
    group.description = input.description.or_else(|| group.description.take());
    group.role_arn = input.role_arn.or_else(|| group.role_arn.take());
    group.precedence = input.precedence.or(group.precedence);
    group.last_modified_date = Some(now.date());
    Ok(UpdateGroupOutput::builder().group(group.clone()).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html>
pub(crate) fn delete_group(world: &mut World, input: DeleteGroupInput) -> Answer<DeleteGroupOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let name = required(input.group_name(), "groupName")?;
    let group = pool.groups.remove(name).ok_or_else(no_group)?;
    for key in group.members.keys() {
        if let Some(user) = pool.users.get_mut(key) {
            user.groups.remove(name);
        }
    }
    Ok(DeleteGroupOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html>
pub(crate) fn list_groups(world: &mut World, input: ListGroupsInput) -> Answer<ListGroupsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let size = limit(input.limit, 60, "limit")?;
    let page = page(&pool.groups, input.next_token(), size, |_, group| {
        Some(group.description.clone())
    })?;
    Ok(ListGroupsOutput::builder()
        .set_groups(Some(page.items))
        .set_next_token(page.next)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html>
pub(crate) fn list_users_in_group(world: &mut World, input: ListUsersInGroupInput) -> Answer<ListUsersInGroupOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let name = required(input.group_name(), "groupName")?;
    let group = pool.groups.get(name).ok_or_else(no_group)?;
    let size = limit(input.limit, 60, "limit")?;
    let page = page(&group.members, input.next_token(), size, |key, ()| pool.users.get(key))?;
    let users: Answer<Vec<_>> = page.items.into_iter().map(|user| describe(user, None)).collect();
    Ok(ListUsersInGroupOutput::builder()
        .set_users(Some(users?))
        .set_next_token(page.next)
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html>
pub(crate) fn admin_add_user_to_group(
    world: &mut World,
    input: AdminAddUserToGroupInput,
) -> Answer<AdminAddUserToGroupOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let user = required(input.username(), "username")?;
    let name = required(input.group_name(), "groupName")?;
    let key = pool.find(user).ok_or_else(Fault::user_not_found)?;
    pool.group_mut(Some(name))?.members.insert(key.clone(), ());
    pool.user_mut(Some(&key))?.groups.insert(name.to_owned());
    Ok(AdminAddUserToGroupOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html>
pub(crate) fn admin_remove_user_from_group(
    world: &mut World,
    input: AdminRemoveUserFromGroupInput,
) -> Answer<AdminRemoveUserFromGroupOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let user = required(input.username(), "username")?;
    let name = required(input.group_name(), "groupName")?;
    let key = pool.find(user).ok_or_else(Fault::user_not_found)?;
    pool.group_mut(Some(name))?.members.remove(&key);
    pool.user_mut(Some(&key))?.groups.remove(name);
    Ok(AdminRemoveUserFromGroupOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html>
pub(crate) fn admin_list_groups_for_user(
    world: &mut World,
    input: AdminListGroupsForUserInput,
) -> Answer<AdminListGroupsForUserOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    let user = pool.user(input.username())?;
    let size = limit(input.limit, 60, "limit")?;
    let page = page(&pool.groups, input.next_token(), size, |name, group| {
        user.groups.contains(name).then(|| group.description.clone())
    })?;
    Ok(AdminListGroupsForUserOutput::builder()
        .set_groups(Some(page.items))
        .set_next_token(page.next)
        .build())
}
