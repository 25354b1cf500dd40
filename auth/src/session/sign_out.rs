//! Signing out: here, on one device, everywhere.

use super::Session;
use crate::error::AuthError;

impl Session {
    /// Signs out here: revokes the refresh token and all access tokens that were issued with it (RevokeToken), and
    /// forgets them.
    ///
    /// # Errors
    /// Those of RevokeToken. The tokens are forgotten in any case, so the user is signed out on this machine. The error
    /// means that the refresh token may still be valid.
    pub async fn sign_out(&self) -> Result<(), AuthError> {
        let _turn = self.shared.refreshing.lock().await;
        // Another process that refreshes would store new tokens after they were forgotten.
        let _guard = self.shared.store.lock().await.map_err(AuthError::Store)?;
        let stored = self.shared.store.load().await.map_err(AuthError::Store)?;
        let tokens = stored.or_else(|| self.seen()).filter(|tokens| tokens.refresh.is_some());
        self.forget().await?;
        match tokens {
            Some(tokens) => self.pool().revoke(&tokens).await,
            None => Ok(()),
        }
    }

    /// Signs out everywhere: ends all sessions of the user (GlobalSignOut), and forgets the tokens.
    ///
    /// A token still verifies offline until it expires. An API that must notice earlier has to ask Cognito.
    ///
    /// # Errors
    /// Those of GlobalSignOut. The tokens are then kept, so that you can try again.
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
        let _guard = self.shared.store.lock().await.map_err(AuthError::Store)?;
        self.forget().await
    }

    /// Deletes the user (DeleteUser), for good, and forgets the tokens.
    ///
    /// # Errors
    /// Those of DeleteUser. Nothing is forgotten then.
    pub async fn delete_user(&self) -> Result<(), AuthError> {
        let access = self.access_token().await?;
        let request = self.pool().client().delete_user().access_token(access.expose());
        let sent = request.send().await;
        sent.map_err(|error| AuthError::call("DeleteUser", error))?;
        let _turn = self.shared.refreshing.lock().await;
        let _guard = self.shared.store.lock().await.map_err(AuthError::Store)?;
        self.forget().await
    }

    async fn forget(&self) -> Result<(), AuthError> {
        self.see(None);
        self.shared.store.clear().await.map_err(AuthError::Store)
    }
}
