//! A crate with just the operations that a program calls.

use anyhow::{Context, Result};
use cognito_codegen::generate::Repository;
use cognito_codegen::plan::{Placement, Runtime};
use cognito_codegen::{emit, output};
use std::path::Path;

/// What a sign-in page calls.
const OPERATIONS: [&str; 5] = [
    "SignUp",
    "ConfirmSignUp",
    "InitiateAuth",
    "RespondToAuthChallenge",
    "GetUser",
];

/// Does what `cognito-codegen generate --operations … --out … --runtime-path …` does.
pub(super) fn generate(root: &Path) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let placement = Placement::Standalone {
        runtime: Runtime::Path(root.join("runtime").display().to_string()),
        name: None,
    };
    let operations = OPERATIONS.map(str::to_owned);
    let plan = Repository::new(root).plan_of_operations("cognito-idp", &operations, &placement)?;
    let files = output::format(emit::emit(&plan)?)?;
    output::write_beside_others(folder.path(), &files)?.context("the folder is new, but something is in it")?;
    Ok(folder)
}
