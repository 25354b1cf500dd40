//! The client of the feature `client` over TLS, with certificates made here.
//!
//! Which roots it trusts is a matter of the environment (`SSL_CERT_FILE`), so each client is a process of its own: this
//! test binary once more, running [`client`] alone.

mod support;

use cognito_jwt::{Fetch, FetchError, Https};
use rcgen::CertifiedKey;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio_rustls::TlsAcceptor;

/// Where the process finds the URL that it is to fetch.
const URL: &str = "COGNITO_JWT_TLS_URL";
/// The certificates that aren't in their place until the first fetch has failed.
const LATE: &str = "COGNITO_JWT_TLS_LATE";
/// What precedes its outcome in its output.
const OUTCOME: &str = "outcome: ";

/// Does nothing, unless it runs in a process for [`outcome`].
#[tokio::test]
async fn client() {
    let Ok(url) = std::env::var(URL) else { return };
    let client = Https::new().time_out(Duration::from_secs(30));
    let mut fetched = client.fetch(&url).await;
    if let Ok(late) = std::env::var(LATE) {
        assert_eq!(fetched, Err(FetchError::NoRootCertificates));
        let roots = std::env::var("SSL_CERT_FILE").expect("a path");
        std::fs::copy(late, roots).expect("target/ is writable");
        fetched = client.fetch(&url).await;
    }
    let outcome = match fetched {
        Ok(document) => String::from_utf8_lossy(&document).into_owned(),
        Err(error) => format!("{error}"),
    };
    println!("{OUTCOME}{outcome}");
}

/// What the client makes of this URL when it trusts the certificates in this file.
async fn outcome(url: &str, roots: &Path) -> String {
    outcome_with(url, roots, None).await
}

/// The same, with certificates that come into this file after the first fetch.
async fn outcome_with(url: &str, roots: &Path, late: Option<&Path>) -> String {
    let mut command = Command::new(std::env::current_exe().expect("a test binary"));
    command
        .args(["client", "--exact", "--nocapture"])
        .env(URL, url)
        .env("SSL_CERT_FILE", roots)
        .env_remove("SSL_CERT_DIR")
        .stdin(Stdio::null());
    if let Some(late) = late {
        command.env(LATE, late);
    }
    let output = command.output().await.expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.split_once(OUTCOME));
    line.unwrap_or_else(|| panic!("no outcome: {text}")).1.to_owned()
}

/// A server that has a certificate for this name, and a file with the certificate.
async fn server(name: &str) -> (u16, PathBuf) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a certificate and its key");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            // A client that doesn't trust the certificate goes away.
            tokio::spawn(async move { drop(answer(acceptor, stream).await) });
        }
    });
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("jwt-tls-{port}.pem"));
    std::fs::write(&file, cert.pem()).expect("target/ is writable");
    (port, file)
}

async fn answer(acceptor: TlsAcceptor, stream: tokio::net::TcpStream) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut request = [0; 4096];
    let length = stream.read(&mut request).await?;
    let request = String::from_utf8_lossy(&request[..length]);
    assert!(request.starts_with("GET /jwks.json HTTP/1.1\r\n"), "{request}");
    let body = jwks(&[]);
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

#[tokio::test]
async fn a_server_with_a_trusted_certificate_is_asked() {
    let (port, roots) = server("localhost").await;
    assert_eq!(
        outcome(&format!("https://localhost:{port}/jwks.json"), &roots).await,
        jwks(&[])
    );
    let (port, roots) = server("127.0.0.1").await;
    assert_eq!(
        outcome(&format!("https://127.0.0.1:{port}/jwks.json"), &roots).await,
        jwks(&[])
    );
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_refused() {
    let (port, _) = server("localhost").await;
    let (_, others) = server("localhost").await;
    let outcome = outcome(&format!("https://localhost:{port}/jwks.json"), &others).await;
    assert!(outcome.contains("invalid peer certificate"), "{outcome}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (port, roots) = server("keys.example.com").await;
    let outcome = outcome(&format!("https://localhost:{port}/jwks.json"), &roots).await;
    assert!(outcome.contains("certificate not valid for name"), "{outcome}");
}

#[tokio::test]
async fn without_root_certificates_it_says_what_to_install() {
    let (port, _) = server("localhost").await;
    let nothing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file.pem");
    let outcome = outcome(&format!("https://localhost:{port}/jwks.json"), &nothing).await;
    assert!(outcome.contains("SSL_CERT_FILE"), "{outcome}");
}

#[tokio::test]
async fn root_certificates_that_come_later_are_found() {
    let (port, late) = server("localhost").await;
    let roots = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("jwt-tls-{port}-late.pem"));
    assert_eq!(
        outcome_with(&format!("https://localhost:{port}/jwks.json"), &roots, Some(&late)).await,
        jwks(&[])
    );
    std::fs::remove_file(roots).expect("it was made");
}
