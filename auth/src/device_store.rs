//! Where remembered devices are kept.

use crate::error::BoxError;
use crate::secret::Secret;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

/// What a store gives: the result, when it is there.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// A remembered device: what it needs to prove who it is.
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
    /// The text to keep in a store, JSON. It holds the device's password.
    pub fn to_json(&self) -> Secret {
        let json = json!({"key": self.key, "group_key": self.group_key, "password": self.password.expose()});
        json.to_string().into()
    }

    /// Reads what [`to_json`](Self::to_json) wrote. Another text gives nothing, which is a device that isn't remembered.
    pub fn from_json(text: &str) -> Option<Self> {
        let json: Value = serde_json::from_str(text).ok()?;
        let string = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        Some(Self {
            key: string("key")?,
            group_key: string("group_key")?,
            password: string("password")?.into(),
        })
    }
}

/// Keeps remembered devices, one for each pool and name that signs in.
///
/// The name is the one that the sign-in begins with, because the device must be known before Cognito has said anything.
pub trait DeviceStore: Send + Sync {
    /// The device of a user, if there is one.
    fn load<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, Option<Device>>;

    /// Keeps a device, in the place of an older one.
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
