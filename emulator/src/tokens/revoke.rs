//! Revocation of tokens.
//!
//! Source: [Ending user sessions with token revocation](https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html).

use crate::clients::App;
use crate::fault::{Answer, Fault, required};
use crate::pools::Pool;
use crate::world::World;
use cognito_idp::operation::admin_user_global_sign_out::{AdminUserGlobalSignOutInput, AdminUserGlobalSignOutOutput};
use cognito_idp::operation::revoke_token::{RevokeTokenInput, RevokeTokenOutput};

/// Ends the session of a refresh token. An unknown or already revoked token is no error.
pub(crate) fn revoke(pool: &mut Pool, app: &App, token: &str) -> Answer<()> {
    if !app.revokes() {
        return Err(Fault {
            code: "UnsupportedOperationException",
            message: "Revoke Token is not enabled for this client.".to_owned(),
        });
    }
    if super::read_unverified(token).is_some() {
        return Err(Fault::unsupported_token_type("Unsupported token type"));
    }
    if let Some(event) = pool.refresh_tokens.get(token).cloned() {
        if pool
            .sessions
            .get(&event)
            .is_some_and(|session| session.client_id != app.id)
        {
            return Err(Fault {
                code: "UnauthorizedException",
                message: "Token is not issued to this client.".to_owned(),
            });
        }
        pool.sessions.remove(&event);
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html>
pub(crate) fn revoke_token(world: &mut World, input: RevokeTokenInput) -> Answer<RevokeTokenOutput> {
    let token = required(input.token(), "token")?;
    let (pool, app) = world.state.app(input.client_id()).map_err(|fault| Fault {
        code: "UnauthorizedException",
        message: fault.message,
    })?;
    app.check_secret(input.client_secret()).map_err(|_| Fault {
        code: "UnauthorizedException",
        message: "Invalid client secret.".to_owned(),
    })?;
    revoke(pool, &app, token)?;
    Ok(RevokeTokenOutput::builder().build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html>
pub(crate) fn admin_user_global_sign_out(
    world: &mut World,
    input: AdminUserGlobalSignOutInput,
) -> Answer<AdminUserGlobalSignOutOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let key = pool.key(&pool.user(input.username())?.username);
    pool.sessions.retain(|_, session| session.user != key);
    Ok(AdminUserGlobalSignOutOutput::builder().build())
}
