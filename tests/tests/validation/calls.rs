//! When a client checks: the setting, the call's own setting, pages, both ways of sending, and what a log says.

use aws_credential_types::provider::future;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use cognito_idp::config::retry::RetryPartition;
use cognito_idp::config::{BehaviorVersion, Config, Credentials, IdentityCache, Intercept, ProvideCredentials, Region};
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::types::{OAuthFlowType, SchemaAttributeType};
use cognito_idp::validation::{Constraint, Unit, Validate, Validation, ValidationErrors};
use cognito_idp::{Client, config};
use cognito_runtime::ViaFastPath;
use std::error::Error;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::Registry;

/// What a client does besides checking: it asks for credentials, and sends.
#[derive(Clone, Debug, Default)]
struct World {
    seen: Arc<Mutex<Vec<&'static str>>>,
}

impl World {
    fn note(&self, what: &'static str) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn builder(&self) -> config::Builder {
        static WORLDS: AtomicUsize = AtomicUsize::new(0);
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        Config::builder()
            .retry_partition(RetryPartition::new(format!("validation-{number}")))
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(self.clone())
            .identity_cache(IdentityCache::no_cache())
            .http_client(SharedHttpClient::new(self.clone()))
    }

    fn client(&self, validation: Validation) -> Client {
        Client::from_conf(self.builder().validation(validation).build())
    }
}

impl ProvideCredentials for World {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.note("credentials");
        future::ProvideCredentials::ready(Ok(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test")))
    }
}

impl HttpClient for World {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for World {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let way = request.extension::<ViaFastPath>();
        self.note(way.map_or("orchestrator", |_| "fast path"));
        // A page with another one after it, whose token the model forbids.
        let body = r#"{"UserPools":[],"NextToken":"next page","Users":[],"PaginationToken":""}"#;
        let status = 200.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(body))))
    }
}

/// The lines of a log, with their fields.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                let _ = write!(self.0, " {}={value:?}", field.name());
            }
        }
        if *event.metadata().level() == Level::WARN {
            let mut line = Line(String::new());
            event.record(&mut line);
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.0);
        }
    }
}

impl Log {
    /// Runs something and gives what it logs as warnings.
    async fn of<T>(run: impl Future<Output = T>) -> (T, Vec<String>) {
        let log = Self::default();
        let subscriber = Registry::default().with(LevelFilter::WARN).with(log.clone());
        let result = {
            let _guard = tracing::subscriber::set_default(subscriber);
            run.await
        };
        let lines = std::mem::take(&mut *log.0.lock().unwrap_or_else(PoisonError::into_inner));
        (result, lines)
    }
}

/// The violations in a call's error.
fn refused<E: Error + 'static>(error: &SdkError<E, HttpResponse>) -> &ValidationErrors {
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    let source = error.source().expect("a construction failure has a source");
    source
        .downcast_ref()
        .unwrap_or_else(|| panic!("another source: {source:?}"))
}

const BAD_POOL: &str = "eu-west-1 aB3";

#[tokio::test]
async fn strict_sends_nothing_and_says_all_that_is_wrong() {
    let world = World::default();
    let client = world.client(Validation::Strict);
    let error = client
        .create_user_pool_client()
        .user_pool_id(BAD_POOL)
        .callback_urls("https://example.com/a")
        .callback_urls("")
        .client_secret("tell nobody")
        .send()
        .await
        .expect_err("it isn't sent");
    let errors = refused(&error);
    let said: Vec<(&str, Option<&str>)> = errors
        .violations()
        .iter()
        .filter(|it| it.rule().is_none())
        .map(|it| (it.path(), it.value()))
        .collect();
    assert_eq!(
        said,
        [
            ("UserPoolId", Some(BAD_POOL)),
            ("ClientSecret", None),
            ("ClientSecret", None),
            ("CallbackURLs[1]", None),
            ("CallbackURLs[1]", Some("")),
            ("ClientName", None),
        ]
    );
    let text = DisplayErrorContext(&error).to_string();
    for part in [
        "`UserPoolId` (now \"eu-west-1 aB3\")",
        "`ClientName` is required: set it",
        "give it 24 to 64 characters",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("tell nobody"), "{text}");
    assert_eq!(world.take(), [""; 0]);
}

#[tokio::test]
async fn each_way_of_sending_is_behind_the_check() {
    let world = World::default();
    let plain = world.client(Validation::Strict);
    #[derive(Debug)]
    struct Nothing;
    impl Intercept for Nothing {
        fn name(&self) -> &'static str {
            "Nothing"
        }
    }
    let orchestrated = world
        .builder()
        .validation(Validation::Strict)
        .interceptor(Nothing)
        .build();
    let orchestrated = Client::from_conf(orchestrated);
    let call = |client: &Client, pool: &str| client.admin_get_user().user_pool_id(pool).username("alice").send();

    let ways: Vec<_> = {
        let mut seen = Vec::new();
        for client in [&plain, &plain, &orchestrated] {
            call(client, "eu-west-1_aB3").await.expect("a good input");
            seen.push(world.take());
        }
        seen
    };
    assert_eq!(
        ways,
        [
            ["credentials", "orchestrator"],
            ["credentials", "fast path"],
            ["credentials", "orchestrator"]
        ]
    );
    for client in [&plain, &orchestrated] {
        let error = call(client, BAD_POOL).await.expect_err("a bad input");
        assert_eq!(refused(&error).violations().len(), 1);
    }
    assert_eq!(world.take(), [""; 0]);
}

#[tokio::test]
async fn off_and_nothing_let_everything_pass() {
    let world = World::default();
    let nothing = Client::from_conf(world.builder().build());
    assert_eq!(nothing.config().validation(), Validation::Off);
    for client in [world.client(Validation::Off), nothing] {
        let (answer, lines) = Log::of(client.list_users().user_pool_id(BAD_POOL).send()).await;
        answer.expect("the service has the last word");
        assert_eq!(lines, [""; 0]);
    }
}

#[tokio::test]
async fn warn_sends_and_logs_where_and_what_but_no_secret() {
    let world = World::default();
    let client = world.client(Validation::Warn);
    let call = client
        .create_user_pool_client()
        .user_pool_id(BAD_POOL)
        .client_name("web")
        .client_secret("tell nobody");
    let (answer, lines) = Log::of(call.send()).await;
    answer.expect("it is sent");
    assert_eq!(world.take(), ["credentials", "orchestrator"]);
    let paths: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split_once("path=\"")?.1.split('"').next())
        .collect();
    assert_eq!(paths, ["UserPoolId", "ClientSecret", "ClientSecret"], "{lines:?}");
    assert!(
        lines
            .iter()
            .all(|line| line.contains("operation=\"CreateUserPoolClient\"")),
        "{lines:?}"
    );
    assert!(!lines.concat().contains("tell nobody"), "{lines:?}");
}

#[tokio::test]
async fn advice_is_logged_and_refuses_nothing() {
    let world = World::default();
    let client = world.client(Validation::Strict);
    let call = client
        .create_user_pool_client()
        .user_pool_id("eu-west-1_aB3")
        .client_name("web")
        .supported_identity_providers("COGNITO")
        .allowed_o_auth_flows_user_pool_client(true)
        .allowed_o_auth_flows(OAuthFlowType::Code)
        .allowed_o_auth_scopes("openid")
        .callback_urls("http://localhost:3000/cb");
    let (answer, lines) = Log::of(call.send()).await;
    answer.expect("advice stops nobody");
    assert!(
        lines
            .iter()
            .any(|line| line.contains("CallbackURLs[0]") && line.contains("testing")),
        "{lines:?}"
    );
}

#[tokio::test]
async fn the_setting_of_a_call_goes_before_the_clients() {
    let world = World::default();
    for (of_client, of_call, passes) in [
        (Validation::Strict, Some(Validation::Off), true),
        (Validation::Strict, None, false),
        (Validation::Off, Some(Validation::Strict), false),
        (Validation::Off, None, true),
    ] {
        let client = world.client(of_client);
        let mut settings = Config::builder().region(Region::new("eu-west-2"));
        if let Some(of_call) = of_call {
            settings = settings.validation(of_call);
        }
        let call = client
            .list_users()
            .user_pool_id(BAD_POOL)
            .customize()
            .config_override(settings);
        assert_eq!(call.send().await.is_ok(), passes, "{of_client:?}, {of_call:?}");
    }
    // Unset, it is the default's.
    let mut settings = Config::builder();
    settings.set_validation(None);
    let client = world.client(Validation::Strict);
    let call = client
        .list_users()
        .user_pool_id(BAD_POOL)
        .customize()
        .config_override(settings);
    call.send().await.expect("off is the default");
}

#[tokio::test]
async fn every_page_is_checked() {
    let world = World::default();
    let client = world.client(Validation::Strict);
    let mut pages = client.list_user_pools().max_results(5).into_paginator().send();
    pages.next().await.expect("a page").expect("the first input is good");
    assert_eq!(world.take(), ["credentials", "orchestrator"]);
    // The server's token has a space, which the model forbids.
    let error = pages
        .next()
        .await
        .expect("a second page")
        .expect_err("it isn't asked for");
    let errors = refused(&error);
    assert_eq!(errors.violations()[0].path(), "NextToken");
    assert!(pages.next().await.is_none());
    assert_eq!(world.take(), [""; 0]);

    let mut pages = client.list_user_pools().max_results(61).into_paginator().send();
    let error = pages.next().await.expect("a page").expect_err("61 are too many");
    assert_eq!(refused(&error).violations()[0].path(), "MaxResults");
    assert_eq!(world.take(), [""; 0]);
}

#[tokio::test]
async fn an_input_and_what_is_in_it_can_be_checked_by_hand() {
    let attribute = SchemaAttributeType::builder().name("x".repeat(24)).build();
    let errors = attribute.validate().expect_err("20 characters at most");
    let [violation] = errors.violations() else {
        panic!("{errors}")
    };
    assert_eq!(violation.path(), "Name");
    let expected = Constraint::Length {
        min: Some(1),
        max: Some(20),
        unit: Unit::Character,
        actual: 24,
    };
    assert_eq!(*violation.constraint(), expected);

    let input = cognito_idp::operation::create_user_pool::CreateUserPoolInput::builder()
        .pool_name("pool")
        .schema(SchemaAttributeType::builder().name("ä".repeat(20)).build())
        .schema(attribute);
    let errors = input
        .build()
        .expect("a builder")
        .validate()
        .expect_err("the second one");
    let paths: Vec<&str> = errors.violations().iter().map(|it| it.path()).collect();
    assert_eq!(paths, ["Schema[1].Name"]);
    assert_eq!(
        errors.to_string(),
        "`Schema[1].Name` has 24 characters: give it 1 to 20 characters"
    );
}
