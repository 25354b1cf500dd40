//! The AWS JSON protocols 1.0 and 1.1: converts an operation's input to a request, and a response to its output or
//! error.
//!
//! Source: Smithy's [AWS JSON 1.1 protocol](https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html).

use crate::error::{Envelope, ErrorResponse, OperationError, ReadError};
use crate::operation::{Operation, OperationOutput};
use crate::send::bodies::hidden;
use crate::service::Service;
use crate::shape::serde::from_json;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output, OutputOrError};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::ErrorMetadata;
use aws_types::request_id::{RequestId, apply_request_id};
use serde::de::IgnoredAny;
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
        *request.body_mut() = hidden(SdkBody::from(body));
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
    let (envelope, end) = Envelope::scan(body);
    let header = response.headers().get("x-amzn-errortype");
    let mut meta = ErrorMetadata::builder();
    match envelope.code(header) {
        Some(code) => meta = meta.code(code),
        // Without a code, a body that isn't JSON says that no service has answered.
        None if !body.is_empty() => {
            if let Err(error) = serde_json::from_slice::<IgnoredAny>(body) {
                return OrchestratorError::other(error);
            }
        }
        None => {}
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
    // A member of another type must not hide the code, and with it that the call may be tried again: then the error has
    // no members but its message.
    let read = |body| E::Service::read(ErrorResponse::new(&code, body, meta.clone()));
    match read(&body[..end]).or_else(|_| read(b"{}")) {
        Ok(error) => OrchestratorError::operation(Error::erase(E::narrow(error))),
        Err(error) => OrchestratorError::other(error),
    }
}

pub(super) fn wrong_type(what: &str) -> BoxError {
    format!("an interceptor replaced the {what} by a value of another type; it must keep the operation's type").into()
}
