//! Runs a row of the table: a fault, a crate, a first or a later call.

use super::certificates::{Authority, Certificate};
use super::server::{Act, Otherwise, Request, Server, Turn, response, send};
use super::{official, ours};
use anyhow::{Context, Result};
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpSocket;

/// Which crate makes the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crate {
    /// `aws-sdk-cognitoidentityprovider`.
    Official,
    /// `cognito-idp`.
    Ours,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `AdminGetUser`, which is signed.
    GetUser,
    /// `InitiateAuth`, which is not, and whose answer is secret.
    SignIn,
    /// `ListUsers`, whose answer may be long.
    ListUsers,
    /// `AdminGetUser` of a user of this name.
    Named(&'static str),
}

/// How a client comes by its credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// They are there.
    #[default]
    Given,
    /// There are none.
    Failing,
    /// They never come.
    Hanging,
}

/// What the user of a call sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// In short.
    pub outcome: String,
    /// The whole error.
    pub detail: String,
}

impl Seen {
    pub(crate) fn new(outcome: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            outcome: outcome.into(),
            detail: detail.into(),
        }
    }

    /// Whether it is an answer.
    pub fn is_ok(&self) -> bool {
        self.outcome.starts_with("ok")
    }
}

/// What a client sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long it waits for a connection.
    pub connect_timeout: Option<Duration>,
    /// How long it waits for the beginning of an answer.
    pub read_timeout: Option<Duration>,
    /// How long a call may take.
    pub operation_timeout: Option<Duration>,
    /// How long an attempt may take.
    pub attempt_timeout: Option<Duration>,
    /// How long a body may stall.
    pub grace_period: Option<Duration>,
    /// How it comes by its credentials.
    pub credentials: Source,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(2)),
            read_timeout: None,
            operation_timeout: None,
            attempt_timeout: None,
            grace_period: None,
            credentials: Source::Given,
        }
    }
}

/// Where a server listens, and how it shows who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Plain HTTP at 127.0.0.1.
    Plain,
    /// Plain HTTP at another address.
    At(IpAddr),
    /// HTTPS, for a client that trusts the authority.
    Trusted(Certificate),
    /// HTTPS, for a client that trusts what the system trusts.
    System(Certificate),
    /// Nobody listens there.
    Nowhere,
}

/// What becomes of a connection that has brought an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It serves the next request.
    Alive,
    /// The server closes it, and says so.
    Announced,
    /// The server closes it.
    Unannounced,
}

/// The value that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// What the user sees.
    pub outcome: String,
    /// How often the server is asked, where that is known.
    pub attempts: Option<usize>,
}

/// What a call came to.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What its user saw.
    pub seen: Seen,
    /// How often the server was asked.
    pub attempts: usize,
    /// How often the credentials provider was asked in this call.
    pub asked: usize,
    /// How long it took.
    pub time: Duration,
    /// Whether the next call of the same client works.
    pub next: bool,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What goes wrong.
    pub name: String,
    /// What is called.
    pub call: Call,
    /// What the server does, turn by turn.
    pub script: Vec<Turn>,
    /// What the client sets.
    pub settings: Settings,
    /// Where the server is.
    pub place: Place,
    /// Whether the connection of the call before is still there for a later call.
    pub keep: Keep,
    /// What must come of it, whatever the official crate makes of it.
    pub right: Option<Right>,
    /// How long it takes at most, but for the time of the machine.
    pub takes: Duration,
    /// How much later the next call is made.
    pub pause: Duration,
    /// Whether it needs the machine for itself.
    pub heavy: bool,
}

/// How requests are answered when nothing is wrong.
pub fn otherwise(keep: Keep) -> Otherwise {
    Arc::new(move |request: &Request| {
        let headers = match keep {
            Keep::Announced => "connection: close\r\n",
            Keep::Alive | Keep::Unannounced => "",
        };
        let target = request.header("x-amz-target").unwrap_or_default();
        let body = match target.rsplit('.').next() {
            Some("AdminGetUser") => {
                let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap_or_default();
                format!(r#"{{"Username":{}}}"#, body["Username"])
            }
            Some("InitiateAuth") => r#"{"AuthenticationResult":{"AccessToken":"token"}}"#.to_owned(),
            _ => r#"{"Users":[]}"#.to_owned(),
        };
        let mut acts = vec![send(response("200 OK", headers, body))];
        if keep != Keep::Alive {
            acts.push(Act::Close);
        }
        Turn::new(acts)
    })
}

/// A client of either crate.
#[derive(Clone, Debug)]
pub enum Subject {
    /// The official one.
    #[allow(private_interfaces, reason = "the two types are the same source")]
    Official(official::client::Subject),
    /// Ours.
    #[allow(private_interfaces, reason = "the two types are the same source")]
    Ours(ours::client::Subject),
}

impl Subject {
    /// A client that has never made a call. Ours has its own HTTP client, unless another is given.
    pub fn new(which: Crate, url: &str, settings: &Settings, http_client: Option<SharedHttpClient>) -> Self {
        match which {
            Crate::Official => {
                let http_client = http_client.unwrap_or_else(official_http_client);
                Self::Official(official::client::Subject::new(url, settings, Some(http_client)))
            }
            Crate::Ours => Self::Ours(ours::client::Subject::new(url, settings, http_client)),
        }
    }

    /// How often it asked for credentials so far.
    pub fn asked(&self) -> usize {
        match self {
            Self::Official(subject) => subject.asked(),
            Self::Ours(subject) => subject.asked(),
        }
    }

    /// Makes a call. A panic is an outcome like others.
    pub async fn call(&self, call: Call) -> Seen {
        let subject = self.clone();
        let task = tokio::spawn(async move {
            match subject {
                Self::Official(subject) => subject.call(call).await,
                Self::Ours(subject) => subject.call(call).await,
            }
        });
        match task.await {
            Ok(seen) => seen,
            Err(error) => Seen::new("panic", error.to_string()),
        }
    }
}

/// The HTTP client that the official crate has by default, on ring as ours: here one client serves both.
fn official_http_client() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = ConnectorBuilder::default().tls_provider(Provider::Rustls(CryptoMode::Ring));
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector.set_proxy_config(Some(ProxyConfig::from_env()));
        connector.build()
    })
}

/// A client that trusts this authority alone.
fn trusting(pem: &str) -> Result<SharedHttpClient> {
    let store = TrustStore::empty().with_pem_certificate(pem);
    let context = TlsContext::builder().with_trust_store(store).build()?;
    let provider = Provider::Rustls(CryptoMode::Ring);
    Ok(Builder::new().tls_provider(provider).tls_context(context).build_https())
}

/// Runs a row.
///
/// # Errors
/// The server can't be started, or the call before the fault doesn't work.
pub async fn run(row: &Row, which: Crate, warm: bool, authority: &Authority) -> Result<Measured> {
    let (ip, tls) = match row.place {
        Place::Plain | Place::Nowhere => (Ipv4Addr::LOCALHOST.into(), None),
        Place::At(ip) => (ip, None),
        Place::Trusted(certificate) | Place::System(certificate) => {
            (Ipv4Addr::LOCALHOST.into(), Some(authority.server(certificate)?))
        }
    };
    let server = Server::listen(ip, tls, otherwise(row.keep)).await?;
    let http_client = match row.place {
        Place::Trusted(_) => Some(trusting(&authority.pem())?),
        _ => None,
    };
    let mut url = server.url();
    // A port that is taken, at which nobody listens.
    let taken = TcpSocket::new_v4()?;
    if row.place == Place::Nowhere {
        taken.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        url = format!("http://{}", taken.local_addr()?);
    }
    let subject = Subject::new(which, &url, &row.settings, http_client);
    if warm {
        let seen = subject.call(row.call).await;
        // Where no call ever works, a later one is still another one.
        let works = row.place != Place::Nowhere
            && row.settings.credentials == Source::Given
            && !matches!(row.place, Place::System(_))
            && !matches!(row.place, Place::Trusted(certificate) if certificate != Certificate::Good);
        anyhow::ensure!(seen.is_ok() || !works, "{}: the call before: {}", row.name, seen.detail);
        // The server's end of a connection that it closes, and the client's quota, need a moment.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    server.script(row.script.clone());
    let (asked, start) = (subject.asked(), Instant::now());
    let seen = tokio::time::timeout(Duration::from_secs(60), subject.call(row.call))
        .await
        .with_context(|| format!("{}: no end within a minute", row.name))?;
    let (time, attempts) = (start.elapsed(), server.turns());
    let asked = subject.asked() - asked;
    server.script([]);
    tokio::time::sleep(row.pause).await;
    let next = match row.call {
        Call::GetUser | Call::Named(_) => ("ok bob", Call::Named("bob")),
        Call::SignIn => ("ok token", Call::SignIn),
        Call::ListUsers => ("ok 0 users", Call::ListUsers),
    };
    let next = subject.call(next.1).await.outcome == next.0;
    Ok(Measured {
        seen,
        attempts,
        asked,
        time,
        next,
    })
}
