//! AWS credentials of a signed-in user, from an identity pool.

use crate::error::AuthError;
use crate::pool::is_region;
use crate::session::Session;
use crate::turns::Turns;
use cognito_identity::config::{BehaviorVersion, Region};
use cognito_identity::error::ProvideErrorMetadata;
use cognito_identity::{Client, Config};
use cognito_runtime::reexport::aws_credential_types::Credentials;
use cognito_runtime::reexport::aws_credential_types::provider::error::CredentialsError;
use cognito_runtime::reexport::aws_credential_types::provider::{ProvideCredentials, Result, future};
use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long before their expiry credentials are replaced.
const MARGIN: Duration = Duration::from_secs(300);

/// An identity pool, for example `us-east-1:6f1c…`.
#[derive(Clone, Debug)]
pub struct IdentityPool {
    id: String,
    client: Client,
    login: Option<Session>,
}

impl IdentityPool {
    /// The identity pool with this id. The region is the part of the id before the `:`.
    ///
    /// # Errors
    /// [`AuthError::Input`]: the id has another form.
    pub fn new(id: impl Into<String>) -> std::result::Result<Self, AuthError> {
        let id = id.into();
        let malformed = AuthError::Input("an identity pool's id has the form REGION:UUID: give all of it");
        let region = id
            .split_once(':')
            .filter(|(region, uuid)| is_region(region) && !uuid.is_empty());
        let (region, _) = region.ok_or(malformed)?;
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .allow_no_auth()
            .build();
        let client = Client::from_conf(config);
        Ok(Self {
            client,
            login: None,
            id,
        })
    }

    /// Sends requests with `client`, for example for another endpoint or other timeouts.
    pub fn with_client(mut self, client: Client) -> Self {
        self.client = client;
        self
    }

    /// Sets the user of the credentials. Without a user, they are guest credentials, if the pool allows them.
    pub fn login(mut self, session: &Session) -> Self {
        self.login = Some(session.clone());
        self
    }

    /// A `credentials_provider` for `aws_config`.
    pub fn provider(self) -> IdentityPoolCredentials {
        IdentityPoolCredentials {
            pool: self,
            kept: Mutex::default(),
            fetching: Turns::default(),
        }
    }

    /// The user pool's name in `Logins`: host and pool id, without `https://`.
    fn logins(&self, session: &Session, id_token: &str) -> HashMap<String, String> {
        let pool = session.pool();
        let domain = if pool.region().starts_with("cn-") {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        };
        let name = format!("cognito-idp.{}.{domain}/{}", pool.region(), pool.id());
        HashMap::from([(name, id_token.to_owned())])
    }

    async fn logged_in(&self) -> std::result::Result<Option<HashMap<String, String>>, CredentialsError> {
        let Some(session) = &self.login else { return Ok(None) };
        match session.id_token().await {
            Ok(token) => Ok(Some(self.logins(session, token.expose()))),
            Err(error) if error.is_signed_out() => Err(CredentialsError::not_loaded(error)),
            Err(error) => Err(CredentialsError::provider_error(error)),
        }
    }
}

/// Credentials from an identity pool, cached until five minutes before they expire.
pub struct IdentityPoolCredentials {
    pool: IdentityPool,
    kept: Mutex<Kept>,
    fetching: Turns<Arc<CredentialsError>>,
}

#[derive(Default)]
struct Kept {
    identity_id: Option<String>,
    credentials: Option<Credentials>,
}

impl IdentityPoolCredentials {
    /// The credentials. Concurrent callers share one request, and its error. If there are no new ones, those that
    /// haven't expired are still good.
    async fn credentials(&self) -> Result {
        if let Some(credentials) = self.kept(MARGIN) {
            return Ok(credentials);
        }
        let turn = self.fetching.take().await;
        if let Some(credentials) = self.kept(MARGIN) {
            return Ok(credentials);
        }
        let fetched = match turn.failed() {
            Some(error) => Err(error),
            None => turn.ended(self.fetch().await.map_err(Arc::new)),
        };
        fetched.or_else(|error| match &*error {
            CredentialsError::CredentialsNotLoaded(_) => Err(CredentialsError::not_loaded(error)),
            _ => self
                .kept(Duration::ZERO)
                .ok_or_else(|| CredentialsError::provider_error(error)),
        })
    }

    /// The last credentials, unless they expire within `margin`.
    fn kept(&self, margin: Duration) -> Option<Credentials> {
        let good = SystemTime::now() + margin;
        let credentials = self.change(|kept| kept.credentials.clone());
        credentials.filter(|kept| kept.expiry().is_some_and(|end| good < end))
    }

    fn change<T>(&self, act: impl FnOnce(&mut Kept) -> T) -> T {
        act(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn fetch(&self) -> Result {
        let (client, logins) = (&self.pool.client, self.pool.logged_in().await?);
        let identity_id = match self.change(|kept| kept.identity_id.clone()) {
            Some(id) => id,
            None => {
                let sent = client
                    .get_id()
                    .identity_pool_id(&self.pool.id)
                    .set_logins(logins.clone())
                    .send()
                    .await;
                let output = sent.map_err(CredentialsError::provider_error)?;
                let missing = || CredentialsError::unhandled("the identity pool gave no identity");
                let id = output.identity_id.ok_or_else(missing)?;
                self.change(|kept| kept.identity_id.insert(id).clone())
            }
        };
        let is_user = logins.is_some();
        let request = client
            .get_credentials_for_identity()
            .identity_id(identity_id)
            .set_logins(logins);
        let output = request.send().await.map_err(|error| {
            // It has been deleted, or is another user's than the session's by now: the next call asks for it again. A
            // guest's is kept as long as there is one, because the next would be somebody new.
            match error.code() {
                Some("ResourceNotFoundException") => self.change(|kept| kept.identity_id = None),
                Some("NotAuthorizedException") if is_user => self.change(|kept| kept.identity_id = None),
                _ => {}
            }
            CredentialsError::provider_error(error)
        })?;
        let credentials = output.credentials.and_then(|credentials| {
            let end = credentials.expiration.and_then(|end| SystemTime::try_from(end).ok());
            let (id, secret) = (credentials.access_key_id?, credentials.secret_key?);
            Some(Credentials::new(
                id,
                secret,
                credentials.session_token,
                end,
                "CognitoIdentityPool",
            ))
        });
        let missing = || CredentialsError::unhandled("the identity pool gave no credentials");
        let credentials = credentials.ok_or_else(missing)?;
        Ok(self.change(|kept| kept.credentials.insert(credentials).clone()))
    }
}

impl ProvideCredentials for IdentityPoolCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}

impl Debug for IdentityPoolCredentials {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityPoolCredentials")
            .field("pool", &self.pool.id)
            .finish_non_exhaustive()
    }
}
