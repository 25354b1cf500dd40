//! The short way of a call whose first answer is a success.
//!
//! The orchestrator is made for what may happen: interceptors at nineteen hooks, settings in layers, attempts that are
//! rewound. Of a plain call whose first attempt succeeds nothing of that remains, but it costs more CPU time than
//! building, signing, sending and parsing together (`cargo run --release -p cognito-bench -- request`). So such a call
//! is sent from here, with the request that the orchestrator would send, byte for byte.
//!
//! Everything else is the orchestrator's: a call of a client that has interceptors, plugins or other parts of its own
//! doesn't come here ([`Direct::of`]), and a call that doesn't get a success for its first answer is handed over
//! together with that answer ([`Answered`]). So one place alone knows errors and retries.

mod answered;
mod body;
mod learned;

pub(crate) use answered::Answered;
pub(crate) use learned::{Learned, LearningInterceptor};

use crate::config::{Config, note_settings};
use crate::endpoint::DefaultResolver;
use crate::operation::{Auth, Operation, random_uuid};
use crate::plugin::endpoint_params;
use crate::protocol::{empty_request, read_output, write_body};
use crate::service::Service;
use crate::user_agent::{self, WrittenUserAgents};
use aws_runtime::auth::sigv4;
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeEndpointConfig, SharedAuthScheme};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::retry::{MergeRetryConfig, RetryConfig, RetryMode};
use aws_smithy_types::timeout::{MergeTimeoutConfig, TimeoutConfig};
use body::Body;
use tracing::level_filters::LevelFilter;

/// A longer request may not fit in the socket's buffer; then the orchestrator watches that it moves.
const MAX_BODY: usize = 16 * 1024;

/// All that plain calls of an operation have in common, resolved once.
#[derive(Debug)]
pub(crate) struct Direct {
    components: RuntimeComponents,
    /// The settings, as the orchestrator has them when it signs.
    cfg: ConfigBag,
    http_client: SharedHttpClient,
    connector_settings: HttpConnectorSettings,
    /// Method, URL, and the headers that are always the same.
    request: HttpRequest,
    amz_sdk_request: String,
    /// None where the operation needs no signature.
    signing: Option<Signing>,
    user_agents: WrittenUserAgents,
    learned: Learned,
}

#[derive(Debug)]
struct Signing {
    scheme: SharedAuthScheme,
    identity_resolver: SharedIdentityResolver,
}

/// How far a call came.
#[derive(Debug)]
pub(crate) enum Outcome<T> {
    /// The first answer was a success.
    Success(T),
    /// Something is missing or unusual: nothing was sent.
    NotSent,
    /// There is an answer, and the orchestrator must look at it.
    Answered(Box<Answered>),
}

impl Direct {
    /// The short way for calls of `O`, if the client has nothing that only the orchestrator can do.
    pub(crate) fn of<O: Operation>(config: &Config<O::Service>, plugins: &RuntimePlugins) -> Option<Self> {
        if !is_plain(config) {
            return None;
        }
        let mut cfg = ConfigBag::base();
        let components = plugins
            .apply_client_configuration(&mut cfg)
            .ok()?
            .merge_from(&plugins.apply_operation_configuration(&mut cfg).ok()?)
            .build()
            .ok()?;
        let timeouts = cfg.load::<MergeTimeoutConfig>();
        let retries = cfg.load::<MergeRetryConfig>();
        if !has_plain_limits(&timeouts, &retries) {
            return None;
        }
        let mut connector_settings = HttpConnectorSettings::builder();
        connector_settings.set_connect_timeout(timeouts.connect_timeout());
        connector_settings.set_read_timeout(timeouts.read_timeout());
        let amz_sdk_request = format!("attempt=1; max={}", retries.max_attempts());
        cfg.interceptor_state().store_put(timeouts).store_put(retries);
        note_settings(&mut cfg);
        components.validate_final_config(&cfg).ok()?;
        Some(Self {
            http_client: components.http_client()?,
            connector_settings: connector_settings.build(),
            request: addressed_request::<O>(&cfg)?,
            amz_sdk_request,
            signing: match O::AUTH {
                Auth::None => None,
                Auth::SigV4 => Some(Signing::of(&components)?),
            },
            user_agents: cfg.load::<WrittenUserAgents>()?.clone(),
            learned: cfg.load::<Learned>()?.clone(),
            components,
            cfg,
        })
    }

    /// Whether a call may go this way now.
    fn is_open(&self) -> bool {
        // Who reads debug logs wants to see the orchestrator's.
        LevelFilter::current() < LevelFilter::DEBUG && self.learned.all_is_well()
    }

    /// Makes the first attempt.
    pub(crate) async fn call<O: Operation>(&self, input: &mut O::Input) -> Outcome<O::Output> {
        if !self.is_open() || !matches!(O::host_prefix(input), Ok(None)) {
            return Outcome::NotSent;
        }
        let Some((request, attempt)) = self.request::<O>(input).await else {
            return Outcome::NotSent;
        };
        let connector = self
            .http_client
            .http_connector(&self.connector_settings, &self.components);
        let mut response = match connector.call(request).await {
            Ok(response) => response,
            Err(error) => return self.hand_over(attempt, Err(error)),
        };
        if self.signing.is_some() {
            self.learned.look_at_clock(&response, &self.components);
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        match body::collect(body, self.patience()).await {
            Body::Whole(bytes) => {
                let output = response
                    .status()
                    .is_success()
                    .then(|| read_output::<O>(&response, &bytes));
                if let Some(Ok(output)) = output {
                    return Outcome::Success(output);
                }
                *response.body_mut() = SdkBody::from(bytes);
            }
            Body::Unfinished(rest) => *response.body_mut() = rest,
        }
        self.hand_over(attempt, Ok(response))
    }

    fn hand_over<T>(&self, attempt: Attempt, answer: Result<HttpResponse, ConnectorError>) -> Outcome<T> {
        let Attempt {
            invocation_id,
            connection,
        } = attempt;
        let client = self.http_client.clone();
        Outcome::Answered(Box::new(Answered::new(client, answer, invocation_id, connection)))
    }

    /// Builds and signs the request; nothing if it must be left to the orchestrator, which also says why.
    async fn request<O: Operation>(&self, input: &mut O::Input) -> Option<(HttpRequest, Attempt)> {
        let identity = match &self.signing {
            Some(signing) => Some(signing.identity(&self.components, &self.cfg).await.ok()?),
            None => None,
        };
        let features = identity.as_ref().and_then(Identity::property::<FrozenLayer>);
        let user_agent = self.user_agents.find(&self.cfg, features)?;
        let body = write_body::<O>(input).ok()?;
        if body.len() > MAX_BODY {
            return None;
        }
        let mut request = self.request.try_clone()?;
        let headers = request.headers_mut();
        headers.insert("content-length", body.len().to_string());
        user_agent::append(headers, user_agent);
        *request.body_mut() = SdkBody::from(body);
        if let (Some(signing), Some(identity)) = (&self.signing, &identity) {
            signing.sign(&mut request, identity, &self.components, &self.cfg).ok()?;
        }
        let attempt = Attempt {
            invocation_id: random_uuid(),
            connection: CaptureSmithyConnection::new(),
        };
        let headers = request.headers_mut();
        headers.insert("amz-sdk-request", self.amz_sdk_request.clone());
        headers.append("amz-sdk-invocation-id", attempt.invocation_id.clone());
        request.add_extension(attempt.connection.clone());
        Some((request, attempt))
    }

    /// How long a body may take before the orchestrator watches that it moves.
    fn patience(&self) -> Option<impl Future<Output = ()> + use<>> {
        let protection = self.cfg.load::<StalledStreamProtectionConfig>()?;
        let sleep = self.components.sleep_impl()?;
        let grace_period = protection.grace_period();
        protection
            .download_enabled()
            .then_some(async move { sleep.sleep(grace_period).await })
    }
}

/// What belongs to one attempt.
#[derive(Debug)]
struct Attempt {
    invocation_id: String,
    connection: CaptureSmithyConnection,
}

/// Whether the client has no parts of its own but those that this way knows.
fn is_plain<S: Service>(config: &Config<S>) -> bool {
    config.runtime_plugins.is_empty()
        && config.interceptors().next().is_none()
        && config.retry_classifiers().next().is_none()
        && config.auth_schemes().next().is_none()
        && config.auth_scheme_resolver().is_none()
        && config.auth_scheme_preference().is_none()
        && config.invocation_id_generator().is_none()
        && config.runtime_components.endpoint_resolver().is_none()
        // There each request has a header that says which invocation it belongs to.
        && std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_none()
}

/// Whether no timer runs around the call, and no rate limiter.
fn has_plain_limits(timeouts: &TimeoutConfig, retries: &RetryConfig) -> bool {
    timeouts.operation_timeout().is_none()
        && timeouts.operation_attempt_timeout().is_none()
        && retries.mode() == RetryMode::Standard
}

/// The request of `O` with its URL, where the endpoint is nothing but a URL.
fn addressed_request<O: Operation>(cfg: &ConfigBag) -> Option<HttpRequest> {
    if O::ENDPOINT_PARAMS {
        return None;
    }
    let params = endpoint_params(cfg).build().ok()?;
    let endpoint = DefaultResolver::<O::Service>::new().resolve(&params).ok()?;
    if endpoint.headers().next().is_some() || !endpoint.properties().is_empty() {
        return None;
    }
    let mut request = empty_request::<O>().ok()?;
    request.uri_mut().set_endpoint(endpoint.url()).ok()?;
    Some(request)
}

impl Signing {
    fn of(components: &RuntimeComponents) -> Option<Self> {
        let scheme = components.auth_scheme(sigv4::SCHEME_ID)?;
        let identity_resolver = scheme.identity_resolver(components)?;
        (identity_resolver.cache_location() == IdentityCacheLocation::RuntimeComponents).then_some(Self {
            scheme,
            identity_resolver,
        })
    }

    async fn identity(&self, components: &RuntimeComponents, cfg: &ConfigBag) -> Result<Identity, BoxError> {
        components
            .identity_cache()
            .resolve_cached_identity(self.identity_resolver.clone(), components, cfg)
            .await
    }

    fn sign(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        components: &RuntimeComponents,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        let config = AuthSchemeEndpointConfig::empty();
        self.scheme
            .signer()
            .sign_http_request(request, identity, config, components, cfg)
    }
}
