//! Tokens: signing keys, claims, refresh, revocation.
//!
//! Source: [Understanding user pool JSON web tokens](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html).

mod certificate;
mod claims;
mod exchange;
mod issue;
mod jwt;
mod keys;
mod refresh;
mod revoke;
mod sessions;

pub(crate) use certificate::get_signing_certificate;
pub(crate) use claims::{attribute, issuer, key_set};
pub(crate) use exchange::{get_client_token, get_derived_token};
pub(crate) use issue::{Grant, issue, issue_for_client};
pub(crate) use jwt::read_unverified;
pub(crate) use keys::SigningKeys;
pub(crate) use refresh::{get_tokens_from_refresh_token, refresh, refresh_owner};
pub(crate) use revoke::{admin_user_global_sign_out, revoke, revoke_token};
pub(crate) use sessions::{
    Session, admin_list_user_sessions, admin_revoke_user_session, list_user_sessions, revoke_user_session,
};

use crate::clients::App;
use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::users::UserKey;
use crate::world::State;
use cognito_idp::types::UserStatusType;
use serde_json::Value;

/// The scope that lets a user call the API for themselves.
pub(crate) const API_SCOPE: &str = "aws.cognito.signin.user.admin";

/// The pool, the app client and the user of an access token, which must allow calls of the API. A user who must reset
/// the password can't make them.
pub(crate) fn authorize<'a>(
    state: &'a mut State,
    token: Option<&str>,
    now: Moment,
) -> Answer<(&'a mut Pool, App, UserKey)> {
    let (pool, app, key) = authorize_in_reset(state, token, now)?;
    let status = pool.users.get(&key).map(|user| &user.status);
    if status == Some(&UserStatusType::ResetRequired) {
        return Err(Fault::password_reset_required("Password reset required for the user"));
    }
    Ok((pool, app, key))
}

/// [`authorize`], for users who must reset their password, too.
pub(crate) fn authorize_in_reset<'a>(
    state: &'a mut State,
    token: Option<&str>,
    now: Moment,
) -> Answer<(&'a mut Pool, App, UserKey)> {
    let token = required(token, "accessToken")?;
    let claims = verify(state, token, now)?;
    let scopes = claims["scope"].as_str().unwrap_or_default();
    if !scopes.split(' ').any(|scope| scope == API_SCOPE) {
        return Err(Fault::not_authorized("Access Token does not have required scopes"));
    }
    let (pool, app) = state.app(claims["client_id"].as_str())?;
    let user = user_of(pool, &claims)?;
    Ok((pool, app, user))
}

/// Turns exceptions that an operation's documentation doesn't list into the one that all of them list: the token of a user
/// or client that is gone counts as revoked.
pub(crate) fn unlisted(codes: &'static [&'static str]) -> impl Fn(Fault) -> Fault {
    |fault| {
        if codes.contains(&fault.code) {
            Fault::not_authorized("Access Token has been revoked")
        } else {
            fault
        }
    }
}

/// The user of a verified token.
pub(crate) fn user_of(pool: &Pool, claims: &Value) -> Answer<UserKey> {
    let sub = claims["sub"].as_str().unwrap_or_default();
    let user = pool.subs.get(sub).cloned().ok_or_else(Fault::user_not_found)?;
    if pool.users.get(&user).is_some_and(|user| !user.enabled) {
        return Err(Fault::not_authorized("User is disabled."));
    }
    Ok(user)
}

/// The claims of an access token, if its signature is right, it isn't expired, its client and user exist, and its
/// session isn't revoked.
pub(crate) fn verify(state: &State, token: &str, now: Moment) -> Answer<Value> {
    let invalid = || Fault::not_authorized("Invalid Access Token");
    let (_, claims) = read_unverified(token).ok_or_else(invalid)?;
    let issuer = claims["iss"].as_str().unwrap_or_default();
    let pool = issuer.rsplit('/').next().and_then(|pool| state.pools.get(pool));
    let pool = pool.ok_or_else(invalid)?;
    if claims["token_use"] != "access" || !pool.keys.access().verifies(token) {
        return Err(invalid());
    }
    if claims["exp"].as_u64().unwrap_or(0) <= now.seconds() {
        return Err(Fault::not_authorized("Access Token has expired"));
    }
    pool.client(claims["client_id"].as_str())?;
    if claims["username"].is_string() {
        user_of(pool, &claims)?;
        let session = claims["event_id"].as_str().unwrap_or_default();
        if !pool.sessions.contains_key(session) {
            return Err(Fault::not_authorized("Access Token has been revoked"));
        }
    }
    Ok(claims)
}
