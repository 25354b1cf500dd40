//! Remembered devices in a file.

use super::{Device, DeviceStore, StoreFuture};
use crate::error::BoxError;
use crate::private_file::PrivateFile;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Remembered devices in a file that only its owner can read and write (mode 0600 on Unix). The file is a JSON object
/// of pools; each pool is an object of users with their devices.
///
/// A change writes a new file in the same folder, syncs it and renames it. So the file has either the old devices or
/// the new ones, even if the program or the machine stops. A lock file protects the changes of other processes.
#[derive(Clone, Debug)]
pub struct FileDevices {
    file: PrivateFile,
}

/// Pool, user, device as [`Device::to_json`] writes it.
type Devices = BTreeMap<String, BTreeMap<String, serde_json::Value>>;

impl FileDevices {
    /// Devices in the file at `path`. Its folder must exist.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            file: PrivateFile::new(path.into()),
        }
    }

    fn read(&self) -> Result<Devices, BoxError> {
        match self.file.read()? {
            // The cause would quote the text, which holds passwords.
            Some(text) => serde_json::from_str(text.expose()).map_err(|_| {
                "the file of remembered devices can't be read: remove it, and devices are new again".into()
            }),
            None => Ok(Devices::new()),
        }
    }

    /// Changes the file under its lock.
    async fn change(&self, change: impl FnOnce(&mut Devices)) -> Result<(), BoxError> {
        let _lock = self.file.lock().await?;
        let mut devices = self.read()?;
        change(&mut devices);
        self.file.replace(&serde_json::to_string(&devices)?.into())
    }
}

impl DeviceStore for FileDevices {
    fn load<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, Option<Device>> {
        Box::pin(async move {
            let devices = self.read()?;
            let device = devices.get(pool_id).and_then(|users| users.get(username));
            Ok(device.and_then(Device::from_value))
        })
    }

    fn save<'a>(&'a self, pool_id: &'a str, username: &'a str, device: Device) -> StoreFuture<'a, ()> {
        Box::pin(self.change(move |devices| {
            let users = devices.entry(pool_id.to_owned()).or_default();
            users.insert(username.to_owned(), device.to_value());
        }))
    }

    fn remove<'a>(&'a self, pool_id: &'a str, username: &'a str) -> StoreFuture<'a, ()> {
        Box::pin(self.change(move |devices| {
            if let Some(users) = devices.get_mut(pool_id) {
                users.remove(username);
            }
        }))
    }
}
