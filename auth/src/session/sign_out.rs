//! Signing out: here, on one device, everywhere.
//!
//! None of it is left half done: it goes on when the caller gives up.

use super::Session;
use super::refresh::detached;
use crate::error::AuthError;

impl Session {
    /// Signs out here: revokes the refresh token and all access tokens that were issued with it (RevokeToken), and
    /// forgets them.
    ///
    /// # Errors
    /// Those of RevokeToken: the refresh token may still be valid. [`AuthError::Store`]: the store may still have the
    /// tokens, but they are revoked. In any case, this session has forgotten them, and both the store and Cognito were
    /// asked to.
    pub async fn sign_out(&self) -> Result<(), AuthError> {
        let session = self.clone();
        detached(async move { session.sign_out_in_turn().await }).await
    }

    async fn sign_out_in_turn(&self) -> Result<(), AuthError> {
        let _turn = self.shared.refreshing.take().await;
        // Another process that refreshes would store new tokens after they were forgotten. But neither a lock nor a
        // store that fails is a reason to stay signed in.
        let guard = self.shared.store.lock().await;
        let newest = match self.shared.store.load().await {
            Ok(stored) => self.newest(stored),
            Err(_) => None,
        };
        let tokens = newest.or_else(|| self.seen().tokens);
        let forgotten = self.forget().await;
        if let Some(tokens) = tokens.filter(|tokens| tokens.refresh.is_some()) {
            self.pool().revoke(&tokens).await?;
        }
        forgotten?;
        guard.map(drop).map_err(AuthError::store)
    }

    /// Signs out everywhere: ends all sessions of the user (GlobalSignOut), and forgets the tokens.
    ///
    /// A token still verifies offline until it expires. An API that must notice earlier has to ask Cognito.
    ///
    /// # Errors
    /// Those of GlobalSignOut. The tokens are then kept, so that you can try again. [`AuthError::Store`]: the store may
    /// still have the tokens, but they are worth nothing.
    pub async fn sign_out_everywhere(&self) -> Result<(), AuthError> {
        let access = self.access_token().await?;
        let session = self.clone();
        detached(async move {
            let request = session.pool().client().global_sign_out().access_token(access.expose());
            let sent = request.send().await;
            sent.map_err(|error| AuthError::call("GlobalSignOut", error))?;
            session.forget_in_turn().await
        })
        .await
    }

    /// Deletes the user (DeleteUser), for good, and forgets the tokens.
    ///
    /// # Errors
    /// Those of DeleteUser. Nothing is forgotten then. [`AuthError::Store`]: the store may still have the tokens, but
    /// they are worth nothing.
    pub async fn delete_user(&self) -> Result<(), AuthError> {
        let access = self.access_token().await?;
        let session = self.clone();
        detached(async move {
            let request = session.pool().client().delete_user().access_token(access.expose());
            let sent = request.send().await;
            sent.map_err(|error| AuthError::call("DeleteUser", error))?;
            session.forget_in_turn().await
        })
        .await
    }

    async fn forget_in_turn(&self) -> Result<(), AuthError> {
        let _turn = self.shared.refreshing.take().await;
        let guard = self.shared.store.lock().await;
        self.forget().await?;
        guard.map(drop).map_err(AuthError::store)
    }

    async fn forget(&self) -> Result<(), AuthError> {
        self.see(None);
        self.shared.store.clear().await.map_err(AuthError::store)
    }
}
