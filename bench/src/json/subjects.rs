//! What is measured: each subject does a batch of the same work and says how long it took.

use super::full_input::{FUNCTION, KEY, MESSAGE, ROLE, SENDER, full_input};
use super::page::USERS;
use super::probe::{Codec, Probe};
use crate::allocations;
use crate::clients::{config, http_client};
use crate::clock::cpu_of;
use crate::derived::{CreateUserPool, ListUsersPage};
use anyhow::{Result, ensure};
use aws_sdk_cognitoidentityprovider as official;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Input, Output};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use cognito_idp as ours;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::hint::black_box;
use std::sync::Arc;
use tokio::runtime::Runtime;

full_input!(official_input, official);
full_input!(our_input, ours);

/// The inputs that are made before the clock starts: few enough to stay in a processor's cache.
const BATCH: usize = 32;

/// What a batch took, for each element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// CPU time, in microseconds.
    pub(super) cpu: f64,
    /// Allocations, if they are counted.
    pub(super) allocations: Option<f64>,
}

/// Applies `work` to each element: once to measure time, and once to count allocations where `count` says so.
pub(super) fn sample<T, U, E>(
    make: impl Fn() -> T,
    mut work: impl FnMut(T) -> Result<U, E>,
    count: bool,
) -> Result<Sample, E> {
    let mut batch = |items: Vec<T>| {
        items
            .into_iter()
            .try_for_each(|item| work(item).map(|it| drop(black_box(it))))
    };
    let items = || (0..BATCH).map(|_| make()).collect::<Vec<T>>();
    let first = items();
    let (result, cpu) = cpu_of(|| batch(first));
    result?;
    let mut allocations = None;
    if count {
        let second = items();
        let (result, counted) = allocations::count(|| batch(second));
        result?;
        allocations = counted.map(|it| it.count as f64 / BATCH as f64);
    }
    Ok(Sample {
        cpu: cpu.as_secs_f64() * 1e6 / BATCH as f64,
        allocations,
    })
}

/// A subject: `true` asks it to count allocations, too.
pub(super) type Subject<'a> = Box<dyn Fn(bool) -> Result<Sample> + 'a>;

/// serde_json's `to_vec` of a value of any type.
pub(super) fn to_vec<T: Serialize>(value: &T) -> Subject<'_> {
    Box::new(move |count| Ok(sample(|| value, |value| serde_json::to_vec(value), count)?))
}

/// serde_json's `from_slice` to a value of any type.
pub(super) fn from_slice<'a, T: DeserializeOwned>(json: &'a [u8]) -> Subject<'a> {
    Box::new(move |count| Ok(sample(|| json, |json| serde_json::from_slice::<T>(json), count)?))
}

/// The input of the official crate, of ours, and of the derived structs.
pub(super) fn inputs() -> Result<(
    official::operation::create_user_pool::CreateUserPoolInput,
    ours::operation::create_user_pool::CreateUserPoolInput,
    CreateUserPool,
)> {
    let ours = our_input()?;
    let derived = serde_json::from_slice(&serde_json::to_vec(&ours)?)?;
    Ok((official_input()?, ours, derived))
}

/// Reads a page into derived structs, and fails unless it is full.
pub(super) fn derived_page(json: &[u8]) -> Result<ListUsersPage> {
    let page: ListUsersPage = serde_json::from_slice(json)?;
    ensure!(page.users.len() == USERS as usize, "the page isn't full");
    Ok(page)
}

fn response(body: &[u8]) -> Result<HttpResponse, BoxError> {
    let mut response = HttpResponse::new(http::StatusCode::OK.into(), SdkBody::from(body));
    let headers = response.headers_mut();
    headers.try_insert("content-type", "application/x-amz-json-1.1")?;
    headers.try_insert("x-amzn-requestid", "5b2c9c1e-9f0e-4c8e-8d0e-6a7b8c9d0e1f")?;
    Ok(response)
}

/// Makes the functions that reach a crate's serializer and deserializer. The crates' interfaces are the same.
macro_rules! sdk {
    ($name:ident, $sdk:ident, $input:ident) => {
        pub(super) mod $name {
            use super::*;

            fn client() -> $sdk::Client {
                // Nothing is sent, so there is nothing at this address.
                $sdk::Client::from_conf(config!($sdk, "http://127.0.0.1:9", http_client()))
            }

            /// The serializer of `CreateUserPool`: an input to a request with its body and headers.
            pub(in super::super) fn serializer(runtime: &Runtime) -> Result<Subject<'_>> {
                let input = Arc::new($input()?);
                let client = client();
                Ok(Box::new(move |count| {
                    let input = Arc::clone(&input);
                    let probe = Probe::new(move |codec: &mut Codec<'_>| {
                        sample(
                            || Input::erase((*input).clone()),
                            |input| codec.serialize(input),
                            count,
                        )
                    });
                    // The call ends with the interceptor's error; what counts is the probe's result.
                    let _ = runtime.block_on(
                        client
                            .create_user_pool()
                            .pool_name("customers")
                            .customize()
                            .interceptor(probe.clone())
                            .send(),
                    );
                    probe.take()
                }))
            }

            /// The body of the request that the serializer makes.
            #[cfg(test)]
            pub(in super::super) fn body(runtime: &Runtime) -> Result<Vec<u8>> {
                let input = $input()?;
                let probe = Probe::new(move |codec: &mut Codec<'_>| {
                    let request = codec.serialize(Input::erase(input.clone()))?;
                    Ok(request.body().bytes().map(<[u8]>::to_vec).unwrap_or_default())
                });
                let call = client().create_user_pool().pool_name("customers").customize();
                let _ = runtime.block_on(call.interceptor(probe.clone()).send());
                probe.take()
            }

            /// The deserializer of `ListUsers`: a response whose body is loaded to an output.
            pub(in super::super) fn deserializer<'a>(runtime: &'a Runtime, json: &str) -> Result<Subject<'a>> {
                let response = Arc::new(response(json.as_bytes()).map_err(|error| anyhow::anyhow!(error))?);
                let client = client();
                Ok(Box::new(move |count| {
                    let response = Arc::clone(&response);
                    let probe = Probe::new(move |codec: &mut Codec<'_>| {
                        check(codec.deserialize(&response)?)?;
                        sample(|| (), |()| codec.deserialize(&response), count)
                    });
                    let call = client
                        .list_users()
                        .user_pool_id("us-east-1_EXAMPLE01")
                        .customize();
                    let _ = runtime.block_on(call.interceptor(probe.clone()).send());
                    probe.take()
                }))
            }

            fn check(output: Output) -> Result<(), BoxError> {
                let output = output.downcast_ref::<$sdk::operation::list_users::ListUsersOutput>();
                match output.map(|output| output.users().len()) {
                    Some(users) if users == USERS as usize => Ok(()),
                    _ => Err("the page isn't full".into()),
                }
            }
        }
    };
}

sdk!(of_official, official, official_input);
sdk!(of_ours, ours, our_input);
