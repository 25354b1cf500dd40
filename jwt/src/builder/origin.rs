//! Where a verifier's keys come from.

use crate::build_error::BuildError;
use crate::cache::{Cache, Location, Policy};
use crate::fetch::Fetch;
use crate::issuer::{Issuer, Source, SourceKeys};
use crate::key::Algorithm;
use crate::verifier::{KeySource, Keys};
use std::sync::Arc;

/// Where keys come from, and how they are fetched.
#[derive(Clone)]
pub(crate) struct Origin {
    pub(super) issuers: Vec<Issuer>,
    pub(super) load_balancer: Option<Location>,
    pub(super) fetch: Option<Arc<dyn Fetch>>,
    pub(super) policy: Policy,
}

impl Origin {
    /// The sources of keys, each with a cache of its own.
    pub(super) fn sources(&self) -> Result<Vec<KeySource>, BuildError> {
        let mut sources = Vec::new();
        if self.load_balancer.is_none() && self.issuers.is_empty() {
            return Err(BuildError::LoadBalancerArn);
        }
        if let Some(location) = &self.load_balancer {
            sources.push(Source {
                names: Vec::new(),
                keys: SourceKeys::At(location.clone()),
                algorithms: &[Algorithm::Es256],
            });
        }
        for issuer in &self.issuers {
            sources.extend(issuer.clone().sources()?);
        }
        let mut names: Vec<&String> = sources.iter().flat_map(|source| &source.names).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(BuildError::DuplicateIssuer);
        }
        let mut fetch = self.fetch.clone();
        let sources = sources.into_iter().map(|source| {
            let keys = match source.keys {
                SourceKeys::Given(keys) => Keys::Given(keys),
                SourceKeys::At(location) => {
                    let fetch = fetch.get_or_insert_with(default_fetch()?);
                    Keys::Fetched(Cache::new(location, Arc::clone(fetch), self.policy))
                }
            };
            Ok(KeySource {
                names: source.names,
                keys,
                algorithms: source.algorithms,
            })
        });
        sources.collect()
    }
}

/// Makes a client if none is given.
#[cfg(feature = "client")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature, there is none")]
fn default_fetch() -> Result<fn() -> Arc<dyn Fetch>, BuildError> {
    Ok(|| Arc::new(crate::Https::new()))
}

#[cfg(not(feature = "client"))]
fn default_fetch() -> Result<fn() -> Arc<dyn Fetch>, BuildError> {
    Err(BuildError::NoFetch)
}
