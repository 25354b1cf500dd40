//! New tokens for a refresh token.
//!
//! Source: [Refresh tokens](https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html).

use super::Session;
use super::issue::{refresh_token, tokens};
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::sign_in::Call;
use crate::users::UserKey;
use crate::world::World;
use cognito_idp::operation::get_tokens_from_refresh_token::{
    GetTokensFromRefreshTokenInput, GetTokensFromRefreshTokenOutput,
};
use cognito_idp::types::AuthenticationResultType;

fn session<'a>(pool: &'a Pool, token: &str) -> Answer<&'a Session> {
    let event = pool.refresh_tokens.get(token);
    let event = event.ok_or_else(|| Fault::not_authorized("Invalid Refresh Token"))?;
    pool.sessions
        .get(event)
        .ok_or_else(|| Fault::not_authorized("Refresh Token has been revoked"))
}

/// The user of a refresh token.
pub(crate) fn refresh_owner(pool: &Pool, token: &str) -> Answer<UserKey> {
    session(pool, token).map(|session| session.user.clone())
}

/// Makes new tokens; with rotation, a new refresh token, too.
pub(crate) fn refresh(call: &mut Call<'_>, token: &str, device: Option<&str>) -> Answer<AuthenticationResultType> {
    let invalid = || Fault::not_authorized("Invalid Refresh Token");
    let mut session = session(call.pool, token)?.clone();
    if session.client_id != call.app.id {
        return Err(invalid());
    }
    if session.expires <= call.now {
        return Err(Fault::not_authorized("Refresh Token has expired"));
    }
    // A remembered device must be named, or its tokens could go elsewhere.
    let remembered = |key: &String| {
        let user = call.pool.users.get(&session.user);
        user.is_some_and(|user| user.devices.get(key).is_some_and(|device| device.verifier.is_some()))
    };
    if session
        .device_key
        .as_ref()
        .is_some_and(|key| remembered(key) && device != Some(key.as_str()))
    {
        return Err(invalid());
    }
    let user = call.pool.users.get(&session.user).ok_or_else(Fault::user_not_found)?;
    if !user.enabled {
        return Err(Fault::not_authorized("User is disabled."));
    }
    let mut new = None;
    if let Some(grace) = call.app.rotation() {
        session.rotated.retain(|(_, until)| call.now < *until);
        if session.refresh_token == token {
            let next = refresh_token();
            session.rotated.push((token.to_owned(), call.now.after(grace)));
            session.refresh_token = next.clone();
            new = Some(next);
        } else if session.rotated.iter().any(|(old, _)| old == token) {
            new = Some(session.refresh_token.clone());
        } else {
            call.pool.sessions.remove(&session.event);
            return Err(Fault::refresh_token_reuse(
                "Refresh token reuse detected: the session has been revoked.",
            ));
        }
    }
    let mut result = tokens(
        call.around,
        call.pool,
        &call.app,
        &session,
        "RefreshTokens",
        call.metadata.as_ref(),
        call.now,
    )?;
    if let Some(new) = &new {
        call.pool.refresh_tokens.insert(new.clone(), session.event.clone());
    }
    result.refresh_token = new;
    session.active = call.now;
    call.pool.sessions.insert(session.event.clone(), session);
    Ok(result)
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html>
pub(crate) fn get_tokens_from_refresh_token(
    world: &mut World,
    input: GetTokensFromRefreshTokenInput,
) -> Answer<GetTokensFromRefreshTokenOutput> {
    let now = world.now();
    let (pool, app) = world.state.app(input.client_id())?;
    let token = required(input.refresh_token(), "refreshToken")?;
    app.check_secret(input.client_secret())?;
    let mut call = Call {
        metadata: input.client_metadata.clone(),
        ..Call::new(&world.around, pool, app, now)
    };
    let result = refresh(&mut call, token, input.device_key())?;
    Ok(GetTokensFromRefreshTokenOutput::builder()
        .authentication_result(result)
        .build())
}
