//! A signed-in user, with tokens that are refreshed before they expire.

mod refresh;
mod sign_out;
mod user;

pub use user::{TotpEnrolment, UserCalls};

use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::token_store::TokenStore;
use crate::tokens::Tokens;
use crate::turns::Turns;
use refresh::Enough;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// How long before its expiry a token is refreshed, because the request that uses it takes time, too.
const MARGIN: Duration = Duration::from_secs(60);

/// A signed-in user. Cloning it is cheap; clones are the same session.
///
/// Tokens are refreshed when they are requested and expire within a minute, or by [`keep_fresh`](Self::keep_fresh) in the
/// background. Concurrent requests cause one refresh, and share its error. A network error, a timeout or throttling never
/// discards the tokens: a token that hasn't expired is still returned; after that, the error is
/// [transient](AuthError::is_transient), and the next call tries again.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
}

struct Shared {
    pool: UserPool,
    store: Box<dyn TokenStore>,
    seen: RwLock<Seen>,
    /// The turns of those who refresh.
    refreshing: Turns<AuthError>,
}

/// What this process has last seen.
#[derive(Clone)]
struct Seen {
    tokens: Option<Tokens>,
    /// If the tokens couldn't be stored: those that the store still has.
    unstored_over: Option<Tokens>,
}

impl Seen {
    fn stored(tokens: Option<Tokens>) -> Self {
        Self {
            tokens,
            unstored_over: None,
        }
    }
}

impl Session {
    /// Starts a session with the tokens of a sign-in, and stores them first.
    ///
    /// # Errors
    /// [`AuthError::Store`].
    pub async fn start(pool: &UserPool, tokens: Tokens, store: impl TokenStore + 'static) -> Result<Self, AuthError> {
        // Another process may be refreshing what the store has, and would store that over the new tokens.
        let guard = store.lock().await.map_err(AuthError::store)?;
        store.save(tokens.clone()).await.map_err(AuthError::store)?;
        drop(guard);
        Ok(Self::with(pool, Some(tokens), store))
    }

    /// Opens the session in a store, from an earlier run or another process. It needs no network. `None` if the store
    /// is empty.
    ///
    /// # Errors
    /// [`AuthError::Store`].
    pub async fn open(pool: &UserPool, store: impl TokenStore + 'static) -> Result<Option<Self>, AuthError> {
        let tokens = store.load().await.map_err(AuthError::store)?;
        Ok(tokens.map(|tokens| Self::with(pool, Some(tokens), store)))
    }

    fn with(pool: &UserPool, tokens: Option<Tokens>, store: impl TokenStore + 'static) -> Self {
        Self {
            shared: Arc::new(Shared {
                pool: pool.clone(),
                store: Box::new(store),
                seen: RwLock::new(Seen::stored(tokens)),
                refreshing: Turns::default(),
            }),
        }
    }

    /// The pool.
    pub fn pool(&self) -> &UserPool {
        &self.shared.pool
    }

    /// The access token, refreshed if it expires within a minute.
    ///
    /// # Errors
    /// [`is_signed_out`](AuthError::is_signed_out): the user must sign in.
    /// [`is_transient`](AuthError::is_transient): nothing is lost; try again.
    pub async fn access_token(&self) -> Result<Secret, AuthError> {
        Ok(self.tokens().await?.access)
    }

    /// The ID token, refreshed if it expires within a minute.
    ///
    /// # Errors
    /// As [`access_token`](Self::access_token). [`AuthError::Incomplete`]: the sign-in returned none.
    pub async fn id_token(&self) -> Result<Secret, AuthError> {
        let missing = AuthError::Incomplete { missing: "ID token" };
        self.tokens().await?.id.ok_or(missing)
    }

    /// All tokens, refreshed if they expire within a minute.
    ///
    /// # Errors
    /// As [`access_token`](Self::access_token).
    pub async fn tokens(&self) -> Result<Tokens, AuthError> {
        let Seen { tokens, unstored_over } = self.seen();
        let tokens = tokens.ok_or(AuthError::SignedOut)?;
        if unstored_over.is_none() && !tokens.is_expired(self.pool().now(), MARGIN) {
            return Ok(tokens);
        }
        match self.refresh_unless(Enough::Lasting(MARGIN)).await {
            Err(error) if error.is_transient() && !tokens.is_expired(self.pool().now(), Duration::ZERO) => Ok(tokens),
            refreshed => refreshed,
        }
    }

    /// Refreshes now, whenever the tokens expire. Use it after a change of groups or attributes, or after an API has
    /// refused the token. Concurrent calls cause one refresh.
    ///
    /// # Errors
    /// As [`access_token`](Self::access_token).
    pub async fn refresh(&self) -> Result<Tokens, AuthError> {
        let tokens = self.seen().tokens.ok_or(AuthError::SignedOut)?;
        self.refresh_unless(Enough::Other(tokens.access)).await
    }

    /// What this process has.
    fn seen(&self) -> Seen {
        self.shared.seen.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sees tokens that are in the store, or that it is empty.
    fn see(&self, tokens: Option<Tokens>) {
        self.see_as(Seen::stored(tokens));
    }

    fn see_as(&self, seen: Seen) {
        *self.shared.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
    }
}

impl Debug for Session {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("pool", &self.shared.pool)
            .finish_non_exhaustive()
    }
}
