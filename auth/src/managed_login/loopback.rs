//! A login from a command line: a listener on this machine for the browser's redirect (RFC 8252, section 7.3).

use super::{LoginRequest, ManagedLogin};
use crate::error::AuthError;
use crate::pool::UserPool;
use crate::secret::Secret;
use crate::tokens::Tokens;
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// The longest request line. The browser's is shorter.
const MAX_REQUEST: usize = 8 * 1024;
/// It doesn't say how the login ended, because the program doesn't know yet.
const PAGE: &str =
    "<!doctype html><title>Back to the program</title><p>You can close this page and go back to the program.";

/// A login from a command line that waits for the browser: open [`url`](Self::url), then call [`finish`](Self::finish).
#[derive(Debug)]
pub struct LoopbackLogin {
    login: ManagedLogin,
    request: LoginRequest,
    listener: TcpListener,
}

impl LoopbackLogin {
    /// Listens on the first of `ports` that is free. `http://127.0.0.1:PORT/callback` must be a callback URL of the app
    /// client for each of them, because Cognito accepts only registered ports.
    ///
    /// `login` makes the managed login of the callback URL: [`ManagedLogin::new`] with the scopes.
    ///
    /// # Errors
    /// [`AuthError::Input`]: no port is free. Those of `login`.
    pub async fn start(
        ports: &[u16],
        login: impl FnOnce(String) -> Result<ManagedLogin, AuthError>,
    ) -> Result<Self, AuthError> {
        for port in ports {
            let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).await else {
                continue;
            };
            let bound = listener.local_addr().map_or(*port, |address| address.port());
            let login = login(format!("http://127.0.0.1:{bound}/callback"))?;
            let request = login.begin()?;
            return Ok(Self {
                login,
                request,
                listener,
            });
        }
        Err(AuthError::Input(
            "none of the ports is free: end what listens there, or register another callback URL",
        ))
    }

    /// Where to send the browser.
    pub fn url(&self) -> String {
        self.login.url(&self.request)
    }

    /// The pool.
    pub fn pool(&self) -> &UserPool {
        &self.login.pool
    }

    /// Waits for the browser's redirect, and returns the tokens. Other requests (a favicon, a page that guesses the
    /// port) get a 404. A silent connection doesn't block the others; browsers open some in advance. To cancel, drop
    /// the future.
    ///
    /// # Errors
    /// As [`ManagedLogin::finish`].
    pub async fn finish(self) -> Result<Tokens, AuthError> {
        let (answers, mut answered) = mpsc::channel(1);
        let mut listening = JoinSet::new();
        listening.spawn(listen(self.listener, self.request.clone(), answers));
        let broken = AuthError::Endpoint {
            problem: "the listener on this machine broke",
            source: None,
        };
        let query = answered.recv().await.ok_or(broken)?;
        // It stops to listen before the code is exchanged.
        listening.shutdown().await;
        self.login.finish(&self.request, query.expose()).await
    }
}

/// Accepts connections until one has the answer to `request`, which goes to `answers`. All of them end with this
/// future.
async fn listen(listener: TcpListener, request: LoginRequest, answers: mpsc::Sender<Secret>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        connections.spawn(serve(stream, request.clone(), answers.clone()));
    }
}

/// Answers one request.
async fn serve(mut stream: TcpStream, request: LoginRequest, answers: mpsc::Sender<Secret>) {
    let query = read_query(&mut stream).await.filter(|query| is_answer(&request, query));
    let (status, page) = if query.is_some() {
        ("200 OK", PAGE)
    } else {
        ("404 Not Found", "")
    };
    let response = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nreferrer-policy: no-referrer\r\nconnection: close\r\n\r\n{page}",
        page.len(),
    );
    // A browser that has gone doesn't change what it brought.
    let _ = stream.write_all(response.as_bytes()).await;
    let _ = stream.shutdown().await;
    if let Some(query) = query {
        let _ = answers.send(query).await;
    }
}

/// Whether a query has the state of this login.
fn is_answer(request: &LoginRequest, query: &Secret) -> bool {
    !matches!(request.code(query.expose()), Err(AuthError::Endpoint { .. }))
}

/// The query of a `GET /callback?…`.
async fn read_query(stream: &mut TcpStream) -> Option<Secret> {
    let mut request = Vec::new();
    while !request.windows(4).any(|window| window == b"\r\n\r\n") {
        let mut part = [0; 1024];
        let read = stream.read(&mut part).await.ok()?;
        request.extend_from_slice(&part[..read]);
        if read == 0 || request.len() > MAX_REQUEST {
            return None;
        }
    }
    let line = Secret::from(String::from_utf8(request).ok()?);
    let target = line.expose().strip_prefix("GET /callback?")?.split_once(' ')?.0;
    Some(target.into())
}
