//! Sessions: the common state of a sign-in's tokens, until they are revoked or expire.
//!
//! Source: [Ending user sessions with token revocation](https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html).

use super::{authorize, read_unverified};
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::users::UserKey;
use crate::world::World;
use cognito_idp::operation::admin_list_user_sessions::{AdminListUserSessionsInput, AdminListUserSessionsOutput};
use cognito_idp::operation::admin_revoke_user_session::{AdminRevokeUserSessionInput, AdminRevokeUserSessionOutput};
use cognito_idp::operation::list_user_sessions::{ListUserSessionsInput, ListUserSessionsOutput};
use cognito_idp::operation::revoke_user_session::{RevokeUserSessionInput, RevokeUserSessionOutput};
use cognito_idp::types::{SessionDescriptionType, SessionTypeType};
use serde::{Deserialize, Serialize};

/// A sign-in that succeeded, by its `event_id`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The claim `event_id`.
    pub(crate) event: String,
    /// The id that the operations on sessions use.
    pub(crate) id: String,
    /// The claim `origin_jti`.
    pub(crate) origin: String,
    pub(crate) user: UserKey,
    pub(crate) client_id: String,
    pub(crate) created: Moment,
    /// When tokens were last made.
    pub(crate) active: Moment,
    /// When the refresh token expires.
    pub(crate) expires: Moment,
    pub(crate) device_key: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// The current refresh token.
    pub(crate) refresh_token: String,
    /// The previous ones, each until its grace period ends.
    #[serde(default)]
    pub(crate) rotated: Vec<(String, Moment)>,
}

impl crate::kept::Part for Session {}

fn list(pool: &Pool, key: &str, current: Option<&str>, now: Moment) -> Vec<SessionDescriptionType> {
    let sessions = pool
        .sessions
        .values()
        .filter(|session| session.user == key && session.expires > now);
    sessions.map(|session| describe(session, current)).collect()
}

fn describe(session: &Session, current: Option<&str>) -> SessionDescriptionType {
    SessionDescriptionType::builder()
        .session_id(&session.id)
        .session_type(SessionTypeType::Token)
        .client_id(&session.client_id)
        .create_date(session.created.date())
        .last_active_date(session.active.date())
        .set_is_current_session(current.map(|current| current == session.event))
        .build()
}

/// The session of an access token.
fn current(token: Option<&str>) -> Option<String> {
    let (_, claims) = read_unverified(token?)?;
    claims["event_id"].as_str().map(str::to_owned)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserSessions.html>
pub(crate) fn list_user_sessions(world: &mut World, input: ListUserSessionsInput) -> Answer<ListUserSessionsOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let current = current(input.access_token());
    Ok(ListUserSessionsOutput::builder()
        .set_sessions(Some(list(pool, &key, current.as_deref(), now)))
        .build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListUserSessions.html>
pub(crate) fn admin_list_user_sessions(
    world: &mut World,
    input: AdminListUserSessionsInput,
) -> Answer<AdminListUserSessionsOutput> {
    let now = world.now();
    let pool = world.state.pool(input.user_pool_id())?;
    let key = pool.key(&pool.user(input.username())?.username);
    Ok(AdminListUserSessionsOutput::builder()
        .set_sessions(Some(list(pool, &key, None, now)))
        .build())
}

fn revoke(pool: &mut Pool, key: &str, id: Option<&str>, current: Option<&str>) -> Answer<()> {
    let id = required(id, "sessionId")?;
    let session = pool
        .sessions
        .values()
        .find(|session| session.user == key && session.id == id);
    let event = session
        .map(|session| session.event.clone())
        .ok_or_else(|| Fault::resource_not_found(format!("Session {id} does not exist.")))?;
    if current == Some(event.as_str()) {
        return Err(Fault::invalid_parameter("The current session can't be revoked."));
    }
    pool.sessions.remove(&event);
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeUserSession.html>
pub(crate) fn revoke_user_session(world: &mut World, input: RevokeUserSessionInput) -> Answer<RevokeUserSessionOutput> {
    let now = world.now();
    let (pool, _, key) = authorize(&mut world.state, input.access_token(), now)?;
    let current = current(input.access_token());
    revoke(pool, &key, input.session_id(), current.as_deref())?;
    Ok(RevokeUserSessionOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRevokeUserSession.html>
pub(crate) fn admin_revoke_user_session(
    world: &mut World,
    input: AdminRevokeUserSessionInput,
) -> Answer<AdminRevokeUserSessionOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = pool.key(&pool.user(input.username())?.username);
    revoke(pool, &key, input.session_id(), None)?;
    Ok(AdminRevokeUserSessionOutput::builder().build())
}
