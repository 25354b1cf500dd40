//! Refreshing and revoking tokens, without a session.

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::tokens::Tokens;
use crate::wire::{Call, Parameters, REFRESH_TOKEN_AUTH};
use cognito_idp::types::AuthenticationResultType;
use std::time::SystemTime;

impl UserPool {
    /// New access and ID tokens for the refresh token (GetTokensFromRefreshToken). It is for servers that keep nothing of
    /// a user, because the browser keeps the refresh token. A [`Session`](crate::Session) calls it when it must.
    ///
    /// ```no_run
    /// # async fn example(pool: cognito_auth::UserPool, cookie: String) -> Result<(), cognito_auth::AuthError> {
    /// use cognito_auth::Tokens;
    ///
    /// let tokens = pool.refresh(&Tokens::from_refresh_token(cookie)).await?;
    /// if let Some(refresh) = &tokens.refresh {
    ///     // Set the cookie again: with rotation, this is a new token, and the old one is valid for a minute at most.
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`is_signed_out`](AuthError::is_signed_out): the user must sign in.
    /// [`is_transient`](AuthError::is_transient): nothing is lost; try again.
    pub async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, AuthError> {
        let refresh = tokens.refresh.as_ref().ok_or(AuthError::SignedOut)?;
        let sent = self.with_secrets(|secret| {
            let request = self
                .client()
                .get_tokens_from_refresh_token()
                .client_id(self.client_id());
            let request = request
                .refresh_token(refresh.expose())
                .set_client_secret(secret.map(|secret| secret.expose().to_owned()))
                .set_device_key(tokens.device_key.clone());
            async {
                let sent = request.send().await;
                sent.map_err(|error| AuthError::call("GetTokensFromRefreshToken", error))
            }
        });
        let result = match sent.await {
            Ok(output) => output.authentication_result,
            // Servers other than AWS's, and clients of older days, know the flow of old alone.
            Err(error) if error.is_unknown_operation() => self.refresh_of_old(tokens, refresh.expose()).await?,
            Err(error) => return Err(error),
        };
        let result = result.ok_or(AuthError::Incomplete { missing: "result" })?;
        merged(tokens, result, self.now())
    }

    /// REFRESH_TOKEN_AUTH, whose SECRET_HASH is over the pool's own username.
    async fn refresh_of_old(
        &self,
        tokens: &Tokens,
        refresh: &str,
    ) -> Result<Option<AuthenticationResultType>, AuthError> {
        let username = tokens
            .username()
            .or_else(|| tokens.signed_in_as.clone())
            .unwrap_or_default();
        let mut parameters = Parameters::from([("REFRESH_TOKEN".to_owned(), refresh.to_owned())]);
        if let Some(key) = &tokens.device_key {
            parameters.insert("DEVICE_KEY".to_owned(), key.clone());
        }
        let call = Call {
            pool: self,
            admin: false,
            username: &username,
            session: None,
            parameters,
            metadata: &Parameters::new(),
        };
        Ok(call.initiate(REFRESH_TOKEN_AUTH).await?.result)
    }

    /// Revokes the refresh token and all access tokens that were issued with it (RevokeToken): a logout.
    ///
    /// Revoked access tokens still verify offline until they expire.
    ///
    /// # Errors
    /// [`AuthError::SignedOut`]: there is no refresh token. Those of RevokeToken; a token that was revoked before is none.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), AuthError> {
        let refresh = tokens.refresh.as_ref().ok_or(AuthError::SignedOut)?;
        let sent = self.with_secrets(|secret| {
            let request = self
                .client()
                .revoke_token()
                .client_id(self.client_id())
                .token(refresh.expose());
            let request = request.set_client_secret(secret.map(|secret| secret.expose().to_owned()));
            async {
                let sent = request.send().await;
                sent.map_err(|error| AuthError::call("RevokeToken", error))
            }
        });
        sent.await?;
        Ok(())
    }
}

/// The tokens after a refresh. It keeps the old values that the answer doesn't replace.
fn merged(old: &Tokens, result: AuthenticationResultType, now: SystemTime) -> Result<Tokens, AuthError> {
    let fresh = Tokens::new(result, now)?;
    Ok(Tokens {
        access: fresh.access,
        id: fresh.id.or_else(|| old.id.clone()),
        refresh: fresh.refresh.or_else(|| old.refresh.clone()),
        expires_at: fresh.expires_at,
        ..old.clone()
    })
}
