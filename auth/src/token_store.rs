//! The stores in which a session keeps its tokens.

mod file;

pub use file::FileTokens;

use crate::device_store::StoreFuture;
use crate::tokens::Tokens;
use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps the tokens of one session.
///
/// A session reads its store before it refreshes, and writes to it before it returns a new token. So programs that
/// share a store share the session.
///
/// [`Tokens::to_json`] and [`Tokens::from_json`] are the text to keep, for example in the operating system's keychain:
///
/// ```
/// use cognito_auth::{StoreFuture, TokenStore, Tokens};
/// # struct Keychain(std::sync::Mutex<Option<String>>);
/// # impl Keychain {
/// #     fn get(&self) -> std::io::Result<Option<String>> { Ok(self.0.lock().unwrap().clone()) }
/// #     fn set(&self, text: &str) -> std::io::Result<()> { *self.0.lock().unwrap() = Some(text.to_owned()); Ok(()) }
/// #     fn remove(&self) -> std::io::Result<()> { *self.0.lock().unwrap() = None; Ok(()) }
/// # }
///
/// impl TokenStore for Keychain {
///     fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
///         Box::pin(async { Ok(self.get()?.map(|text| Tokens::from_json(&text)).transpose()?) })
///     }
///
///     fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
///         Box::pin(async move { Ok(self.set(tokens.to_json().expose())?) })
///     }
///
///     fn clear(&self) -> StoreFuture<'_, ()> {
///         Box::pin(async { Ok(self.remove()?) })
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync {
    /// The tokens, if there are any.
    fn load(&self) -> StoreFuture<'_, Option<Tokens>>;

    /// Replaces the tokens. This must be atomic, even if the program stops in the middle.
    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()>;

    /// Forgets the tokens.
    fn clear(&self) -> StoreFuture<'_, ()>;

    /// Keeps other processes from refreshing until the guard is dropped. The default is no lock, for stores that no
    /// other process uses.
    fn lock(&self) -> StoreFuture<'_, Guard> {
        Box::pin(async { Ok(Box::new(()) as Guard) })
    }
}

/// The guard of a store's lock. Dropping it releases the lock.
pub type Guard = Box<dyn Any + Send>;

/// Tokens that last as long as the program. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct MemoryTokens {
    tokens: Arc<Mutex<Option<Tokens>>>,
}

impl MemoryTokens {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn replace(&self, tokens: Option<Tokens>) {
        *self.tokens.lock().unwrap_or_else(PoisonError::into_inner) = tokens;
    }
}

impl TokenStore for MemoryTokens {
    fn load(&self) -> StoreFuture<'_, Option<Tokens>> {
        Box::pin(async { Ok(self.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone()) })
    }

    fn save(&self, tokens: Tokens) -> StoreFuture<'_, ()> {
        Box::pin(async {
            self.replace(Some(tokens));
            Ok(())
        })
    }

    fn clear(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            self.replace(None);
            Ok(())
        })
    }
}
