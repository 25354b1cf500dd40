//! Servers of keys that misbehave, on loopback, and what the client of the feature `client` makes of them. The crate's
//! documentation has the table.

mod support;

use cognito_jwt::{Access, Fetch, FetchError, Https, Issuer, JwksError, Refusal, Verifier};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a server does with a connection.
#[derive(Clone)]
enum Manner {
    /// Sends this after the request, and closes.
    Says(String),
    /// Closes at once, with a reset.
    Resets,
    /// Sends a part of an answer, and closes.
    Breaks,
    /// Reads the request, and sends nothing.
    Stalls,
    /// Sends the headers, then a byte now and then.
    Trickles,
    /// Sends a body that never ends.
    Endless,
    /// Sends headers that never end.
    EndlessHeaders,
}

/// A server that has one manner after the other, and then the last one.
struct Server {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    async fn new(manners: Vec<Manner>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/jwks.json", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::SeqCst);
                let manner = manners[number.min(manners.len() - 1)].clone();
                // The client may go away at any time; that is what is tested.
                tokio::spawn(async move { drop(manner.serve(stream).await) });
            }
        });
        Self { url, requests }
    }

    fn verifier(&self) -> Verifier<Access> {
        let pool = Issuer::user_pool(POOL).jwks_url(&self.url);
        let client = Https::new().time_out(Duration::from_millis(500));
        let builder = Verifier::user_pool(pool).client(CLIENT).access().clock(now);
        builder.fetch_with(client).build().expect("a verifier")
    }
}

impl Manner {
    async fn serve(self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut request = [0; 4096];
        if matches!(self, Self::Resets) {
            stream.set_zero_linger()?;
            return Ok(());
        }
        let length = stream.read(&mut request).await?;
        let request = String::from_utf8_lossy(&request[..length]);
        assert!(request.starts_with("GET /jwks.json HTTP/1.1\r\n"), "{request}");
        match self {
            Self::Says(answer) => stream.write_all(answer.as_bytes()).await,
            Self::Resets => Ok(()),
            Self::Breaks => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"keys\"")
                    .await
            }
            Self::Stalls => std::future::pending().await,
            Self::Trickles => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
                    .await?;
                loop {
                    stream.write_all(b" ").await?;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            Self::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{\"keys\":[").await?;
                loop {
                    stream.write_all(&[b' '; 8192]).await?;
                }
            }
            Self::EndlessHeaders => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
                loop {
                    stream.write_all(b"x-header: value\r\n").await?;
                }
            }
        }
    }
}

fn ok(body: &str) -> Manner {
    Manner::Says(format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ))
}

fn status(line: &str) -> Manner {
    Manner::Says(format!("HTTP/1.1 {line}\r\ncontent-length: 0\r\n\r\n"))
}

fn good() -> String {
    KEY.token(&access_claims())
}

/// What comes of a server's manner: the error. Whatever it is, it comes within two seconds.
async fn outcome(manner: Manner) -> FetchError {
    let server = Server::new(vec![manner]).await;
    let begin = Instant::now();
    let refusal = server.verifier().verify(&good()).await.expect_err("there are no keys");
    assert!(begin.elapsed() < Duration::from_secs(2), "{:?}", begin.elapsed());
    match refusal {
        Refusal::KeysUnavailable(error) => error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_good_server_is_asked_once() {
    let server = Server::new(vec![ok(&jwks(&[KEY.jwk()]))]).await;
    let verifier = server.verifier();
    for _ in 0..10 {
        verifier.verify(&good()).await.expect("a good token");
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_chunked_answer_is_read() {
    let body = jwks(&[KEY.jwk()]);
    let (first, second) = body.split_at(100);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    let server = Server::new(vec![Manner::Says(answer)]).await;
    server.verifier().verify(&good()).await.expect("a good token");
}

#[tokio::test]
async fn another_status_is_a_failure() {
    for (line, code) in [
        ("404 Not Found", 404),
        ("500 Internal Server Error", 500),
        ("204 No Content", 204),
        ("403 Forbidden", 403),
    ] {
        assert_eq!(outcome(status(line)).await, FetchError::Status(code));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::new(vec![ok(&jwks(&[KEY.jwk()]))]).await;
    for code in [301, 302, 303, 307, 308] {
        let redirect = Manner::Says(format!(
            "HTTP/1.1 {code} X\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
            target.url
        ));
        assert_eq!(outcome(redirect).await, FetchError::Redirect);
    }
    assert_eq!(target.requests.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_broken_connection_is_a_failure() {
    for manner in [
        Manner::Resets,
        Manner::Breaks,
        Manner::Says(String::new()),
        Manner::Says("SSH-2.0-x\r\n".to_owned()),
    ] {
        let error = outcome(manner).await;
        assert!(matches!(error, FetchError::Connection(_)), "{error}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/", closed.local_addr().expect("it is bound"));
    drop(closed);
    let error = Https::new().fetch(&url).await.expect_err("nobody listens");
    assert!(matches!(error, FetchError::Connection(_)), "{error}");
}

#[tokio::test]
async fn a_stalled_server_is_given_up() {
    let after = Duration::from_millis(500);
    assert_eq!(outcome(Manner::Stalls).await, FetchError::TimedOut { after });
    assert_eq!(outcome(Manner::Trickles).await, FetchError::TimedOut { after });
}

#[tokio::test]
async fn an_endless_answer_is_cut_off() {
    assert_eq!(outcome(Manner::Endless).await, FetchError::TooLong { most: 128 * 1024 });
    let error = outcome(Manner::EndlessHeaders).await;
    assert!(matches!(error, FetchError::Connection(_)), "{error}");
}

#[tokio::test]
async fn something_else_than_a_jwks_is_a_failure() {
    for body in ["", "<html>", "[]", "{}", "{\"keys\":[{]}", "\u{0}"] {
        assert_eq!(outcome(ok(body)).await, FetchError::Jwks(JwksError::Shape), "{body}");
    }
    let bytes =
        Manner::Says("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-encoding: gzip\r\n\r\n\u{1f}x".to_owned());
    assert_eq!(outcome(bytes).await, FetchError::Jwks(JwksError::Shape));
}

#[tokio::test]
async fn two_keys_with_one_id_are_a_failure() {
    let twin = with(OTHER.jwk(), "kid", KEY.kid.clone().into());
    let error = outcome(ok(&jwks(&[KEY.jwk(), twin]))).await;
    assert_eq!(error, FetchError::Jwks(JwksError::DuplicateKey));
}

#[tokio::test]
async fn rotated_keys_are_found() {
    let rotated = ok(&jwks(&[OTHER.jwk()]));
    let server = Server::new(vec![ok(&jwks(&[KEY.jwk()])), rotated]).await;
    let verifier = server.verifier();
    verifier.verify(&good()).await.expect("a good token");
    verifier
        .verify(&OTHER.token(&access_claims()))
        .await
        .expect("the new key is fetched");
    assert_eq!(
        verifier.verify(&good()).await,
        Err(Refusal::UnknownKey),
        "the old one is gone"
    );
}

#[tokio::test]
async fn a_server_that_recovers_is_asked_again_after_a_pause() {
    let server = Server::new(vec![status("503 Unavailable"), ok(&jwks(&[KEY.jwk()]))]).await;
    let verifier = server.verifier();
    for _ in 0..100 {
        verifier.verify(&good()).await.expect_err("the pause isn't over");
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
    tokio::time::sleep(Duration::from_millis(1100)).await;
    verifier.verify(&good()).await.expect("a good token");
    assert_eq!(server.requests.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_server_without_tls_does_not_pass_for_one() {
    let server = Server::new(vec![ok(&jwks(&[KEY.jwk()]))]).await;
    let url = server.url.replace("http://", "https://");
    let error = Https::new()
        .time_out(Duration::from_secs(2))
        .fetch(&url)
        .await
        .expect_err("it speaks no TLS");
    assert!(
        matches!(
            error,
            FetchError::Connection(_) | FetchError::NoRootCertificates | FetchError::TimedOut { .. }
        ),
        "{error}"
    );
}
