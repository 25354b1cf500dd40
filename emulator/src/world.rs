//! What the rules work on: the state, and what surrounds it.

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

/// All that a rule may look at and change.
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

/// What surrounds the state: a rule that changes one part of the state may use it all the while.
#[derive(Debug)]
pub(crate) struct Around {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) outbox: Outbox,
    pub(crate) triggers: Triggers,
}

/// Where the emulator pretends to be.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) region: String,
    pub(crate) account: String,
    /// Where tokens say they come from, where that isn't AWS: `http://127.0.0.1:9229`.
    pub(crate) issuer: Option<String>,
    /// Where the emulator listens.
    pub(crate) address: Option<String>,
}

impl Settings {
    /// The URL under which the emulator's pages are.
    pub(crate) fn base(&self) -> String {
        let own = self.issuer.clone().or_else(|| self.address.clone());
        own.unwrap_or_else(|| "http://localhost".to_owned())
    }
}

/// What survives a restart.
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
    /// The session token of each access key that identity pools have given out.
    pub(crate) credentials: Kept<String>,
    /// Request rates that were changed, by category.
    pub(crate) limits: BTreeMap<String, i32>,
    /// How many signing keys were given out.
    pub(crate) keys: usize,
    #[serde(skip)]
    pub(crate) written: Written,
}

parts!(State: limits, keys; pools, clients, domains, identity_pools, identities, credentials);

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
