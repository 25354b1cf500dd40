//! The emulator as an HTTP client of the AWS SDKs.

use super::router::route;
use crate::cognito::Cognito;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;

/// Answers requests in the process.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    cognito: Cognito,
}

impl Connector {
    pub(crate) fn new(cognito: Cognito) -> Self {
        Self { cognito }
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        Some(ConnectorMetadata::new("cognito-emulator", None))
    }
}

impl HttpConnector for Connector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let cognito = self.cognito.clone();
        HttpConnectorFuture::new(async move {
            // A body may be a stream; the operations' are in memory already.
            if request.body().bytes().is_none() {
                let body = std::mem::replace(request.body_mut(), SdkBody::taken());
                let body = ByteStream::new(body).collect().await;
                let body = body.map_err(|error| ConnectorError::io(error.into()))?;
                *request.body_mut() = SdkBody::from(body.into_bytes());
            }
            let answered = route(&cognito, &request).await;
            answered.map_err(|broken| ConnectorError::io(broken.into()))
        })
    }
}
