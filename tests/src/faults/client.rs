//! A client of one of the two crates, with nothing that would keep a call from the short way, and what its user sees.

use super::sdk::Client;
use super::sdk::config::retry::{RetryConfig, RetryPartition};
use super::sdk::config::timeout::TimeoutConfig;
use super::sdk::config::{BehaviorVersion, Config, Credentials, IdentityCache, ProvideCredentials, Region};
use super::sdk::config::{SharedCredentialsProvider, StalledStreamProtectionConfig};
use super::sdk::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use super::sdk::primitives::DateTime;
use super::sdk::types::AuthFlowType;
use crate::faults::measure::{Call, Seen, Settings, Source};
use aws_credential_types::provider::{error::CredentialsError, future};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Each client has a retry quota of its own: those of a region share one, and the rows use it up.
static CLIENTS: AtomicUsize = AtomicUsize::new(0);

/// How long credentials may take.
const LOAD_TIMEOUT: Duration = Duration::from_millis(400);

/// A client, and how often it asked for credentials.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    client: Client,
    asked: Arc<AtomicUsize>,
}

impl Subject {
    /// A client that has never made a call.
    pub(crate) fn new(url: &str, settings: &Settings, http_client: Option<SharedHttpClient>) -> Self {
        let number = CLIENTS.fetch_add(1, Ordering::Relaxed);
        let asked = Arc::<AtomicUsize>::default();
        let mut timeouts = TimeoutConfig::builder();
        timeouts
            .set_connect_timeout(settings.connect_timeout)
            .set_read_timeout(settings.read_timeout)
            .set_operation_timeout(settings.operation_timeout)
            .set_operation_attempt_timeout(settings.attempt_timeout);
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(url)
            .credentials_provider(SharedCredentialsProvider::new(Provider {
                kind: settings.credentials,
                asked: Arc::clone(&asked),
            }))
            .identity_cache(IdentityCache::lazy().load_timeout(LOAD_TIMEOUT).build())
            .timeout_config(timeouts.build())
            .retry_partition(RetryPartition::new(format!("{}-{number}", module_path!())))
            .retry_config(
                RetryConfig::standard()
                    .with_initial_backoff(Duration::from_millis(2))
                    .with_max_backoff(Duration::from_millis(10)),
            );
        if let Some(grace_period) = settings.grace_period {
            let protection = StalledStreamProtectionConfig::enabled().grace_period(grace_period);
            config = config.stalled_stream_protection(protection.build());
        }
        if let Some(http_client) = http_client {
            config = config.http_client(http_client);
        }
        Self {
            client: Client::from_conf(config.build()),
            asked,
        }
    }

    /// How often it asked for credentials so far.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// Makes a call.
    pub(crate) async fn call(&self, call: Call) -> Seen {
        match call {
            Call::GetUser => {
                let result = self.client.admin_get_user().user_pool_id("p").username("alice").send();
                seen(result.await, |user| {
                    let created = user.user_create_date().map(DateTime::as_secs_f64);
                    match created {
                        Some(created) => format!("ok {} {created}", user.username()),
                        None => format!("ok {}", user.username()),
                    }
                })
            }
            Call::SignIn => {
                let call = self.client.initiate_auth().auth_flow(AuthFlowType::UserPasswordAuth);
                seen(call.client_id("c").send().await, |answer| {
                    let tokens = answer.authentication_result();
                    match tokens.and_then(|tokens| tokens.access_token()) {
                        Some(token) => format!("ok {token}"),
                        None => "ok".to_owned(),
                    }
                })
            }
            Call::ListUsers => {
                let result = self.client.list_users().user_pool_id("p").send().await;
                seen(result, |page| format!("ok {} users", page.users().len()))
            }
            Call::Named(name) => {
                let result = self.client.admin_get_user().user_pool_id("p").username(name).send();
                seen(result.await, |user| format!("ok {}", user.username()))
            }
        }
    }
}

/// What the user of a call sees, in short, and in full where it went wrong.
fn seen<T, E>(result: Result<T, SdkError<E, HttpResponse>>, show: impl Fn(&T) -> String) -> Seen
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let error = match result {
        Ok(output) => return Seen::new(show(&output), String::new()),
        Err(error) => error,
    };
    let outcome = match &error {
        SdkError::ConstructionFailure(_) => "not built".to_owned(),
        SdkError::TimeoutError(_) => "out of time".to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "not sent: timeout".to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_io() => "not sent: io".to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_user() => "not sent: user".to_owned(),
        SdkError::DispatchFailure(_) => "not sent: other".to_owned(),
        SdkError::ResponseError(_) => "unreadable".to_owned(),
        SdkError::ServiceError(refused) => match refused.err().code() {
            Some(code) => code.to_owned(),
            None => "refused without a code".to_owned(),
        },
        _ => "another error".to_owned(),
    };
    Seen::new(outcome, DisplayErrorContext(&error).to_string())
}

/// Gives credentials, or not, and counts how often it is asked.
#[derive(Debug)]
struct Provider {
    kind: Source,
    asked: Arc<AtomicUsize>,
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match self.kind {
            Source::Given => {
                let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "faults");
                future::ProvideCredentials::ready(Ok(credentials))
            }
            Source::Failing => {
                let error = CredentialsError::provider_error("the vault is locked");
                future::ProvideCredentials::ready(Err(error))
            }
            Source::Hanging => future::ProvideCredentials::new(std::future::pending()),
        }
    }
}
