//! A program that calls Cognito, configured from the environment.

use cognito_tls::{call, closing};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = format!("https://localhost:{}", closing().await?);
    let settings = cognito_idp::Config::from_env()?.to_builder().endpoint_url(url);
    let client = cognito_idp::Client::from_conf(settings.build());
    println!("call: {}", call(&client).await);
    println!("done");
    Ok(())
}
