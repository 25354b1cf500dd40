//! `dump`: what the generator knows of a service.

use super::terminal::Terminal;
use clap::ValueEnum;
use cognito_codegen::generate::{GenerateError, Repository};
use cognito_codegen::model::traits;
use std::error::Error;
use std::path::PathBuf;

/// What to print, of which service.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to print
    what: What,
    /// The service, as it is called in model/
    #[arg(default_value = "cognito-idp")]
    service: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// The model, as it was read
    Model,
    /// The plan, as JSON
    Plan,
    /// The names of the operations
    Operations,
    /// What becomes of each key that a model may have, as Markdown
    Traits,
}

/// Prints it.
pub(crate) fn run(models: &Repository, arguments: &Arguments, terminal: Terminal) -> Result<(), Box<dyn Error>> {
    let service = arguments.service.as_str();
    match arguments.what {
        What::Traits => {
            terminal.no_json("`dump traits` is Markdown")?;
            super::terminal::print(traits::markdown().trim_end())?;
        }
        What::Model => {
            terminal.no_json("`dump plan` is JSON, and so is the model's own file")?;
            super::terminal::print(format_args!("{:#?}", models.model(service)?))?;
        }
        What::Operations => {
            let model = models.model(service)?;
            let names: Vec<&str> = model.operations.keys().map(String::as_str).collect();
            terminal.result(names.join("\n"), &names)?;
        }
        What::Plan => {
            let plan = serde_json::to_value(models.plan(service)?);
            let plan = plan.map_err(|error| GenerateError::Parse {
                path: PathBuf::from(service),
                message: error.to_string(),
                hint: "this is a mistake in the generator",
            })?;
            super::terminal::print(format_args!("{plan:#}"))?;
        }
    }
    Ok(())
}
