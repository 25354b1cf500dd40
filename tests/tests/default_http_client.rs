//! The HTTP client that is used where the configuration names none: without root certificates, and with a proxy. Both are
//! the environment's, so each case runs in a process of its own.

use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use cognito_idp::config::retry::RetryConfig;
use cognito_idp::config::{BehaviorVersion, Builder, Credentials, Region};
use cognito_idp::error::DisplayErrorContext;
use cognito_idp::{Client, Config};
use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread::JoinHandle;

fn settings() -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .retry_config(RetryConfig::disabled())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
}

async fn call(client: &Client) -> String {
    let call = client.admin_get_user().user_pool_id("pool").username("alice");
    match call.send().await {
        Ok(output) => format!("ok {}", output.username()),
        Err(error) => format!("{}", DisplayErrorContext(&error)),
    }
}

/// Runs an ignored test of this program with just these variables, and returns what it prints.
fn in_process(test: &str, variables: &[(&str, &str)]) -> Result<String, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([test, "--exact", "--ignored", "--nocapture"]).env_clear();
    let output = command.envs(variables.iter().copied()).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || !text.contains("1 passed") {
        return Err(format!("{test} failed with {variables:?}:\n{text}{stderr}").into());
    }
    Ok(text)
}

/// What gives the first line of a request.
type FirstLine = JoinHandle<std::io::Result<String>>;

/// Answers one request over plain HTTP at the port that it returns.
fn server() -> Result<(u16, FirstLine), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let serve = move || {
        let (stream, _) = listener.accept()?;
        answer(stream)
    };
    Ok((port, std::thread::spawn(serve)))
}

fn answer(mut stream: TcpStream) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
    let body = r#"{"Username":"alice"}"#;
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )?;
    Ok(first)
}

const NO_CERTIFICATES: [(&str, &str); 2] = [
    ("SSL_CERT_FILE", "/nonexistent/certificates.pem"),
    ("SSL_CERT_DIR", "/nonexistent"),
];

#[tokio::test]
#[ignore = "run by the test of root certificates, without any"]
async fn child_calls_over_tls() {
    let client = Client::from_conf(settings().endpoint_url("https://127.0.0.1:9").build());
    for _ in 0..3 {
        println!("{}", call(&client).await);
    }
}

#[tokio::test]
#[ignore = "run by the test of root certificates, without any"]
async fn child_calls_over_plain_http() {
    let url = std::env::var("SERVER").expect("is set");
    println!(
        "{}",
        call(&Client::from_conf(settings().endpoint_url(url).build())).await
    );
}

#[test]
#[ignore = "run by the test of root certificates, without any"]
fn child_makes_clients_on_hyper() {
    let hyper = || {
        aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https()
    };
    let ours = std::panic::catch_unwind(|| Client::from_conf(settings().http_client(hyper()).build()));
    let official = std::panic::catch_unwind(|| {
        use aws_sdk_cognitoidentityprovider as sdk;
        let config = sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(hyper());
        sdk::Client::from_conf(config.build())
    });
    println!("ours: {}, official: {}", ours.is_ok(), official.is_ok());
}

#[tokio::test]
#[ignore = "run by the test of reading late, with a certificate that it removes"]
async fn child_removes_the_certificate() {
    let client = Client::from_conf(settings().endpoint_url("https://127.0.0.1:9").build());
    let file = std::env::var("SSL_CERT_FILE").expect("is set");
    std::fs::remove_file(file).expect("it is there");
    println!("{}", call(&client).await);
}

#[test]
fn root_certificates_are_read_with_the_first_tls_request() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("certificates.pem");
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()])?.cert;
    std::fs::write(&file, certificate.pem())?;
    let file = file.to_str().ok_or("a temporary path is text")?;
    let text = in_process(
        "child_removes_the_certificate",
        &[("SSL_CERT_FILE", file), ("SSL_CERT_DIR", "/nonexistent")],
    )?;
    assert!(text.contains("no root certificates were found"), "{text}");
    Ok(())
}

#[test]
fn without_root_certificates_a_call_over_tls_says_so_each_time() -> Result<(), Box<dyn Error>> {
    let text = in_process("child_calls_over_tls", &NO_CERTIFICATES)?;
    let said = text.matches("no root certificates were found").count();
    assert!(said >= 3, "{text}");
    assert!(text.contains("SSL_CERT_FILE") && !text.contains("Poison"), "{text}");
    assert!(!text.contains("panicked"), "{text}");
    Ok(())
}

#[test]
fn without_root_certificates_a_call_over_plain_http_needs_none() -> Result<(), Box<dyn Error>> {
    let (port, server) = server()?;
    let url = format!("http://127.0.0.1:{port}");
    let variables = [&NO_CERTIFICATES[..], &[("SERVER", &url)]].concat();
    let text = in_process("child_calls_over_plain_http", &variables)?;
    assert!(text.contains("ok alice"), "{text}");
    assert!(
        server
            .join()
            .map_err(|_| "the server panicked")??
            .starts_with("POST / ")
    );
    Ok(())
}

#[test]
fn without_root_certificates_a_client_on_hyper_fails_when_it_is_made_as_the_official_one() -> Result<(), Box<dyn Error>>
{
    let text = in_process("child_makes_clients_on_hyper", &NO_CERTIFICATES)?;
    let panics = cfg!(debug_assertions);
    assert!(
        text.contains(&format!("ours: {}, official: {}", !panics, !panics)),
        "{text}"
    );
    Ok(())
}

#[tokio::test]
#[ignore = "run by the test of proxies, with one set"]
async fn child_calls_with_a_proxy() {
    let version = match std::env::var("BEHAVIOR").as_deref() {
        #[expect(deprecated, reason = "the older version is what is tested")]
        Ok("v2025_01_17") => BehaviorVersion::v2025_01_17(),
        #[expect(deprecated, reason = "a certain version is what is tested")]
        Ok("v2025_08_07") => BehaviorVersion::v2025_08_07(),
        _ => BehaviorVersion::latest(),
    };
    let settings = settings()
        .behavior_version(version)
        .endpoint_url("http://cognito.invalid");
    println!("{}", call(&Client::from_conf(settings.build())).await);
}

#[test]
fn the_proxy_of_the_environment_is_used_from_the_same_behavior_version_on() -> Result<(), Box<dyn Error>> {
    for (version, proxied) in [("v2025_01_17", false), ("v2025_08_07", true), ("latest", true)] {
        let (port, server) = server()?;
        let url = format!("http://127.0.0.1:{port}");
        let text = in_process(
            "child_calls_with_a_proxy",
            &[("HTTP_PROXY", &url), ("BEHAVIOR", version)],
        )?;
        assert_eq!(text.contains("ok alice"), proxied, "{version}: {text}");
        if proxied {
            let line = server.join().map_err(|_| "the server panicked")??;
            assert!(line.starts_with("POST http://cognito.invalid/ "), "{version}: {line}");
        }
    }
    Ok(())
}
