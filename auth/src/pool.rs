//! The user pool with one of its app clients, the start of everything.

use crate::device_store::DeviceStore;
use crate::error::AuthError;
use crate::secret::Secret;
use crate::secret_hash::secret_hash;
use crate::sign_in::SignIn;
use cognito_idp::config::{BehaviorVersion, Region, SharedAsyncSleep};
use cognito_idp::{Client, Config};
use cognito_runtime::reexport::aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// A user pool, as one of its app clients sees it. Only the `admin` flows need AWS credentials.
///
/// Cloning it is cheap; clones share connections, the secret that works, and the store of devices.
#[derive(Clone)]
pub struct UserPool {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    id: String,
    client_id: String,
    secret: Option<Secret>,
    second_secret: Option<Secret>,
    /// Which of the secrets worked last.
    current: Arc<AtomicUsize>,
    client: Client,
    devices: Option<Arc<dyn DeviceStore>>,
    /// The HTTP client for the token endpoint, if the configuration sets none. It keeps connections open.
    http_client: OnceLock<Option<SharedHttpClient>>,
}

impl Inner {
    /// The secrets, in the order in which they are tried.
    fn secrets(&self) -> Vec<&Secret> {
        self.secret.iter().chain(&self.second_secret).collect()
    }
}

impl UserPool {
    /// The pool `pool_id`, for example `us-east-1_AbCdEf123`, with the app client `client_id`. The region is the part of
    /// the id before the `_`.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the pool's id has another form.
    pub fn new(pool_id: impl Into<String>, client_id: impl Into<String>) -> Result<Self, AuthError> {
        let id = pool_id.into();
        let region = id.split_once('_').filter(|(region, name)| {
            is_region(region) && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let Some((region, _)) = region else {
            return Err(AuthError::Input(
                "a pool's id has the form REGION_NAME, as us-east-1_AbCdEf123: give all of it",
            ));
        };
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .allow_no_auth()
            .build();
        let inner = Inner {
            client_id: client_id.into(),
            secret: None,
            second_secret: None,
            current: Arc::default(),
            client: Client::from_conf(config),
            devices: None,
            http_client: OnceLock::new(),
            id,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Sends requests with `client`, for example with AWS credentials (which the `admin` flows need), another endpoint,
    /// or other timeouts.
    pub fn with_client(self, client: Client) -> Self {
        self.with(|inner| inner.client = client)
    }

    /// Sets the app client's secret. The SECRET_HASH, or the secret itself, is then sent in all calls that need it.
    pub fn with_secret(self, secret: impl Into<Secret>) -> Self {
        self.with_secrets_changed(|inner| inner.secret = Some(secret.into()))
    }

    /// Sets a second secret, which is tried if Cognito refuses the first. While a secret is rotated
    /// (AddUserPoolClientSecret), both are valid for a time, and the program needn't know when.
    pub fn with_second_secret(self, secret: impl Into<Secret>) -> Self {
        self.with_secrets_changed(|inner| inner.second_secret = Some(secret.into()))
    }

    /// Changes the secrets. This resets which one worked last, and no longer shares that with pools that have other
    /// secrets.
    fn with_secrets_changed(self, change: impl FnOnce(&mut Inner)) -> Self {
        self.with(|inner| {
            change(inner);
            inner.current = Arc::default();
        })
    }

    /// Sets the store of remembered devices. Without a store, no device is used.
    pub fn with_devices(self, devices: impl DeviceStore + 'static) -> Self {
        self.with(|inner| inner.devices = Some(Arc::new(devices)))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = self.inner;
        change(Arc::make_mut(&mut inner));
        Self { inner }
    }

    /// Begins the sign-in of a user, by name or by an alias that the pool allows (e-mail address, phone number).
    pub fn sign_in(&self, username: impl Into<String>) -> SignIn {
        SignIn::new(self.clone(), username.into())
    }

    /// The pool's id.
    pub fn id(&self) -> &str {
        &self.inner.id
    }

    /// The app client's id.
    pub fn client_id(&self) -> &str {
        &self.inner.client_id
    }

    /// The region, which is at the beginning of the id.
    pub fn region(&self) -> &str {
        self.inner.id.split_once('_').map_or("", |(region, _)| region)
    }

    /// The client that sends the requests. Use it for operations that this crate doesn't have.
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    pub(crate) fn devices(&self) -> Option<&dyn DeviceStore> {
        self.inner.devices.as_deref()
    }

    pub(crate) fn default_http_client(&self) -> Option<SharedHttpClient> {
        self.inner
            .http_client
            .get_or_init(cognito_runtime::default_http_client)
            .clone()
    }

    /// The client's timers, or else the default ones.
    pub(crate) fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        let set = self.client().config().sleep_impl();
        set.or_else(cognito_runtime::default_sleep_impl)
    }

    /// The time by the client's clock.
    pub(crate) fn now(&self) -> SystemTime {
        self.client()
            .config()
            .time_source()
            .map_or_else(SystemTime::now, |source| source.now())
    }

    /// Calls `send` with the secret that worked last, and with the next one if Cognito refuses it. Without a secret, it
    /// calls `send` once, with `None`.
    pub(crate) async fn with_secrets<T, F>(&self, mut send: impl FnMut(Option<Secret>) -> F) -> Result<T, AuthError>
    where
        F: Future<Output = Result<T, AuthError>>,
    {
        let secrets = self.inner.secrets();
        if secrets.is_empty() {
            return send(None).await;
        }
        let first = self.inner.current.load(Ordering::Relaxed);
        let mut index = first;
        loop {
            let result = send(secrets.get(index).copied().cloned()).await;
            let next = (index + 1) % secrets.len();
            match result {
                Err(error) if error.is_wrong_secret() && next != first => index = next,
                result => {
                    if result.is_ok() {
                        self.inner.current.store(index, Ordering::Relaxed);
                    }
                    return result;
                }
            }
        }
    }

    /// SECRET_HASH over a name with `secret`.
    pub(crate) fn hash(&self, username: &str, secret: Option<&Secret>) -> Option<String> {
        Some(secret_hash(username, self.client_id(), secret?.expose()))
    }
}

/// Whether a text can be a region's name. It becomes part of a host name, to which passwords and secrets go: anything
/// else could lead elsewhere.
pub(crate) fn is_region(region: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    region.contains('-') && region.bytes().all(is_plain)
}

impl Debug for UserPool {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserPool")
            .field("id", &self.inner.id)
            .field("client_id", &self.inner.client_id)
            .field("secrets", &self.inner.secrets().len())
            .finish_non_exhaustive()
    }
}
