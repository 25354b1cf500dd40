//! A server on raw TCP, or TLS, that does with each request what its script says.

use rustls::ServerConfig;
use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A connection that nobody closes is closed then.
const PATIENCE: Duration = Duration::from_secs(30);

/// When a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// As soon as there is a connection.
    Accepted,
    /// When the request's headers are there.
    Headers,
    /// When the request is there.
    Request,
}

/// One thing that the server does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Sends these bytes.
    Send(Arc<[u8]>),
    /// Sends these bytes one by one, with a pause after each.
    Trickle(Arc<[u8]>, Duration),
    /// Does nothing for a while.
    Wait(Duration),
    /// Closes the connection as a program does that has ended well.
    Close,
    /// Closes the connection with RST.
    Reset,
    /// Does nothing, until the client closes the connection.
    Hold,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub struct Turn {
    /// When.
    pub stage: Stage,
    /// What, in this order. Without an end, the connection lives on.
    pub acts: Vec<Act>,
}

impl Turn {
    /// These acts in answer to a request.
    pub fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self::at(Stage::Request, acts)
    }

    /// These acts at another stage.
    pub fn at(stage: Stage, acts: impl IntoIterator<Item = Act>) -> Self {
        Self {
            stage,
            acts: acts.into_iter().collect(),
        }
    }
}

/// Bytes to send.
pub fn send(bytes: impl AsRef<[u8]>) -> Act {
    Act::Send(bytes.as_ref().into())
}

/// A whole response with a `content-length`. `headers` are lines that end in CR LF.
pub fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/x-amz-json-1.1\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// How requests are answered for which the script has nothing.
pub type Otherwise = Arc<dyn Fn(&Request) -> Turn + Send + Sync>;

/// A request, as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The first line and the headers.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A header's value. `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)))
            .map(|(_, value)| value)
    }
}

#[derive(Default)]
struct State {
    script: VecDeque<Turn>,
    /// How many turns have begun, and how many requests were answered otherwise.
    turns: usize,
    requests: Vec<Request>,
    forgets: bool,
    connections: usize,
    open: usize,
}

/// A running server. It ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    tls: bool,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts a server that answers with `otherwise` what its script doesn't say.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn start(otherwise: Otherwise) -> io::Result<Self> {
        Self::listen(IpAddr::V4(Ipv4Addr::LOCALHOST), None, otherwise).await
    }

    /// The same at another address, and with TLS where there is a configuration for it.
    ///
    /// # Errors
    /// There is no free port, or no such address.
    pub async fn listen(ip: IpAddr, tls: Option<ServerConfig>, otherwise: Otherwise) -> io::Result<Self> {
        let listener = TcpListener::bind((ip, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        let acceptor = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let with_tls = acceptor.is_some();
        let task = tokio::spawn(async move {
            // Connections end with the server.
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                let connection = Connection {
                    state: Arc::clone(&shared),
                    otherwise: Arc::clone(&otherwise),
                };
                let acceptor = acceptor.clone();
                connections.spawn(async move {
                    let _open = Open::count(&connection.state);
                    // A client may break off at any time.
                    let _ = tokio::time::timeout(PATIENCE, connection.serve(stream, acceptor)).await;
                });
            }
        });
        Ok(Self {
            address,
            tls: with_tls,
            state,
            task,
        })
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, with a host name where it speaks TLS.
    pub fn url(&self) -> String {
        if self.tls {
            format!("https://localhost:{}", self.address.port())
        } else {
            format!("http://{}", self.address)
        }
    }

    /// Replaces the script, and counts anew.
    pub fn script(&self, turns: impl IntoIterator<Item = Turn>) {
        let mut state = lock(&self.state);
        state.script = turns.into_iter().collect();
        state.turns = 0;
        state.requests.clear();
    }

    /// How many requests were answered, or met their fault, since the script was set.
    pub fn turns(&self) -> usize {
        lock(&self.state).turns
    }

    /// The requests since the script was set.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.state).requests.clone()
    }

    /// From now on, requests aren't kept.
    pub fn forget(&self) {
        lock(&self.state).forgets = true;
    }

    /// How many connections there were, and how many there are.
    pub fn connections(&self) -> (usize, usize) {
        let state = lock(&self.state);
        (state.connections, state.open)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a connection while it is open.
struct Open(Arc<Mutex<State>>);

impl Open {
    fn count(state: &Arc<Mutex<State>>) -> Self {
        let mut locked = lock(state);
        locked.connections += 1;
        locked.open += 1;
        Self(Arc::clone(state))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.0).open -= 1;
    }
}

struct Connection {
    state: Arc<Mutex<State>>,
    otherwise: Otherwise,
}

/// Whether a connection lives on.
#[derive(PartialEq, Eq)]
enum Next {
    Alive,
    Over,
}

impl Connection {
    async fn serve(self, stream: TcpStream, acceptor: Option<TlsAcceptor>) -> io::Result<()> {
        stream.set_nodelay(true)?;
        if let Some(turn) = self.turn(Stage::Accepted) {
            let mut stream = Stream::Plain(stream);
            if play(&mut stream, &turn).await? == Next::Over {
                return Ok(());
            }
            return self.converse(stream).await;
        }
        let stream = match acceptor {
            Some(acceptor) => Stream::Tls(Box::new(acceptor.accept(stream).await?)),
            None => Stream::Plain(stream),
        };
        self.converse(stream).await
    }

    async fn converse(&self, mut stream: Stream) -> io::Result<()> {
        let mut received = Vec::new();
        loop {
            let Some(end) = read_until_blank(&mut stream, &mut received).await? else {
                return Ok(());
            };
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            received.drain(..end);
            if let Some(turn) = self.turn(Stage::Headers) {
                if play(&mut stream, &turn).await? == Next::Over {
                    return Ok(());
                }
                continue;
            }
            let mut request = Request { head, body: Vec::new() };
            let length: usize = request
                .header("content-length")
                .and_then(|length| length.parse().ok())
                .unwrap_or(0);
            while received.len() < length {
                if stream.read_buf(&mut received).await? == 0 {
                    return Ok(());
                }
            }
            request.body = received.drain(..length).collect();
            let turn = self.turn(Stage::Request);
            let turn = turn.unwrap_or_else(|| {
                lock(&self.state).turns += 1;
                (self.otherwise)(&request)
            });
            self.remember(request);
            if play(&mut stream, &turn).await? == Next::Over {
                return Ok(());
            }
        }
    }

    fn remember(&self, request: Request) {
        let mut state = lock(&self.state);
        if !state.forgets {
            state.requests.push(request);
        }
    }

    /// The next turn, if it happens at this stage.
    fn turn(&self, stage: Stage) -> Option<Turn> {
        let mut state = lock(&self.state);
        if state.script.front()?.stage != stage {
            return None;
        }
        state.turns += 1;
        state.script.pop_front()
    }
}

async fn play(stream: &mut Stream, turn: &Turn) -> io::Result<Next> {
    for act in &turn.acts {
        match act {
            Act::Send(bytes) => {
                stream.write_all(bytes).await?;
                stream.flush().await?;
            }
            Act::Trickle(bytes, pause) => {
                for byte in bytes.iter() {
                    stream.write_all(&[*byte]).await?;
                    stream.flush().await?;
                    tokio::time::sleep(*pause).await;
                }
            }
            Act::Wait(time) => tokio::time::sleep(*time).await,
            Act::Close => {
                stream.shutdown().await?;
                return Ok(Next::Over);
            }
            Act::Reset => {
                stream.tcp().set_zero_linger()?;
                return Ok(Next::Over);
            }
            Act::Hold => {
                let mut rest = [0; 1024];
                while stream.read(&mut rest).await? > 0 {}
                return Ok(Next::Over);
            }
        }
    }
    Ok(Next::Alive)
}

/// Reads until a blank line, and says where it ends. Nothing if the client has closed the connection.
async fn read_until_blank(stream: &mut Stream, received: &mut Vec<u8>) -> io::Result<Option<usize>> {
    loop {
        if let Some(start) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            return Ok(Some(start + 4));
        }
        if stream.read_buf(received).await? == 0 {
            return Ok(None);
        }
    }
}

/// A connection, with or without TLS.
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    fn tcp(&self) -> &TcpStream {
        match self {
            Self::Plain(stream) => stream,
            Self::Tls(stream) => stream.get_ref().0,
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
