//! Signing out: here, on one device, everywhere.

use super::Session;
use crate::error::AuthError;

impl Session {
    /// Signs out here: revokes the refresh token and all access tokens that came of it (RevokeToken), and forgets them.
    ///
    /// # Errors
    /// Whatever RevokeToken refuses. The tokens are forgotten in any case, so that the user is signed out on this machine;
    /// the error says that the refresh token may still be good.
    pub async fn sign_out(&self) -> Result<(), AuthError> {
        let _turn = self.shared.refreshing.lock().await;
        let stored = self.shared.store.load().await.map_err(AuthError::Store)?;
        let refresh = stored.or_else(|| self.seen()).and_then(|tokens| tokens.refresh);
        self.forget().await?;
        let Some(refresh) = refresh else { return Ok(()) };
        let pool = self.pool();
        let sent = pool.with_secrets(|secret| {
            let request = pool
                .client()
                .revoke_token()
                .client_id(pool.client_id())
                .token(refresh.expose());
            let request = request.set_client_secret(secret.map(|secret| secret.expose().to_owned()));
            async {
                request
                    .send()
                    .await
                    .map_err(|error| AuthError::call("RevokeToken", error))
            }
        });
        sent.await?;
        Ok(())
    }

    /// Signs out everywhere: ends all sessions of the user (GlobalSignOut), and forgets the tokens.
    ///
    /// A token still verifies offline until it ends: an API that must know asks Cognito.
    ///
    /// # Errors
    /// Whatever GlobalSignOut refuses; then the tokens are kept, so that it can be tried again.
    pub async fn sign_out_everywhere(&self) -> Result<(), AuthError> {
        let access = self.access_token().await?;
        let sent = self
            .pool()
            .client()
            .global_sign_out()
            .access_token(access.expose())
            .send()
            .await;
        sent.map_err(|error| AuthError::call("GlobalSignOut", error))?;
        let _turn = self.shared.refreshing.lock().await;
        self.forget().await
    }

    async fn forget(&self) -> Result<(), AuthError> {
        self.see(None);
        self.shared.store.clear().await.map_err(AuthError::Store)
    }
}
