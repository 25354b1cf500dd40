//! From an HTTP request to an operation, and from its reply to an HTTP response.

use super::{Refusal, Reply, ReplyFuture};
use crate::operation::Operation;
#[cfg(feature = "validation")]
use crate::service::Service;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

/// The largest body that [`respond`] reads, in bytes. Cognito's largest inputs are images for managed login. A request
/// may hold two megabytes of them, and Base64 makes four bytes of three.
pub const MAX_BODY: usize = 4 * 1024 * 1024;

/// Answers a request whose body is in memory.
///
/// `dispatch` is the generated function of that name, with its server. It returns `None` for an unknown target.
pub async fn respond<'a>(
    request: &'a HttpRequest,
    request_id: &str,
    dispatch: impl FnOnce(&'a str, &'a [u8]) -> Option<ReplyFuture<'a>>,
) -> HttpResponse {
    let reply = match checked(request) {
        Ok((target, body)) => match dispatch(target, body) {
            Some(reply) => reply.await,
            None => Err(unknown_operation()),
        },
        Err(refusal) => Err(refusal),
    };
    response(reply, request_id)
}

/// The target and the body of a request that has both.
fn checked(request: &HttpRequest) -> Result<(&str, &[u8]), Refusal> {
    let target = request.headers().get("x-amz-target").ok_or_else(unknown_operation)?;
    if request.method() != "POST" {
        return Err(Refusal::new(405, "MethodNotAllowedException", "Use POST."));
    }
    let content_type = request.headers().get("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !matches!(
        media_type,
        "application/x-amz-json-1.1" | "application/x-amz-json-1.0" | "application/json"
    ) {
        return Err(Refusal::new(
            415,
            "UnsupportedMediaTypeException",
            "Use the content type application/x-amz-json-1.1.",
        ));
    }
    let body = request
        .body()
        .bytes()
        .ok_or_else(|| Refusal::internal(&"the body isn't in memory"))?;
    if body.len() > MAX_BODY {
        return Err(Refusal::new(
            413,
            "RequestEntityTooLargeException",
            "The request is larger than this server takes.",
        ));
    }
    Ok((target, body))
}

fn unknown_operation() -> Refusal {
    Refusal::new(
        400,
        "UnknownOperationException",
        "x-amz-target names no operation of this service.",
    )
}

/// Reads the input of `O`.
pub(super) fn read_input<O: Operation>(body: &[u8]) -> Result<O::Input, Refusal> {
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let input = serde_json::from_slice::<O::Input>(body).map_err(|error| serialization(body, &error))?;
    #[cfg(feature = "validation")]
    if let Some(constraints) = O::Service::constraints()
        && let Some(message) = constraints.refusal_of_input(O::NAME, &input)
    {
        return Err(Refusal::new(400, constraints.refusal_code(), &message));
    }
    Ok(input)
}

/// The refusal of an input that can't be read. It names only the place, because serde's messages may quote the value,
/// which may be a secret.
fn serialization(body: &[u8], error: &serde_json::Error) -> Refusal {
    let message = match serde_json::from_slice::<Value>(body) {
        Err(_) => format!(
            "The body is not JSON: see line {}, column {}.",
            error.line(),
            error.column()
        ),
        Ok(value) if !value.is_object() => "The body is not a JSON object.".to_owned(),
        Ok(_) => format!(
            "A member has another type than the operation takes: see line {}, column {}.",
            error.line(),
            error.column()
        ),
    };
    Refusal::new(400, "SerializationException", &message)
}

fn response(reply: Reply, request_id: &str) -> HttpResponse {
    let (status, code, body) = match reply {
        Ok(body) => (200, None, body),
        Err(Refusal { status, code, body }) => (status, Some(code), body),
    };
    let status = StatusCode::try_from(status).expect("`Refusal` knows no other statuses");
    let length = body.len().to_string();
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    let headers = response.headers_mut();
    headers.insert("content-type", "application/x-amz-json-1.1");
    headers.insert("content-length", length);
    headers.insert("x-amzn-requestid", request_id.to_owned());
    if let Some(code) = code {
        headers.insert("x-amzn-errortype", code);
    }
    response
}
