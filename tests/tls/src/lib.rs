//! What the programs do besides calling Cognito.

use cognito_idp::Client;
use cognito_idp::error::DisplayErrorContext;
use tokio::net::TcpListener;

/// A port at which connections are closed at once.
pub async fn closing() -> anyhow::Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    Ok(port)
}

/// Calls Cognito over TLS where nobody answers.
pub async fn call(client: &Client) -> String {
    let result = client.list_users().user_pool_id("us-east-1_EXAMPLE01").send().await;
    match result {
        Ok(_) => "an answer".to_owned(),
        Err(error) => format!("{}", DisplayErrorContext(&error)),
    }
}

/// Opens a web socket over TLS where nobody answers: its configuration asks rustls for the one provider there is.
pub async fn web_socket(port: u16) -> String {
    match tokio_tungstenite::connect_async(format!("wss://localhost:{port}/")).await {
        Ok(_) => "an answer".to_owned(),
        Err(error) => error.to_string(),
    }
}
