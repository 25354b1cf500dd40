//! `cognito-emulator`: a Cognito on a port.

use clap::Parser;
use cognito_emulator::{Cognito, Seed};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A complete Amazon Cognito on a port, for tests and local development.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 9229)]
    port: u16,
    /// The address. Anyone who can reach it can do everything.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// A folder that keeps the state across restarts; without it, the state is in memory.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Pools, app clients and users to begin with, in TOML or JSON.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// The log level: error, warn, info, debug, or a filter such as `cognito_emulator=debug`.
    #[arg(long, default_value = "info")]
    log: String,
    /// The region in ids and tokens.
    #[arg(long, default_value = "us-east-1")]
    region: String,
    /// The issuer of tokens, for libraries that fetch keys from it: http://127.0.0.1:9229. The default is Cognito's own
    /// issuer.
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cognito-emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_new(&arguments.log)?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let mut builder = Cognito::builder().region(arguments.region);
    if let Some(issuer) = arguments.issuer {
        builder = builder.issuer(issuer.trim_end_matches('/'));
    }
    let cognito = builder.build();
    if let Some(folder) = &arguments.data {
        cognito.load(folder)?;
    }
    if let Some(seed) = &arguments.seed {
        cognito.sow(&Seed::read(seed)?)?;
    }
    let running = cognito.serve((arguments.host, arguments.port)).await?;
    println!("{}", running.url());
    let keep = async {
        match &arguments.data {
            Some(folder) => cognito.keep(folder).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        kept = keep => kept?,
        interrupted = stopped() => interrupted?,
    }
    if let Some(folder) = &arguments.data {
        cognito.save(folder)?;
    }
    Ok(())
}

/// Ctrl-C, or SIGTERM.
#[cfg(unix)]
async fn stopped() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminated.recv() => Ok(()),
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
async fn stopped() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
