//! Machine to machine: access tokens for a program that calls an API without a user.

use crate::error::AuthError;
use crate::managed_login::Domain;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::token_endpoint::post;
use crate::tokens::expiry;
use crate::turns::Turns;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before its expiry a token is replaced.
const MARGIN: Duration = Duration::from_secs(60);

/// Access tokens for this program, from [`UserPool::machine`]. The app client needs a secret.
#[derive(Clone, Debug)]
pub struct Machine {
    pool: UserPool,
    scopes: Vec<String>,
    domain: Option<Domain>,
}

impl UserPool {
    /// Access tokens for this program, from GetClientToken. It needs the flow `ALLOW_CLIENT_TOKEN_AUTH` and no domain.
    ///
    /// AWS's model lacks the name of this flow, so `ExplicitAuthFlowsType` has no variant for it. Set it as text:
    /// `.explicit_auth_flows("ALLOW_CLIENT_TOKEN_AUTH".into())`.
    pub fn machine(&self) -> Machine {
        Machine {
            pool: self.clone(),
            scopes: Vec::new(),
            domain: None,
        }
    }
}

impl Machine {
    /// Requests a scope, for example `api/read`. Without any, the token has all scopes that the app client allows.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Uses the token endpoint of a domain (grant `client_credentials`) instead of GetClientToken.
    ///
    /// The domain is the whole host name, such as `example.auth.us-east-1.amazoncognito.com`, a domain of your own, or
    /// the `https` URL of either. The prefix alone, such as `example`, isn't enough.
    ///
    /// # Errors
    /// [`AuthError::Input`]: it isn't a domain.
    pub fn domain(mut self, domain: &str) -> Result<Self, AuthError> {
        self.domain = Some(Domain::new(domain)?);
        Ok(self)
    }

    /// Makes the source of tokens, which caches each token until it expires.
    pub fn source(self) -> MachineTokens {
        MachineTokens {
            shared: Arc::new(Shared {
                machine: self,
                kept: Mutex::default(),
                fetching: Turns::default(),
            }),
        }
    }

    async fn fresh(&self) -> Result<(Secret, SystemTime), AuthError> {
        let (token, seconds) = match &self.domain {
            Some(domain) => self.by_endpoint(domain).await?,
            None => self.by_operation().await?,
        };
        Ok((token, expiry(self.pool.now(), seconds)))
    }

    async fn by_operation(&self) -> Result<(Secret, i64), AuthError> {
        let pool = &self.pool;
        let sent = pool.with_secrets(|secret| {
            let request = pool.client().get_client_token().client_id(pool.client_id());
            let scopes = (!self.scopes.is_empty()).then(|| self.scopes.clone());
            let request = request.set_scopes(scopes);
            async move {
                let secret = secret.ok_or(AuthError::Input("a machine needs a secret: give it with `with_secret`"))?;
                let sent = request.secret(secret.expose()).send().await;
                sent.map_err(|error| AuthError::call("GetClientToken", error))
            }
        });
        let result = sent.await?.client_authentication_result;
        let result = result.ok_or(AuthError::Incomplete { missing: "result" })?;
        let token = result.access_token.ok_or(AuthError::Incomplete {
            missing: "access token",
        })?;
        Ok((token.into(), i64::from(result.expires_in)))
    }

    async fn by_endpoint(&self, domain: &Domain) -> Result<(Secret, i64), AuthError> {
        let scope = self.scopes.join(" ");
        let mut form = vec![("grant_type", "client_credentials")];
        if !scope.is_empty() {
            form.push(("scope", &scope));
        }
        let json = post(&self.pool, domain, "/oauth2/token", &form).await?;
        let token = json["access_token"].as_str().ok_or(AuthError::Incomplete {
            missing: "access token",
        })?;
        Ok((token.into(), json["expires_in"].as_i64().unwrap_or_default()))
    }
}

/// Access tokens for this program, each cached until a minute before it expires. Cloning is cheap, and clones share the
/// tokens.
#[derive(Clone)]
pub struct MachineTokens {
    shared: Arc<Shared>,
}

struct Shared {
    machine: Machine,
    kept: Mutex<Option<(Secret, SystemTime)>>,
    fetching: Turns<AuthError>,
}

impl MachineTokens {
    /// A token that is valid for at least a minute. Concurrent callers share one request, and its error.
    ///
    /// # Errors
    /// [`is_wrong_secret`](AuthError::is_wrong_secret). [`is_transient`](AuthError::is_transient): try again; until the
    /// last token has expired, it is still returned instead of such an error.
    pub async fn token(&self) -> Result<Secret, AuthError> {
        if let Some(token) = self.kept(MARGIN) {
            return Ok(token);
        }
        let turn = self.shared.fetching.take().await;
        if let Some(token) = self.kept(MARGIN) {
            return Ok(token);
        }
        let fetched = match turn.failed() {
            Some(error) => Err(error),
            None => turn.ended(self.shared.machine.fresh().await),
        };
        match fetched {
            Ok(fresh) => {
                let token = fresh.0.clone();
                *self.shared.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh);
                Ok(token)
            }
            Err(error) if error.is_transient() => self.kept(Duration::ZERO).ok_or(error),
            Err(error) => Err(error),
        }
    }

    /// The last token, unless it expires within `margin`.
    fn kept(&self, margin: Duration) -> Option<Secret> {
        let kept = self.shared.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.shared.machine.pool.now();
        let (token, end) = kept.as_ref()?;
        (now + margin < *end).then(|| token.clone())
    }
}

impl Debug for MachineTokens {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("MachineTokens")
            .field("machine", &self.shared.machine)
            .finish_non_exhaustive()
    }
}
