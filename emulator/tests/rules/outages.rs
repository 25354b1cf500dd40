//! Outages that a test asks for: what a client sees, and what Cognito has done.

use crate::world::World;
use cognito_emulator::{Cognito, Outage};
use cognito_idp::Client;
use cognito_idp::config::retry::RetryConfig;
use cognito_idp::error::{ProvideErrorMetadata, SdkError};
use cognito_idp::operation::admin_create_user::AdminCreateUserError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The first `times` requests for `operation` meet the outage. Gives the number of requests for it.
fn disturb(cognito: &Cognito, operation: &'static str, times: usize, outage: Outage) -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    cognito.disturb(move |what| {
        let hit = what == operation && seen.fetch_add(1, Ordering::Relaxed) < times;
        hit.then_some(outage)
    });
    count
}

fn patient(config: cognito_idp::config::Builder) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    Client::from_conf(config.retry_config(retries).build())
}

fn once(cognito: &Cognito) -> Client {
    Client::from_conf(cognito.config().retry_config(RetryConfig::disabled()).build())
}

#[tokio::test]
async fn a_throttled_call_says_so_and_does_nothing() {
    let world = World::new().await;
    let client = once(&world.cognito);
    disturb(&world.cognito, "AdminCreateUser", 1, Outage::Throttled);
    let create = client.admin_create_user().user_pool_id(&world.pool).username("alice");
    let error = create.clone().send().await.expect_err("an outage");
    assert_eq!(error.code(), Some("TooManyRequestsException"));
    assert_eq!(
        error.raw_response().map(|response| response.status().as_u16()),
        Some(400)
    );
    let logged = world.cognito.requests().into_iter().next().expect("a request");
    assert_eq!(logged.error.as_deref(), Some("TooManyRequestsException"));
    create.send().await.expect("the name is free, and the outage over");
}

#[tokio::test]
async fn a_client_tries_again_after_each_kind_of_outage() {
    for outage in [
        Outage::Throttled,
        Outage::Internal,
        Outage::Unavailable,
        Outage::Unreachable,
        Outage::AnswerLost,
    ] {
        let world = World::new().await;
        let client = patient(world.cognito.config());
        let count = disturb(&world.cognito, "ListUsers", 2, outage);
        let listed = client.list_users().user_pool_id(&world.pool).send().await;
        assert!(listed.is_ok(), "{outage:?}: {listed:?}");
        assert_eq!(count.load(Ordering::Relaxed), 3, "{outage:?}");
    }
}

#[tokio::test]
async fn after_a_lost_answer_the_user_is_there_and_after_a_broken_connection_not() {
    for (outage, there) in [(Outage::AnswerLost, true), (Outage::Unreachable, false)] {
        let world = World::new().await;
        let client = once(&world.cognito);
        disturb(&world.cognito, "AdminCreateUser", 1, outage);
        let create = client.admin_create_user().user_pool_id(&world.pool).username("alice");
        let error = create.clone().send().await.expect_err("an outage");
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        let again = create.send().await;
        let exists = again.is_err_and(|error| {
            error
                .as_service_error()
                .is_some_and(AdminCreateUserError::is_username_exists_exception)
        });
        assert_eq!(exists, there, "{outage:?}");
    }
}

/// What comes back over a connection of its own. Nothing, if it breaks.
async fn post(address: SocketAddr, operation: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: AWSCognitoIdentityProviderService.{operation}\r\n\
         content-type: application/x-amz-json-1.1\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
    );
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it ends");
    answer
}

#[tokio::test]
async fn a_port_has_the_same_outages() {
    let cognito = Cognito::new();
    let running = cognito.serve(("127.0.0.1", 0)).await.expect("a port");
    for (outage, status, code) in [
        (Outage::Throttled, "HTTP/1.1 400", "TooManyRequestsException"),
        (Outage::Internal, "HTTP/1.1 500", "InternalErrorException"),
        (Outage::Unavailable, "HTTP/1.1 503", "Service Unavailable"),
    ] {
        disturb(&cognito, "ListUserPools", 1, outage);
        let answer = post(running.address(), "ListUserPools").await;
        assert!(
            answer.starts_with(status) && answer.contains(code),
            "{outage:?}: {answer}"
        );
    }
    for outage in [Outage::Unreachable, Outage::AnswerLost] {
        disturb(&cognito, "ListUserPools", 1, outage);
        assert_eq!(post(running.address(), "ListUserPools").await, "", "{outage:?}");
    }
    let answer = post(running.address(), "ListUserPools").await;
    assert!(
        answer.contains("validation error"),
        "Cognito's own answer comes again: {answer}"
    );
}

#[tokio::test]
async fn outages_end_when_the_test_says_so() {
    let world = World::new().await;
    world.cognito.disturb(|_| Some(Outage::Unavailable));
    let client = once(&world.cognito);
    assert!(client.list_users().user_pool_id(&world.pool).send().await.is_err());
    world.cognito.disturb(|_| None);
    assert!(client.list_users().user_pool_id(&world.pool).send().await.is_ok());
}

/// The clients need nothing but the emulator, and go by its clock.
#[tokio::test]
async fn the_emulators_own_clients_are_of_its_region() {
    let cognito = Cognito::builder().region("eu-west-1").build();
    let pool = cognito
        .client()
        .create_user_pool()
        .pool_name("test")
        .send()
        .await
        .expect("a pool");
    assert!(
        pool.user_pool
            .and_then(|pool| pool.id)
            .is_some_and(|id| id.starts_with("eu-west-1_"))
    );
    let identities = cognito
        .identity_client()
        .create_identity_pool()
        .identity_pool_name("test");
    let identities = identities
        .allow_unauthenticated_identities(true)
        .send()
        .await
        .expect("a pool");
    assert!(identities.identity_pool_id.starts_with("eu-west-1:"));
}
