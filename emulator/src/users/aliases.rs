//! E-mail addresses, phone numbers and preferred names that replace a username at sign-in.
//!
//! Source: [Customizing sign-in attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases).

use super::{User, UserKey};
use crate::fault::{Answer, Fault};
use crate::pools::Pool;

/// The aliases from the user's attributes. An address is an alias only when it is verified; as a username it needn't
/// be.
fn aliases(pool: &Pool, user: &User) -> Vec<String> {
    let as_username = pool.has_generated_usernames();
    let attributes = pool.alias_attributes().into_iter();
    let counting = attributes.filter(|name| as_username || *name == "preferred_username" || user.has_verified(name));
    counting
        .filter_map(|name| user.attribute(name).map(|value| pool.alias(name, value)))
        .collect()
}

/// Adds a user to the pool and its indexes.
pub(crate) fn insert(pool: &mut Pool, user: User) -> UserKey {
    let key = pool.key(&user.username);
    pool.subs.insert(user.sub().to_owned(), key.clone());
    pool.users.insert(key.clone(), user);
    index(pool, &key);
    key
}

/// Updates the aliases from the user's attributes.
pub(crate) fn index(pool: &mut Pool, key: &str) {
    let Some(user) = pool.users.get(key) else { return };
    let new = aliases(pool, user);
    let old: Vec<String> = user_aliases(pool, key);
    for alias in old {
        if !new.contains(&alias) {
            pool.aliases.remove(&alias);
        }
    }
    for alias in &new {
        if !pool.aliases.contains_key(alias) {
            pool.aliases.insert(alias.clone(), key.to_owned());
        }
    }
    if let Some(user) = pool.users.get_mut(key) {
        user.aliases = new;
    }
}

fn user_aliases(pool: &Pool, key: &str) -> Vec<String> {
    let aliases = pool.users.get(key).map(|user| user.aliases.clone()).unwrap_or_default();
    let own = |alias: &String| pool.aliases.get(alias).is_some_and(|owner| owner == key);
    aliases.into_iter().filter(own).collect()
}

/// Removes a user from the pool, its indexes and its groups.
pub(crate) fn remove(pool: &mut Pool, key: &str) {
    for alias in user_aliases(pool, key) {
        pool.aliases.remove(&alias);
    }
    if let Some(user) = pool.users.remove(key) {
        pool.subs.remove(user.sub());
        // Another user may have the name one day, and isn't a member.
        for group in &user.groups {
            if let Some(group) = pool.groups.get_mut(group) {
                group.members.remove(key);
            }
        }
    }
    // Their tokens tell from now on that there is no such user: no user's name is empty.
    let theirs = pool.sessions.iter().filter(|(_, session)| session.user == key);
    let theirs: Vec<String> = theirs.map(|(id, _)| id.clone()).collect();
    for id in theirs {
        if let Some(session) = pool.sessions.get_mut(&id) {
            session.user.clear();
        }
    }
    pool.attempts.retain(|_, attempt| attempt.user != key);
    pool.authorizations.retain(|_, authorization| authorization.user != key);
}

/// Refuses the user's aliases if another user has them. With `force`, they move to this user.
pub(crate) fn claim(pool: &mut Pool, key: &str, user: &User, force: bool) -> Answer<()> {
    for alias in aliases(pool, user) {
        let Some(owner) = pool.aliases.get(&alias).filter(|owner| *owner != key).cloned() else {
            continue;
        };
        if !force {
            let name = alias.split('=').next().unwrap_or_default();
            return Err(Fault::alias_exists(format!(
                "An account with the {name} already exists."
            )));
        }
        pool.aliases.remove(&alias);
        if let (Some(user), Some((name, _))) = (pool.users.get_mut(&owner), alias.split_once('=')) {
            user.attributes.insert(format!("{name}_verified"), "false".to_owned());
        }
    }
    Ok(())
}
