//! Each example runs to its end, on a Cognito inside its process and on a server.

use anyhow::{Context, Result, bail, ensure};
use cognito_emulator::{Cognito, Running};
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::{Client, Config};
use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Where an example runs: inside its process, or on a server of the test's.
#[derive(Clone, Copy)]
enum On<'a> {
    Process,
    Server(&'a Running),
}

fn command(program: &str, on: On<'_>) -> Command {
    let mut command = Command::new(program);
    match on {
        On::Process => command.env_remove("COGNITO_ENDPOINT"),
        On::Server(server) => command.env("COGNITO_ENDPOINT", server.url()),
    };
    command
}

/// Runs a program to its end, and gives what it prints.
fn run(program: &str, on: On<'_>, arguments: &[&str]) -> Result<String> {
    let output = command(program, on).args(arguments).output()?;
    let (stdout, stderr) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    ensure!(
        output.status.success(),
        "{program}: {}\n{stdout}{stderr}",
        output.status
    );
    Ok(stdout)
}

/// Runs a program in both places, and looks for lines in what it prints.
async fn prints(program: &str, lines: &[&str]) -> Result<()> {
    let cognito = Cognito::new();
    let server = cognito.serve(("127.0.0.1", 0)).await?;
    for on in [On::Process, On::Server(&server)] {
        let printed = tokio::task::block_in_place(|| run(program, on, &[]))?;
        for line in lines {
            ensure!(
                printed.lines().any(|printed| printed == *line),
                "no line {line:?} in:\n{printed}"
            );
        }
    }
    let pools = client(&server).list_user_pools().max_results(10).send().await?;
    ensure!(pools.user_pools().is_empty(), "the example leaves its user pool behind");
    Ok(())
}

fn client(server: &Running) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .endpoint_url(server.url());
    Client::from_conf(config.build())
}

#[tokio::test(flavor = "multi_thread")]
async fn app_client() -> Result<()> {
    let lines = [
        "The web server's app client has a secret: true",
        "The page's app client has a secret: false",
        r#"After the change it has the callbacks ["https://example.com/callback", "https://staging.example.com/callback"]"#,
        "and still the flows [AllowUserSrpAuth, AllowRefreshTokenAuth]",
    ];
    prints(env!("CARGO_BIN_EXE_app_client"), &lines).await
}

#[tokio::test(flavor = "multi_thread")]
async fn groups() -> Result<()> {
    let lines = [
        "the group editors was there",
        "editors: alice, bob",
        "alice is in: admins, editors",
        "alice may enter, with the groups admins, editors",
    ];
    prints(env!("CARGO_BIN_EXE_groups"), &lines).await
}

#[tokio::test(flavor = "multi_thread")]
async fn list_users() -> Result<()> {
    let lines = [
        "all: albert, alice, bob, carol",
        r#"username ^= "al": albert, alice"#,
        r#"email = "bob@example.com": bob"#,
        r#"given_name = "Albert \"Al\"": albert"#,
        r#"status = "Disabled": carol"#,
        r#"cognito:user_status = "CONFIRMED": albert, alice, bob, carol"#,
    ];
    prints(env!("CARGO_BIN_EXE_list_users"), &lines).await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_service() -> Result<()> {
    prints(
        env!("CARGO_BIN_EXE_own_service"),
        &["alice isn't registered: the name is taken"],
    )
    .await
}

#[test]
fn lambda_triggers() -> Result<()> {
    let printed = run(env!("CARGO_BIN_EXE_lambda_triggers"), On::Process, &[])?;
    for line in ["alice signed up; confirmed: true", "alice's token says: tenant acme"] {
        ensure!(printed.contains(line), "no line {line:?} in:\n{printed}");
    }
    ensure!(
        printed.contains("rival didn't") && printed.contains("this domain can't sign up"),
        "{printed}"
    );
    Ok(())
}

#[test]
fn import_of_ten_thousand_users() -> Result<()> {
    let printed = run(env!("CARGO_BIN_EXE_import_users"), On::Process, &[])?;
    ensure!(printed.contains("10000 users are there, 0 were rejected"), "{printed}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_killed_goes_on_where_it_was() -> Result<()> {
    const USERS: usize = 2_000;
    let cognito = Cognito::new();
    let server = cognito.serve(("127.0.0.1", 0)).await?;
    let client = client(&server);
    let pool = client.create_user_pool().pool_name("import").send().await?;
    let pool = pool.user_pool.and_then(|pool| pool.id).context("a pool has an id")?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("users.csv");
    let mut text = "username,email\nnobody,no address\n".to_owned();
    for number in 1..USERS {
        text.push_str(&format!("user{number},user{number}@example.com\n"));
    }
    fs::write(&file, text)?;
    let path = file.to_str().context("a path in UTF-8")?;
    let done = folder.path().join("users.csv.done");
    let program = env!("CARGO_BIN_EXE_import_users");

    let mut first = command(program, On::Server(&server))
        .args([path, &pool])
        .stdout(Stdio::null())
        .spawn()?;
    let begun = Instant::now();
    while lines(&done).len() < USERS / 10 {
        ensure!(begun.elapsed() < Duration::from_secs(120), "the import doesn't get on");
        ensure!(first.try_wait()?.is_none(), "the import has ended before it was killed");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first.kill()?;
    first.wait()?;
    let before = lines(&done).len();
    ensure!(before < USERS - 1, "it was killed too late");

    // Half a line, as a crash of the machine leaves it.
    fs::OpenOptions::new().append(true).open(&done)?.write_all(b"user19")?;
    let printed = tokio::task::block_in_place(|| run(program, On::Server(&server), &[path, &pool]))?;
    let expected = format!("{} users are there, 1 were rejected", USERS - 1);
    ensure!(printed.contains(&expected), "{printed}");

    let journal = lines(&done);
    let names: HashSet<String> = journal.iter().cloned().collect();
    ensure!(
        journal.len() == USERS - 1 && names.len() == USERS - 1,
        "a user is in the journal twice"
    );
    let mut users = client.list_users().user_pool_id(&pool).into_paginator().items().send();
    let mut there = 0;
    while let Some(user) = users.try_next().await? {
        ensure!(
            user.username.is_some_and(|name| names.contains(&name)),
            "a user who isn't in the journal"
        );
        there += 1;
    }
    ensure!(there == USERS - 1, "{there} users are there");
    let rejected = fs::read_to_string(folder.path().join("users.csv.rejected"))?;
    ensure!(rejected.starts_with("nobody\t"), "{rejected}");
    Ok(())
}

fn lines(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// A program that is stopped with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let stopped = self.0.kill().and_then(|()| self.0.wait());
        if let Err(error) = stopped {
            eprintln!("the example wasn't stopped: {error}");
        }
    }
}

#[test]
fn web_api() -> Result<()> {
    let mut child = command(env!("CARGO_BIN_EXE_web_api"), On::Process)
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().context("it is piped")?;
    let _served = Served(child);
    let (sender, printed) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    let find = |beginning: &str| -> Result<String> {
        loop {
            let line = printed.recv_timeout(Duration::from_secs(60))?;
            if let Some(rest) = line.strip_prefix(beginning) {
                return Ok(rest.to_owned());
            }
        }
    };
    let address = find("Listening on http://")?;
    let address = address.split(' ').next().context("an address")?.to_owned();
    let post = |path: &str, body: &str| request(&address, &format!("POST {path}"), "", body);

    let alice = r#"{"name":"alice","password":"Correct-horse1","email":"alice@example.com"}"#;
    let (status, body) = post("/sign-up", alice)?;
    ensure!(
        (status, body.as_str()) == (200, r#"{"confirmed":false}"#),
        "{status} {body}"
    );
    ensure!(post("/sign-up", alice)?.0 == 409, "a name is taken once");
    ensure!(
        post("/sign-up", r#"{"name":"bob","password":"x","email":"b@example.com"}"#)?.0 == 422,
        "a weak password"
    );

    let code = find("A mail to alice@example.com: ")?;
    ensure!(
        post("/confirm", r#"{"name":"alice","code":"000"}"#)?.0 == 422,
        "a wrong code"
    );
    let (status, body) = post("/confirm", &format!(r#"{{"name":"alice","code":"{code}"}}"#))?;
    ensure!(status == 200, "{status} {body}");

    ensure!(
        post("/sign-in", r#"{"name":"alice","password":"wrong"}"#)?.0 == 401,
        "a wrong password"
    );
    ensure!(
        post("/sign-in", r#"{"name":"nobody","password":"Correct-horse1"}"#)?.0 == 401,
        "a name that nobody has"
    );
    let (status, body) = post("/sign-in", r#"{"name":"alice","password":"Correct-horse1"}"#)?;
    ensure!(status == 200, "{status}");
    let tokens: serde_json::Value = serde_json::from_str(&body)?;
    let token = tokens["accessToken"].as_str().context("an access token")?;

    let me = |token: &str| request(&address, "GET /me", &format!("authorization: Bearer {token}\r\n"), "");
    let (status, body) = me(token)?;
    ensure!(status == 200 && body.contains(r#""name":"alice""#), "{status} {body}");
    ensure!(me("a.b.c")?.0 == 401, "a token that is none");
    Ok(())
}

/// A request over a connection of its own, and the status and body of the answer.
fn request(address: &str, line: &str, headers: &str, body: &str) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        bail!("no answer: {answer}")
    };
    let status = head.split(' ').nth(1).context("a status")?.parse()?;
    Ok((status, body.to_owned()))
}
