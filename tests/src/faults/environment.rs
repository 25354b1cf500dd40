//! Runs a row that is about the environment of a process, in a process of its own: the program `one_call`.

use super::certificates::{Authority, Certificate};
use super::measure::{Call, Crate, Keep, Measured, Row, Seen, Settings, Subject, otherwise};
use super::proxy::Proxy;
use super::server::{Request, Server};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::net::TcpSocket;
use tokio::process::Command;

/// What an environment variable says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Text(&'static str),
    /// A file with the certificate of the server's authority.
    Authority,
    /// A file with the certificate of another authority.
    OtherAuthority,
    /// A folder with the certificate of the server's authority, as OpenSSL wants it.
    Folder,
    /// A file with this text.
    File(&'static str),
    /// The path of a file that isn't there.
    NoFile,
    /// The URL of the proxy.
    Proxy,
    /// The same with a name and a password.
    ProxyWithPassword,
    /// The same, and the proxy speaks TLS.
    TlsProxy,
    /// The URL of a proxy that isn't there.
    NoProxy,
}

/// The password of the proxy, which nobody may be shown.
pub const PROXY_PASSWORD: &str = "Marker-proxy-passw0rd";

/// A row, and the environment that it is about.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The row.
    pub row: Row,
    /// Whether the server speaks TLS.
    pub tls: bool,
    /// The environment variables; there are no others.
    pub variables: Vec<(&'static str, Value)>,
    /// The status line of a proxy that refuses.
    pub refusal: Option<&'static str>,
}

/// What the program says of its calls.
#[derive(Debug, Serialize, Deserialize)]
struct Report {
    outcome: String,
    detail: String,
    microseconds: u64,
    next: bool,
}

impl Environment {
    /// Runs it, with this program.
    ///
    /// # Errors
    /// The server, the proxy or the program can't be started.
    pub async fn run(&self, program: &Path, which: Crate, warm: bool, authority: &Authority) -> Result<Measured> {
        let good = |wanted: bool| wanted.then(|| authority.server(Certificate::Good)).transpose();
        let server = Server::listen(Ipv4Addr::LOCALHOST.into(), good(self.tls)?, otherwise(Keep::Alive)).await?;
        let speaks_tls = self.variables.iter().any(|(_, value)| *value == Value::TlsProxy);
        let proxy = Proxy::start(server.address(), good(speaks_tls)?, self.refusal).await?;
        // A port that is taken, at which nobody listens.
        let taken = TcpSocket::new_v4()?;
        taken.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(program);
        command.env_clear().kill_on_drop(true);
        for (name, value) in &self.variables {
            command.env(
                name,
                value.text(folder.path(), authority, proxy.address(), taken.local_addr()?)?,
            );
        }
        command
            .arg(format!("{which:?}"))
            .arg(server.url())
            .arg(if warm { "warm" } else { "cold" });
        let output = tokio::time::timeout(Duration::from_secs(60), command.output())
            .await
            .with_context(|| format!("{}: no end within a minute", self.row.name))??;
        let report: Report = match serde_json::from_slice(&output.stdout) {
            Ok(report) => report,
            Err(_) => bail!("{}: {}", self.row.name, String::from_utf8_lossy(&output.stderr)),
        };
        let of_alice = |request: &&Request| String::from_utf8_lossy(&request.body).contains("alice");
        let mut outcome = report.outcome;
        if let Some(asked) = proxy.asked().first() {
            outcome.push_str(
                match asked.to_ascii_lowercase().contains("\r\nproxy-authorization: basic ") {
                    true => ", by the proxy with a password",
                    false => ", by the proxy",
                },
            );
        }
        Ok(Measured {
            seen: Seen {
                outcome,
                detail: report.detail,
            },
            attempts: server.requests().iter().filter(of_alice).count(),
            asked: 1,
            time: Duration::from_micros(report.microseconds),
            next: report.next,
        })
    }
}

impl Value {
    fn text(self, folder: &Path, authority: &Authority, proxy: SocketAddr, nobody: SocketAddr) -> Result<String> {
        let written = |name: &str, text: &str| -> Result<String> {
            let path = folder.join(name);
            fs::write(&path, text)?;
            Ok(path.to_string_lossy().into_owned())
        };
        Ok(match self {
            Self::Text(text) => text.to_owned(),
            Self::Authority => written("authority.pem", &authority.pem())?,
            Self::OtherAuthority => written("other.pem", &Authority::new()?.pem())?,
            Self::Folder => {
                written("00000000.0", &authority.pem())?;
                folder.to_string_lossy().into_owned()
            }
            Self::File(text) => written("file.pem", text)?,
            Self::NoFile => folder.join("missing.pem").to_string_lossy().into_owned(),
            Self::Proxy => format!("http://{proxy}"),
            Self::ProxyWithPassword => format!("http://alice:{PROXY_PASSWORD}@{proxy}"),
            Self::TlsProxy => format!("https://localhost:{}", proxy.port()),
            Self::NoProxy => format!("http://{nobody}"),
        })
    }
}

/// The program: makes the call, after another one if it is to be warm, and a call after it; prints what came of it.
///
/// # Errors
/// The arguments aren't those that [`Environment::run`] gives.
pub async fn one_call(arguments: &[String]) -> Result<()> {
    let [which, url, warmth] = arguments else {
        bail!("which crate, which URL, and whether the client is warm?");
    };
    let which = match which.as_str() {
        "Official" => Crate::Official,
        "Ours" => Crate::Ours,
        other => bail!("{other} is no crate"),
    };
    let report = |outcome: &str, detail: String, time: Duration, next| {
        let report = Report {
            outcome: outcome.to_owned(),
            detail,
            microseconds: u64::try_from(time.as_micros()).unwrap_or(u64::MAX),
            next,
        };
        serde_json::to_string(&report).map(|text| println!("{text}"))
    };
    let url = url.clone();
    // A client that can't even be made is an outcome like others.
    let made = tokio::spawn(async move { Subject::new(which, &url, &Settings::default(), None) });
    let subject = match made.await {
        Ok(subject) => subject,
        Err(error) => return Ok(report("panic", error.to_string(), Duration::ZERO, false)?),
    };
    if warmth == "warm" {
        subject.call(Call::Named("before")).await;
    }
    let start = Instant::now();
    let seen = subject.call(Call::GetUser).await;
    let time = start.elapsed();
    let next = subject.call(Call::Named("bob")).await.outcome == "ok bob";
    Ok(report(&seen.outcome, seen.detail, time, next)?)
}
