//! `/oauth2/token` and similar endpoints: sends forms to the domain of managed login, with the pool's HTTP client.

use crate::encoding::base64;
use crate::error::{AuthError, BoxError};
use crate::managed_login::Domain;
use crate::pool::UserPool;
use crate::secret::Secret;
use cognito_idp::config::http::{HttpRequest, HttpResponse};
use cognito_runtime::reexport::aws_smithy_runtime::client::orchestrator::operation::Operation;
use cognito_runtime::reexport::aws_smithy_runtime_api::client::orchestrator::{OrchestratorError, SensitiveOutput};
use cognito_runtime::reexport::aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use cognito_runtime::reexport::aws_smithy_types::body::SdkBody;
use cognito_runtime::reexport::aws_smithy_types::config_bag::{FrozenLayer, Layer};
use cognito_runtime::reexport::aws_smithy_types::retry::RetryConfig;
use cognito_runtime::reexport::aws_smithy_types::timeout::TimeoutConfig;
use cognito_runtime::send::{HiddenResponses, hidden};
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// The total time that an endpoint may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The answer of an endpoint. Its body has tokens.
#[derive(Debug)]
struct Answered {
    status: u16,
    body: Secret,
}

/// Sends a form with the app client's id, and its secret if it has one, and reads the JSON of the answer.
pub(crate) async fn post(
    pool: &UserPool,
    domain: &Domain,
    path: &'static str,
    form: &[(&str, &str)],
) -> Result<Value, AuthError> {
    let body = written(pool, form);
    let sent = pool.with_secrets(|secret| send(pool, domain, path, &body, secret));
    let body = sent.await?;
    if body.expose().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(body.expose()).map_err(|_| unreadable())
}

/// The form as text. It is a separate function, because a serializer mustn't live in a future that moves between
/// threads.
fn written(pool: &UserPool, form: &[(&str, &str)]) -> Secret {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form).append_pair("client_id", pool.client_id());
    body.finish().into()
}

fn unreadable() -> AuthError {
    AuthError::Endpoint {
        problem: "the endpoint's answer isn't JSON: check the domain",
        source: None,
    }
}

async fn send(
    pool: &UserPool,
    domain: &Domain,
    path: &'static str,
    body: &Secret,
    secret: Option<Secret>,
) -> Result<Secret, AuthError> {
    // RFC 6749, section 2.3.1. Ids and secrets of app clients have no character that it would escape.
    let basic = secret.map(|secret| base64(format!("{}:{}", pool.client_id(), secret.expose()).as_bytes()));
    let config = pool.client().config();
    let no_client = AuthError::Input("there is no HTTP client: set one, or turn the feature `rustls` on");
    let http_client = config
        .http_client()
        .or_else(|| pool.default_http_client())
        .ok_or(no_client)?;
    let mut operation = Operation::builder()
        .service_name("cognito-managed-login")
        .operation_name("Form")
        .http_client(http_client)
        // The path is the request's: an endpoint with one would get a slash at its end.
        .endpoint_url(domain.origin())
        .no_auth()
        // Bodies have secrets, codes and tokens: no log shows them, as of operations.
        .runtime_plugin(HiddenResponses)
        .runtime_plugin(StaticRuntimePlugin::new().with_config(sensitive()))
        .standard_retry(&RetryConfig::disabled());
    if let Some(sleep) = pool.sleep_impl() {
        operation = operation
            .sleep_impl(sleep)
            .timeout_config(TimeoutConfig::builder().operation_timeout(TIMEOUT).build());
    }
    let operation = operation
        .serializer(move |body: Secret| request(path, &body, basic.as_deref()))
        .deserializer::<Answered, Infallible>(answered)
        .build();
    let sent = operation.invoke(body.clone()).await;
    let answer = sent.map_err(|error| AuthError::Endpoint {
        problem: "the endpoint gave no answer: check the domain and the network, and try again",
        source: Some(Arc::new(error)),
    })?;
    match answer.status {
        200..=299 => Ok(answer.body),
        // Whatever the body says, this passes.
        429 | 500..=599 => Err(AuthError::busy(answer.status)),
        _ => Err(refused(&answer.body)),
    }
}

/// Keeps the orchestrator from logging what it has read.
fn sensitive() -> FrozenLayer {
    let mut layer = Layer::new("cognito-managed-login");
    layer.store_put(SensitiveOutput);
    layer.freeze()
}

fn request(path: &str, body: &Secret, basic: Option<&str>) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(hidden(SdkBody::from(body.expose())));
    request.set_method("POST")?;
    request.set_uri(path)?;
    let headers = request.headers_mut();
    headers.try_insert("content-type", "application/x-www-form-urlencoded")?;
    headers.try_insert("content-length", body.expose().len().to_string())?;
    if let Some(basic) = basic {
        headers.try_insert("authorization", format!("Basic {basic}"))?;
    }
    Ok(request)
}

fn answered(response: &HttpResponse) -> Result<Answered, OrchestratorError<Infallible>> {
    // JSON is UTF-8: anything else is unreadable with a character replaced, too.
    let body = String::from_utf8_lossy(response.body().bytes().unwrap_or_default());
    Ok(Answered {
        status: response.status().as_u16(),
        body: body.into_owned().into(),
    })
}

/// The error of RFC 6749, section 5.2.
fn refused(body: &Secret) -> AuthError {
    let json: Value = serde_json::from_str(body.expose()).unwrap_or_default();
    match json["error"].as_str() {
        Some(code) => AuthError::oauth(code),
        None => unreadable(),
    }
}
