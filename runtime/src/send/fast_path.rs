//! The fast path: sends a call whose first attempt succeeds.
//!
//! The orchestrator handles everything that may happen: interceptors at nineteen hooks, layers of settings, attempts
//! that are rewound. A plain call whose first attempt succeeds needs none of that. But it costs more CPU time than
//! building, signing, sending and parsing together (`cargo run --release -p cognito-bench -- request`). So such a call
//! is sent from here, with the same request as the orchestrator's, byte for byte.
//!
//! Everything else goes to the orchestrator. If a client has a setting that this path doesn't support, its calls don't
//! come here ([`Settings::are_for_the_orchestrator`](crate::config::Settings)). If the first response isn't a success,
//! the call is handed to the orchestrator with its identity and response ([`HandOver`]). So nothing is done or waited
//! for twice, and only one place handles errors and retries.

mod body;
mod hand_over;
mod health;
mod signature;

pub(super) use hand_over::HandOver;
pub(super) use health::{Health, HealthInterceptor};

use crate::config::Config;
use crate::endpoint::DefaultResolver;
use crate::operation::{Auth, Operation, random_uuid};
use crate::send::interceptors::{endpoint_params, note_settings};
use crate::send::protocol::{empty_request, read_output, write_body};
use crate::send::user_agent::WrittenUserAgents;
use crate::service::Service;
use aws_credential_types::Credentials;
use aws_runtime::auth::sigv4;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::AuthScheme;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient};
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};
use aws_smithy_types::retry::MergeRetryConfig;
use aws_smithy_types::timeout::MergeTimeoutConfig;
use aws_types::region::SigningRegion;
use body::{Body, Protection};
use hand_over::Attempt;
use signature::Signer;
use tracing::level_filters::LevelFilter;

/// A longer request may not fit in the socket's buffer. The orchestrator sends it, because it detects stalled uploads.
const MAX_BODY: usize = 16 * 1024;

/// Marks a request of the fast path, as one of its [extensions](HttpRequest::extension). An HTTP client, for example in
/// a test, can use it to tell which path a call took. The orchestrator's requests don't have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ViaFastPath;

/// The state that all calls of an operation on the fast path share, resolved once.
#[derive(Debug)]
pub(super) struct FastPath {
    components: RuntimeComponents,
    /// The settings, as the orchestrator has them when it signs.
    cfg: ConfigBag,
    http_client: SharedHttpClient,
    connector_settings: HttpConnectorSettings,
    /// Method, URL, and the headers that are always the same.
    request: HttpRequest,
    amz_sdk_request: String,
    /// `None` if the operation needs no signature.
    signing: Option<Signing>,
    user_agents: WrittenUserAgents,
    health: Health,
    protection: Option<Protection>,
}

#[derive(Debug)]
struct Signing {
    signer: Signer,
    identity_resolver: SharedIdentityResolver,
}

/// The result of the first attempt.
#[derive(Debug)]
pub(super) enum Outcome<T> {
    /// The first answer was a success.
    Success(T),
    /// The orchestrator must do the rest of the call, or all of it.
    Orchestrate(HandOver),
}

impl FastPath {
    /// The fast path for calls of `O`, if the client has no setting that only the orchestrator supports.
    pub(super) fn prepare<O: Operation>(config: &Config<O::Service>, plugins: &RuntimePlugins) -> Option<Self> {
        // In Lambda each request has a header that says which invocation it belongs to.
        if config.settings().are_for_the_orchestrator() || std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some() {
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
        let mut connector_settings = HttpConnectorSettings::builder();
        connector_settings.set_connect_timeout(timeouts.connect_timeout());
        connector_settings.set_read_timeout(timeouts.read_timeout());
        let amz_sdk_request = format!("attempt=1; max={}", retries.max_attempts());
        cfg.interceptor_state().store_put(timeouts).store_put(retries);
        note_settings(&mut cfg);
        components.validate_final_config(&cfg).ok()?;
        let request = addressed_request::<O>(&cfg)?;
        Some(Self {
            http_client: components.http_client()?,
            connector_settings: connector_settings.build(),
            amz_sdk_request,
            signing: match O::AUTH {
                Auth::None => None,
                Auth::SigV4 => Some(Signing::of::<O>(&cfg, &components, request.uri())?),
            },
            request,
            user_agents: cfg.load::<WrittenUserAgents>()?.clone(),
            health: cfg.load::<Health>()?.clone(),
            protection: Protection::of(&cfg, &components),
            components,
            cfg,
        })
    }

    /// Whether a call may take this path now.
    fn is_open(&self) -> bool {
        // Who reads debug logs wants to see the orchestrator's.
        LevelFilter::current() < LevelFilter::DEBUG && self.health.all_is_well()
    }

    /// Makes the first attempt.
    pub(super) async fn attempt<O: Operation>(&self, input: &mut O::Input) -> Outcome<O::Output> {
        if !self.is_open() || !matches!(O::host_prefix(input), Ok(None)) {
            return Outcome::Orchestrate(HandOver::nothing());
        }
        let identity = match &self.signing {
            Some(signing) => match signing.identity(&self.components, &self.cfg).await {
                Ok(identity) => Some(identity),
                Err(error) => return self.hand_over(Some(Err(error)), None),
            },
            None => None,
        };
        let Some((request, attempt)) = self.request::<O>(input, identity.as_ref()) else {
            return self.hand_over(identity.map(Ok), None);
        };
        let connector = self
            .http_client
            .http_connector(&self.connector_settings, &self.components);
        let mut response = match connector.call(request).await {
            Ok(response) => response,
            Err(error) => return self.hand_over(identity.map(Ok), Some(attempt.answered(Err(error)))),
        };
        if self.signing.is_some() {
            self.health.look_at_clock(&response, &self.components);
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::taken());
        match body::collect(body, self.protection.as_ref()).await {
            Body::Whole(bytes) => {
                if response.status().is_success()
                    && let Ok(output) = read_output::<O>(&response, &bytes)
                {
                    return Outcome::Success(output);
                }
                *response.body_mut() = SdkBody::from(bytes);
            }
            Body::Broken(body) => *response.body_mut() = body,
        }
        self.hand_over(identity.map(Ok), Some(attempt.answered(Ok(response))))
    }

    fn hand_over<T>(
        &self,
        identity: Option<Result<Identity, BoxError>>,
        answer: Option<hand_over::Answered>,
    ) -> Outcome<T> {
        Outcome::Orchestrate(HandOver::of(&self.components, &self.http_client, identity, answer))
    }

    /// Builds and signs the request. `None` if the orchestrator must do it, which then also reports the error.
    fn request<O: Operation>(
        &self,
        input: &mut O::Input,
        identity: Option<&Identity>,
    ) -> Option<(HttpRequest, Attempt)> {
        let features = identity.and_then(Identity::property::<FrozenLayer>);
        let user_agent = self.user_agents.find(&self.cfg, features)?;
        let body = write_body::<O>(input).ok()?;
        if body.len() > MAX_BODY {
            return None;
        }
        let mut request = self.request.try_clone()?;
        let headers = request.headers_mut();
        headers.insert("content-length", body.len().to_string());
        if let (Some(signing), Some(identity)) = (&self.signing, identity) {
            let credentials = identity.data::<Credentials>()?;
            let time = self.components.time_source().unwrap_or_default().now();
            let x_amz_user_agent = user_agent.x_amz_user_agent();
            signing
                .signer
                .sign(headers, &body, x_amz_user_agent, credentials, time)?;
        }
        user_agent.append_to(headers);
        *request.body_mut() = SdkBody::from(body);
        let attempt = Attempt::new(random_uuid());
        let headers = request.headers_mut();
        headers.insert("amz-sdk-request", self.amz_sdk_request.clone());
        headers.append("amz-sdk-invocation-id", attempt.invocation_id.clone());
        request.add_extension(attempt.connection.clone());
        request.add_extension(ViaFastPath);
        Some((request, attempt))
    }
}

/// The request of `O` with its URL, if the endpoint is just a URL.
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
    fn of<O: Operation>(cfg: &ConfigBag, components: &RuntimeComponents, url: &str) -> Option<Self> {
        let identity_resolver = components
            .auth_scheme(sigv4::SCHEME_ID)?
            .identity_resolver(components)?;
        if identity_resolver.cache_location() != IdentityCacheLocation::RuntimeComponents {
            return None;
        }
        let region = cfg.load::<SigningRegion>()?.as_ref().to_owned();
        let signer = Signer::new(
            url,
            region,
            O::Service::SIGNING_NAME,
            O::Service::CONTENT_TYPE,
            O::TARGET,
        )?;
        Some(Self {
            signer,
            identity_resolver,
        })
    }

    async fn identity(&self, components: &RuntimeComponents, cfg: &ConfigBag) -> Result<Identity, BoxError> {
        components
            .identity_cache()
            .resolve_cached_identity(self.identity_resolver.clone(), components, cfg)
            .await
    }
}
