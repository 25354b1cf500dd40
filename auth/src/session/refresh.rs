//! Refreshing: once for all callers, by this process or another.

use super::{Seen, Session};
use crate::error::AuthError;
use crate::secret::Secret;
use crate::tokens::Tokens;
use cognito_idp::config::AsyncSleep;
use std::future::Future;
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

/// How long before its expiry [`Session::keep_fresh`] refreshes a token, so that no caller finds it within the session's
/// margin.
const AHEAD: Duration = Duration::from_secs(120);
/// The longest pause of [`Session::keep_fresh`]. A machine that was asleep notices soon that its token has expired.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The shortest, also after an error that is transient.
const SHORTEST_PAUSE: Duration = Duration::from_secs(10);

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
        let Seen { tokens, unstored_over } = self.seen();
        let tokens = tokens.ok_or(AuthError::SignedOut)?;
        if unstored_over.is_some() || tokens.is_expired(self.pool().now(), AHEAD) {
            return self.refresh_unless(Enough::Lasting(AHEAD)).await;
        }
        Ok(tokens)
    }

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
        match self.pool().refresh(&tokens).await {
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
}
