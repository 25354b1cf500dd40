//! Building a verifier: what it accepts, and how it gets its keys.

use crate::cache::{Cache, Location, Policy};
use crate::fetch::Fetch;
use crate::issuer::{Issuer, Source, SourceKeys, is_region, suffix};
use crate::key::Algorithm;
use crate::kind::{Access, Alb, Id, Kind, Oidc, OneOf, Rules};
use crate::verifier::{Check, Clock, Inner, KeySource, Keys, Verifier};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The default maximum length of a token. Few servers accept longer headers.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Why a verifier can't be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// A user pool's id isn't of the form `us-east-1_AbCdEf123`.
    UserPoolId,
    /// A region's name has characters other than lower-case letters, digits and `-`.
    Region,
    /// A URL isn't `https://` or `http://` with a host.
    JwksUrl,
    /// A URL uses plain HTTP to a host other than this machine, and [`Issuer::allow_http`] wasn't called.
    PlainHttp,
    /// An issuer has a custom name, but no URL or keys are set for it.
    NoKeysForName,
    /// Two issuers have the same name, so a token could be from either.
    DuplicateIssuer,
    /// No app client is set, and `any_client` wasn't called.
    NoClient,
    /// No audience is set, and `any_audience` wasn't called.
    NoAudience,
    /// A scope is empty or has a space in it, or `any_scope` got none.
    Scope,
    /// A group's name is empty, or `any_group` got none.
    Group,
    /// The load balancer's ARN is invalid.
    LoadBalancerArn,
    /// Keys have to be fetched, but there is no HTTP client: the feature `client` is off, and `fetch_with` wasn't
    /// called.
    NoFetch,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserPoolId => "the user pool's id isn't of the form us-east-1_AbCdEf123",
            Self::Region => "a region's name has lower-case letters, digits and `-` only",
            Self::JwksUrl => "the URL of the keys must be https://, or http:// to this machine",
            Self::PlainHttp => "keys over plain HTTP can be replaced on the way; use https, or call allow_http()",
            Self::NoKeysForName => "an issuer with a name of its own needs keys() or jwks_url()",
            Self::DuplicateIssuer => "two issuers have the same name",
            Self::NoClient => "name the app clients with client(), or accept them all with any_client()",
            Self::NoAudience => "name the audience with audience(), or accept any with any_audience()",
            Self::Scope => {
                "a scope isn't empty, and has no space in it; call scope() for each, and any_scope() with one at least"
            }
            Self::Group => "a group's name isn't empty; call group() for each, and any_group() with one at least",
            Self::LoadBalancerArn => {
                "the load balancer's ARN isn't of the form \
                 arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID"
            }
            Self::NoFetch => "fetching keys needs the feature `client`, or a client of your own with fetch_with()",
        })
    }
}

impl std::error::Error for BuildError {}

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

/// Where keys come from, and how they are fetched.
#[derive(Clone)]
pub(crate) struct Origin {
    issuers: Vec<Issuer>,
    load_balancer: Option<Location>,
    fetch: Option<Arc<dyn Fetch>>,
    policy: Policy,
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

impl Origin {
    /// The sources of keys, each with a cache of its own.
    fn sources(&self) -> Result<Vec<KeySource>, BuildError> {
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

/// Whether all names can be had. With none in `any`, for example from an empty setting, a verifier would have to accept
/// every token or none: neither is what was meant.
fn are_names(all: &[String], any: Option<&[String]>, is_name: impl Fn(&String) -> bool) -> bool {
    !any.is_some_and(<[_]>::is_empty) && all.iter().chain(any.unwrap_or_default()).all(is_name)
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

impl Builder<Alb> {
    pub(crate) fn load_balancer(arn: &str) -> Self {
        let mut builder = Self::new(Vec::new());
        builder.demands.rules.audiences = OneOf::Any;
        arn.clone_into(&mut builder.demands.rules.signer);
        // Where the ARN is none, there are no keys, and `build` says so.
        builder.origin.load_balancer = load_balancer_keys(arn).map(Location::Pem);
        builder
    }

    /// Accepts users who signed in through this client of the identity provider. Call it again for further ones.
    pub fn client(mut self, id: impl Into<String>) -> Self {
        self.demands.rules.clients.add(id.into());
        self
    }

    /// Accepts users of any client, that is, of all rules of the load balancer's listeners.
    pub fn any_client(mut self) -> Self {
        self.demands.rules.clients = OneOf::Any;
        self
    }

    /// Accepts only users for whom this identity provider vouches: the header's `iss`.
    pub fn identity_provider(mut self, iss: impl Into<String>) -> Self {
        self.demands.rules.identity_provider = Some(iss.into());
        self
    }

    /// Fetches keys from below this URL instead of AWS's, for tests.
    pub fn keys_url(mut self, url: impl Into<String>) -> Self {
        let origin = self.origin();
        if origin.load_balancer.is_some() {
            origin.load_balancer = Some(Location::Pem(url.into()));
        }
        self
    }
}

/// The URL of the keys of a load balancer's region. `None` if the ARN isn't an Application Load Balancer's.
fn load_balancer_keys(arn: &str) -> Option<String> {
    let [_, _, _, region, _, _] = load_balancer_arn(arn)?;
    Some(match region {
        "us-gov-west-1" | "us-gov-east-1" => {
            format!("https://s3-{region}.amazonaws.com/aws-elb-public-keys-prod-{region}")
        }
        _ => format!("https://public-keys.auth.elb.{region}.{}", suffix(region)),
    })
}

fn load_balancer_arn(arn: &str) -> Option<[&str; 6]> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let parts: [&str; 6] = parts.try_into().ok()?;
    let is_one = parts[0] == "arn"
        && parts[2] == "elasticloadbalancing"
        && is_region(parts[3])
        && parts[5].starts_with("loadbalancer/app/");
    is_one.then_some(parts)
}

impl<K: Kind> fmt::Debug for Builder<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("issuers", &self.origin.issuers)
            .field("rules", &self.demands.rules)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_load_balancers_are_found_by_region() {
        let url = |region: &str| {
            load_balancer_keys(&format!(
                "arn:aws:elasticloadbalancing:{region}:123456789012:loadbalancer/app/web/50dc6c495c0c9188"
            ))
        };
        assert_eq!(
            url("eu-central-1").as_deref(),
            Some("https://public-keys.auth.elb.eu-central-1.amazonaws.com")
        );
        assert_eq!(
            url("us-gov-west-1").as_deref(),
            Some("https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1")
        );
        assert_eq!(url("evil.com/"), None);
        assert_eq!(load_balancer_keys("arn:aws:s3:::bucket"), None);
    }
}
