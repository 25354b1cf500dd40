//! An answer that is here already, for the orchestrator.

use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use std::sync::{Arc, Mutex, PoisonError};

type Answer = Result<HttpResponse, ConnectorError>;

/// An HTTP client that has the answer to the first request, and sends the others.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    client: SharedHttpClient,
    answer: Arc<Mutex<Option<Answer>>>,
    invocation_id: InvocationId,
    connection: CaptureSmithyConnection,
}

impl Answered {
    /// `invocation_id` and `connection` are those of the attempt that brought the answer.
    pub(super) fn new(
        client: SharedHttpClient,
        answer: Answer,
        invocation_id: String,
        connection: CaptureSmithyConnection,
    ) -> Self {
        Self {
            client,
            answer: Arc::new(Mutex::new(Some(answer))),
            invocation_id: InvocationId::new(invocation_id),
            connection,
        }
    }

    /// Makes the orchestrator begin with the answer.
    pub(crate) fn into_plugin(self) -> StaticRuntimePlugin {
        let mut layer = Layer::new("answered");
        layer.store_put(SharedInvocationIdGenerator::new(SameId(self.invocation_id.clone())));
        StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(RuntimeComponentsBuilder::new("answered").with_http_client(Some(self)))
    }
}

impl HttpClient for Answered {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        match answer {
            Some(answer) => SharedHttpConnector::new(AnsweredConnector {
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
struct AnsweredConnector {
    answer: Mutex<Option<Answer>>,
    connection: CaptureSmithyConnection,
}

impl HttpConnector for AnsweredConnector {
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
