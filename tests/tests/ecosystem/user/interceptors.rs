//! A user's interceptors, and `customize`.

use super::sdk;
use super::setup::{Seen, builder, client, error, request_text, response, server};
use aws_smithy_runtime_api::box_error::BoxError;
use sdk::config::interceptors::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use sdk::config::{ConfigBag, Intercept, Region, RuntimeComponents};
use sdk::error::DisplayErrorContext;
use sdk::operation::admin_get_user::AdminGetUserInput;
use std::sync::{Arc, Mutex};

const USER: &str = r#"{"Username":"alice"}"#;

/// Writes down when it is called, and what it can see.
#[derive(Clone, Debug)]
struct Recorder {
    name: &'static str,
    seen: Arc<Mutex<Seen>>,
}

impl Recorder {
    fn note(&self, hook: &str, what: impl AsRef<str>) -> Result<(), BoxError> {
        self.seen
            .lock()
            .unwrap()
            .push(format!("{} {hook} {}", self.name, what.as_ref()));
        Ok(())
    }
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input().downcast_ref::<AdminGetUserInput>().unwrap();
        self.note("read_before_execution", format!("{:?}", input.username()))
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input_mut().downcast_mut::<AdminGetUserInput>().unwrap();
        input.username = input.username.take().map(|username| username + self.name);
        self.note("modify_before_serialization", "")
    }

    fn read_before_attempt(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.note("read_before_attempt", context.request().uri())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.append("x-seen-by", self.name);
        // The runtime's own interceptors have run before, or have not: headers tell.
        let mut names: Vec<String> = headers.iter().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        self.note("modify_before_signing", names.join(","))
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let signature = context.request().headers().get("authorization").unwrap_or_default();
        self.note("read_before_transmit", signature)
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.note(
            "modify_before_attempt_completion",
            format!("{:?}", context.output_or_error().map(|r| r.is_ok())),
        )
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.note("read_after_execution", format!("{:?}", context.output_or_error()))
    }
}

/// Two interceptors of the client, one of the call, one of the call's configuration, over two attempts.
pub(crate) async fn order() -> Seen {
    let seen = Arc::new(Mutex::new(Seen::new()));
    let recorder = |name| Recorder {
        name,
        seen: Arc::clone(&seen),
    };
    let http = server([error(500, "InternalErrorException", "again"), response(200, USER)]);
    let config = builder(http.clone())
        .interceptor(recorder("-first"))
        .interceptor(recorder("-second"))
        .build();
    let call = sdk::Client::from_conf(config)
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .customize();
    let overridden = sdk::config::Builder::new().interceptor(recorder("-override"));
    call.config_override(overridden)
        .interceptor(recorder("-call"))
        .send()
        .await
        .unwrap();
    let mut seen = seen.lock().unwrap().clone();
    seen.extend(http.actual_requests().flat_map(request_text));
    seen
}

/// `map_request` and `mutate_request` come before the signature, in the order in which they are written.
pub(crate) async fn changed_requests() -> Seen {
    let http = server([response(200, USER), response(200, USER)]);
    let client = client(http.clone());
    let call = || {
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .customize()
    };
    call()
        .mutate_request(|request| {
            request.headers_mut().insert("x-step", "mutated");
        })
        .map_request(|mut request| {
            let step = request.headers().get("x-step").unwrap_or_default().to_owned();
            request.headers_mut().insert("x-step", format!("{step}, mapped"));
            Ok::<_, std::convert::Infallible>(request)
        })
        .send()
        .await
        .unwrap();
    let refused = call()
        .map_request(|_| Err(std::io::Error::other("not today")))
        .send()
        .await
        .unwrap_err();
    let mut seen: Seen = http.actual_requests().flat_map(request_text).collect();
    seen.push(format!("{refused} | {} | {refused:?}", DisplayErrorContext(&refused)));
    seen
}

/// Settings for one call leave the client's others as they are.
pub(crate) async fn overridden_settings() -> Seen {
    let failing = || error(500, "InternalErrorException", "again");
    let http = server([
        response(200, USER),
        response(200, USER),
        response(200, USER),
        failing(),
        response(200, USER),
    ]);
    let other = server([response(200, USER)]);
    let client = client(http.clone());
    let call = || {
        client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .customize()
    };
    let new = sdk::config::Builder::new;
    call()
        .config_override(new().region(Region::new("ap-south-1")).use_fips(false))
        .send()
        .await
        .unwrap();
    call()
        .config_override(new().endpoint_url("http://localhost:9229/base"))
        .send()
        .await
        .unwrap();
    let credentials = sdk::config::Credentials::new("other", "secret", Some("session".into()), None, "test");
    call()
        .config_override(new().credentials_provider(credentials))
        .send()
        .await
        .unwrap();
    let once = new().retry_config(sdk::config::retry::RetryConfig::disabled());
    let refused = call().config_override(once).send().await.unwrap_err();
    call()
        .config_override(sdk::Config::builder().http_client(other.clone()))
        .send()
        .await
        .unwrap();
    call().send().await.unwrap();
    let mut seen = vec![format!("{refused:?}")];
    for request in http.actual_requests().chain(other.actual_requests()) {
        // Ours counts an endpoint for one call in the user agent as well, which the signature covers.
        let text = request_text(request)
            .into_iter()
            .filter(|line| !line.contains("user-agent: "));
        seen.extend(text.map(|line| line.split(", Signature=").next().unwrap_or_default().to_owned()));
    }
    seen
}
