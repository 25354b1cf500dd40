//! What a call costs over loopback: CPU time of the client, latency, allocations.

mod bare;
mod call;
mod clients;
mod floor;
mod raw;

use crate::goal::{Bound, Form, Goal};
use crate::rounds::take_turns;
use crate::server::Server;
use crate::stats::{least, median, paired_ratio};
use crate::table::Table;
use anyhow::Result;
use call::{Operation, Round, Subject};
use clap::{Args, ValueEnum};
use floor::Headers;
use tokio::runtime::Runtime;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For how long to measure each table
    #[arg(long, default_value_t = 12.0)]
    seconds: f64,
    /// The calls to measure
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "signed,create-client,unsigned"
    )]
    operations: Vec<Operation>,
    /// How many calls at a time
    #[arg(long, value_delimiter = ',', default_value = "1,64")]
    at_a_time: Vec<usize>,
    /// Run just one client, and measure nothing else: for a profiler
    #[arg(long)]
    only: Option<Name>,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all(seconds: f64) -> Self {
        Self {
            seconds,
            operations: vec![Operation::Signed, Operation::CreateClient, Operation::Unsigned],
            at_a_time: vec![1, 64],
            only: None,
        }
    }
}

/// A client under measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// aws-sdk-cognitoidentityprovider
    Official,
    /// cognito-idp
    Ours,
    /// hyper-util's client, aws-sigv4 and serde_json, by hand
    Floor,
    /// The same with no header that Cognito doesn't need
    Lean,
    /// aws-smithy-runtime's orchestrator with nothing plugged in, unsigned
    Bare,
    /// hyper's connections, unsigned, without JSON
    Raw,
}

impl Name {
    const ALL: [Self; 6] = [
        Self::Official,
        Self::Ours,
        Self::Floor,
        Self::Lean,
        Self::Bare,
        Self::Raw,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
            Self::Floor => "floor",
            Self::Lean => "lean floor",
            Self::Bare => "bare smithy",
            Self::Raw => "raw hyper",
        }
    }

    fn subject(self, server: &Server) -> Result<Box<dyn Subject>> {
        Ok(match self {
            Self::Official => Box::new(clients::Official::new(&server.url())),
            Self::Ours => Box::new(clients::Ours::new(&server.url())),
            Self::Floor => Box::new(floor::Floor::new(server.address(), Headers::OfSdks)?),
            Self::Lean => Box::new(floor::Floor::new(server.address(), Headers::Needed)?),
            Self::Bare => Box::new(bare::Bare::new(&server.url())),
            Self::Raw => Box::new(raw::Raw::new(server.address())?),
        })
    }
}

/// The calls of a round, for each client: some 30 ms, short enough that noise hits all clients of a round alike.
const CALLS: usize = 384;

/// Measures on a thread of its own, and prints.
pub(crate) fn run(arguments: Arguments) -> Result<Vec<Goal>> {
    let thread = std::thread::Builder::new()
        .name("client".to_owned())
        .spawn(move || on_this_thread(&arguments))?;
    thread
        .join()
        .map_err(|_| anyhow::anyhow!("the client's thread panicked"))?
}

fn on_this_thread(arguments: &Arguments) -> Result<Vec<Goal>> {
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let names = arguments.only.map_or(Name::ALL.to_vec(), |name| vec![name]);
    let clients = names
        .into_iter()
        .map(|name| Ok((name, name.subject(&server)?)))
        .collect::<Result<Vec<_>>>()?;
    let mut goals = Vec::new();
    for operation in &arguments.operations {
        for at_a_time in &arguments.at_a_time {
            let scenario = Scenario {
                runtime: &runtime,
                operation: *operation,
                at_a_time: (*at_a_time).max(1),
            };
            let results = scenario.measure(&clients, arguments.seconds)?;
            println!(
                "### {}, {} at a time\n\n{}",
                operation.title(),
                at_a_time,
                table(&results)
            );
            goals.extend(goal(&scenario, &results));
        }
    }
    Ok(goals)
}

/// What is called, and how.
struct Scenario<'a> {
    runtime: &'a Runtime,
    operation: Operation,
    at_a_time: usize,
}

/// What one client took.
struct Outcome {
    name: Name,
    rounds: Vec<Round>,
    /// Allocations of one call, and their bytes.
    allocations: Option<(f64, f64)>,
}

impl Outcome {
    fn cpu(&self) -> Vec<f64> {
        self.rounds.iter().map(|round| round.cpu).collect()
    }
}

impl Scenario<'_> {
    fn measure(&self, clients: &[(Name, Box<dyn Subject>)], seconds: f64) -> Result<Vec<Outcome>> {
        let calls = CALLS.next_multiple_of(self.at_a_time);
        let mut outcomes = Vec::new();
        for (name, client) in clients {
            // The first round connects, and fills caches.
            client.round(self.runtime, self.operation, self.at_a_time, calls)?;
            let allocations = client.allocations(self.runtime, self.operation, calls)?;
            outcomes.push(Outcome {
                name: *name,
                rounds: Vec::new(),
                allocations: allocations.map(|it| (it.count as f64 / calls as f64, it.bytes as f64 / calls as f64)),
            });
        }
        let took = take_turns(clients.len(), seconds, |index| {
            let (_, client) = &clients[index];
            client.round(self.runtime, self.operation, self.at_a_time, calls)
        })?;
        for (outcome, rounds) in outcomes.iter_mut().zip(took) {
            outcome.rounds = rounds;
        }
        Ok(outcomes)
    }
}

fn table(outcomes: &[Outcome]) -> Table {
    let cpu_of = |name| outcomes.iter().find(|it| it.name == name).map(Outcome::cpu);
    let floors = [cpu_of(Name::Floor), cpu_of(Name::Lean)];
    let mut table = Table::new([
        "client",
        "CPU µs",
        "least",
        "to the floor",
        "to the lean floor",
        "latency µs",
        "allocations",
        "allocated KB",
    ]);
    for outcome in outcomes {
        let cpu = outcome.cpu();
        let ratios = floors.each_ref().map(|floor| {
            let ratio = floor.as_ref().map(|floor| paired_ratio(&cpu, floor));
            ratio.map_or_else(String::new, |ratio| Form::Factor.text(ratio))
        });
        let [to_floor, to_lean] = ratios;
        let allocations = outcome.allocations;
        table.row([
            outcome.name.label().to_owned(),
            format!("{:.1}", median(cpu.iter().copied())),
            format!("{:.1}", least(cpu)),
            to_floor,
            to_lean,
            format!("{:.1}", median(outcome.rounds.iter().map(|round| round.latency))),
            allocations.map_or_else(String::new, |(count, _)| format!("{count:.1}")),
            allocations.map_or_else(String::new, |(_, bytes)| format!("{:.1}", bytes / 1e3)),
        ]);
    }
    table
}

/// The goals are for signed requests; the others are there to be seen.
fn goal(scenario: &Scenario<'_>, outcomes: &[Outcome]) -> Option<Goal> {
    let (floor, at_most) = match scenario.operation {
        Operation::Signed => (Name::Floor, 1.2),
        Operation::CreateClient => (Name::Lean, 1.35),
        Operation::Unsigned => return None,
    };
    let cpu = |name| outcomes.iter().find(|it| it.name == name).map(Outcome::cpu);
    let ratio = paired_ratio(&cpu(Name::Ours)?, &cpu(floor)?);
    let what = format!(
        "client CPU per {} over the {}, {} at a time",
        scenario.operation.title(),
        floor.label(),
        scenario.at_a_time
    );
    Some(Goal::new(what, Bound::AtMost(at_most), Form::Factor, ratio))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Seen;
    use std::collections::BTreeSet;

    fn seen(name: Name, operation: Operation) -> Seen {
        let server = Server::remembering().expect("a port is free");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let subject = name.subject(&server).expect("the address is valid");
        subject.round(&runtime, operation, 1, 1).expect("the call succeeds");
        server.last().expect("a request came")
    }

    fn header_names(seen: &Seen) -> BTreeSet<&str> {
        seen.headers.keys().map(http::HeaderName::as_str).collect()
    }

    fn signed_headers(seen: &Seen) -> &str {
        let header = seen.headers.get("authorization").and_then(|it| it.to_str().ok());
        let (_, rest) = header
            .unwrap_or_default()
            .split_once("SignedHeaders=")
            .unwrap_or_default();
        rest.split(',').next().unwrap_or_default()
    }

    #[test]
    fn the_floor_sends_the_same_headers_and_signs_the_same() {
        for operation in Operation::value_variants().iter().copied() {
            let floor = seen(Name::Floor, operation);
            for name in [Name::Official, Name::Ours] {
                let sdk = seen(name, operation);
                assert_eq!(header_names(&floor), header_names(&sdk), "{name:?}");
                assert_eq!(signed_headers(&floor), signed_headers(&sdk), "{name:?}");
            }
        }
    }

    #[test]
    fn the_lean_floor_sends_what_cognito_needs() {
        let lean = seen(Name::Lean, Operation::CreateClient);
        let names: Vec<_> = header_names(&lean).into_iter().collect();
        let needed = [
            "authorization",
            "content-length",
            "content-type",
            "host",
            "x-amz-date",
            "x-amz-target",
        ];
        assert_eq!(names, needed);
    }

    #[test]
    fn all_clients_send_the_same_input() {
        for operation in Operation::value_variants().iter().copied() {
            let json = |name| -> serde_json::Value {
                serde_json::from_slice(&seen(name, operation).body).expect("the body is JSON")
            };
            let floor = json(Name::Floor);
            for name in Name::ALL {
                assert_eq!(json(name), floor, "{name:?}");
            }
        }
    }
}
