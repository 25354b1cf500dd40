//! The data that the rules work on: the state, and its environment.

use crate::clients::App;
use crate::clock::{Clock, Moment};
use crate::fault::{Answer, Fault, required};
use crate::identity_pools::IdentityPool;
use crate::kept::{Kept, Written, parts};
use crate::outbox::Outbox;
use crate::pools::Pool;
use crate::triggers::Triggers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything that a rule may read and change.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) around: Around,
}

impl World {
    /// The emulator's time.
    pub(crate) fn now(&self) -> Moment {
        self.around.clock.moment()
    }
}

/// The environment of the state. A rule can use it while it changes a part of the state.
#[derive(Debug)]
pub(crate) struct Around {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) outbox: Outbox,
    pub(crate) triggers: Triggers,
}

/// The region and account that the emulator uses.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) region: String,
    pub(crate) account: String,
    /// The issuer of tokens, if it isn't AWS, for example `http://127.0.0.1:9229`.
    pub(crate) issuer: Option<String>,
    /// The address that the emulator listens on.
    pub(crate) address: Option<String>,
}

impl Settings {
    /// The base URL of the emulator's pages.
    pub(crate) fn base(&self) -> String {
        let own = self.issuer.clone().or_else(|| self.address.clone());
        own.unwrap_or_else(|| "http://localhost".to_owned())
    }
}

/// The state that survives a restart.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// The user pools, by id.
    pub(crate) pools: Kept<Pool>,
    /// The pool of each app client.
    pub(crate) clients: Kept<String>,
    /// The pool of each domain.
    pub(crate) domains: Kept<String>,
    /// The identity pools, by id.
    pub(crate) identity_pools: Kept<IdentityPool>,
    /// The identity pool of each identity.
    pub(crate) identities: Kept<String>,
    /// The session token of each access key that identity pools have issued.
    pub(crate) credentials: Kept<String>,
    /// Request rates that were changed, by category.
    pub(crate) limits: BTreeMap<String, i32>,
    /// The number of signing keys that were issued.
    pub(crate) keys: usize,
    /// How far the clock was ahead of the system's when the state was written, in milliseconds.
    #[serde(default)]
    pub(crate) ahead: u64,
    #[serde(skip)]
    pub(crate) written: Written,
}

parts!(State: limits, keys, ahead; pools, clients, domains, identity_pools, identities, credentials);

impl State {
    /// The user pool of a request.
    pub(crate) fn pool(&self, id: Option<&str>) -> Answer<&Pool> {
        let id = required(id, "userPoolId")?;
        self.pools.get(id).ok_or_else(|| no_pool(id))
    }

    /// The user pool of a request, to change it.
    pub(crate) fn pool_mut(&mut self, id: Option<&str>) -> Answer<&mut Pool> {
        let id = required(id, "userPoolId")?;
        self.pools.get_mut(id).ok_or_else(|| no_pool(id))
    }

    /// The app client of a request that names no pool, and its pool.
    pub(crate) fn app(&mut self, client_id: Option<&str>) -> Answer<(&mut Pool, App)> {
        let id = required(client_id, "clientId")?;
        let pool = self.clients.get(id).and_then(|pool| self.pools.get_mut(pool));
        let pool = pool.ok_or_else(|| no_client(id))?;
        let app = pool.clients.get(id).cloned().ok_or_else(|| no_client(id))?;
        Ok((pool, app))
    }
}

fn no_pool(id: &str) -> Fault {
    Fault::resource_not_found(format!("User pool {id} does not exist."))
}

pub(crate) fn no_client(id: &str) -> Fault {
    Fault::resource_not_found(format!("User pool client {id} does not exist."))
}
