//! Refreshing: once for all callers, by this process or another.

use super::Session;
use crate::error::AuthError;
use crate::secret::Secret;
use crate::tokens::Tokens;
use cognito_idp::config::AsyncSleep;
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;

/// The condition that makes a refresh unnecessary, because another caller has done it.
pub(super) enum Enough {
    /// Tokens that don't expire within this time.
    Lasting(Duration),
    /// Another access token than this.
    Other(Secret),
}

impl Enough {
    fn is(&self, tokens: &Tokens, now: SystemTime) -> bool {
        match self {
            Self::Lasting(margin) => !tokens.is_expired(now, *margin),
            Self::Other(access) => tokens.access != *access,
        }
    }
}

/// How long before its expiry [`Session::keep_fresh`] refreshes a token, so that no caller finds it within the session's margin.
const AHEAD: Duration = Duration::from_secs(120);
/// The longest pause of [`Session::keep_fresh`]. A machine that was asleep notices soon that its token has expired.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The shortest, also after an error that is transient.
const SHORTEST_PAUSE: Duration = Duration::from_secs(10);

impl Session {
    /// Refreshes the tokens before they expire, over and over, so that no caller waits for a refresh. Spawn it for a
    /// program that runs for long. It ends with the session, and returns the reason; to end it earlier, abort the task.
    ///
    /// ```no_run
    /// # fn example(session: cognito_auth::Session) {
    /// let keeper = tokio::spawn({
    ///     let session = session.clone();
    ///     async move { session.keep_fresh().await }
    /// });
    /// # }
    /// ```
    ///
    /// It tries again after errors that are [transient](AuthError::is_transient).
    pub async fn keep_fresh(&self) -> AuthError {
        let Some(sleep) = self.pool().sleep_impl() else {
            return AuthError::Input(
                "waiting needs the feature `rt-tokio`, or a `sleep_impl` in the client's configuration",
            );
        };
        loop {
            let pause = match self.fresh().await {
                Ok(tokens) => {
                    let left = tokens.expires_at.duration_since(self.pool().now());
                    left.unwrap_or_default().saturating_sub(AHEAD)
                }
                Err(error) if error.is_transient() => SHORTEST_PAUSE,
                Err(error) => return error,
            };
            sleep.sleep(pause.clamp(SHORTEST_PAUSE, LONGEST_PAUSE)).await;
        }
    }

    /// The tokens, refreshed ahead.
    async fn fresh(&self) -> Result<Tokens, AuthError> {
        let seen = self.seen().ok_or(AuthError::SignedOut)?;
        if seen.is_expired(self.pool().now(), AHEAD) {
            return self.refresh_unless(Enough::Lasting(AHEAD)).await;
        }
        Ok(seen)
    }

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
        match self.pool().refresh(&tokens).await {
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
}
