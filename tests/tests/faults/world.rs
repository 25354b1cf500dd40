//! All that a client meets: a server, credentials, the time.

use crate::Seen;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// Names and values.
pub(crate) type Headers = &'static [(&'static str, &'static str)];

/// What the server does with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Response(u16, Headers, &'static [u8]),
    /// Nothing comes after this, and the connection stays open.
    Stalled(&'static [u8]),
}

/// Where the credentials are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    Always,
    Failing,
    /// They are found as often as this, and then no more.
    Until(usize),
    /// They are found as often as this, and then each lookup hangs for some seconds before it fails.
    HangingAfter(usize),
}

#[derive(Clone, Debug)]
pub(crate) struct World(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kept: Kept,
    begin: Instant,
    answers: Mutex<VecDeque<Answer>>,
    requests: AtomicUsize,
    lookups: AtomicUsize,
}

impl World {
    pub(crate) fn new(kept: Kept) -> Self {
        Self(Arc::new(Inner {
            kept,
            begin: Instant::now(),
            answers: Mutex::default(),
            requests: AtomicUsize::new(0),
            lookups: AtomicUsize::new(0),
        }))
    }

    /// Makes a call for each group of answers.
    pub(crate) async fn watch<C: Clone, F: Future<Output = String>>(
        &self,
        answers: &[&[Answer]],
        client: C,
        call: impl Fn(C) -> F,
    ) -> Seen {
        let begin = Instant::now();
        let mut results = Vec::new();
        for answers in answers {
            *self.0.answers.lock().unwrap_or_else(PoisonError::into_inner) = answers.iter().copied().collect();
            results.push(call(client.clone()).await);
        }
        Seen {
            results,
            requests: self.0.requests.load(Ordering::Relaxed),
            lookups: self.0.lookups.load(Ordering::Relaxed),
            // Back-off before a retry is random, and less than a second.
            seconds: begin.elapsed().as_secs(),
        }
    }

    async fn look_up(&self) -> Result<Credentials, CredentialsError> {
        let number = self.0.lookups.fetch_add(1, Ordering::Relaxed);
        let found = match self.0.kept {
            Kept::Always => usize::MAX,
            Kept::Failing => 0,
            Kept::Until(found) | Kept::HangingAfter(found) => found,
        };
        if number < found {
            return Ok(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"));
        }
        if let Kept::HangingAfter(_) = self.0.kept {
            tokio::time::sleep(Duration::from_secs(6)).await;
        }
        Err(CredentialsError::provider_error("the vault is locked"))
    }
}

impl ProvideCredentials for World {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.look_up())
    }
}

impl TimeSource for World {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_750_000_000) + self.0.begin.elapsed()
    }
}

impl HttpClient for World {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl From<World> for SharedHttpClient {
    fn from(world: World) -> Self {
        Self::new(world)
    }
}

impl HttpConnector for World {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        let answer = self
            .0
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let (status, headers, body) = match answer {
            Some(Answer::Response(status, headers, body)) => (status, headers, SdkBody::from(body)),
            Some(Answer::Stalled(start)) => (200, &[][..], SdkBody::from_body_1_x(Stalled(Some(start)))),
            None => (500, &[][..], SdkBody::from("more requests than answers")),
        };
        let mut response = HttpResponse::new(status.try_into().expect("a status"), body);
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// A body that stops.
struct Stalled(Option<&'static [u8]>);

impl http_body::Body for Stalled {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        match self.0.take() {
            Some(start) => Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(start))))),
            None => Poll::Pending,
        }
    }
}
