//! What it takes to build a client, and to get the first answer.

use crate::clients::{config, http_client};
use crate::clock::{Elapsed, elapsed};
use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::server::Server;
use crate::stats::{least, median, paired_ratio};
use crate::table::Table;
use anyhow::{Context, Result, ensure};
use aws_sdk_cognitoidentityprovider as official;
use clap::{Args, ValueEnum};
use cognito_idp as ours;
use serde::{Deserialize, Serialize};
use std::process::Command;
use tokio::runtime::Runtime;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to build clients in this process
    #[arg(long, default_value_t = 5.0)]
    pub(crate) seconds: f64,
    /// How many processes to start for each crate
    #[arg(long, default_value_t = 20)]
    pub(crate) processes: u32,
    /// Be such a process: call the server at this URL, and print what it took
    #[arg(long, hide = true, requires = "only")]
    child: Option<String>,
    /// Run just one crate, and measure nothing else: for a profiler
    #[arg(long)]
    only: Option<Name>,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self {
            seconds: 5.0,
            processes: 20,
            child: None,
            only: None,
        }
    }
}

/// A crate under measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// aws-sdk-cognitoidentityprovider
    Official,
    /// cognito-idp
    Ours,
}

impl Name {
    const ALL: [Self; 2] = [Self::Official, Self::Ours];

    fn label(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
        }
    }

    fn start(self, runtime: &Runtime, url: &str) -> Result<Steps> {
        match self {
            Self::Official => start_official(runtime, url),
            Self::Ours => start_ours(runtime, url),
        }
    }

    /// Builds clients and drops them.
    fn build(self, count: u32) {
        match self {
            Self::Official => build_official(count),
            Self::Ours => build_ours(count),
        }
    }
}

/// What the steps of a start took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Steps {
    /// From nothing to the configuration to the client.
    client: Elapsed,
    /// The first call with that client, with connecting.
    first: Elapsed,
}

/// Makes the functions that start a crate. The crates' interfaces are the same, so the code is, too.
macro_rules! sdk {
    ($start:ident, $build:ident, $sdk:ident) => {
        fn $start(runtime: &Runtime, url: &str) -> Result<Steps> {
            let http_client = http_client();
            let (sdk, client) = elapsed(|| $sdk::Client::from_conf(config!($sdk, url, http_client)));
            let (output, first) = elapsed(|| {
                runtime.block_on(async {
                    let call = sdk.list_users().user_pool_id("us-east-1_EXAMPLE01");
                    anyhow::Ok(
                        call.filter("email = \"jane@example.com\"")
                            .limit(1)
                            .send()
                            .await?,
                    )
                })
            });
            ensure!(
                output?.users().len() == 1,
                "the answer has another number of users"
            );
            Ok(Steps { client, first })
        }

        fn $build(count: u32) {
            let http_client = http_client();
            for _ in 0..count {
                let config = config!($sdk, "http://127.0.0.1:9", http_client.clone());
                std::hint::black_box($sdk::Client::from_conf(config));
            }
        }
    };
}

sdk!(start_official, build_official, official);
sdk!(start_ours, build_ours, ours);

fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    if let (Some(url), Some(name)) = (&arguments.child, arguments.only) {
        println!("{}", serde_json::to_string(&name.start(&runtime()?, url)?)?);
        return Ok(Vec::new());
    }
    let names = arguments.only.map_or(Name::ALL.to_vec(), |name| vec![name]);
    let warm = build_again_and_again(&names, arguments.seconds)?;
    println!(
        "### Build a client, again and again in one process\n\n{}",
        warm_table(&warm)
    );
    let cold = start_processes(&names, arguments.processes.max(1))?;
    println!("### Start in a new process\n\n{}", cold_table(&cold));
    let [(_, official), (_, ours)] = warm.as_slice() else {
        return Ok(Vec::new());
    };
    Ok(vec![Goal::new(
        "building a client, CPU",
        Bound::AtMost(0.2),
        Form::Fraction,
        paired_ratio(ours, official),
    )])
}

/// How many clients a round builds: a few milliseconds' work.
const CLIENTS: u32 = 100;

/// CPU time of a client in each round, in microseconds.
fn build_again_and_again(names: &[Name], seconds: f64) -> Result<Vec<(Name, Vec<f64>)>> {
    for name in names {
        name.build(CLIENTS);
    }
    let took = take_turns(names.len(), seconds, |index| {
        let ((), took) = elapsed(|| names[index].build(CLIENTS));
        Ok(took.cpu * 1e6 / f64::from(CLIENTS))
    })?;
    Ok(names.iter().copied().zip(took).collect())
}

fn warm_table(rounds: &[(Name, Vec<f64>)]) -> Table {
    let mut table = Table::new(["crate", "CPU µs", "least", "to official"]);
    for (name, cpu) in rounds {
        let official = rounds.iter().find(|(name, _)| *name == Name::Official);
        table.row([
            name.label().to_owned(),
            format!("{:.1}", median(cpu.iter().copied())),
            format!("{:.1}", least(cpu.iter().copied())),
            official.map_or_else(String::new, |(_, official)| {
                Form::Fraction.text(paired_ratio(cpu, official))
            }),
        ]);
    }
    table
}

/// Starts processes that build a client and make a call, alternating.
fn start_processes(names: &[Name], processes: u32) -> Result<Vec<(Name, Vec<Steps>)>> {
    let server = Server::start()?;
    let mut all: Vec<_> = names.iter().map(|name| (*name, Vec::new())).collect();
    for _ in 0..processes {
        for (name, steps) in &mut all {
            let output = Command::new(std::env::current_exe()?)
                .args(["start", "--only", name.label(), "--child", &server.url()])
                .output()?;
            let error = String::from_utf8_lossy(&output.stderr);
            ensure!(output.status.success(), "the process failed: {error}");
            steps.push(serde_json::from_slice(&output.stdout).context("the process printed something else")?);
        }
    }
    Ok(all)
}

fn cold_table(all: &[(Name, Vec<Steps>)]) -> Table {
    let mut table = Table::new([
        "crate",
        "client, CPU ms",
        "client, ms",
        "first call, CPU ms",
        "first call, ms",
    ]);
    for (name, steps) in all {
        let cell = |of: fn(&Steps) -> f64| format!("{:.2}", median(steps.iter().map(of)) * 1e3);
        table.row([
            name.label().to_owned(),
            cell(|it| it.client.cpu),
            cell(|it| it.client.wall),
            cell(|it| it.first.cpu),
            cell(|it| it.first.wall),
        ]);
    }
    table
}
