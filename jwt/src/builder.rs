//! Building a verifier: what it accepts, and how it gets its keys.

mod load_balancer;
mod origin;

use crate::build_error::BuildError;
use crate::cache::Policy;
use crate::fetch::Fetch;
use crate::issuer::Issuer;
use crate::kind::{Access, Id, Kind, Oidc, OneOf, Rules};
use crate::verifier::{Check, Clock, Inner, KeySource, Verifier};
pub(crate) use origin::Origin;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The default maximum length of a token. Few servers accept longer headers.
const LONGEST_TOKEN: usize = 16 * 1024;

/// User pools and their app clients, before the kind of token is chosen.
///
/// [`Verifier::user_pool`] makes one. Continue with [`access`](Self::access) or [`id_token`](Self::id_token). Verifiers
/// of clones of this don't share their keys; those from [`Verifier::to_builder`] do.
#[derive(Debug, Clone)]
#[must_use]
pub struct PoolBuilder {
    issuers: Vec<Issuer>,
    clients: OneOf,
}

impl PoolBuilder {
    pub(crate) fn new(issuer: Issuer) -> Self {
        Self {
            issuers: vec![issuer],
            clients: OneOf::Unset,
        }
    }

    /// Accepts the tokens of another pool, too.
    pub fn or_user_pool(mut self, pool: impl Into<Issuer>) -> Self {
        self.issuers.push(pool.into());
        self
    }

    /// Accepts tokens that were issued to this app client. Call it again for further clients; ids are unique across
    /// pools.
    pub fn client(mut self, id: impl Into<String>) -> Self {
        self.clients.add(id.into());
        self
    }

    /// Accepts tokens that were issued to any app client of the pools.
    pub fn any_client(mut self) -> Self {
        self.clients = OneOf::Any;
        self
    }

    /// Verifies access tokens.
    pub fn access(self) -> Builder<Access> {
        let mut builder = Builder::new(self.issuers);
        builder.demands.rules.clients = self.clients;
        builder.demands.rules.audiences = OneOf::Any;
        builder
    }

    /// Verifies ID tokens.
    pub fn id_token(self) -> Builder<Id> {
        let mut builder = Builder::new(self.issuers);
        builder.demands.rules.clients = self.clients;
        builder.demands.rules.audiences = OneOf::Any;
        builder
    }
}

/// Builds a [`Verifier`] for one kind of token.
///
/// Each verifier that is built has keys of its own, and fetches them itself. [`Verifier::to_builder`] makes a builder
/// whose verifier shares the keys.
#[must_use]
pub struct Builder<K: Kind> {
    origin: Origin,
    /// The sources of the verifier that this was made from, until `origin` changes.
    shared: Option<Arc<[KeySource]>>,
    demands: Demands<K>,
}

/// What a verifier asks of a token, whatever its key.
pub(crate) struct Demands<K: Kind> {
    pub(crate) rules: Rules,
    pub(crate) checks: Vec<Check<K>>,
    pub(crate) longest: usize,
    pub(crate) clock: Clock,
}

impl<K: Kind> Clone for Demands<K> {
    fn clone(&self) -> Self {
        Self {
            rules: self.rules.clone(),
            checks: self.checks.clone(),
            longest: self.longest,
            clock: Arc::clone(&self.clock),
        }
    }
}

impl<K: Kind> Builder<K> {
    fn new(issuers: Vec<Issuer>) -> Self {
        Self {
            origin: Origin {
                issuers,
                load_balancer: None,
                fetch: None,
                policy: Policy::default(),
            },
            shared: None,
            demands: Demands {
                rules: Rules::default(),
                checks: Vec::new(),
                longest: LONGEST_TOKEN,
                clock: Arc::new(SystemTime::now),
            },
        }
    }

    /// A builder with the settings of `verifier`, which shares its keys.
    pub(crate) fn of(verifier: &Inner<K>) -> Self {
        Self {
            origin: verifier.origin.clone(),
            shared: Some(Arc::clone(&verifier.sources)),
            demands: verifier.demands.clone(),
        }
    }

    /// The origin, to be changed: keys from there aren't those of another verifier.
    fn origin(&mut self) -> &mut Origin {
        self.shared = None;
        &mut self.origin
    }

    /// Allows for clocks that differ: accepts tokens this long after they expire, and this long before they are valid.
    /// The default is zero. A minute is plenty.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.demands.rules.leeway = leeway;
        self
    }

    /// Checks the claims of a token that has passed all other checks. The check's reason for a refusal is for the log,
    /// in [`Refusal::Check`](crate::Refusal::Check), and not for the client.
    pub fn check<F>(mut self, check: F) -> Self
    where
        F: Fn(&K::Claims<()>) -> Result<(), String> + Send + Sync + 'static,
    {
        self.demands.checks.push(Arc::new(check));
        self
    }

    /// Fetches keys with `fetch` instead of the client of the feature `client`.
    pub fn fetch_with(mut self, fetch: impl Fetch) -> Self {
        self.origin().fetch = Some(Arc::new(fetch));
        self
    }

    /// Refreshes keys that are older than this, in the background, so no request waits. The default is an hour.
    pub fn max_key_age(mut self, age: Duration) -> Self {
        self.origin().policy.max_age = age;
        self
    }

    /// Sets the pause after a fetch that didn't find an unknown key id. During the pause, unknown ids are refused
    /// without another fetch, so nobody can make this program flood the issuer. The default is ten seconds.
    pub fn unknown_key_pause(mut self, pause: Duration) -> Self {
        self.origin().policy.unknown_key_pause = pause;
        self
    }

    /// Refuses longer tokens without reading them. The default is 16 KiB.
    pub fn longest_token(mut self, bytes: usize) -> Self {
        self.demands.longest = bytes;
        self
    }

    /// Uses this clock instead of the system's, for tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.demands.clock = Arc::new(clock);
        self
    }

    /// Builds the verifier. Fetches nothing.
    ///
    /// # Errors
    /// A required setting is missing, or a setting is invalid.
    pub fn build(self) -> Result<Verifier<K>, BuildError> {
        for (one_of, error) in [
            (&self.demands.rules.clients, BuildError::NoClient),
            (&self.demands.rules.audiences, BuildError::NoAudience),
        ] {
            match one_of {
                OneOf::Any => {}
                OneOf::These(names) if names.iter().all(|name| !name.is_empty()) => {}
                OneOf::These(_) | OneOf::Unset => return Err(error),
            }
        }
        let is_scope = |scope: &String| !scope.is_empty() && !scope.contains(' ');
        if !are_names(
            &self.demands.rules.scopes,
            self.demands.rules.any_scope.as_deref(),
            is_scope,
        ) {
            return Err(BuildError::Scope);
        }
        let is_group = |group: &String| !group.is_empty();
        if !are_names(
            &self.demands.rules.groups,
            self.demands.rules.any_group.as_deref(),
            is_group,
        ) {
            return Err(BuildError::Group);
        }
        let sources = match self.shared {
            Some(shared) => shared,
            None => self.origin.sources()?.into(),
        };
        Ok(Verifier::new(Inner {
            origin: self.origin,
            sources,
            demands: self.demands,
        }))
    }
}

/// Whether all names can be had. With none in `any`, for example from an empty setting, a verifier would have to accept
/// every token or none: neither is what was meant.
fn are_names(all: &[String], any: Option<&[String]>, is_name: impl Fn(&String) -> bool) -> bool {
    !any.is_some_and(<[_]>::is_empty) && all.iter().chain(any.unwrap_or_default()).all(is_name)
}

impl Builder<Access> {
    /// Accepts only tokens with this scope, such as `api/read`. Call it again for further ones: all are required.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.demands.rules.scopes.push(scope.into());
        self
    }

    /// Accepts only tokens with at least one of these scopes. There must be one; a second call adds further ones.
    pub fn any_scope<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let any = self.demands.rules.any_scope.get_or_insert_default();
        any.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Accepts only tokens that are bound to this resource server (their `aud`). Call it again for further ones: one is
    /// required.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.demands.rules.audiences.add(audience.into());
        self
    }

    /// Accepts only tokens of users in this group. Call it again for further ones: all are required.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.demands.rules.groups.push(group.into());
        self
    }

    /// Accepts only tokens of users in at least one of these groups. There must be one; a second call adds further ones.
    pub fn any_group<S: Into<String>>(mut self, groups: impl IntoIterator<Item = S>) -> Self {
        let any = self.demands.rules.any_group.get_or_insert_default();
        any.extend(groups.into_iter().map(Into::into));
        self
    }
}

impl Builder<Id> {
    /// Accepts only tokens of users in this group. Call it again for further ones: all are required.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.demands.rules.groups.push(group.into());
        self
    }

    /// Accepts only tokens of users in at least one of these groups. There must be one; a second call adds further ones.
    pub fn any_group<S: Into<String>>(mut self, groups: impl IntoIterator<Item = S>) -> Self {
        let any = self.demands.rules.any_group.get_or_insert_default();
        any.extend(groups.into_iter().map(Into::into));
        self
    }
}

impl Builder<Oidc> {
    pub(crate) fn oidc(issuer: Issuer) -> Self {
        let mut builder = Self::new(vec![issuer]);
        builder.demands.rules.clients = OneOf::Any;
        builder
    }

    /// Accepts the tokens of another provider, too.
    pub fn or_issuer(mut self, issuer: Issuer) -> Self {
        self.origin().issuers.push(issuer);
        self
    }

    /// Accepts only tokens for this audience. Call it again for further ones: one is required.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.demands.rules.audiences.add(audience.into());
        self
    }

    /// Accepts tokens for any audience, that is, for every client of this provider.
    pub fn any_audience(mut self) -> Self {
        self.demands.rules.audiences = OneOf::Any;
        self
    }

    /// Accepts only tokens with this scope. Call it again for further ones: all are required.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.demands.rules.scopes.push(scope.into());
        self
    }
}

impl<K: Kind> fmt::Debug for Builder<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("issuers", &self.origin.issuers)
            .field("rules", &self.demands.rules)
            .finish_non_exhaustive()
    }
}
