//! `cognito-codegen`: generates the crates of this repository, or a crate of one's own, and checks that they are up to date.

mod cli;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use cli::place::Place;
use cli::terminal::{self, Terminal};
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generates Rust clients from AWS's JSON service models.
///
/// In a repository it works on model/ and generated/. In any other folder it has the models that it carries, and
/// `generate` writes crates that stand alone.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The repository, which has model/ and generated/; without it, the current folder, if it is one
    #[arg(long, global = true)]
    root: Option<PathBuf>,
    #[command(flatten)]
    terminal: Terminal,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the crates of these services, or of all; or a crate with just the operations that you call
    Generate(cli::generate::Arguments),
    /// Fail if generated/ isn't exactly what `generate` writes
    Check,
    /// Update the models, and see what that changes
    Model {
        #[command(subcommand)]
        command: cli::model::Command,
    },
    /// Generate every service of botocore that speaks JSON, print time and memory, and compile what is generated
    EveryService(cli::every::Arguments),
    /// Print an operation as a page to read: members, constraints, errors, authentication
    Explain {
        /// The operation; `*` and `?` fit any text and any character
        operation: String,
        /// The service, as it is called in model/
        #[arg(long, default_value = "cognito-idp")]
        service: String,
    },
    /// Print what the generator knows of a service
    Dump(cli::dump::Arguments),
    /// Print a script that completes this command in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let terminal = arguments.terminal;
    let failure = match &arguments.command {
        Command::Model { command } => command.failure(),
        _ => ExitCode::FAILURE,
    };
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            terminal.error(&error);
            failure
        }
    }
}

/// Prints what clap says: help and version as results, anything else as an error, which is JSON with `--json`.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let print = error.print().and_then(|()| std::io::stdout().flush());
        return match terminal::printed(print) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::FAILURE
            }
        };
    }
    // Nothing has been parsed.
    let mut arguments = std::env::args_os().skip(1).take_while(|argument| argument != "--");
    if arguments.any(|argument| argument == "--json") {
        let text = error.to_string();
        let text = match error.kind() {
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                "a command is missing\n  hint: `--help` in its place lists them"
            }
            _ => text.trim_start_matches("error: ").trim_end(),
        };
        // Where that fails, standard error has the text, too.
        let _ = terminal::print_error(text);
    }
    let _ = error.print();
    ExitCode::from(2)
}

fn run(arguments: Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let terminal = arguments.terminal;
    let place = || Place::find(arguments.root.clone());
    match arguments.command {
        Command::Generate(arguments) => cli::generate::run(&place()?, arguments, terminal)?,
        Command::Check => return cli::check::run(place()?.repository()?, terminal),
        Command::EveryService(arguments) => return cli::every::run(place()?.repository()?, &arguments, terminal),
        Command::Model { command } => return cli::model::run(place, command, terminal),
        Command::Explain { operation, service } => {
            let pages = cli::explain::pages(place()?.models(), &service, &operation)?;
            let text: Vec<String> = pages.iter().map(ToString::to_string).collect();
            terminal.result(text.join("\n"), &pages)?;
        }
        Command::Dump(arguments) => cli::dump::run(place()?.models(), &arguments, terminal)?,
        Command::Completions { shell } => {
            terminal.no_json("a completion script is text")?;
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "cognito-codegen", &mut script);
            terminal::print_bytes(&script)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
