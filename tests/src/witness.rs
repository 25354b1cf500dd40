//! A witness of what a client does: each answer is held against what came over the wire.

use crate::model::Findings;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard};

/// A witness of the calls of one client. Clones see the same.
#[derive(Clone, Debug)]
pub struct Witness {
    service: &'static str,
    wire: Arc<Mutex<Wire>>,
}

impl Witness {
    /// A witness of a client of this service, which is called as its folder in `model/`.
    pub fn new(service: &'static str) -> Self {
        let wire = Wire {
            operation: String::new(),
            body: Value::Null,
            request_id: None,
            answers: BTreeMap::new(),
            findings: Findings::of(service),
        };
        Self {
            service,
            wire: Arc::new(Mutex::new(wire)),
        }
    }

    /// The client's configuration must have this interceptor.
    pub fn tap(&self) -> Tap {
        Tap {
            prefix: format!("{}.", crate::model::target_prefix(self.service)),
            wire: Arc::clone(&self.wire),
        }
    }

    /// What has gone over the wire so far.
    ///
    /// # Panics
    /// A thread has panicked while it noted a response.
    pub fn wire(&self) -> MutexGuard<'_, Wire> {
        self.wire.lock().expect("nobody panics while it is locked")
    }

    /// The answer of a call, which must be equal to the response's body, member by member.
    ///
    /// # Panics
    /// The call failed, or the answer says something else than the response.
    #[track_caller]
    pub fn ok<T, E>(&self, result: Result<T, SdkError<E, HttpResponse>>) -> T
    where
        T: RequestId + Serialize,
        E: Error + 'static,
    {
        let output = match result {
            Ok(output) => output,
            Err(error) => panic!("{} failed: {}", self.wire().operation, DisplayErrorContext(error)),
        };
        let mut wire = self.wire();
        let operation = wire.operation.clone();
        let written = serde_json::to_value(&output).expect("an answer can be written");
        let body = wire.body.clone();
        wire.findings.compare(&operation, &body, &written);
        assert_eq!(
            wire.findings.different, [""; 0],
            "{operation}: the answer isn't what the response says"
        );
        assert_eq!(output.request_id(), wire.request_id.as_deref(), "{operation}");
        output
    }

    /// The error of a call that the service refuses, with the response's code, message and request id.
    ///
    /// # Panics
    /// The call succeeded, the service didn't answer, or the error says something else than the response.
    #[track_caller]
    pub fn refused<T, E>(&self, result: Result<T, SdkError<E, HttpResponse>>) -> E
    where
        E: Error + ProvideErrorMetadata + RequestId + 'static,
    {
        let wire = self.wire();
        let operation = &wire.operation;
        let error = match result {
            Ok(_) => panic!("{operation} should be refused"),
            Err(SdkError::ServiceError(error)) => error.into_err(),
            Err(error) => panic!("{operation} failed: {}", DisplayErrorContext(error)),
        };
        let message = wire
            .body
            .get("message")
            .or(wire.body.get("Message"))
            .and_then(Value::as_str);
        assert_eq!(error.code(), wire.body["__type"].as_str(), "{operation}");
        assert_eq!(error.message(), message, "{operation}");
        assert_eq!(error.request_id(), wire.request_id.as_deref(), "{operation}");
        error
    }
}

/// What has gone over the wire: the last response, and how often each operation was answered.
#[derive(Debug)]
pub struct Wire {
    operation: String,
    body: Value,
    request_id: Option<String>,
    /// How often each operation was answered with success and with an error.
    pub answers: BTreeMap<String, Answers>,
    /// What comparing the answers has found.
    pub findings: Findings,
}

/// How often an operation was answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answers {
    /// With success.
    pub ok: usize,
    /// With an error.
    pub error: usize,
}

/// Notes which operation goes out, and each response.
#[derive(Debug)]
pub struct Tap {
    prefix: String,
    wire: Arc<Mutex<Wire>>,
}

impl Intercept for Tap {
    fn name(&self) -> &'static str {
        "Tap"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        assert_eq!(request.method(), "POST");
        let target = request
            .headers()
            .get("x-amz-target")
            .ok_or("a request names its operation")?;
        let operation = target.strip_prefix(&self.prefix).ok_or("of this service")?;
        self.lock()?.operation = operation.to_owned();
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let mut wire = self.lock()?;
        // What isn't whole, or isn't JSON, is left to the client to complain about.
        wire.body = response
            .body()
            .bytes()
            .and_then(|body| serde_json::from_slice(body).ok())
            .unwrap_or_default();
        wire.request_id = response.headers().get("x-amzn-requestid").map(str::to_owned);
        let operation = wire.operation.clone();
        let answers = wire.answers.entry(operation).or_default();
        if response.status().is_success() {
            answers.ok += 1;
        } else {
            answers.error += 1;
        }
        Ok(())
    }
}

impl Tap {
    fn lock(&self) -> Result<MutexGuard<'_, Wire>, BoxError> {
        self.wire
            .lock()
            .map_err(|_| "a thread has panicked while it noted a response".into())
    }
}
