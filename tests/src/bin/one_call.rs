//! `one_call CRATE URL cold|warm`: makes a call in an environment that the test `faults` gives, and prints what came of it.

use cognito_tests::faults::environment::one_call;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    one_call(&arguments).await
}
