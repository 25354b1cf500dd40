//! One operation, configured from the environment as the official crate's users do it.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let client = sdk::Client::new(&config);
    let output = client.list_users().user_pool_id("us-east-1_EXAMPLE01").send().await?;
    println!("{} users", output.users().len());
    Ok(())
}
