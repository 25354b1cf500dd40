//! A pool of the emulator with alice in it, as one of its app clients sees it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito_auth::{AuthError, Challenge, Secret, Step, Tokens, UserPool};
use cognito_emulator::Cognito;
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::{Client, Config};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

pub(crate) const POOL: &str = "us-east-1_World1234";
pub(crate) const APP: &str = "app";
pub(crate) const PASSWORD: &str = "Correct-horse1";

pub(crate) struct World {
    pub(crate) cognito: Cognito,
    pub(crate) pool: UserPool,
    pub(crate) secret: Option<Secret>,
}

/// All flows of users.
pub(crate) fn all_flows() -> Value {
    json!({"GenerateSecret": true, "ExplicitAuthFlows": [
        "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    ]})
}

impl World {
    /// With the settings of pool and app client, as their operations take them.
    pub(crate) async fn new(pool: Value, app: Value) -> TestResult<Self> {
        let named = |mut settings: Value, name: &str| {
            settings[name] = "world".into();
            settings
        };
        let cognito = Cognito::new();
        cognito.sow(&serde_json::from_value(json!({"pools": [{
            "id": POOL,
            "settings": named(pool, "PoolName"),
            "clients": [{"id": APP, "settings": named(app, "ClientName")}],
            "users": [{"username": "alice", "password": PASSWORD, "attributes": {
                "email": "alice@example.com", "email_verified": "true",
            }}],
        }]}))?)?;
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .time_source(cognito.clock().clone())
            .http_client(cognito.http_client());
        let client = Client::from_conf(config.build());
        let request = client.describe_user_pool_client().user_pool_id(POOL).client_id(APP);
        let app = request.send().await?.user_pool_client;
        let secret = app.and_then(|app| app.client_secret).map(Secret::from);
        let pool = UserPool::new(POOL, APP)?.with_client(client);
        Ok(Self {
            cognito,
            pool: match &secret {
                Some(secret) => pool.with_secret(secret),
                None => pool,
            },
            secret,
        })
    }

    pub(crate) async fn sign_in(&self) -> Result<Tokens, AuthError> {
        self.pool.sign_in("alice").password(PASSWORD).await?.into_tokens()
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.cognito.clock().advance(Duration::from_secs(seconds));
    }

    /// How often an operation, or a path, was asked for.
    pub(crate) fn count(&self, what: &str) -> usize {
        let requests = self.cognito.requests();
        requests.iter().filter(|request| request.what == what).count()
    }
}

/// The claims of a token.
pub(crate) fn claims(token: &Secret) -> TestResult<Value> {
    let payload = token.expose().split('.').nth(1).ok_or("no token")?;
    Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload)?)?)
}

/// The challenge of a step, or what came instead.
pub(crate) fn challenge(step: Step) -> TestResult<Challenge> {
    match step {
        Step::Challenge(challenge) => Ok(challenge),
        other => Err(other.unexpected().into()),
    }
}
