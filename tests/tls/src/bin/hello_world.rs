//! A program with `aws-config` and a web socket.

use aws_config::BehaviorVersion;
use cognito_tls::{call, closing, web_socket};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port = closing().await?;
    let config = aws_config::defaults(BehaviorVersion::latest())
        .endpoint_url(format!("https://localhost:{port}"))
        .load()
        .await;
    println!("call: {}", call(&cognito_idp::Client::new(&config)).await);
    println!("web socket: {}", web_socket(port).await);
    println!("done");
    Ok(())
}
