//! One operation, configured from the environment.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = sdk::Client::from_conf(sdk::Config::from_env()?);
    let output = client.list_users().user_pool_id("us-east-1_EXAMPLE01").send().await?;
    println!("{} users", output.users().len());
    Ok(())
}
