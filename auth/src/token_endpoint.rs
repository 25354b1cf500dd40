//! `/oauth2/token` and its kin: forms to the domain of managed login, sent as the pool's client sends.

use crate::encoding::base64;
use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use cognito_idp::config::http::{HttpRequest, HttpResponse};
use cognito_runtime::reexport::aws_smithy_runtime::client::orchestrator::operation::Operation;
use cognito_runtime::reexport::aws_smithy_runtime_api::client::http::SharedHttpClient;
use cognito_runtime::reexport::aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use cognito_runtime::reexport::aws_smithy_types::body::SdkBody;
use cognito_runtime::reexport::aws_smithy_types::retry::RetryConfig;
use cognito_runtime::reexport::aws_smithy_types::timeout::TimeoutConfig;
use serde_json::Value;
use std::convert::Infallible;
use std::time::Duration;

/// How long an endpoint may take, all in all.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What an endpoint answered: the status and the body.
type Answered = (u16, Vec<u8>);

/// Sends a form, with the app client's id, and its secret where it has one, and reads the JSON that comes back.
pub(crate) async fn post(pool: &UserPool, url: &str, form: &[(&str, &str)]) -> Result<Value, AuthError> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    let body = body
        .extend_pairs(form)
        .append_pair("client_id", pool.client_id())
        .finish();
    let body = Secret::from(body);
    let sent = pool.with_secrets(|secret| send(pool, url, &body, secret));
    let body = sent.await?;
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&body).map_err(|_| unreadable())
}

fn unreadable() -> AuthError {
    AuthError::Endpoint {
        problem: "the endpoint's answer isn't JSON: check the domain",
        source: None,
    }
}

async fn send(pool: &UserPool, url: &str, body: &Secret, secret: Option<Secret>) -> Result<Vec<u8>, AuthError> {
    // RFC 6749, section 2.3.1. Ids and secrets of app clients have no character that it would escape.
    let basic = secret.map(|secret| base64(format!("{}:{}", pool.client_id(), secret.expose()).as_bytes()));
    let config = pool.client().config();
    let no_client = AuthError::Input("there is no HTTP client: set one, or turn the feature `rustls` on");
    let http_client = config.http_client().or_else(default_client).ok_or(no_client)?;
    let mut operation = Operation::builder()
        .service_name("cognito-managed-login")
        .operation_name("Form")
        .http_client(http_client)
        .endpoint_url(url)
        .no_auth()
        .standard_retry(&RetryConfig::disabled());
    if let Some(sleep) = config.sleep_impl() {
        operation = operation
            .sleep_impl(sleep)
            .timeout_config(TimeoutConfig::builder().operation_timeout(TIMEOUT).build());
    }
    let operation = operation
        .serializer(move |body: Secret| request(&body, basic.as_deref()))
        .deserializer::<Answered, Infallible>(answered)
        .build();
    let sent = operation.invoke(body.clone()).await;
    let (status, body) = sent.map_err(|error| AuthError::Endpoint {
        problem: "the endpoint gave no answer: check the domain and the network, and try again",
        source: Some(Box::new(error)),
    })?;
    match status {
        200..=299 => Ok(body),
        _ => Err(refused(&body)),
    }
}

fn request(body: &Secret, basic: Option<&str>) -> Result<HttpRequest, Box<dyn std::error::Error + Send + Sync>> {
    let mut request = HttpRequest::new(SdkBody::from(body.expose()));
    request.set_method("POST")?;
    let headers = request.headers_mut();
    headers.try_insert("content-type", "application/x-www-form-urlencoded")?;
    headers.try_insert("content-length", body.expose().len().to_string())?;
    if let Some(basic) = basic {
        headers.try_insert("authorization", format!("Basic {basic}"))?;
    }
    Ok(request)
}

fn answered(response: &HttpResponse) -> Result<Answered, OrchestratorError<Infallible>> {
    let body = response.body().bytes().unwrap_or_default().to_vec();
    Ok((response.status().as_u16(), body))
}

/// The error of RFC 6749, section 5.2.
fn refused(body: &[u8]) -> AuthError {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    match json["error"].as_str() {
        Some(code) => AuthError::OAuth { code: code.to_owned() },
        None => unreadable(),
    }
}

/// The client that the pool's client has where its configuration names none.
#[cfg(any(feature = "rustls", feature = "rustls-aws-lc"))]
fn default_client() -> Option<SharedHttpClient> {
    use aws_smithy_http_client::Builder;
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
    #[cfg(feature = "rustls-aws-lc")]
    const CRYPTO: CryptoMode = CryptoMode::AwsLc;
    #[cfg(not(feature = "rustls-aws-lc"))]
    const CRYPTO: CryptoMode = CryptoMode::Ring;
    Some(Builder::new().tls_provider(Provider::Rustls(CRYPTO)).build_https())
}

#[cfg(not(any(feature = "rustls", feature = "rustls-aws-lc")))]
fn default_client() -> Option<SharedHttpClient> {
    None
}
