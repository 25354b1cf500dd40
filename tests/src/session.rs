//! A client at work: calls, one after the other, each answer held against what came over the wire.

use crate::operations::implemented;
use crate::witness::{Wire, Witness};
use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use cognito_emulator::Outbox;
use cognito_idp::config::{BehaviorVersion, Builder, Credentials, Region};
use cognito_idp::operation::RequestId;
use cognito_idp::{Client, Config};
use serde::Serialize;
use std::error::Error;
use std::sync::MutexGuard;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

/// Which server answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ministack.
    Ministack,
    /// moto.
    Moto,
    /// This project's emulator.
    Emulator,
}

impl Kind {
    /// Its name, which is that of its package.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ministack => "ministack",
            Self::Moto => "moto",
            Self::Emulator => "cognito-emulator",
        }
    }
}

/// What the sessions need: a client, and knowledge of the server that it talks to.
#[derive(Clone, Debug)]
pub struct Session {
    /// The client.
    pub client: Client,
    kind: Kind,
    now: SystemTime,
    witness: Witness,
    outbox: Option<Outbox>,
}

impl Session {
    /// A session with a client of this configuration, at this time. The time counts where a code depends on it.
    pub fn new(kind: Kind, now: SystemTime, config: Builder) -> Self {
        let witness = Witness::new("cognito-idp");
        let config = config.interceptor(witness.tap());
        Self {
            client: Client::from_conf(config.build()),
            kind,
            now,
            witness,
            outbox: None,
        }
    }

    /// The same session with a server that checks the codes that it sends, and puts them there.
    #[must_use]
    pub fn with_outbox(mut self, outbox: Outbox) -> Self {
        self.outbox = Some(outbox);
        self
    }

    /// Whether the server checks codes, and sends them only where Cognito does.
    pub fn checks_codes(&self) -> bool {
        self.outbox.is_some()
    }

    /// The code that the server has sent to a user. ministack and moto take any code that looks like one: they get `any`.
    ///
    /// # Panics
    /// The server has sent none.
    pub fn code(&self, username: &str, any: &str) -> String {
        match &self.outbox {
            Some(outbox) => outbox.last(username).expect("a code was sent").code,
            None => any.to_owned(),
        }
    }

    /// The settings that all sessions have in common.
    pub fn config() -> Builder {
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
            .invocation_id_generator(CountingIds::default())
    }

    /// Whether requests must be what Cognito takes: ids of its form, identity providers that exist. ministack and moto
    /// take more, and their recordings have it.
    pub fn is_strict(&self) -> bool {
        self.kind == Kind::Emulator
    }

    /// Whether it is moto that answers.
    pub fn is_moto(&self) -> bool {
        self.kind == Kind::Moto
    }

    /// Whether the server implements an operation.
    pub fn has(&self, operation: &str) -> bool {
        implemented(self.kind).contains(&operation)
    }

    /// The session's time.
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// What has gone over the wire so far.
    pub fn wire(&self) -> MutexGuard<'_, Wire> {
        self.witness.wire()
    }

    /// The answer of a call, see [`Witness::ok`].
    #[track_caller]
    pub fn ok<T, E>(&self, result: Result<T, SdkError<E, HttpResponse>>) -> T
    where
        T: RequestId + Serialize,
        E: Error + 'static,
    {
        self.witness.ok(result)
    }

    /// The error of a call that the service refuses, see [`Witness::refused`].
    #[track_caller]
    pub fn refused<T, E>(&self, result: Result<T, SdkError<E, HttpResponse>>) -> E
    where
        E: Error + ProvideErrorMetadata + RequestId + 'static,
    {
        self.witness.refused(result)
    }
}

/// Ids that are the same in each run, so that a recording replays with the same signatures.
#[derive(Debug, Default)]
struct CountingIds(AtomicUsize);

impl InvocationIdGenerator for CountingIds {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        Ok(Some(InvocationId::new(format!("00000000-0000-4000-8000-{number:012}"))))
    }
}
