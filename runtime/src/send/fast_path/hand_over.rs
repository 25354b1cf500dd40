//! Hands the fast path's results to the orchestrator.
//!
//! The orchestrator starts from the beginning, and asks for an identity and for a response. The first time it gets the
//! ones that the fast path has; after that it gets new ones.

use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityFuture, ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use std::sync::{Mutex, PoisonError};

type Answer = Result<HttpResponse, ConnectorError>;

/// A runtime plugin with these results; `None` if there are none.
#[derive(Debug)]
pub(in crate::send) struct HandOver(Option<Box<StaticRuntimePlugin>>);

impl HandOver {
    pub(super) fn nothing() -> Self {
        Self(None)
    }

    /// `components` and `client` are those of the call.
    pub(super) fn of(
        components: &RuntimeComponents,
        client: &SharedHttpClient,
        identity: Option<Result<Identity, BoxError>>,
        answer: Option<Answered>,
    ) -> Self {
        let mut layer = Layer::new("fast path");
        let mut builder = RuntimeComponentsBuilder::new("fast path");
        if let Some(identity) = identity {
            builder.set_identity_cache(Some(FirstIdentity {
                first: Mutex::new(Some(identity)),
                cache: components.identity_cache(),
            }));
        }
        if let Some(Answered { attempt, answer }) = answer {
            let id = InvocationId::new(attempt.invocation_id);
            layer.store_put(SharedInvocationIdGenerator::new(SameId(id)));
            builder.set_http_client(Some(FirstAnswer {
                client: client.clone(),
                answer: Mutex::new(Some(answer)),
                connection: attempt.connection,
            }));
        }
        let plugin = StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(builder);
        Self(Some(Box::new(plugin)))
    }

    /// Makes the orchestrator start with these results.
    pub(in crate::send) fn add_to(self, plugins: RuntimePlugins) -> RuntimePlugins {
        match self.0 {
            Some(plugin) => plugins.with_operation_plugin(*plugin),
            None => plugins,
        }
    }
}

/// The state of one attempt.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) invocation_id: String,
    pub(super) connection: CaptureSmithyConnection,
}

impl Attempt {
    pub(super) fn new(invocation_id: String) -> Self {
        Self {
            invocation_id,
            connection: CaptureSmithyConnection::new(),
        }
    }

    pub(super) fn answered(self, answer: Answer) -> Answered {
        Answered { attempt: self, answer }
    }
}

/// An attempt and its result.
#[derive(Debug)]
pub(super) struct Answered {
    attempt: Attempt,
    answer: Answer,
}

/// An identity cache that already has the first identity, or its error.
#[derive(Debug)]
struct FirstIdentity {
    first: Mutex<Option<Result<Identity, BoxError>>>,
    cache: SharedIdentityCache,
}

impl ResolveCachedIdentity for FirstIdentity {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        cfg: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        match first {
            Some(identity) => IdentityFuture::ready(identity),
            None => self.cache.resolve_cached_identity(resolver, components, cfg),
        }
    }
}

/// An HTTP client that already has the response to the first request, and sends the others.
#[derive(Debug)]
struct FirstAnswer {
    client: SharedHttpClient,
    answer: Mutex<Option<Answer>>,
    connection: CaptureSmithyConnection,
}

impl HttpClient for FirstAnswer {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        match answer {
            Some(answer) => SharedHttpConnector::new(FirstConnector {
                answer: Mutex::new(Some(answer)),
                connection: self.connection.clone(),
            }),
            None => self.client.http_connector(settings, components),
        }
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.client.connector_metadata()
    }
}

/// The connector of the first attempt.
#[derive(Debug)]
struct FirstConnector {
    answer: Mutex<Option<Answer>>,
    connection: CaptureSmithyConnection,
}

impl HttpConnector for FirstConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        // Whoever wants to close the connection after this answer asks the request which one it was.
        if let Some(capture) = request.extension::<CaptureSmithyConnection>() {
            let connection = self.connection.clone();
            capture.set_connection_retriever(move || connection.get());
        }
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        HttpConnectorFuture::ready(answer.unwrap_or_else(|| {
            let message = "the connector of an answered request was asked twice";
            Err(ConnectorError::other(message.into(), None))
        }))
    }
}

/// All attempts of a call have one invocation id.
#[derive(Debug)]
struct SameId(InvocationId);

impl InvocationIdGenerator for SameId {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(Some(self.0.clone()))
    }
}
