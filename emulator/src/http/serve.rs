//! The emulator on a port.

use super::router::{json, route};
use crate::cognito::Cognito;
use crate::outage::Broken;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use cognito_idp::server::MAX_BODY;
use http::header::CONTENT_LENGTH;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

/// How long a client may take to send a request's head, and how long for its body.
const PATIENCE: Duration = Duration::from_secs(30);

/// A listening emulator. It stops when this is dropped: it closes the port and all connections.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, for `endpoint_url` of a configuration.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Cognito {
    /// Listens on an address. `("127.0.0.1", 0)` takes a free port of the local machine.
    ///
    /// Anyone who can reach the port can do everything, so listening on a network address logs a warning.
    ///
    /// # Errors
    /// It can't listen on the address.
    ///
    /// # Panics
    /// It isn't called from a tokio runtime.
    pub async fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        if !address.ip().is_loopback() {
            tracing::warn!("{address} can be reached from the network, and asks nobody for credentials");
        }
        self.world().around.settings.address = Some(format!("http://{address}"));
        let cognito = self.clone();
        let task = tokio::spawn(async move { accept(&listener, &cognito).await });
        Ok(Running { address, task })
    }
}

async fn accept(listener: &TcpListener, cognito: &Cognito) {
    // They end with this task, because dropping the set aborts them.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Too many open files, for example: it passes.
                tracing::warn!("a connection isn't accepted: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let cognito = cognito.clone();
        connections.spawn(async move {
            let service = service_fn(|request| answer(&cognito, request));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended: {error}");
            }
        });
    }
}

/// Reads a request, answers it, and lets pages of other origins, such as single-page apps, read the answer.
/// An error closes the connection.
async fn answer(cognito: &Cognito, request: http::Request<Incoming>) -> Result<http::Response<SdkBody>, Broken> {
    let origin = request.headers().get("origin").cloned();
    let response = if request.method() == http::Method::OPTIONS {
        json(200, &json!({}))
    } else {
        match read(request).await {
            Ok(request) => route(cognito, &request).await?,
            Err(refusal) => *refusal,
        }
    };
    let mut response = response.try_into_http1x().unwrap_or_else(|error| {
        let mut response = http::Response::new(SdkBody::from(error.to_string()));
        *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
        response
    });
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert("access-control-allow-origin", origin);
        for (name, value) in [
            ("access-control-allow-headers", "*, authorization"),
            ("access-control-allow-methods", "GET, POST, PUT, OPTIONS"),
            (
                "access-control-expose-headers",
                "x-amzn-errortype, x-amzn-requestid, x-amzn-errormessage",
            ),
            ("access-control-max-age", "600"),
        ] {
            headers.insert(name, http::HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

/// Reads the whole body, if it isn't too large, and comes in time.
async fn read(request: http::Request<Incoming>) -> Result<HttpRequest, Box<HttpResponse>> {
    let too_large = || {
        let body = json!({
            "__type": "RequestEntityTooLargeException",
            "message": "The request is larger than this server takes.",
        });
        let mut response = json(413, &body);
        response
            .headers_mut()
            .insert("x-amzn-errortype", "RequestEntityTooLargeException");
        response.headers_mut().insert("connection", "close");
        Box::new(response)
    };
    let bad = |error: &dyn std::fmt::Display| Box::new(json(400, &json!({ "message": error.to_string() })));
    let announced = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    if announced
        .and_then(|length| length.parse::<usize>().ok())
        .is_some_and(|length| length > MAX_BODY)
    {
        return Err(too_large());
    }
    let (head, body) = request.into_parts();
    let body = match timeout(PATIENCE, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
        Ok(Err(error)) => return Err(bad(&error)),
        Err(_) => {
            let mut response = json(408, &json!({ "message": "The request's body didn't arrive in time." }));
            response.headers_mut().insert("connection", "close");
            return Err(Box::new(response));
        }
    };
    let request = http::Request::from_parts(head, SdkBody::from(body));
    HttpRequest::try_from(request).map_err(|error| bad(&error))
}
