//! A Cognito whose answers a test writes: a closure from calls to replies, and a record of the calls.

// Each test binary uses its part of it.
#![allow(dead_code)]

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use cognito_auth::UserPool;
use cognito_idp::config::{BehaviorVersion, Region, retry::RetryConfig};
use cognito_idp::{Client, Config};
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) type TestResult<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) const POOL_ID: &str = "us-east-1_AbCdEf123";
pub(crate) const CLIENT_ID: &str = "1h57kf5cpq17m0eml12EXAMPLE";

/// A call as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) operation: String,
    pub(crate) body: Value,
    pub(crate) is_signed: bool,
    /// The body of a form, as it is.
    pub(crate) text: String,
    pub(crate) url: String,
}

impl Call {
    /// A parameter of InitiateAuth or an answer of RespondToAuthChallenge.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = [&self.body["AuthParameters"], &self.body["ChallengeResponses"]];
        parameters.into_iter().find_map(|parameters| parameters[name].as_str())
    }
}

/// What is answered.
#[derive(Debug)]
pub(crate) enum Reply {
    /// A success.
    Ok(Value),
    /// An error: code and message.
    Error(&'static str, &'static str),
    /// An OAuth error with its code.
    OAuth(&'static str),
    /// An answer with a status that isn't Cognito's own, such as a load balancer's.
    Status(u16),
    /// The connection breaks.
    Broken,
}

type Script = Arc<dyn Fn(&Call) -> Reply + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Server {
    script: Script,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Server {
    pub(crate) fn new(script: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            calls: Arc::default(),
        }
    }

    /// The calls so far.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The call of that number.
    pub(crate) fn call(&self, index: usize) -> Call {
        self.calls().into_iter().nth(index).expect("so many calls were made")
    }

    pub(crate) fn operations(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.operation).collect()
    }

    pub(crate) fn client(&self) -> Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .retry_config(RetryConfig::disabled())
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .allow_no_auth()
            .build();
        Client::from_conf(config)
    }

    /// A client of identity pools.
    pub(crate) fn identity_client(&self) -> cognito_identity::Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = cognito_identity::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .retry_config(RetryConfig::disabled())
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .allow_no_auth()
            .build();
        cognito_identity::Client::from_conf(config)
    }

    /// The pool, whose app client has no secret.
    pub(crate) fn pool(&self) -> UserPool {
        UserPool::new(POOL_ID, CLIENT_ID)
            .expect("a pool's id")
            .with_client(self.client())
    }
}

impl Debug for Server {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Server")
    }
}

impl HttpConnector for Server {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let text = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let call = Call {
            operation: target.rsplit('.').next().unwrap_or_default().to_owned(),
            body: serde_json::from_str(&text).unwrap_or_default(),
            is_signed: request.headers().get("authorization").is_some(),
            text,
            url: request.uri().to_owned(),
        };
        let reply = (self.script)(&call);
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        HttpConnectorFuture::new(async move {
            // Whoever waits for this one has time to come.
            tokio::task::yield_now().await;
            let (status, body) = match reply {
                Reply::Ok(body) => (200, body),
                Reply::Error(code, message) => (400, json!({"__type": code, "message": message})),
                Reply::OAuth(code) => (400, json!({"error": code})),
                Reply::Status(status) => (status, json!("<html>")),
                Reply::Broken => return Err(ConnectorError::io("the connection broke".into())),
            };
            let status = StatusCode::try_from(status).expect("a status");
            Ok(HttpResponse::new(status, SdkBody::from(body.to_string())))
        })
    }
}

/// The answer with a challenge.
pub(crate) fn challenge(name: &str, session: &str, parameters: Value) -> Reply {
    Reply::Ok(json!({"ChallengeName": name, "Session": session, "ChallengeParameters": parameters}))
}

/// The challenge PASSWORD_VERIFIER of a user whose own name is `sub-1`.
pub(crate) fn password_verifier() -> Reply {
    let parameters = json!({
        "USERNAME": "sub-1", "USER_ID_FOR_SRP": "sub-1", "SALT": "00a1b2c", "SRP_B": "1234567890abcdef",
        "SECRET_BLOCK": "-__-AQ",
    });
    challenge("PASSWORD_VERIFIER", "session-srp", parameters)
}

/// The answer with tokens. The access token says who it is for.
pub(crate) fn tokens(access: &str, refresh: Option<&str>) -> Reply {
    Reply::Ok(json!({"AuthenticationResult": result(access, refresh, 3600)}))
}

pub(crate) fn result(access: &str, refresh: Option<&str>, expires_in: i64) -> Value {
    json!({"AccessToken": access, "IdToken": "id-token", "RefreshToken": refresh, "ExpiresIn": expires_in,
           "TokenType": "Bearer"})
}
