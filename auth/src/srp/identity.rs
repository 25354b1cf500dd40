//! The identity that signs in, as SRP hashes it.

use std::fmt::{self, Debug, Formatter};

/// The owner of a password: a user of a pool, or a device of a device group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The pool's id after the `_`, or the device group's key.
    scope: &'a str,
    /// The challenge's `USER_ID_FOR_SRP`, or the device's key.
    name: &'a str,
}

impl<'a> Identity<'a> {
    /// A user. `pool_id` is the whole id (`us-east-1_AbCdEf123`) or just the part after the `_`; `user_id_for_srp` is
    /// the challenge's `USER_ID_FOR_SRP`, which isn't always the name that was typed.
    pub fn user(pool_id: &'a str, user_id_for_srp: &'a str) -> Self {
        Self {
            scope: pool_id.split_once('_').map_or(pool_id, |(_, name)| name),
            name: user_id_for_srp,
        }
    }

    /// A device, by the keys that came with the tokens as `NewDeviceMetadata`.
    pub fn device(group_key: &'a str, device_key: &'a str) -> Self {
        Self {
            scope: group_key,
            name: device_key,
        }
    }

    /// Scope and name, with which the message begins.
    pub(super) fn parts(&self) -> [&'a str; 2] {
        [self.scope, self.name]
    }
}

impl Debug for Identity<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // The name may be an e-mail address or a phone number.
        f.debug_struct("Identity")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
