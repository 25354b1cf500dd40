//! What the emulator costs: starting the program, users who sign up, and pages of users.

use crate::clock::cpu_of;
use crate::goal::{Bound, Form, Goal};
use crate::process::{output, peak_memory};
use crate::repository;
use crate::stats::{least, median};
use crate::table::Table;
use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use cognito_emulator::Cognito;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};

/// How many times the program is started.
const STARTS: usize = 15;
/// How many users a small pool has.
const FEW: usize = 1_000;
/// How many pages are read of a pool.
const PAGES: usize = 200;
/// A filter that finds all users, so that its pages are as many and as long as those without one.
const FILTER: &str = r#"email ^= "user""#;

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many users sign up
    #[arg(long, default_value_t = 10_000)]
    users: usize,
}

impl Arguments {
    /// What `all` measures.
    pub(crate) fn of_all() -> Self {
        Self { users: 10_000 }
    }
}

/// Seconds until the program says where it listens, and its peak memory then, in bytes.
fn start(program: &std::path::Path) -> Result<(f64, u64)> {
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(["--port", "0", "--log", "error"])
        .stdout(Stdio::piped())
        .spawn()
        .context("the emulator starts")?;
    let mut line = String::new();
    let said = child
        .stdout
        .take()
        .map(|stdout| BufReader::new(stdout).read_line(&mut line));
    let took = begun.elapsed().as_secs_f64();
    let memory = peak_memory(child.id());
    child.kill()?;
    child.wait()?;
    said.context("its output is piped")??;
    ensure!(
        line.starts_with("http://127.0.0.1:"),
        "it says where it listens, not {line:?}"
    );
    Ok((took, memory.context("this needs Linux: /proc/PID/status")?))
}

/// A Cognito in the process, asked as over HTTP but without a connection.
struct Asked {
    cognito: Cognito,
    runtime: Runtime,
}

impl Asked {
    fn new() -> Result<Self> {
        Ok(Self {
            cognito: Cognito::new(),
            runtime: Builder::new_current_thread().build()?,
        })
    }

    fn ask(&self, operation: &str, input: &Value) -> Result<Value> {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let body = input.to_string();
        let reply = cognito_idp::server::dispatch(&self.cognito, &target, body.as_bytes());
        let reply = self.runtime.block_on(reply.context("an operation of the model")?);
        let body = reply.map_err(|refusal| anyhow!("{operation}: {}", String::from_utf8_lossy(refusal.body())))?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// A pool in which so many users have signed up; also the seconds of CPU that this took.
    fn pool(&self, users: usize) -> Result<(Value, f64)> {
        let pool = self.ask("CreateUserPool", &json!({ "PoolName": "bench" }))?["UserPool"]["Id"].clone();
        let client = json!({ "UserPoolId": pool, "ClientName": "bench" });
        let client = self.ask("CreateUserPoolClient", &client)?["UserPoolClient"]["ClientId"].clone();
        let (result, took) = cpu_of(|| {
            (0..users).try_for_each(|user| {
                let attributes = json!([{ "Name": "email", "Value": format!("user{user}@example.com") }]);
                let input = json!({ "ClientId": client, "Username": format!("user{user}"), "Password": "Correct-horse1",
                    "UserAttributes": attributes });
                self.ask("SignUp", &input).map(drop)
            })
        });
        result?;
        Ok((pool, took.as_secs_f64()))
    }

    /// CPU time of a page of 60 users, in microseconds: all pages of a pool, or of those whom a filter finds, from the
    /// first to the last and again.
    fn pages(&self, pool: &Value, filter: &str) -> Result<Vec<f64>> {
        let mut token = Value::Null;
        (0..PAGES)
            .map(|_| {
                let input = json!({ "UserPoolId": pool, "Limit": 60, "Filter": filter, "PaginationToken": token });
                let (page, took) = cpu_of(|| self.ask("ListUsers", &input));
                token = page?["PaginationToken"].clone();
                Ok(took.as_secs_f64() * 1e6)
            })
            .collect()
    }
}

/// Measures, and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<Goal>> {
    let mut build = Command::new("cargo");
    build.current_dir(repository()?);
    output(build.args(["build", "--release", "--quiet", "-p", "cognito-emulator"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), std::path::PathBuf::from);
    let program = repository()?.join(target).join("release/cognito-emulator");
    let starts = (0..STARTS).map(|_| start(&program)).collect::<Result<Vec<_>>>()?;
    let started: Vec<f64> = starts.iter().map(|(seconds, _)| seconds * 1e3).collect();
    let memory = starts.iter().map(|(_, bytes)| *bytes as f64 / 1e6).fold(0.0, f64::max);

    let asked = Asked::new()?;
    let (many, signing_up) = asked.pool(arguments.users)?;
    let (few, _) = asked.pool(FEW)?;
    let (of_many, of_few) = (asked.pages(&many, "")?, asked.pages(&few, "")?);
    let page_of_many = median(of_many.iter().copied());
    let page_of_few = median(of_few.iter().copied());
    let (found_of_many, found_of_few) = (asked.pages(&many, FILTER)?, asked.pages(&few, FILTER)?);
    let found_page_of_many = median(found_of_many.iter().copied());
    let found_page_of_few = median(found_of_few.iter().copied());

    let mut table = Table::new(["what", "median", "least"]);
    let mut row = |what: String, median: String, least: String| table.row([what, median, least]);
    row(
        "start of the program, ms".to_owned(),
        format!("{:.1}", median(started.iter().copied())),
        format!("{:.1}", least(started.iter().copied())),
    );
    row("its peak memory, MB".to_owned(), format!("{memory:.1}"), String::new());
    row(
        format!("{} users sign up, s", arguments.users),
        format!("{signing_up:.2}"),
        String::new(),
    );
    for (what, users, median, all) in [
        ("a page", FEW, page_of_few, &of_few),
        ("a page", arguments.users, page_of_many, &of_many),
        ("a filtered page", FEW, found_page_of_few, &found_of_few),
        ("a filtered page", arguments.users, found_page_of_many, &found_of_many),
    ] {
        row(
            format!("{what} of 60 users among {users}, µs"),
            format!("{median:.1}"),
            format!("{:.1}", least(all.iter().copied())),
        );
    }
    println!("### The emulator\n\n{table}");
    Ok(vec![
        Goal::new(
            "start of the emulator's program",
            Bound::AtMost(0.05),
            Form::Seconds,
            median(started) / 1e3,
        ),
        Goal::new("its peak memory, MB", Bound::AtMost(10.0), Form::Count, memory),
        Goal::new(
            format!("{} sign-ups CPU", arguments.users),
            Bound::AtMost(10.0),
            Form::Seconds,
            signing_up,
        ),
        Goal::new(
            format!("a page of {} users, to one of {FEW}", arguments.users),
            Bound::AtMost(1.2),
            Form::Factor,
            page_of_many / page_of_few,
        ),
        Goal::new(
            format!("a filtered page among {} users, to one among {FEW}", arguments.users),
            Bound::AtMost(1.2),
            Form::Factor,
            found_page_of_many / found_page_of_few,
        ),
    ])
}
