//! An axum service that calls Cognito and, with reqwest, others.

use axum::{Router, routing::get};
use cognito_tls::{call, closing, web_socket};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port = closing().await?;
    let url = format!("https://localhost:{port}");
    let settings = cognito_idp::Config::from_env()?.to_builder().endpoint_url(&url);
    let client = cognito_idp::Client::from_conf(settings.build());
    let handler = move || async move {
        let other = reqwest::get(&url).await.map_err(|error| error.to_string());
        let other = other.map(|response| response.status());
        format!("{} / {other:?} / {}", call(&client).await, web_socket(port).await)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(handler))).await });
    println!("{}", reqwest::get(format!("http://{address}/")).await?.text().await?);
    println!("done");
    Ok(())
}
