//! Load and cancellation: many calls at a time against a server of which a part of the answers goes wrong, and calls
//! that are dropped at any stage. Nothing may be lost, crossed or left behind.

use crate::faults::server::{Act, Request, Server, Turn, response, send};
use anyhow::{Context, Result, ensure};
use cognito_idp::Client;
use cognito_idp::config::retry::{RetryConfig, RetryPartition};
use cognito_idp::config::{BehaviorVersion, Config, Credentials, Region};
use cognito_idp::error::DisplayErrorContext;
use std::fs;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How much to do.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Calls that are awaited.
    pub calls: usize,
    /// How many of them at a time.
    pub at_a_time: usize,
    /// Each so many requests, one meets a fault.
    pub fault_each: usize,
    /// Calls that are dropped before they end.
    pub dropped: usize,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Calls that brought their own answer.
    pub right: usize,
    /// Calls that brought an error.
    pub failed: Vec<String>,
    /// Faults that the server made.
    pub faults: usize,
    /// Requests that the server answered, faults included.
    pub requests: usize,
    /// Calls that had ended before they could be dropped.
    pub ended: usize,
    /// How long the awaited calls took.
    pub time: Duration,
    /// Resident memory in kB after a fifth of the calls, and after all.
    pub memory: (u64, u64),
    /// The connections that there were at the same time, at the end of the calls.
    pub open: usize,
    /// Open files before the client was made, and after it was dropped.
    pub files: (usize, usize),
}

/// The answer of a server that works: the name that was asked for. Each so many requests, something else.
fn otherwise(counter: &AtomicUsize, faults: &AtomicUsize, each: usize, request: &Request) -> Turn {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let good = response("200 OK", "", format!(r#"{{"Username":{}}}"#, body["Username"]));
    let number = counter.fetch_add(1, Ordering::Relaxed);
    if number % each != each - 1 {
        return Turn::new([send(good)]);
    }
    let fault = faults.fetch_add(1, Ordering::Relaxed);
    Turn::new(match fault % 6 {
        0 => vec![Act::Reset],
        1 => vec![Act::Close],
        2 => vec![send(&good[..good.len() / 2]), Act::Reset],
        3 => vec![send(response("503 Service Unavailable", "", ""))],
        4 => vec![send(response(
            "400 Bad Request",
            "x-amzn-errortype: TooManyRequestsException\r\n",
            "{}",
        ))],
        _ => vec![Act::Wait(Duration::from_millis(50)), send(good)],
    })
}

fn client(url: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "load"))
        .retry_partition(RetryPartition::new("load"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(10)));
    Client::from_conf(config.build())
}

/// Asks for this user, and says whether it is that one.
async fn call(client: &Client, number: usize) -> Result<(), String> {
    let name = format!("user-{number}");
    match client.admin_get_user().user_pool_id("p").username(&name).send().await {
        Ok(user) if user.username() == name => Ok(()),
        Ok(user) => Err(format!("{name} got the answer of {}", user.username())),
        Err(error) => Err(format!("{name}: {}", DisplayErrorContext(error))),
    }
}

/// Runs a plan.
///
/// # Errors
/// The server can't be started, or this isn't Linux.
pub async fn run(plan: Plan) -> Result<Outcome> {
    let (requests, faults) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let (counted, faulty) = (Arc::clone(&requests), Arc::clone(&faults));
    let each = plan.fault_each;
    let server = Server::start(Arc::new(move |request| otherwise(&counted, &faulty, each, request))).await?;
    server.forget();
    let files_before = open_files()?;
    let client = client(&server.url());
    let ended = drop_at_any_stage(&client, plan.dropped).await;
    let (right, failed, memory, time) = awaited(&client, plan).await?;
    let open = server.connections().1;
    let ended = ended + drop_at_any_stage(&client, plan.dropped).await;
    // The client is still as good as new.
    call(&client, 0).await.map_err(anyhow::Error::msg)?;
    drop(client);
    let files = (files_before, settled(files_before).await?);
    Ok(Outcome {
        right,
        failed,
        faults: faults.load(Ordering::Relaxed),
        requests: requests.load(Ordering::Relaxed),
        ended,
        time,
        memory,
        open,
        files,
    })
}

type Awaited = (usize, Vec<String>, (u64, u64), Duration);

async fn awaited(client: &Client, plan: Plan) -> Result<Awaited> {
    let start = Instant::now();
    let next = Arc::<AtomicUsize>::default();
    let mut workers = JoinSet::new();
    let mut early = 0;
    let (mut right, mut failed) = (0, Vec::new());
    for _ in 0..plan.at_a_time {
        let (client, next) = (client.clone(), Arc::clone(&next));
        workers.spawn(async move {
            let (mut right, mut failed) = (0, Vec::new());
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= plan.calls {
                    return (right, failed);
                }
                match call(&client, number).await {
                    Ok(()) => right += 1,
                    Err(error) => failed.push(error),
                }
            }
        });
    }
    loop {
        tokio::select! {
            worker = workers.join_next() => match worker {
                Some(worker) => {
                    let (good, bad) = worker.context("a call panicked")?;
                    right += good;
                    failed.extend(bad);
                }
                None => break,
            },
            () = tokio::time::sleep(Duration::from_millis(10)), if early == 0 => {
                if next.load(Ordering::Relaxed) > plan.calls / 5 {
                    early = resident()?;
                }
            }
        }
    }
    ensure!(right + failed.len() == plan.calls, "calls were lost");
    Ok((right, failed, (early, resident()?), start.elapsed()))
}

/// Drops calls after so many polls, or so many turns of other tasks; gives back how many had ended before.
async fn drop_at_any_stage(client: &Client, count: usize) -> usize {
    let mut ended = 0;
    for number in 0..count {
        if number % 2 == 0 {
            let turns = fastrand::u32(0..30);
            let others = async {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                _ = call(client, number) => ended += 1,
                () = others => {}
            }
        } else {
            let mut polls = fastrand::u32(0..3);
            let mut call = pin!(call(client, number));
            let poll = poll_fn(|context| match call.as_mut().poll(context) {
                Poll::Ready(_) => Poll::Ready(true),
                Poll::Pending if polls == 0 => Poll::Ready(false),
                Poll::Pending => {
                    polls -= 1;
                    Poll::Pending
                }
            });
            ended += usize::from(poll.await);
        }
    }
    ended
}

/// Waits until no more files are open than before; gives back how many are.
async fn settled(before: usize) -> Result<usize> {
    for _ in 0..100 {
        if open_files()? <= before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    open_files()
}

fn open_files() -> Result<usize> {
    Ok(fs::read_dir("/proc/self/fd")
        .context("this needs Linux: /proc")?
        .count())
}

/// Resident memory, in kB.
fn resident() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status").context("this needs Linux: /proc")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(number.context("VmRSS")?.parse()?)
}
