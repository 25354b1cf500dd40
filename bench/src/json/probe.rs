//! Reaches the serializer and the deserializer of an operation, which neither crate makes public.
//!
//! They are in the configuration of each call, which an interceptor sees. So the work runs inside of an interceptor,
//! before the input is serialized, with the very serializer, deserializer and configuration that the call would use;
//! then the interceptor ends the call.

use anyhow::{Context, Result};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeSerializationInterceptorContextRef, Input, Output};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse, SerializeRequest, SharedRequestSerializer, SharedResponseDeserializer,
};
use aws_smithy_types::config_bag::ConfigBag;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The serializer and the deserializer of one operation, while a call is being made.
pub(super) struct Codec<'a> {
    serializer: SharedRequestSerializer,
    cfg: &'a mut ConfigBag,
}

impl Codec<'_> {
    /// The request of an input, as the call makes it.
    pub(super) fn serialize(&mut self, input: Input) -> Result<HttpRequest, BoxError> {
        self.serializer.serialize_input(input, self.cfg)
    }

    /// The output of a response whose body is loaded, as the call reads it.
    pub(super) fn deserialize(&self, response: &HttpResponse) -> Result<Output, BoxError> {
        let deserializer = self.cfg.load::<SharedResponseDeserializer>();
        deserializer
            .ok_or("the operation has no deserializer")?
            .deserialize_nonstreaming_with_config(response, self.cfg)
            .map_err(|error| format!("the response can't be read: {error:?}").into())
    }
}

type Work<T> = dyn Fn(&mut Codec<'_>) -> Result<T, BoxError> + Send + Sync;

/// Does some work with the codec of the call that it intercepts.
pub(super) struct Probe<T> {
    work: Arc<Work<T>>,
    result: Arc<Mutex<Option<Result<T, BoxError>>>>,
}

impl<T> Clone for Probe<T> {
    fn clone(&self) -> Self {
        Self {
            work: Arc::clone(&self.work),
            result: Arc::clone(&self.result),
        }
    }
}

impl<T> Probe<T> {
    /// A probe that does `work`.
    pub(super) fn new(work: impl Fn(&mut Codec<'_>) -> Result<T, BoxError> + Send + Sync + 'static) -> Self {
        Self {
            work: Arc::new(work),
            result: Arc::default(),
        }
    }

    /// What the work gave, after the call.
    pub(super) fn take(&self) -> Result<T> {
        let result = self.result.lock().unwrap_or_else(PoisonError::into_inner).take();
        result
            .context("the interceptor wasn't called")?
            .map_err(|error| anyhow::anyhow!(error))
    }
}

impl<T> fmt::Debug for Probe<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe").finish_non_exhaustive()
    }
}

#[dyn_dispatch_hint]
impl<T: Send + Sync + 'static> Intercept for Probe<T> {
    fn name(&self) -> &'static str {
        "Probe"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let serializer = cfg.load::<SharedRequestSerializer>().cloned();
        let mut codec = Codec {
            serializer: serializer.ok_or("the operation has no serializer")?,
            cfg,
        };
        let result = (self.work)(&mut codec);
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        Err("there is nothing to send".into())
    }
}
