//! A Cognito inside the process: an HTTP client that answers by itself.

mod identity;
mod state;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use state::{Fault, State};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A small Amazon Cognito that keeps its user pools and identity pools in memory.
///
/// Give it to a configuration with `http_client`: requests are built, signed and parsed as always, and end here
/// instead of on the network. It knows the operations of the tour and answers others with `UnknownOperationException`.
/// It keeps what it is sent, checks passwords and secret hashes, and pages lists. It is no model of Cognito's validation,
/// and its tokens are random text. Clones share one state.
#[derive(Debug, Clone, Default)]
pub struct EmbeddedCognito {
    state: Arc<Mutex<State>>,
}

impl EmbeddedCognito {
    /// A Cognito without user pools.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many user pools there are.
    pub fn user_pools(&self) -> usize {
        self.state().user_pools()
    }

    /// How many identity pools there are.
    pub fn identity_pools(&self) -> usize {
        self.state().identity.pools()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for EmbeddedCognito {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for EmbeddedCognito {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.state();
        let answer = handle(&mut state, &request);
        let request_id = state.next_request_id();
        HttpConnectorFuture::ready(Ok(response(answer, request_id)))
    }
}

fn handle(state: &mut State, request: &HttpRequest) -> Result<Value, Fault> {
    let target = request.headers().get("x-amz-target").unwrap_or_default();
    let (service, operation) = target.split_once('.').unwrap_or_default();
    let public: &[&str] = match service {
        "AWSCognitoIdentityProviderService" => &state::PUBLIC_OPERATIONS,
        "AWSCognitoIdentityService" => &identity::PUBLIC_OPERATIONS,
        _ => {
            return Err(Fault::new(
                "UnknownOperationException",
                "The header X-Amz-Target names no operation",
            ));
        }
    };
    if !public.contains(&operation) {
        let key = access_key(request)
            .ok_or_else(|| Fault::new("MissingAuthenticationTokenException", "Missing Authentication Token"))?;
        let token = request.headers().get("x-amz-security-token");
        state.identity.verify(key, token)?;
    }
    let input = request
        .body()
        .bytes()
        .and_then(|body| serde_json::from_slice(body).ok())
        .ok_or_else(|| Fault::new("SerializationException", "The body is not JSON"))?;
    match service {
        "AWSCognitoIdentityService" => state.call_identity(operation, &input),
        _ => state.call(operation, &input),
    }
}

/// The access key that a request is signed with; none where it isn't signed.
fn access_key(request: &HttpRequest) -> Option<&str> {
    let authorization = request.headers().get("authorization")?;
    let (_, rest) = authorization
        .strip_prefix("AWS4-HMAC-SHA256 ")?
        .split_once("Credential=")?;
    rest.split('/').next()
}

/// AWS JSON 1.1: the output or the error as the body, 200 or 400.
fn response(answer: Result<Value, Fault>, request_id: String) -> HttpResponse {
    let (status, body) = match answer {
        Ok(output) => (200, output),
        Err(fault) => (400, json!({ "__type": fault.code, "message": fault.message })),
    };
    let status = StatusCode::try_from(status).expect("200 and 400 are HTTP statuses");
    let mut response = HttpResponse::new(status, SdkBody::from(body.to_string()));
    response
        .headers_mut()
        .insert("content-type", "application/x-amz-json-1.1");
    response.headers_mut().insert("x-amzn-requestid", request_id);
    response
}
