//! Lists of users.

use super::filter::Filter;
use super::{User, to_list};
use crate::fault::{Answer, Fault};
use crate::page::{limit, page};
use crate::world::World;
use cognito_idp::operation::list_users::{ListUsersInput, ListUsersOutput};
use cognito_idp::types::UserType;

/// A user in a list, with all attributes or some of them.
pub(crate) fn describe(user: &User, attributes: Option<&[String]>) -> Answer<UserType> {
    let wanted = |name: &String| attributes.is_none_or(|names| names.is_empty() || names.contains(name));
    let attributes = to_list(user.attributes.iter().filter(|(name, _)| wanted(name)))?;
    Ok(UserType::builder()
        .username(&user.username)
        .set_attributes(Some(attributes))
        .user_create_date(user.created.date())
        .user_last_modified_date(user.modified.date())
        .enabled(user.enabled)
        .user_status(user.status.clone())
        .set_mfa_options(user.mfa.options())
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html>
pub(crate) fn list_users(world: &mut World, input: ListUsersInput) -> Answer<ListUsersOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let size = limit(input.limit, 60, "limit")?;
    let filter = Filter::parse(input.filter().unwrap_or_default())?;
    if let Some(names) = &input.attributes_to_get {
        for name in names {
            if crate::pools::schema_of(pool, name).is_none() {
                return Err(Fault::invalid_parameter(format!(
                    "Attributes did not conform to the schema: {name}: Attribute does not exist in the schema.\n"
                )));
            }
        }
    }
    let page = match filter {
        Some(filter) => pool.users.search(&filter, input.pagination_token(), size)?,
        None => page(&pool.users, input.pagination_token(), size, |_, user| Some(user))?,
    };
    let users: Answer<Vec<_>> = page
        .items
        .into_iter()
        .map(|user| describe(user, input.attributes_to_get.as_deref()))
        .collect();
    Ok(ListUsersOutput::builder()
        .set_users(Some(users?))
        .set_pagination_token(page.next)
        .build())
}
