//! A user's client and call.

use super::sdk;
use crate::world::World;
use sdk::config::retry::RetryPartition;
use sdk::config::{BehaviorVersion, IdentityCache, Region};
use sdk::error::{DisplayErrorContext, ProvideErrorMetadata};
use sdk::operation::admin_get_user::AdminGetUserError;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) fn client(world: &World) -> sdk::Client {
    static CLIENTS: AtomicUsize = AtomicUsize::new(0);
    let number = CLIENTS.fetch_add(1, Ordering::Relaxed);
    let config = sdk::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .retry_partition(RetryPartition::new(format!("faults-{number}")))
        .region(Region::new("eu-west-1"))
        .credentials_provider(world.clone())
        .identity_cache(IdentityCache::no_cache())
        .time_source(world.clone())
        .http_client(world.clone());
    sdk::Client::from_conf(config.build())
}

pub(crate) async fn call(client: sdk::Client) -> String {
    let call = client.admin_get_user().user_pool_id("pool").username("alice");
    match call.send().await {
        Ok(output) => format!("Ok {}", output.username()),
        Err(error) => {
            let kind = match error.as_service_error() {
                Some(AdminGetUserError::TooManyRequestsException(_)) => "typed",
                Some(_) => "of the service",
                None => "another",
            };
            format!("{:?} {kind} {}", error.code(), DisplayErrorContext(&error))
        }
    }
}
