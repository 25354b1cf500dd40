//! Refreshing: once for all callers, by this process or another.

use super::{MARGIN, Seen, Session};
use crate::error::AuthError;
use crate::secret::Secret;
use crate::tokens::Tokens;
use crate::wire::{Call, Parameters, REFRESH_TOKEN_AUTH};
use cognito_idp::types::AuthenticationResultType;
use std::future::Future;
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

/// Runs what mustn't be left half done. If there is a tokio runtime, it is a task of its own, which goes on when the
/// caller gives up.
pub(super) async fn detached<T: Send + 'static>(
    work: impl Future<Output = Result<T, AuthError>> + Send + 'static,
) -> Result<T, AuthError> {
    match Handle::try_current() {
        Ok(runtime) => match runtime.spawn(work).await {
            Ok(done) => done,
            // The runtime shuts down, or a store has panicked.
            Err(error) => Err(AuthError::store(error.into())),
        },
        Err(_) => work.await,
    }
}

impl Session {
    /// Refreshes, unless another caller has done it while this one waited.
    ///
    /// A rotated refresh token isn't lost when the caller gives up before the answer arrives.
    pub(super) async fn refresh_unless(&self, enough: Enough) -> Result<Tokens, AuthError> {
        let session = self.clone();
        detached(async move { session.refresh_in_turn(&enough).await }).await
    }

    async fn refresh_in_turn(&self, enough: &Enough) -> Result<Tokens, AuthError> {
        let turn = self.shared.refreshing.take().await;
        let now = self.pool().now();
        let seen = self.seen();
        let good = seen.tokens.filter(|tokens| enough.is(tokens, now));
        match good {
            Some(tokens) if seen.unstored_over.is_none() => return Ok(tokens),
            // What couldn't be stored is good all the same.
            Some(tokens) => {
                return match self.refresh_stored(enough, now).await {
                    Err(AuthError::Store(_)) => Ok(tokens),
                    stored => stored,
                };
            }
            None => {}
        }
        if let Some(error) = turn.failed() {
            return Err(error);
        }
        turn.ended(self.refresh_stored(enough, now).await)
    }

    /// Refreshes the tokens of the store, under its lock.
    async fn refresh_stored(&self, enough: &Enough, now: SystemTime) -> Result<Tokens, AuthError> {
        // Another process may have refreshed since, and with rotation only its refresh token is good.
        let _guard = self.shared.store.lock().await.map_err(AuthError::store)?;
        let stored = self.shared.store.load().await.map_err(AuthError::store)?;
        let Some(tokens) = self.newest(stored.clone()) else {
            self.see(None);
            return Err(AuthError::SignedOut);
        };
        if enough.is(&tokens, now) {
            if stored.as_ref() == Some(&tokens) {
                self.see(Some(tokens.clone()));
            } else {
                self.store(tokens.clone(), stored).await?;
            }
            return Ok(tokens);
        }
        match self.refreshed(&tokens).await {
            Ok(fresh) => {
                // Stored before it is handed out: with rotation the old one is good for a minute at most.
                self.store(fresh.clone(), stored).await?;
                Ok(fresh)
            }
            Err(error) if error.is_signed_out() => {
                self.shared.store.clear().await.map_err(AuthError::store)?;
                self.see(None);
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// What to go on with: the stored tokens; or this process's own, if it couldn't store them and nobody has stored
    /// others since.
    pub(super) fn newest(&self, stored: Option<Tokens>) -> Option<Tokens> {
        let seen = self.seen();
        match seen.unstored_over {
            Some(over) if Some(&over) == stored.as_ref() => seen.tokens,
            _ => stored,
        }
    }

    /// Stores tokens over those that are in the store. If that fails, this process still keeps them, or nobody would
    /// have them, and tries again later.
    async fn store(&self, tokens: Tokens, over: Option<Tokens>) -> Result<(), AuthError> {
        let stored = self.shared.store.save(tokens.clone()).await;
        self.see_as(Seen {
            tokens: Some(tokens),
            unstored_over: if stored.is_ok() { None } else { over },
        });
        stored.map_err(AuthError::store)
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
        Ok(call.initiate(REFRESH_TOKEN_AUTH).await?.result)
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
