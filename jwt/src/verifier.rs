//! The verifier: takes a token, and returns its claims or the reason for the refusal.

use crate::builder::{Builder, Demands, Origin, PoolBuilder};
use crate::cache::Cache;
use crate::claims::custom;
use crate::fetch::FetchError;
use crate::issuer::Issuer;
use crate::jwks::{Jwks, Key};
use crate::key::Algorithm;
use crate::kind::sealed::Said;
use crate::kind::{Access, Alb, Kind, Oidc};
use crate::refusal::{Part, Refusal};
use crate::token::{Header, Token, read, required};
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A check of the application's own.
pub(crate) type Check<K> = Arc<dyn Fn(&<K as Kind>::Claims<()>) -> Result<(), String> + Send + Sync>;
/// The source of the current time.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Verifies tokens of one kind: [`Access`], [`Id`](crate::Id), [`Oidc`] or [`Alb`].
///
/// A clone is cheap, and shares the keys. Make one when the program starts, and keep it.
pub struct Verifier<K: Kind>(Arc<Inner<K>>);

pub(crate) struct Inner<K: Kind> {
    /// Kept for [`Verifier::to_builder`].
    pub(crate) origin: Origin,
    pub(crate) sources: Arc<[KeySource]>,
    pub(crate) demands: Demands<K>,
}

/// The keys of an issuer.
pub(crate) struct KeySource {
    /// The issuer's names. `None` if only the keys identify it.
    pub(crate) names: Vec<String>,
    pub(crate) keys: Keys,
    pub(crate) algorithms: &'static [Algorithm],
}

/// Where keys come from.
pub(crate) enum Keys {
    Given(Jwks),
    Fetched(Arc<Cache>),
}

/// The state of a source's keys, for a health check.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct KeyStatus {
    /// The URL from which they are fetched. `None` if they were given.
    pub url: Option<String>,
    /// The ids of the keys in hand.
    pub ids: Vec<String>,
    /// How long ago they were fetched. `None` if they never were.
    pub age: Option<Duration>,
    /// Why the last fetch failed. `None` if it didn't.
    pub error: Option<FetchError>,
}

/// A verified token with its claims. The layer (feature `tower`) puts it into a request's extensions.
pub struct Verified<K: Kind> {
    claims: Arc<K::Claims<()>>,
    payload: Arc<str>,
}

impl<K: Kind> Verified<K> {
    /// The claims that every token of this kind has.
    pub fn claims(&self) -> &K::Claims<()> {
        &self.claims
    }

    /// The application's own claims, read from the payload.
    ///
    /// # Errors
    /// They don't match the type.
    pub fn custom<C: DeserializeOwned>(&self) -> Result<C, Refusal> {
        custom(&self.payload).ok_or(Refusal::CustomClaims)
    }
}

impl<K: Kind> Clone for Verified<K> {
    fn clone(&self) -> Self {
        Self {
            claims: Arc::clone(&self.claims),
            payload: Arc::clone(&self.payload),
        }
    }
}

impl<K: Kind> fmt::Debug for Verified<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").finish_non_exhaustive()
    }
}

impl Verifier<Access> {
    /// Verifies tokens of a user pool: its id, or an [`Issuer`] for an emulator, replicas or keys from a file.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # #[cfg(feature = "client")] {
    /// let verifier = cognito_jwt::Verifier::user_pool("us-east-1_AbCdEf123")
    ///     .client("1example23456789")
    ///     .access()
    ///     .scope("api/read")
    ///     .build()?;
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_pool(pool: impl Into<Issuer>) -> PoolBuilder {
        PoolBuilder::new(pool.into())
    }
}

impl Verifier<Oidc> {
    /// Verifies tokens of another OpenID Connect provider, signed with RS256 or ES256. See [`Issuer::oidc`].
    pub fn oidc(issuer: Issuer) -> Builder<Oidc> {
        Builder::oidc(issuer)
    }
}

impl Verifier<Alb> {
    /// Verifies the tokens of the Application Load Balancer with this ARN, in `x-amzn-oidc-data`.
    ///
    /// The load balancer signs with ES256. Its keys are fetched one by one, by id, from AWS's address for its region.
    /// Someone who can bypass the load balancer can send a header that another load balancer has signed. So the signer
    /// is always checked.
    pub fn load_balancer(arn: &str) -> Builder<Alb> {
        Builder::load_balancer(arn)
    }
}

impl<K: Kind> Verifier<K> {
    pub(crate) fn new(inner: Inner<K>) -> Self {
        Self(Arc::new(inner))
    }

    /// A builder with the settings of this verifier, for another one that shares the keys: they are fetched once for
    /// both, and [`hydrate`](Self::hydrate) of one is enough. So each route can ask for a scope or a group of its own:
    ///
    /// ```
    /// # fn main() -> Result<(), cognito_jwt::BuildError> {
    /// # #[cfg(feature = "client")] {
    /// let anyone = cognito_jwt::Verifier::user_pool("us-east-1_AbCdEf123").client("1example23456789").access().build()?;
    /// let writers = anyone.to_builder().scope("api/write").build()?;
    /// let admins = anyone.to_builder().group("admins").build()?;
    /// # }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// What the builder adds to is kept, too: a further [`any_scope`](Builder::any_scope) accepts more tokens, not fewer.
    ///
    /// If you set where keys come from or how they are fetched ([`fetch_with`](Builder::fetch_with),
    /// [`max_key_age`](Builder::max_key_age), another issuer …), the new verifier has keys of its own.
    pub fn to_builder(&self) -> Builder<K> {
        Builder::of(&self.0)
    }

    /// Verifies a token, and returns its claims.
    ///
    /// If the key isn't cached, this fetches it. Otherwise it doesn't wait, and needs no runtime.
    ///
    /// # Errors
    /// Every reason is a variant of [`Refusal`]. [`Refusal::is_temporary`] marks those that aren't the token's fault.
    pub async fn verify(&self, token: &str) -> Result<K::Claims<()>, Refusal> {
        self.claims(token).await.map(|(claims, _)| claims)
    }

    /// Verifies a token, and returns its claims with the application's own.
    ///
    /// # Errors
    /// As [`verify`](Self::verify); and [`Refusal::CustomClaims`] if the payload doesn't match `C`.
    pub async fn verify_with<C: DeserializeOwned>(&self, token: &str) -> Result<K::Claims<C>, Refusal> {
        let (claims, payload) = self.claims(token).await?;
        with_custom::<K, C>(claims, &payload)
    }

    /// Verifies a token with the cached keys, and returns its claims. It is for blocking programs, and for code that
    /// can't await. Call [`hydrate`](Self::hydrate) first.
    ///
    /// If the key isn't cached and this runs within a tokio runtime, the keys are refreshed in the background.
    ///
    /// # Errors
    /// As [`verify`](Self::verify); and [`Refusal::KeysUnavailable`] if the keys weren't fetched yet.
    pub fn verify_sync(&self, token: &str) -> Result<K::Claims<()>, Refusal> {
        self.claims_sync(token).map(|(claims, _)| claims)
    }

    /// Verifies a token with the cached keys, and returns its claims with the application's own.
    ///
    /// # Errors
    /// As [`verify_sync`](Self::verify_sync); and [`Refusal::CustomClaims`] if the payload doesn't match `C`.
    pub fn verify_sync_with<C: DeserializeOwned>(&self, token: &str) -> Result<K::Claims<C>, Refusal> {
        let (claims, payload) = self.claims_sync(token)?;
        with_custom::<K, C>(claims, &payload)
    }

    /// Verifies a token, and keeps its claims with the payload, so that the application's own can be read later.
    ///
    /// # Errors
    /// As [`verify`](Self::verify).
    pub async fn verified(&self, token: &str) -> Result<Verified<K>, Refusal> {
        let (claims, payload) = self.claims(token).await?;
        Ok(Verified {
            claims: Arc::new(claims),
            payload: payload.into(),
        })
    }

    /// Fetches the keys now, so that the first token needn't wait for them. Call it when the program starts, or in a
    /// Lambda function's initialization.
    ///
    /// # Errors
    /// No issuer's keys can be fetched. A user pool publishes them in two places; one of them is enough.
    pub async fn hydrate(&self) -> Result<(), FetchError> {
        // All begin before the first is waited for.
        let begun: Vec<_> = self
            .0
            .sources
            .iter()
            .map(|source| match &source.keys {
                Keys::Given(_) => None,
                Keys::Fetched(cache) => Some((cache, cache.begin_refresh())),
            })
            .collect();
        let (mut first_error, mut has_keys) = (None, false);
        for fetch in begun {
            let outcome = match fetch {
                None => Ok(()),
                Some((cache, wait)) => cache.end_refresh(wait).await,
            };
            match outcome {
                Ok(()) => has_keys = true,
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match first_error {
            Some(error) if !has_keys => Err(error),
            _ => Ok(()),
        }
    }

    /// The state of each source's keys.
    pub fn key_status(&self) -> Vec<KeyStatus> {
        let status = |source: &KeySource| match &source.keys {
            Keys::Given(keys) => KeyStatus {
                url: None,
                ids: keys.ids().map(str::to_owned).collect(),
                age: None,
                error: None,
            },
            Keys::Fetched(cache) => {
                let (age, error) = cache.status();
                KeyStatus {
                    url: Some(cache.url().to_owned()),
                    ids: cache.ids(),
                    age,
                    error,
                }
            }
        };
        self.0.sources.iter().map(status).collect()
    }

    async fn claims(&self, token: &str) -> Result<(K::Claims<()>, String), Refusal> {
        let token = self.split(token)?;
        let (header, payload) = (token.header_text()?, token.payload_text()?);
        let opened = self.open(&header, &payload)?;
        let key = match &opened.source.keys {
            Keys::Given(keys) => keys.get(&opened.header.kid).cloned().ok_or(Refusal::UnknownKey)?,
            Keys::Fetched(cache) => cache.find(&opened.header.kid).await?,
        };
        let claims = self.judge(&token, &opened, &key)?;
        drop(opened);
        Ok((claims, payload))
    }

    fn claims_sync(&self, token: &str) -> Result<(K::Claims<()>, String), Refusal> {
        let token = self.split(token)?;
        let (header, payload) = (token.header_text()?, token.payload_text()?);
        let opened = self.open(&header, &payload)?;
        let key = match &opened.source.keys {
            Keys::Given(keys) => keys.get(&opened.header.kid).cloned().ok_or(Refusal::UnknownKey)?,
            Keys::Fetched(cache) => cache.find_sync(&opened.header.kid)?,
        };
        let claims = self.judge(&token, &opened, &key)?;
        drop(opened);
        Ok((claims, payload))
    }

    fn split<'t>(&self, token: &'t str) -> Result<Token<'t>, Refusal> {
        let token = Token::split(token, self.0.demands.longest)?;
        Ok(if K::PADDED { token.padded() } else { token })
    }

    /// Reads a token, and finds its alleged issuer. Nothing is trusted yet: an attacker's text can only lead to one of
    /// the configured issuers, or to a refusal.
    fn open<'a>(&'a self, header: &'a str, payload: &'a str) -> Result<Opened<'a>, Refusal> {
        let header_object = read(Part::Header, header)?;
        let header = Header::read(&header_object)?;
        let payload = read(Part::Payload, payload)?;
        let source = match &*self.0.sources {
            [source] if source.names.is_empty() => source,
            sources => {
                let issuer = required(Part::Payload, &payload, "iss")?;
                let is_its = |source: &&KeySource| source.names.iter().any(|name| name == issuer);
                sources.iter().find(is_its).ok_or(Refusal::Issuer)?
            }
        };
        Ok(Opened {
            header,
            said: Said {
                header: header_object,
                payload,
            },
            source,
        })
    }

    /// Verifies the signature, and then the claims.
    fn judge(&self, token: &Token<'_>, opened: &Opened<'_>, key: &Key) -> Result<K::Claims<()>, Refusal> {
        token.verify(opened.header.alg, key, opened.source.algorithms)?;
        let claims = K::read(&opened.said, &self.0.demands.rules, (self.0.demands.clock)())?;
        for check in &self.0.demands.checks {
            check(&claims).map_err(Refusal::Check)?;
        }
        Ok(claims)
    }
}

/// A token that has been read, and its alleged issuer.
struct Opened<'a> {
    header: Header,
    said: Said<'a>,
    source: &'a KeySource,
}

fn with_custom<K: Kind, C: DeserializeOwned>(claims: K::Claims<()>, payload: &str) -> Result<K::Claims<C>, Refusal> {
    let custom = custom(payload).ok_or(Refusal::CustomClaims)?;
    Ok(K::with_custom(claims, custom))
}

impl<K: Kind> Clone for Verifier<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Kind> fmt::Debug for Verifier<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("rules", &self.0.demands.rules)
            .field("keys", &self.key_status())
            .finish_non_exhaustive()
    }
}
