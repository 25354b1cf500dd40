//! The AWS JSON protocols 1.0 and 1.1: an operation's input becomes a request, a response its output or error.
//!
//! Source: Smithy's [AWS JSON 1.1 protocol](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).

use crate::error::{self, ErrorResponse, OperationError};
use crate::operation::{Operation, OperationOutput};
use crate::serde::from_json;
use crate::service::Service;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::request_id::{RequestId, apply_request_id};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Serializes the input of `O`.
#[derive(Debug)]
pub(crate) struct RequestSerializer<O>(PhantomData<O>);

impl<O> RequestSerializer<O> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<O: Operation> SerializeRequest for RequestSerializer<O> {
    fn serialize_input(&self, input: Input, _cfg: &mut ConfigBag) -> Result<HttpRequest, BoxError> {
        let mut input = input.downcast::<O::Input>().map_err(|_| wrong_type("input"))?;
        let body = write_body::<O>(&mut input)?;
        let mut request = empty_request::<O>()?;
        request.headers_mut().insert("content-length", body.len().to_string());
        *request.body_mut() = SdkBody::from(body);
        Ok(request)
    }
}

/// A request of `O` without body.
pub(crate) fn empty_request<O: Operation>() -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(SdkBody::empty());
    request.set_method("POST")?;
    request.set_uri("/")?;
    let headers = request.headers_mut();
    headers.insert("x-amz-target", O::TARGET);
    headers.insert("content-type", O::Service::CONTENT_TYPE);
    Ok(request)
}

/// Writes `input`, whose idempotency token gets a value if it has none.
pub(crate) fn write_body<O: Operation>(input: &mut O::Input) -> Result<Vec<u8>, serde_json::Error> {
    O::fill_idempotency_token(input);
    serde_json::to_vec(input)
}

/// Reads the output from a response with a status of success.
pub(crate) fn read_output<O: Operation>(response: &HttpResponse, body: &[u8]) -> Result<O::Output, serde_json::Error> {
    let mut output = from_json::<<O::Output as OperationOutput>::Reader>(body)?;
    output.set_request_id(response.request_id().map(str::to_owned));
    Ok(output)
}

/// Parses the response of `O`.
#[derive(Debug)]
pub(crate) struct ResponseDeserializer<O>(PhantomData<O>);

impl<O> ResponseDeserializer<O> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<O: Operation> DeserializeResponse for ResponseDeserializer<O> {
    fn deserialize_nonstreaming_with_config(&self, response: &HttpResponse, _cfg: &ConfigBag) -> OutputOrError {
        tracing::debug!(request_id = ?response.request_id());
        let body = response
            .body()
            .bytes()
            .ok_or_else(|| OrchestratorError::other("the body isn't loaded"))?;
        if !response.status().is_success() {
            return Err(read_error::<O::Error>(response, body));
        }
        read_output::<O>(response, body)
            .map(Output::erase)
            .map_err(OrchestratorError::other)
    }
}

fn read_error<E: OperationError>(response: &HttpResponse, body: &[u8]) -> OrchestratorError<Error> {
    let envelope = match ErrorEnvelope::parse(body) {
        Ok(envelope) => envelope,
        Err(error) => return OrchestratorError::other(error),
    };
    let header = response.headers().get("x-amzn-errortype");
    let code = header.or(envelope.code.as_deref()).map(sanitize_error_code);
    let mut meta = ErrorMetadata::builder();
    if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(message) = envelope.message {
        meta = meta.message(message);
    }
    // Services that once spoke the query protocol send the code that old clients know: `Code;Sender`.
    if let Some((code, fault)) = response
        .headers()
        .get("x-amzn-query-error")
        .and_then(|value| value.split_once(';'))
    {
        meta = meta.code(code).custom("type", fault);
    }
    let meta = apply_request_id(meta, response.headers()).build();
    let Some(code) = meta.code().map(str::to_owned) else {
        return OrchestratorError::other(E::create_unhandled_error(meta.clone().into(), Some(meta)));
    };
    match error::read::<E>(ErrorResponse::new(&code, body, meta)) {
        Ok(error) => OrchestratorError::operation(Error::erase(error)),
        Err(error) => OrchestratorError::other(error),
    }
}

/// The code alone of `namespace#Code:http://…`, in which servers spell it.
pub(crate) fn sanitize_error_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.split('#').next_back().unwrap_or(code)
}

fn wrong_type(what: &str) -> BoxError {
    format!("an interceptor replaced the {what} by a value of another type; it must keep the operation's type").into()
}

/// What every error response has, whichever key a service has chosen for it.
#[derive(Debug, Default)]
struct ErrorEnvelope {
    code: Option<String>,
    message: Option<String>,
}

impl ErrorEnvelope {
    fn parse(body: &[u8]) -> Result<Self, serde_json::Error> {
        if body.is_empty() {
            Ok(Self::default())
        } else {
            serde_json::from_slice(body)
        }
    }
}

impl<'de> Deserialize<'de> for ErrorEnvelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EnvelopeVisitor)
    }
}

struct EnvelopeVisitor;

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = ErrorEnvelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ErrorEnvelope, A::Error> {
        let mut envelope = ErrorEnvelope::default();
        let mut shape = None;
        while let Some(key) = map.next_key::<String>()? {
            let MaybeText(text) = map.next_value()?;
            let Some(text) = text else { continue };
            match key.as_str() {
                "code" => envelope.code = Some(text),
                "__type" => shape = Some(text),
                "message" | "Message" | "errorMessage" => envelope.message = Some(text),
                _ => {}
            }
        }
        envelope.code = envelope.code.or(shape);
        Ok(envelope)
    }

    // A body that is valid JSON but no object says nothing of the error.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<ErrorEnvelope, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(ErrorEnvelope::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }

    fn visit_unit<E>(self) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<ErrorEnvelope, E> {
        Ok(ErrorEnvelope::default())
    }
}

/// A value of which only the string form matters.
struct MaybeText(Option<String>);

impl<'de> Deserialize<'de> for MaybeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Self(Some(text)),
            _ => Self(None),
        })
    }
}
