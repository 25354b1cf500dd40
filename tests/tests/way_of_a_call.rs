//! The way of a call, as the documentation of `cognito_runtime::send` tells it.

use aws_credential_types::provider::future;
use aws_smithy_async::test_util::InstantSleep;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use cognito_idp::Client;
use cognito_idp::config::retry::RetryPartition;
use cognito_idp::config::{Config, Credentials, IdentityCache, ProvideCredentials, Region};
use cognito_runtime::ViaFastPath;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What happens during calls, in order.
#[derive(Clone, Debug, Default)]
struct Steps {
    seen: Arc<Mutex<Vec<String>>>,
    /// Whether the next answers are successes.
    answers: Arc<Mutex<Vec<bool>>>,
}

impl Steps {
    fn note(&self, step: impl Into<String>) {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(step.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, successes: &[bool]) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers = successes.iter().rev().copied().collect();
    }
}

impl ProvideCredentials for Steps {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.note("credentials");
        future::ProvideCredentials::ready(Ok(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test")))
    }
}

impl HttpClient for Steps {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Steps {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let way = match request.extension::<ViaFastPath>() {
            Some(_) => "fast path",
            None => "orchestrator",
        };
        let attempt = request.headers().get("amz-sdk-request").unwrap_or_default();
        self.note(format!("{way}, {attempt}"));
        let success = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (status, body) = match success {
            Some(false) => (500, r#"{"__type":"InternalErrorException"}"#),
            _ => (200, r#"{"Username":"alice"}"#),
        };
        let status = status.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

fn client(steps: &Steps) -> Client {
    static CLIENTS: AtomicUsize = AtomicUsize::new(0);
    let number = CLIENTS.fetch_add(1, Ordering::Relaxed);
    let config = Config::builder()
        .behavior_version_latest()
        .retry_partition(RetryPartition::new(format!("way-{number}")))
        .region(Region::new("eu-west-1"))
        .credentials_provider(steps.clone())
        // Each lookup is seen.
        .identity_cache(IdentityCache::no_cache())
        .sleep_impl(InstantSleep::unlogged())
        .http_client(SharedHttpClient::new(steps.clone()));
    Client::from_conf(config.build())
}

async fn call(client: &Client) -> Result<(), Box<dyn Error>> {
    let call = client.admin_get_user().user_pool_id("pool").username("alice");
    call.send().await?;
    Ok(())
}

#[tokio::test]
async fn a_call_takes_the_steps_that_the_documentation_tells() -> Result<(), Box<dyn Error>> {
    let steps = Steps::default();
    let client = client(&steps);

    // The first call of an operation makes its route, and is the orchestrator's (step 8): no answer was in order yet.
    call(&client).await?;
    assert_eq!(steps.take(), ["credentials", "orchestrator, attempt=1; max=3"]);

    // Steps 4 to 7.
    call(&client).await?;
    assert_eq!(steps.take(), ["credentials", "fast path, attempt=1; max=3"]);

    // The first answer is handed over with the credentials: the orchestrator goes on with the second attempt.
    steps.answer(&[false, false, true]);
    call(&client).await?;
    let expected = [
        "credentials",
        "fast path, attempt=1; max=3",
        "credentials",
        "orchestrator, attempt=2; max=3",
        "credentials",
        "orchestrator, attempt=3; max=3",
    ];
    assert_eq!(steps.take(), expected);

    // Step 2: settings of its own.
    let with_settings = client
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .customize();
    with_settings
        .config_override(Config::builder().region(Region::new("us-east-1")))
        .send()
        .await?;
    assert_eq!(steps.take(), ["credentials", "orchestrator, attempt=1; max=3"]);
    Ok(())
}

#[tokio::test]
async fn an_operation_without_signature_asks_for_no_credentials() -> Result<(), Box<dyn Error>> {
    let steps = Steps::default();
    let client = client(&steps);
    for way in ["orchestrator", "fast path"] {
        client.initiate_auth().client_id("client").send().await?;
        assert_eq!(steps.take(), [format!("{way}, attempt=1; max=3")]);
    }
    Ok(())
}

fn find(folder: &Path, name: &str) -> Result<Option<PathBuf>, Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.ends_with(name) {
            return Ok(Some(path));
        }
        if path.is_dir()
            && let Some(found) = find(&path, name)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

#[test]
fn the_documentation_names_what_is_there() -> Result<(), Box<dyn Error>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let text = fs::read_to_string(source.join("send.rs"))?;
    let docs: Vec<_> = text.lines().map_while(|line| line.strip_prefix("//!")).collect();
    let docs = docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");

    for step in 1..=8 {
        assert!(docs.contains(&format!(" {step}. ")), "step {step}");
    }
    // "`item` (`file.rs`)", or a file alone.
    let mut files = 0;
    let mut items = 0;
    let spans: Vec<_> = docs.split('`').collect();
    for (at, file) in spans.iter().enumerate().filter(|(_, span)| span.ends_with(".rs")) {
        let path = find(&source.join("send"), file)?.ok_or_else(|| format!("{file} isn't there"))?;
        files += 1;
        if matches!(spans[at - 1], " (" | "] (") {
            let item = spans[at - 2].rsplit("::").next().unwrap_or_default();
            let code = fs::read_to_string(path)?;
            let kinds = ["fn ", "struct ", "enum ", "mod "];
            assert!(
                kinds.iter().any(|kind| code.contains(&format!("{kind}{item}"))),
                "{item} isn't in {file}"
            );
            items += 1;
        }
    }
    assert!(files >= 12 && items >= 8, "{files} files, {items} items");
    Ok(())
}
