//! What is measured: clients that can make the calls.

use crate::allocations::{self, Allocations};
use crate::clock;
use crate::derived::{CreateUserPoolClient, ExplicitAuthFlow, InitiateAuth, ListUsers, OAuthFlow};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::collections::HashMap;
use std::future::Future;
use std::time::Instant;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// A member of `ListUsers` and `CreateUserPoolClient`.
pub(crate) const USER_POOL_ID: &str = "us-east-1_EXAMPLE01";
/// A member of `ListUsers`.
pub(crate) const FILTER: &str = "email = \"jane@example.com\"";
/// A member of `InitiateAuth`.
pub(crate) const CLIENT_ID: &str = "1h57kf5cpq17m0eml12EXAMPLE";
/// The parameters of `InitiateAuth`.
pub(crate) const AUTH_PARAMETERS: [(&str, &str); 2] = [("USERNAME", "jane"), ("PASSWORD", "correct horse battery")];

/// The input of `ListUsers`, for those without an SDK.
pub(super) fn list_users() -> ListUsers {
    ListUsers {
        user_pool_id: USER_POOL_ID.to_owned(),
        limit: Some(1),
        filter: Some(FILTER.to_owned()),
        ..Default::default()
    }
}

/// Members of `CreateUserPoolClient`: the name, the URL to come back to, the scopes.
pub(crate) const APP_CLIENT: (&str, &str, [&str; 2]) =
    ("web-app", "https://shop.example.com/callback", ["openid", "email"]);

/// The input of `CreateUserPoolClient`, for those without an SDK.
pub(super) fn create_user_pool_client() -> CreateUserPoolClient {
    let (name, url, scopes) = APP_CLIENT;
    CreateUserPoolClient {
        user_pool_id: USER_POOL_ID.to_owned(),
        client_name: name.to_owned(),
        generate_secret: true,
        explicit_auth_flows: vec![
            ExplicitAuthFlow::AllowUserSrpAuth,
            ExplicitAuthFlow::AllowRefreshTokenAuth,
        ],
        callback_urls: vec![url.to_owned()],
        allowed_oauth_flows: vec![OAuthFlow::Code],
        allowed_oauth_scopes: scopes.map(str::to_owned).into(),
        allowed_oauth_flows_user_pool_client: true,
    }
}

/// The input of `InitiateAuth`, for those without an SDK.
pub(super) fn initiate_auth() -> InitiateAuth {
    let parameters = AUTH_PARAMETERS.map(|(name, value)| (name.to_owned(), value.to_owned()));
    InitiateAuth {
        auth_flow: "USER_PASSWORD_AUTH".to_owned(),
        auth_parameters: Some(HashMap::from(parameters)),
        client_id: CLIENT_ID.to_owned(),
        ..Default::default()
    }
}

/// A call to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Operation {
    /// `ListUsers` with a filter that finds one user: signed
    Signed,
    /// `CreateUserPoolClient` of a web application: signed
    CreateClient,
    /// `InitiateAuth` with a password: unsigned
    Unsigned,
}

impl Operation {
    /// The operation in words.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Signed => "ListUsers (signed)",
            Self::CreateClient => "CreateUserPoolClient (signed)",
            Self::Unsigned => "InitiateAuth (unsigned)",
        }
    }
}

/// A client that can make the calls. Clones share connections.
pub(crate) trait Caller: Clone + Send + Sync + 'static {
    /// Calls `ListUsers`, and fails unless the answer has one user.
    fn list_users(&self) -> impl Future<Output = Result<()>> + Send;

    /// Calls `CreateUserPoolClient`, and fails unless the answer has an id.
    fn create_user_pool_client(&self) -> impl Future<Output = Result<()>> + Send;

    /// Calls `InitiateAuth`, and fails unless the answer has tokens.
    fn initiate_auth(&self) -> impl Future<Output = Result<()>> + Send;
}

async fn call(caller: &impl Caller, operation: Operation) -> Result<()> {
    match operation {
        Operation::Signed => caller.list_users().await,
        Operation::CreateClient => caller.create_user_pool_client().await,
        Operation::Unsigned => caller.initiate_auth().await,
    }
}

/// What a call took in a round, on average.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Round {
    /// CPU time of the client's thread, in microseconds.
    pub(crate) cpu: f64,
    /// The median time from call to answer, in microseconds.
    pub(crate) latency: f64,
}

/// A caller of any type.
pub(crate) trait Subject {
    /// Makes `calls` calls, `at_a_time` of them at a time.
    fn round(&self, runtime: &Runtime, operation: Operation, at_a_time: usize, calls: usize) -> Result<Round>;

    /// Allocations of the client's thread in `calls` calls, one after the other.
    fn allocations(&self, runtime: &Runtime, operation: Operation, calls: usize) -> Result<Option<Allocations>>;
}

impl<C: Caller> Subject for C {
    fn round(&self, runtime: &Runtime, operation: Operation, at_a_time: usize, calls: usize) -> Result<Round> {
        let (latencies, cpu) = clock::cpu_of(|| runtime.block_on(latencies(self.clone(), operation, at_a_time, calls)));
        let latencies = latencies?;
        Ok(Round {
            cpu: cpu.as_secs_f64() * 1e6 / latencies.len() as f64,
            latency: crate::stats::median(latencies),
        })
    }

    fn allocations(&self, runtime: &Runtime, operation: Operation, calls: usize) -> Result<Option<Allocations>> {
        let (result, allocations) = allocations::count(|| {
            runtime.block_on(async {
                for _ in 0..calls {
                    call(self, operation).await?;
                }
                anyhow::Ok(())
            })
        });
        result?;
        Ok(allocations)
    }
}

/// The time of each call, in microseconds.
async fn latencies(caller: impl Caller, operation: Operation, at_a_time: usize, calls: usize) -> Result<Vec<f64>> {
    // One task needs no spawning: a program that makes one call at a time doesn't spawn it either.
    if at_a_time == 1 {
        return sequence(caller, operation, calls).await;
    }
    let mut tasks = JoinSet::new();
    for _ in 0..at_a_time {
        tasks.spawn(sequence(caller.clone(), operation, calls / at_a_time));
    }
    let mut all = Vec::with_capacity(calls);
    while let Some(latencies) = tasks.join_next().await {
        all.extend(latencies.context("a task of calls panicked")??);
    }
    Ok(all)
}

async fn sequence(caller: impl Caller, operation: Operation, calls: usize) -> Result<Vec<f64>> {
    let mut latencies = Vec::with_capacity(calls);
    for _ in 0..calls {
        let start = Instant::now();
        call(&caller, operation).await?;
        latencies.push(start.elapsed().as_secs_f64() * 1e6);
    }
    Ok(latencies)
}
