//! Hides bodies from `Debug`.
//!
//! `Debug` of a request, a response or an error shows an in-memory body, with its passwords and tokens. AWS's
//! orchestrator prints it when it logs at TRACE, and so does every program that prints an error. `Debug` doesn't show a
//! stream. So bodies become streams that are still in memory: [`SdkBody::bytes`] returns their content, and they can be
//! cloned and sent again. This is done to:
//!
//! - a request, when it is serialized;
//! - a response, when the HTTP client returns it: [`HiddenResponses`];
//! - a response, after its body has been read: [`HideResponseInterceptor`]. Before that, the orchestrator would log the
//!   body. `SensitiveOutput` prevents this, and every operation sets it.
//!
//! `cognito-auth` does the same for the endpoints of managed login, which are no operations.
//!
//! `LOG_SENSITIVE_BODIES=true` turns all of this off. In the AWS SDKs it has the same effect on `SensitiveOutput`.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::FinalizerInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_runtime_api::client::runtime_plugin::{Order, RuntimePlugin};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use std::borrow::Cow;
use std::{env, mem};

/// The same body, hidden from `Debug`.
pub fn hidden(body: SdkBody) -> SdkBody {
    let is_shown = body.bytes().is_some_and(|bytes| !bytes.is_empty()) && !body.is_streaming();
    if is_shown && !is_to_be_shown() {
        body.map_preserve_contents(SdkBody::from_body_1_x)
    } else {
        body
    }
}

fn hide(body: &mut SdkBody) {
    *body = hidden(mem::replace(body, SdkBody::taken()));
}

/// Whether the environment asks to show bodies.
fn is_to_be_shown() -> bool {
    env::var_os("LOG_SENSITIVE_BODIES").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// Hides the body of an error's response.
#[derive(Debug)]
pub(super) struct HideResponseInterceptor;

#[dyn_dispatch_hint]
impl Intercept for HideResponseInterceptor {
    fn name(&self) -> &'static str {
        "HideResponseInterceptor"
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(response) = context.response_mut() {
            hide(response.body_mut());
        }
        Ok(())
    }
}

/// Wraps the HTTP client of the plugins on its level (client or operation), so that its responses are hidden.
#[derive(Debug)]
pub struct HiddenResponses;

impl RuntimePlugin for HiddenResponses {
    fn order(&self) -> Order {
        Order::NestedComponents
    }

    fn runtime_components(&self, current: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        let client = current.http_client().map(HidingClient);
        Cow::Owned(RuntimeComponentsBuilder::new("HiddenResponses").with_http_client(client))
    }
}

/// An HTTP client whose responses are hidden.
#[derive(Debug)]
struct HidingClient(SharedHttpClient);

impl HttpClient for HidingClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(HidingConnector(self.0.http_connector(settings, components)))
    }

    fn validate_final_config(&self, components: &RuntimeComponents, cfg: &ConfigBag) -> Result<(), BoxError> {
        HttpClient::validate_final_config(&self.0, components, cfg)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

#[derive(Debug)]
struct HidingConnector(SharedHttpConnector);

impl HttpConnector for HidingConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let response = self.0.call(request);
        HttpConnectorFuture::new(async move {
            let mut response = response.await?;
            hide(response.body_mut());
            Ok(response)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::hidden;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::byte_stream::ByteStream;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    #[test]
    fn a_hidden_body_is_there_as_before() {
        let body = hidden(SdkBody::from("Marker5ecret"));
        assert!(!format!("{body:?}").contains("Marker"), "{body:?}");
        assert_eq!(body.bytes(), Some(&b"Marker5ecret"[..]));
        assert_eq!(body.content_length(), Some(12));
        let again = body.try_clone().expect("it can be sent again");
        assert_eq!(again.bytes(), body.bytes());
        for body in [body, hidden(again)] {
            let read = pin!(ByteStream::new(body).collect()).poll(&mut Context::from_waker(Waker::noop()));
            let Poll::Ready(Ok(read)) = read else {
                panic!("it isn't in memory: {read:?}");
            };
            assert_eq!(read.into_bytes(), "Marker5ecret");
        }
    }

    #[test]
    fn a_stream_and_an_empty_body_stay_as_they_are() {
        let stream = hidden(SdkBody::from_body_1_x(SdkBody::from("a")));
        assert!(stream.bytes().is_none() && stream.try_clone().is_none());
        assert!(!hidden(SdkBody::empty()).is_streaming());
    }
}
