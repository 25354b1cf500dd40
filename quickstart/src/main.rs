//! The command line of the quickstart; the tour itself is in the library.

use clap::Parser;
use cognito_idp::Client;
use cognito_idp::error::DisplayErrorContext;
use quickstart::{Console, Error, Options, Server};
use std::io::stdout;
use std::process::ExitCode;

/// A tour of cognito-idp: creates a user pool and an app client, signs a user up and in, lists users, handles an error,
/// and deletes what it made.
///
/// Without an option it runs against a Cognito inside this process: no network, no AWS account.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Run against a server that speaks Cognito's protocol, such as moto or ministack, with the credentials test/test
    #[arg(long, value_name = "URL", conflicts_with = "aws")]
    endpoint: Option<String>,

    /// Run against AWS with your own credentials and region (needs `--features aws`)
    #[arg(long)]
    aws: bool,

    /// ARN of an Amazon Pinpoint application for AnalyticsConfiguration; AWS refuses one that you don't own,
    /// so with --aws the parameter is sent only if you name one
    #[arg(long, value_name = "ARN")]
    analytics_application: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match tour(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {}", DisplayErrorContext(&error));
            ExitCode::FAILURE
        }
    }
}

async fn tour(arguments: Arguments) -> Result<(), Error> {
    let server = match arguments.endpoint {
        Some(url) => Server::Endpoint(url),
        None if arguments.aws => Server::Aws,
        None => Server::Embedded,
    };
    let options = Options {
        analytics_application: arguments
            .analytics_application
            .or_else(|| server.example_analytics_application()),
    };
    let client = Client::from_conf(server.config().await?);

    let mut out = stdout();
    let mut console = Console::new(&mut out);
    console.title(&format!("Cognito quickstart, against {server}"));
    quickstart::run(&client, &options, &mut console).await?;
    Ok(())
}
