//! Credentials: when they are asked for, how long they are kept, what is said where there are none.

use super::sdk;
use super::setup::{Seen, builder, request_text, response, server};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use aws_smithy_http_client::test_util::StaticReplayClient;
use sdk::config::{BehaviorVersion, Credentials, IdentityCache, ProvideCredentials, Region};
use sdk::error::DisplayErrorContext;
use sdk::types::AuthFlowType;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Credentials with a new key each time.
#[derive(Clone, Debug, Default)]
struct Counting {
    calls: Arc<AtomicUsize>,
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        future::ProvideCredentials::ready(Ok(Credentials::new(
            format!("KEY{call}"),
            "secret",
            None,
            None,
            "counting",
        )))
    }
}

/// No credentials, and why.
#[derive(Debug)]
struct Missing;

impl ProvideCredentials for Missing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("the vault is locked")))
    }
}

fn users() -> StaticReplayClient {
    server((0..3).map(|_| response(200, r#"{"Username":"alice"}"#)))
}

/// Kept unless the cache is turned off; a call's own credentials are kept apart.
pub(crate) async fn cached() -> Seen {
    let mut seen = Seen::new();
    for cache in [
        None,
        Some(IdentityCache::no_cache()),
        Some(IdentityCache::lazy().build()),
    ] {
        let credentials = Counting::default();
        let http = users();
        let mut config = builder(http.clone()).credentials_provider(credentials.clone());
        if let Some(cache) = cache {
            config = config.identity_cache(cache);
        }
        let client = sdk::Client::from_conf(config.build());
        let call = || {
            client
                .admin_get_user()
                .user_pool_id("pool")
                .username("alice")
                .customize()
        };
        let own =
            sdk::config::Builder::new().credentials_provider(Credentials::new("OWN", "secret", None, None, "own"));
        call().send().await.unwrap();
        call().config_override(own).send().await.unwrap();
        call().send().await.unwrap();
        seen.push(format!("{} calls", credentials.calls.load(Ordering::SeqCst)));
        seen.extend(
            http.actual_requests()
                .map(|request| request.headers().get("authorization").unwrap().to_owned()),
        );
    }
    seen
}

/// Operations that need no signature need no credentials; the others say what is missing.
pub(crate) async fn missing() -> Seen {
    let http = server([response(200, r#"{"Session":"s"}"#)]);
    let bare = || {
        let config = sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http.clone());
        config.region(Region::new("us-east-1"))
    };
    let mut seen = Seen::new();
    for config in [bare(), bare().credentials_provider(Missing)] {
        let client = sdk::Client::from_conf(config.build());
        let refused = client
            .admin_get_user()
            .user_pool_id("pool")
            .username("alice")
            .send()
            .await
            .unwrap_err();
        seen.push(format!("{refused} | {} | {refused:?}", DisplayErrorContext(&refused)));
    }
    let client = sdk::Client::from_conf(bare().build());
    let call = client
        .initiate_auth()
        .auth_flow(AuthFlowType::UserAuth)
        .client_id("client");
    seen.push(format!("{:?}", call.send().await.unwrap().session()));
    seen.extend(
        http.actual_requests()
            .map(|request| format!("{}", request.headers().contains_key("authorization"))),
    );
    seen
}

/// `allow_no_auth` sends unsigned what would be signed, where there are no credentials.
pub(crate) async fn unsigned() -> Seen {
    let http = users();
    let config = sdk::Config::builder()
        .with_test_defaults_v2()
        .allow_no_auth()
        .auth_scheme_preference([aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID])
        .http_client(http.clone());
    sdk::Client::from_conf(config.build())
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await
        .unwrap();
    let requests = http.actual_requests().flat_map(request_text);
    requests
        .filter(|line| !line.starts_with("amz-sdk-invocation-id"))
        .collect()
}
