//! The emulator on a port: how it ends, and clients that don't behave.

use crate::oauth::http;
use crate::table::Table;
use cognito_emulator::Cognito;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_dropped_server_closes_its_port_and_its_connections() {
    let running = Cognito::new().serve(("127.0.0.1", 0)).await.expect("a free port");
    let address = running.address();
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("it reads");
    let mut buffer = [0; 1024];
    assert!(stream.read(&mut buffer).await.expect("it answers") > 0);
    drop(running);
    // The connection could be used again; now nobody is there.
    let rest = tokio::time::timeout(Duration::from_secs(10), async {
        drop(stream.write_all(request).await);
        stream.read(&mut buffer).await.unwrap_or(0)
    });
    assert_eq!(rest.await.expect("the connection is closed"), 0);
    assert!(TcpStream::connect(address).await.is_err(), "the port is closed");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_holds_no_connection() {
    let running = Cognito::new().serve(("127.0.0.1", 0)).await.expect("a free port");
    let headers = [("content-length", "1000")];
    let (status, headers, _) = http(&running, "POST", "/oauth2/token", &headers, "grant_type=").await;
    assert_eq!((status, headers["connection"].as_str()), (408, "close"));
}

#[tokio::test]
async fn the_clock_moves_over_http_however_far_and_never_back() {
    let table = Table::new(json!({})).await;
    let running = table.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
    let mut before = table.cognito.clock().now();
    for far in ["3600", "18446744073709551615", "18446744073709551615"] {
        let (status, _, body) = http(&running, "POST", "/clock", &[], &format!("advance={far}")).await;
        assert_eq!(status, 200, "{body}");
        let now = table.cognito.clock().now();
        assert!(now >= before, "{far}");
        before = now;
    }
    // At the end of time everything still answers.
    let pool = table.ok("CreateUserPool", json!({ "PoolName": "late" })).await;
    let one = json!({ "UserPoolId": pool["UserPool"]["Id"] });
    table.ok("GetSigningCertificate", one).await;
    assert_eq!(http(&running, "POST", "/clock", &[], "advance=-1").await.0, 400);
}
