//! The emulator's public API.

use crate::clock::Clock;
use crate::fault::{Answer, Fault};
use crate::http::{Log, Logged};
use crate::outage::{Outage, Outages};
use crate::outbox::Outbox;
use crate::triggers::{self, Failure, Trigger, Triggers};
use crate::world::{Around, Settings, State, World};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use cognito_runtime::Operation;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A Cognito in the process, with user pools and identity pools. It is empty at the start.
///
/// Clones are the same Cognito. It lives in memory, as long as one of the clones.
///
/// ```
/// use cognito_emulator::Cognito;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let cognito = Cognito::new();
/// let pool = cognito.client().create_user_pool().pool_name("test").send().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Cognito {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    world: Mutex<World>,
    clock: Clock,
    outbox: Outbox,
    pub(crate) log: Log,
    /// The id of its triggers.
    triggers: u64,
    pub(crate) outages: Outages,
    /// Held by whoever writes the state to disk.
    pub(crate) disk: Mutex<()>,
}

/// Settings of a [`Cognito`].
#[derive(Debug, Clone)]
pub struct Builder {
    settings: Settings,
}

impl Builder {
    /// Sets the region in ids, ARNs and issuers. The default is `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// Sets the AWS account in ARNs. The default is `123456789012`.
    #[must_use]
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.settings.account = account.into();
        self
    }

    /// Sets the issuer of tokens, a URL without a trailing slash. Use `http://127.0.0.1:9229` for libraries that fetch
    /// keys from the issuer over the network. The default is Cognito's own issuer.
    #[must_use]
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.settings.issuer = Some(issuer.into());
        self
    }

    /// Makes the Cognito.
    pub fn build(self) -> Cognito {
        let clock = Clock::default();
        let outbox = Outbox::default();
        let triggers = Triggers::default();
        Cognito {
            inner: Arc::new(Inner {
                triggers: triggers.id(),
                world: Mutex::new(World {
                    state: State::default(),
                    around: Around {
                        settings: self.settings,
                        clock: clock.clone(),
                        outbox: outbox.clone(),
                        triggers,
                    },
                }),
                clock,
                outbox,
                log: Log::default(),
                outages: Outages::default(),
                disk: Mutex::new(()),
            }),
        }
    }
}

// The AWS SDKs' runtime logs its HTTP client at TRACE, which must not show all users with their passwords.
impl fmt::Debug for Cognito {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cognito").finish_non_exhaustive()
    }
}

impl Default for Cognito {
    fn default() -> Self {
        Self::new()
    }
}

impl Cognito {
    /// A Cognito in `us-east-1`.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A Cognito with other settings.
    pub fn builder() -> Builder {
        Builder {
            settings: Settings {
                region: "us-east-1".to_owned(),
                account: "123456789012".to_owned(),
                issuer: None,
                address: None,
            },
        }
    }

    /// An HTTP client that sends all requests to this Cognito, whatever their host. Use it as the `http_client` in a
    /// configuration of the AWS SDK's clients, or of one that you have generated. [`client`](Self::client) has it already.
    pub fn http_client(&self) -> SharedHttpClient {
        SharedHttpClient::new(crate::http::Connector::new(self.clone()))
    }

    /// The clock, which a test can move.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The e-mails and text messages that it would have sent.
    pub fn outbox(&self) -> &Outbox {
        &self.inner.outbox
    }

    /// Sets the closure that replaces a Lambda trigger, in all pools. The event's type determines the trigger.
    ///
    /// If the closure returns text as its error, the call fails with `UserLambdaValidationException` and that text;
    /// [`Failure`] has other ways to fail.
    ///
    /// The closure runs in the middle of a call. It can use [`outbox`](Self::outbox) and [`clock`](Self::clock), but
    /// nothing else of this Cognito: on its own thread that panics, and a call on another thread for which it waits never
    /// ends.
    ///
    /// ```
    /// use cognito_emulator::{Cognito, triggers::PreSignUp};
    ///
    /// let cognito = Cognito::new();
    /// cognito.on(|event: &mut PreSignUp| {
    ///     event.response.auto_confirm_user = true;
    ///     Ok(())
    /// });
    /// ```
    pub fn on<E: Trigger>(&self, handler: impl Fn(&mut E) -> Result<(), Failure> + Send + Sync + 'static) {
        self.world().around.triggers.set(handler);
    }

    /// Lets requests fail, in the process and on a port. The closure is asked about each request before it is answered. It
    /// gets the operation's name, or method and path of another request, as in [`Logged::what`]. `None` lets the request
    /// pass; `disturb(|_| None)` ends all outages.
    ///
    /// ```
    /// use cognito_emulator::{Cognito, Outage};
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// let cognito = Cognito::new();
    /// let count = AtomicUsize::new(0);
    /// // Every third user is refused at first: does the import try again?
    /// cognito.disturb(move |what| {
    ///     let hit = what == "AdminCreateUser" && count.fetch_add(1, Ordering::Relaxed) % 3 == 2;
    ///     hit.then_some(Outage::Throttled)
    /// });
    /// ```
    pub fn disturb(&self, plan: impl Fn(&str) -> Option<Outage> + Send + Sync + 'static) {
        self.inner.outages.set(Arc::new(plan));
    }

    /// The public keys of a user pool, which its tokens are verified with: the JSON text of its `jwks.json`. `None` if
    /// there is no such pool. With it, a test verifies tokens without a port.
    pub fn key_set(&self, user_pool_id: &str) -> Option<String> {
        let world = self.world();
        let pool = world.state.pools.get(user_pool_id)?;
        Some(crate::tokens::key_set(pool).to_string())
    }

    /// The code that an authenticator app shows now, by the [clock](Self::clock), for the secret that
    /// AssociateSoftwareToken gave. `None` if the secret isn't Base32.
    pub fn totp(&self, secret: &str) -> Option<String> {
        crate::users::totp_shown(secret, self.inner.clock.moment())
    }

    /// Removes all pools, users and messages. Triggers, outages and the time stay.
    pub fn reset(&self) {
        self.world().state = State::default();
        self.inner.outbox.clear();
        self.inner.log.clear();
    }

    /// The names of the supported operations, of user pools and of identity pools.
    pub fn operations() -> impl Iterator<Item = &'static str> {
        let user_pools = crate::operations::OPERATIONS.iter();
        user_pools.chain(crate::identity_operations::OPERATIONS).copied()
    }

    /// The latest requests, newest first.
    pub fn requests(&self) -> Vec<Logged> {
        self.inner.log.all()
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        assert!(
            !triggers::is_running(self.inner.triggers),
            "a trigger's closure has called the Cognito that is running it: collect what it needs before, or after"
        );
        // A rule that panicked may have left a request half done, never a structure broken.
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers an operation with its rule.
    pub(crate) fn answer<O>(
        &self,
        input: O::Input,
        rule: impl FnOnce(&mut World, O::Input) -> Answer<O::Output>,
    ) -> Result<O::Output, O::Error>
    where
        O: Operation<Error: DeserializeOwned>,
    {
        rule(&mut self.world(), input).map_err(error::<O>)
    }
}

/// A fault as the operation's error.
fn error<O: Operation<Error: DeserializeOwned>>(fault: Fault) -> O::Error {
    match cognito_runtime::server::error(fault.code, &fault.message) {
        Ok(error) => error,
        Err(error) => {
            <O::Error as aws_smithy_runtime_api::client::result::CreateUnhandledError>::create_unhandled_error(
                error.into(),
                None,
            )
        }
    }
}
