//! Generates what the tests compile: a module for each suite of AWS's protocol tests, and the tables and impls that
//! let a test treat all operations alike. That the generator works as a build dependency is proved on the way.

#[path = "build/bridge.rs"]
mod bridge;
#[path = "build/suites.rs"]
mod suites;

use anyhow::Context;
use cognito_codegen::generate::Repository;
use std::env;
use std::fs;
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = package.parent().context("the package is in the workspace")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let repository = Repository::new(root);
    for path in ["build", "tests/data/protocol", "tests/data/protocol-ours"] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-changed={}", repository.models().display());
    suites::generate(&repository, &package.join("tests/data"), &out)?;
    let plan = repository.plan("cognito-idp")?;
    fs::write(out.join("differential.rs"), bridge::differential(&plan))?;
    fs::write(out.join("newer.rs"), bridge::newer(&plan))?;
    for service in ["cognito-idp", "cognito-identity"] {
        let plan = repository.plan(service)?;
        fs::write(out.join(format!("model-{service}.rs")), bridge::operations(&plan))?;
        fs::write(out.join(format!("types-{service}.rs")), bridge::types(&plan))?;
    }
    Ok(())
}
