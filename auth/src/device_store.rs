//! Where remembered devices are kept.

mod file;

pub use file::FileDevices;

use crate::error::BoxError;
use crate::secret::Secret;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

/// The future of a store's result.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// A remembered device, with the values that prove its identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// `DeviceKey`.
    pub key: String,
    /// `DeviceGroupKey`.
    pub group_key: String,
    /// The password that was made when the device was confirmed.
    pub password: Secret,
}

impl Device {
    /// JSON text for a store. It contains the device's password.
    pub fn to_json(&self) -> Secret {
        self.to_value().to_string().into()
    }

    /// Reads the text of [`to_json`](Self::to_json). `None` for any other text, which means that no device is
    /// remembered.
    pub fn from_json(text: &str) -> Option<Self> {
        Self::from_value(&serde_json::from_str(text).ok()?)
    }

    fn to_value(&self) -> Value {
        json!({"key": self.key, "group_key": self.group_key, "password": self.password.expose()})
    }

    fn from_value(json: &Value) -> Option<Self> {
        let string = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        Some(Self {
            key: string("key")?,
            group_key: string("group_key")?,
            password: string("password")?.into(),
        })
    }
}

/// Stores remembered devices, one for each pool and sign-in name.
///
/// The name is the one with which the sign-in begins, because the device must be known before Cognito's first answer.
pub trait DeviceStore: Send + Sync {
    /// The device of a user, if there is one.
    fn load<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, Option<Device>>;

    /// Stores a device, and replaces an older one.
    fn save<'a>(&'a self, pool_id: &'a str, username: &'a str, device: Device) -> StoreFuture<'a, ()>;

    /// Forgets the device of a user, if there is one.
    fn remove<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, ()>;
}

/// Devices that last as long as the program.
#[derive(Debug, Default)]
pub struct MemoryDevices {
    devices: Mutex<HashMap<(String, String), Device>>,
}

impl MemoryDevices {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn locked<T>(&self, act: impl FnOnce(&mut HashMap<(String, String), Device>) -> T) -> T {
        act(&mut self.devices.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl DeviceStore for MemoryDevices {
    fn load<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, Option<Device>> {
        let key = (pool_id.to_owned(), username.to_owned());
        Box::pin(async move { Ok(self.locked(|devices| devices.get(&key).cloned())) })
    }

    fn save<'a>(&'a self, pool_id: &'a str, username: &'a str, device: Device) -> StoreFuture<'a, ()> {
        let key = (pool_id.to_owned(), username.to_owned());
        Box::pin(async move {
            self.locked(|devices| devices.insert(key, device));
            Ok(())
        })
    }

    fn remove<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, ()> {
        let key = (pool_id.to_owned(), username.to_owned());
        Box::pin(async move {
            self.locked(|devices| devices.remove(&key));
            Ok(())
        })
    }
}

/// A program may share its store with many pools.
impl<S: DeviceStore + ?Sized> DeviceStore for std::sync::Arc<S> {
    fn load<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, Option<Device>> {
        (**self).load(pool_id, username)
    }

    fn save<'a>(&'a self, pool_id: &'a str, username: &'a str, device: Device) -> StoreFuture<'a, ()> {
        (**self).save(pool_id, username, device)
    }

    fn remove<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, ()> {
        (**self).remove(pool_id, username)
    }
}
