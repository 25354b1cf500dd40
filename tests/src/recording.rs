//! Recordings of sessions: what smithy's record/replay client wrote down, and which server it was.

use crate::session::{Kind, Session};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::test_util::dvr::{RecordingClient, ReplayingClient};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use cognito_idp::config::Builder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The headers that replaying doesn't compare: it names the versions of this library and of Rust.
const VERSIONED: &[&str] = &["user-agent"];

/// The settings with which the same session gives the same requests.
fn config(time: SystemTime) -> Builder {
    Session::config()
        .time_source(StaticTimeSource::new(time))
        .interceptor(Repeatable)
}

/// Makes the signature that of the last time: takes the versions out of the signed half of the user agent, and puts the
/// keys of JSON objects, which come out of a `HashMap` in another order each time, into one order.
#[derive(Debug)]
struct Repeatable;

impl Intercept for Repeatable {
    fn name(&self) -> &'static str {
        "Repeatable"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        request.headers_mut().insert("x-amz-user-agent", "recorded");
        let body: Value = serde_json::from_slice(request.body().bytes().ok_or("it is in memory")?)?;
        *request.body_mut() = SdkBody::from(sorted(body).to_string());
        Ok(())
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(members.into_iter().collect())
        }
        Value::Array(values) => values.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// A recorded session.
#[derive(Debug)]
pub struct Recording {
    /// The server that answered.
    pub kind: Kind,
    /// Its version.
    pub version: String,
    /// The session's name.
    pub session: String,
    /// When it was recorded. The clock stands still in a session, so that signatures are the same again.
    time: SystemTime,
    path: PathBuf,
}

impl Recording {
    /// The folder with all recordings.
    pub fn folder() -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "tests", "recordings"].iter().collect()
    }

    fn path(kind: Kind, session: &str) -> PathBuf {
        Self::folder().join(format!("{}-{session}.json", kind.name()))
    }

    /// Opens the recording of a session.
    ///
    /// # Panics
    /// It isn't there, or doesn't say what it is.
    pub fn open(kind: Kind, session: &str) -> Self {
        let path = Self::path(kind, session);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let traffic: Value = serde_json::from_str(&text).expect("a recording is JSON");
        let docs = traffic["docs"].as_str().expect("a recording says what it is");
        let words: Vec<_> = docs.split(' ').collect();
        let [server, version, name, "at", time] = words[..] else {
            panic!("{docs}: not what `describe` writes")
        };
        assert_eq!((server, name), (kind.name(), session), "{}", path.display());
        let time = UNIX_EPOCH + Duration::from_secs(time.parse().expect("epoch seconds"));
        Self {
            kind,
            version: version.to_owned(),
            session: name.to_owned(),
            time,
            path,
        }
    }

    /// A session that this recording answers, and what checks its requests in the end.
    ///
    /// # Panics
    /// The file is gone or isn't a recording.
    pub fn replay(&self) -> (Session, ReplayingClient) {
        let client = ReplayingClient::from_file(&self.path).expect("a recording");
        (
            Session::new(self.kind, self.time, config(self.time).http_client(client.clone())),
            client,
        )
    }

    /// What went over the wire, in order.
    ///
    /// # Panics
    /// The file is gone, or an event in it belongs to no exchange.
    pub fn exchanges(&self) -> Vec<Exchange> {
        let text = fs::read_to_string(&self.path).expect("it was there");
        let traffic: Value = serde_json::from_str(&text).expect("a recording is JSON");
        let mut connections = BTreeMap::<u64, Vec<&Value>>::new();
        for event in traffic["events"].as_array().expect("a recording has events") {
            let connection = event["connection_id"].as_u64().expect("each belongs to a connection");
            connections.entry(connection).or_default().push(event);
        }
        let exchanges = connections.values().map(|events| Exchange::of(events));
        exchanges.map(|it| it.expect("request and response")).collect()
    }

    /// Whether the client has sent what was recorded: the same requests with the same URIs, headers and bodies. The
    /// signature is among the headers, and in it method and body once more.
    ///
    /// # Errors
    /// The first difference.
    pub async fn compare(client: ReplayingClient) -> Result<(), Box<dyn std::error::Error>> {
        client
            .validate_body_and_headers_except(VERSIONED, "application/json")
            .await
    }
}

/// A request and its response, as they were recorded.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The operation's name in the model.
    pub operation: String,
    /// The request's body.
    pub request: Value,
    /// The response's status.
    pub status: u16,
    /// The response's body; null where it is no JSON.
    pub response: Value,
}

impl Exchange {
    /// Puts the events of one connection together.
    fn of(events: &[&Value]) -> Option<Self> {
        let find = |pointer: &str| events.iter().find_map(|event| event.pointer(pointer));
        let body = |direction: &str| -> String {
            let parts = events.iter().filter_map(|event| event.pointer("/action/Data"));
            parts
                .filter(|part| part["direction"] == direction)
                .filter_map(|part| part.pointer("/data/Utf8")?.as_str())
                .collect()
        };
        let target = find("/action/Request/request/headers/x-amz-target/0")?.as_str()?;
        let status = find("/action/Response/response/Ok/status")?.as_u64()?;
        Some(Self {
            operation: target.split_once('.')?.1.to_owned(),
            request: serde_json::from_str(&body("Request")).ok()?,
            status: status.try_into().ok()?,
            response: serde_json::from_str(&body("Response")).unwrap_or_default(),
        })
    }
}

/// Runs sessions with a server and writes down what goes over the wire.
#[derive(Debug)]
pub struct Recorder {
    kind: Kind,
    version: &'static str,
    time: SystemTime,
    client: RecordingClient,
}

impl Recorder {
    /// A recorder for the server at this address.
    pub fn new(kind: Kind, version: &'static str, address: &str) -> Self {
        let connector = Connector::builder().build_http();
        let redirect = Redirect {
            address: address.to_owned(),
            connector: SharedHttpConnector::new(connector),
        };
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        Self {
            kind,
            version,
            time,
            client: RecordingClient::new(redirect),
        }
    }

    /// The session to run.
    pub fn session(&self) -> Session {
        Session::new(self.kind, self.time, config(self.time).http_client(self.client.clone()))
    }

    /// Writes the recording.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn save(self, session: &str) -> std::io::Result<PathBuf> {
        let seconds = self.time.duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let mut traffic = serde_json::to_value(self.client.network_traffic()).expect("traffic is JSON");
        traffic["docs"] = format!("{} {} {session} at {seconds}", self.kind.name(), self.version).into();
        let mut text = serde_json::to_string_pretty(&traffic).expect("JSON");
        text.push('\n');
        let path = Recording::path(self.kind, session);
        fs::create_dir_all(Recording::folder())?;
        fs::write(&path, text)?;
        Ok(path)
    }
}

/// Sends requests for AWS to another address. What is recorded in front of it looks as if AWS had been asked.
#[derive(Debug)]
struct Redirect {
    address: String,
    connector: SharedHttpConnector,
}

impl HttpConnector for Redirect {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        request
            .set_uri(format!("{}/", self.address))
            .expect("the server's address is a URI");
        let connector = self.connector.clone();
        HttpConnectorFuture::new(async move {
            // The recording client makes a stream of the body that tells hyper it has ended before it was read
            // (`ChannelBody::is_end_stream` of aws-smithy-http-client 1.5.2), and nothing would be sent.
            let body = std::mem::replace(request.body_mut(), SdkBody::taken());
            let body = ByteStream::new(body)
                .collect()
                .await
                .map_err(|error| ConnectorError::other(error.into(), None))?;
            *request.body_mut() = SdkBody::from(body.into_bytes());
            connector.call(request).await
        })
    }
}
