//! The command line of `credentials`; the steps are in the library.

use clap::Parser;
use cognito_idp::error::DisplayErrorContext;
use quickstart::{Console, Error, Server, credentials};
use std::io::stdout;
use std::process::ExitCode;

/// From a user pool's token to AWS credentials: signs a user in, exchanges the token at an identity pool, signs a request
/// with the credentials, and deletes what it made.
///
/// Without an option it runs against a Cognito inside this process: no network, no AWS account.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Run against a server that speaks Cognito's protocol, such as ministack, with the credentials test/test
    #[arg(long, value_name = "URL", conflicts_with = "aws")]
    endpoint: Option<String>,

    /// Run against AWS with your own credentials and region (needs `--features aws`)
    #[arg(long, requires = "role")]
    aws: bool,

    /// ARN of the role that signed-in users get. On AWS it must trust identity pools, and allow
    /// cognito-identity:DescribeIdentity
    #[arg(long, value_name = "ARN")]
    role: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match exchange(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {}", DisplayErrorContext(&error));
            ExitCode::FAILURE
        }
    }
}

async fn exchange(arguments: Arguments) -> Result<(), Error> {
    let server = match arguments.endpoint {
        Some(url) => Server::Endpoint(url),
        None if arguments.aws => Server::Aws,
        None => Server::Embedded,
    };
    let role = arguments
        .role
        .as_deref()
        .unwrap_or("arn:aws:iam::123456789012:role/signed-in");
    let clients = server.clients().await?;
    let mut out = stdout();
    let mut console = Console::new(&mut out);
    console.title(&format!(
        "From a user pool's token to AWS credentials, against {server}"
    ));
    credentials::run(&clients, role, &mut console).await?;
    Ok(())
}
