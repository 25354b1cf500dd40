//! The keys of one source: cached, and refreshed with one fetch at a time. A caller whose key is cached never waits.

use crate::fetch::{Fetch, FetchError, LONGEST_DOCUMENT};
use crate::jwks::{Jwks, Key};
use crate::key::PublicKey;
use crate::refusal::Refusal;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::Instant;

/// The pause after the first failed fetch. It doubles with each further failure …
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// … up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A fetch that takes longer than this is abandoned when the next caller needs one. [`Fetch`] should have its own
/// timeout.
const LONGEST_FLIGHT: Duration = Duration::from_secs(30);
/// The number of fetches for other keys that a caller waits for before it gives up.
const MOST_FLIGHTS: usize = 4;

/// When keys are fetched again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    /// Older keys are refreshed in the background.
    pub(crate) max_age: Duration,
    /// The pause after a fetch that didn't find an unknown key id. During it, unknown ids are refused without another
    /// fetch.
    pub(crate) unknown_key_pause: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(60 * 60),
            unknown_key_pause: Duration::from_secs(10),
        }
    }
}

/// Where keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// All of them in a JWKS at this URL.
    Jwks(String),
    /// Each key separately, as PEM, at this URL followed by a slash and the key's id, as load balancers do it.
    Pem(String),
}

impl Location {
    /// The URL to fetch for a key id; `None` if the id could lead elsewhere.
    fn url(&self, id: Option<&str>) -> Option<String> {
        match self {
            Self::Jwks(url) => Some(url.clone()),
            Self::Pem(url) => {
                const LONGEST_ID: usize = 64;
                let id = id?;
                let is_plain = !id.is_empty()
                    && id.len() <= LONGEST_ID
                    && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                is_plain.then(|| format!("{url}/{id}"))
            }
        }
    }
}

/// The keys of a source, and how to get them.
pub(crate) struct Cache {
    location: Location,
    fetch: Arc<dyn Fetch>,
    policy: Policy,
    kept: RwLock<Kept>,
    state: Mutex<State>,
}

/// The keys in hand.
#[derive(Default)]
struct Kept {
    keys: Jwks,
    fetched: Option<Instant>,
}

#[derive(Default)]
struct State {
    flight: Option<Flight>,
    /// How many fetches have begun: the number of the last one.
    flights: u64,
    /// When the next fetch may begin.
    not_before: Option<Instant>,
    /// The number of failed fetches since the last success, …
    failures: u32,
    /// … and why the last one did.
    error: Option<FetchError>,
    /// The id that the last fetch didn't find.
    missing: Option<String>,
}

/// A fetch that is under way.
struct Flight {
    number: u64,
    started: Instant,
    /// Closes when the fetch has ended.
    landed: watch::Receiver<()>,
    task: Option<AbortHandle>,
}

/// What a caller must do to get a key that isn't cached.
pub(crate) enum Wait {
    /// Nothing helps now.
    Paused,
    /// Wait for a fetch that another task makes.
    For(watch::Receiver<()>),
    /// Make the fetch: there is no runtime for a task.
    Fly(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl Cache {
    pub(crate) fn new(location: Location, fetch: Arc<dyn Fetch>, policy: Policy) -> Arc<Self> {
        Arc::new(Self {
            location,
            fetch,
            policy,
            kept: RwLock::default(),
            state: Mutex::default(),
        })
    }

    /// Where the keys come from.
    pub(crate) fn url(&self) -> &str {
        let (Location::Jwks(url) | Location::Pem(url)) = &self.location;
        url
    }

    /// The age of the keys in hand, and why the last fetch failed, if it did.
    pub(crate) fn status(&self) -> (Option<Duration>, Option<FetchError>) {
        let fetched = self.kept.read().unwrap_or_else(PoisonError::into_inner).fetched;
        (fetched.map(|fetched| fetched.elapsed()), self.state().error.clone())
    }

    /// The ids of the keys in hand.
    pub(crate) fn ids(&self) -> Vec<String> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        kept.keys.ids().map(str::to_owned).collect()
    }

    /// A cached key. If the keys are old, starts a refresh without waiting for it.
    pub(crate) fn in_hand(self: &Arc<Self>, id: &str) -> Option<Arc<Key>> {
        let (key, is_old) = {
            let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
            // A key of its own never changes.
            let ages = matches!(self.location, Location::Jwks(_));
            let is_old = kept
                .fetched
                .is_some_and(|fetched| fetched.elapsed() >= self.policy.max_age);
            (kept.keys.get(id).cloned(), ages && is_old)
        };
        // Without a runtime, nobody would make the fetch.
        if key.is_some() && is_old && Handle::try_current().is_ok() {
            drop(self.start(None, false));
        }
        key
    }

    /// A key, fetched if necessary.
    pub(crate) async fn find(self: &Arc<Self>, id: &str) -> Result<Arc<Key>, Refusal> {
        for _ in 0..MOST_FLIGHTS {
            if let Some(key) = self.in_hand(id) {
                return Ok(key);
            }
            if self.location.url(Some(id)).is_none() {
                return Err(Refusal::UnknownKey);
            }
            match self.start(Some(id), false) {
                Wait::Paused => break,
                Wait::For(landed) => wait(landed).await,
                Wait::Fly(flight) => flight.await,
            }
            // A fetch of all keys tells what there is; one of another key alone doesn't.
            if matches!(self.location, Location::Jwks(_)) {
                break;
            }
        }
        self.in_hand(id).ok_or_else(|| self.refusal(id))
    }

    /// A cached key. If it isn't cached, starts a fetch without waiting for it.
    pub(crate) fn find_sync(self: &Arc<Self>, id: &str) -> Result<Arc<Key>, Refusal> {
        if let Some(key) = self.in_hand(id) {
            return Ok(key);
        }
        let is_under_way = Handle::try_current().is_ok() && matches!(self.start(Some(id), false), Wait::For(_));
        Err(if is_under_way {
            Refusal::KeysUnavailable(FetchError::UnderWay)
        } else {
            self.refusal(id)
        })
    }

    /// Why a key isn't there.
    fn refusal(&self, id: &str) -> Refusal {
        let was_fetched = self
            .kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .fetched
            .is_some();
        let state = self.state();
        match (&self.location, &state.error) {
            _ if self.location.url(Some(id)).is_none() => Refusal::UnknownKey,
            (_, Some(error)) => Refusal::KeysUnavailable(error.clone()),
            // Who makes one id up mustn't make that other ids are unknown, too.
            (Location::Pem(_), None) if state.missing.as_deref() == Some(id) => Refusal::UnknownKey,
            (Location::Pem(_), None) if state.missing.is_some() => Refusal::KeysUnavailable(FetchError::Paused),
            (Location::Jwks(_), None) if was_fetched => Refusal::UnknownKey,
            (_, None) => Refusal::KeysUnavailable(FetchError::UnderWay),
        }
    }

    /// Starts to fetch the keys now, even during a pause, or joins the current fetch.
    pub(crate) fn begin_refresh(self: &Arc<Self>) -> Wait {
        self.start(None, true)
    }

    /// Waits for the fetch of [`begin_refresh`](Self::begin_refresh).
    pub(crate) async fn end_refresh(&self, wait: Wait) -> Result<(), FetchError> {
        match wait {
            // Keys that are fetched one by one have nothing to begin with.
            Wait::Paused => return Ok(()),
            Wait::For(landed) => self::wait(landed).await,
            Wait::Fly(flight) => flight.await,
        }
        self.state().error.clone().map_or(Ok(()), Err)
    }

    /// Joins the current fetch, or starts one.
    fn start(self: &Arc<Self>, id: Option<&str>, at_once: bool) -> Wait {
        let Some(url) = self.location.url(id) else {
            return Wait::Paused;
        };
        let now = Instant::now();
        let mut state = self.state();
        if let Some(flight) = &state.flight {
            if now.duration_since(flight.started) < LONGEST_FLIGHT {
                return Wait::For(flight.landed.clone());
            }
            if let Some(task) = &flight.task {
                task.abort();
            }
            state.failed(now, FetchError::TimedOut { after: LONGEST_FLIGHT });
            state.flight = None;
        }
        if !at_once && state.not_before.is_some_and(|time| now < time) {
            return Wait::Paused;
        }
        state.flights += 1;
        let (landing, landed) = watch::channel(());
        let flight = fly(Landing {
            cache: Arc::clone(self),
            number: state.flights,
            url,
            id: id.map(str::to_owned),
            has_landed: false,
            _landing: landing,
        });
        let number = state.flights;
        state.flight = Some(Flight {
            number,
            started: now,
            landed: landed.clone(),
            task: None,
        });
        // A runtime that is shutting down drops the task at once, and that takes the lock.
        drop(state);
        let Ok(runtime) = Handle::try_current() else {
            return Wait::Fly(Box::pin(flight));
        };
        // A task of its own goes on when the request that began it is dropped.
        let task = runtime.spawn(flight).abort_handle();
        if let Some(flight) = self.state().flight.as_mut().filter(|flight| flight.number == number) {
            flight.task = Some(task);
        }
        Wait::For(landed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a document.
    fn read(&self, document: &[u8], id: Option<&str>) -> Result<Jwks, FetchError> {
        if document.len() > LONGEST_DOCUMENT {
            return Err(FetchError::TooLong { most: LONGEST_DOCUMENT });
        }
        let text = str::from_utf8(document).map_err(|_| FetchError::Jwks(crate::JwksError::Shape))?;
        match (&self.location, id) {
            (Location::Pem(_), Some(id)) => {
                let public = PublicKey::from_pem(text).map_err(FetchError::Pem)?;
                let key = Key {
                    id: id.to_owned(),
                    public: Ok(public),
                };
                let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
                Ok(kept.keys.with(key))
            }
            _ => text.parse().map_err(FetchError::Jwks),
        }
    }

    /// Stores the result of a fetch.
    fn land(&self, number: u64, id: Option<&str>, result: Result<Vec<u8>, FetchError>) {
        let result = match (&self.location, result) {
            // How the store of load balancers' keys says that there is no such key.
            (Location::Pem(_), Err(FetchError::Status(403 | 404))) => Ok(None),
            (_, Ok(document)) => self.read(&document, id).map(Some),
            (_, Err(error)) => Err(error),
        };
        let now = Instant::now();
        let mut state = self.state();
        if state.flight.as_ref().is_none_or(|flight| flight.number != number) {
            // It was given up in the meantime.
            return;
        }
        state.flight = None;
        match result {
            Ok(keys) => {
                let brought = id.is_none_or(|id| keys.as_ref().is_some_and(|keys| keys.get(id).is_some()));
                state.failures = 0;
                state.error = None;
                state.not_before = (!brought).then(|| after(now, self.policy.unknown_key_pause));
                state.missing = id.filter(|_| !brought).map(str::to_owned);
                if let Some(keys) = keys {
                    *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Kept {
                        keys,
                        fetched: Some(now),
                    };
                }
            }
            Err(error) => state.failed(now, error),
        }
    }
}

impl State {
    fn failed(&mut self, now: Instant, error: FetchError) {
        let pause = FIRST_PAUSE
            .saturating_mul(1 << self.failures.min(16))
            .min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        self.error = Some(error);
        self.not_before = Some(after(now, pause));
    }
}

/// The time after a pause, however long: an hour's pause is as good as one that doesn't end.
fn after(now: Instant, pause: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(60 * 60);
    now.checked_add(pause).unwrap_or(now + LONG)
}

async fn wait(mut landed: watch::Receiver<()>) {
    // Nothing is ever sent: it ends when the sender is gone.
    let _ = landed.changed().await;
}

async fn fly(landing: Landing) {
    let result = landing.cache.fetch.fetch(&landing.url).await;
    landing.land(result);
}

/// Ends a fetch, even one that panics or is dropped, so that nobody waits for it forever.
struct Landing {
    cache: Arc<Cache>,
    number: u64,
    url: String,
    id: Option<String>,
    has_landed: bool,
    /// Dropped last, so that waiting callers find the keys.
    _landing: watch::Sender<()>,
}

impl Landing {
    fn land(mut self, result: Result<Vec<u8>, FetchError>) {
        self.has_landed = true;
        self.cache.land(self.number, self.id.as_deref(), result);
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if !self.has_landed {
            let result = Err(FetchError::Abandoned);
            self.cache.land(self.number, self.id.as_deref(), result);
        }
    }
}
