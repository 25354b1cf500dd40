//! Refreshing: once for all callers, by this process or another.

use super::{MARGIN, Session};
use crate::error::AuthError;
use crate::secret::Secret;
use crate::tokens::Tokens;
use crate::wire::{Call, Parameters};
use cognito_idp::types::AuthenticationResultType;
use std::time::SystemTime;
use tokio::runtime::Handle;

/// The condition that makes a refresh unnecessary, because another caller has done it.
pub(super) enum Enough {
    /// Tokens that don't expire soon.
    Lasting,
    /// Another access token than this.
    Other(Secret),
}

impl Enough {
    fn is(&self, tokens: &Tokens, now: SystemTime) -> bool {
        match self {
            Self::Lasting => !tokens.is_expired(now, MARGIN),
            Self::Other(access) => tokens.access != *access,
        }
    }
}

impl Session {
    /// Refreshes, unless another caller has done it while this one waited.
    ///
    /// If there is a tokio runtime, this runs as its own task, so that a rotated refresh token isn't lost when the
    /// caller gives up before the answer arrives.
    pub(super) async fn refresh_unless(&self, enough: Enough) -> Result<Tokens, AuthError> {
        let session = self.clone();
        let refresh = async move { session.refresh_in_turn(&enough).await };
        match Handle::try_current() {
            Ok(runtime) => match runtime.spawn(refresh).await {
                Ok(refreshed) => refreshed,
                // The runtime shuts down, or a store has panicked.
                Err(error) => Err(AuthError::Store(error.into())),
            },
            Err(_) => refresh.await,
        }
    }

    async fn refresh_in_turn(&self, enough: &Enough) -> Result<Tokens, AuthError> {
        let _turn = self.shared.refreshing.lock().await;
        let now = self.pool().now();
        if let Some(tokens) = self.seen().filter(|tokens| enough.is(tokens, now)) {
            return Ok(tokens);
        }
        // Another process may have refreshed since, and with rotation only its refresh token is good.
        let _guard = self.shared.store.lock().await.map_err(AuthError::Store)?;
        let stored = self.shared.store.load().await.map_err(AuthError::Store)?;
        let Some(tokens) = stored else {
            self.see(None);
            return Err(AuthError::SignedOut);
        };
        if enough.is(&tokens, now) {
            self.see(Some(tokens.clone()));
            return Ok(tokens);
        }
        match self.refreshed(&tokens).await {
            Ok(fresh) => {
                // Stored before it is handed out: with rotation the old one is good for a minute at most. If storing
                // fails, this process still keeps the new one, or nobody would have it.
                let stored = self.shared.store.save(fresh.clone()).await;
                self.see(Some(fresh.clone()));
                stored.map_err(AuthError::Store)?;
                Ok(fresh)
            }
            Err(error) if error.is_signed_out() => {
                self.shared.store.clear().await.map_err(AuthError::Store)?;
                self.see(None);
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn refreshed(&self, tokens: &Tokens) -> Result<Tokens, AuthError> {
        let refresh = tokens.refresh.as_ref().ok_or(AuthError::SignedOut)?;
        let pool = self.pool();
        let sent = pool.with_secrets(|secret| {
            let request = pool
                .client()
                .get_tokens_from_refresh_token()
                .client_id(pool.client_id());
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
            Err(error) if error.is_unknown_operation() => self.refreshed_of_old(tokens, refresh.expose()).await?,
            Err(error) => return Err(error),
        };
        let result = result.ok_or(AuthError::Incomplete { missing: "result" })?;
        merged(tokens, result, pool.now())
    }

    /// REFRESH_TOKEN_AUTH, whose SECRET_HASH is over the pool's own username.
    async fn refreshed_of_old(
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
            pool: self.pool(),
            admin: false,
            username: &username,
            session: None,
            parameters,
            metadata: &Parameters::new(),
        };
        Ok(call.initiate("REFRESH_TOKEN_AUTH").await?.result)
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
