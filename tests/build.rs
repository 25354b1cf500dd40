//! Generates what the tests compile: a module for each suite of AWS's protocol tests, and the tables and impls that
//! let a test treat all operations alike. That the generator works as a build dependency is proved on the way.

#[path = "build/bridge.rs"]
mod bridge;
#[path = "build/suites.rs"]
mod suites;
#[path = "build/touch.rs"]
mod touch;
// What the tests know of the official crate, the build script has to know, too.
#[allow(
    dead_code,
    unreachable_pub,
    reason = "a module of the tests' library, of which this uses a part"
)]
#[path = "src/official.rs"]
mod official;

use anyhow::Context;
use cognito_codegen::generate::Repository;
use official::Official;
use std::env;
use std::fs;
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = package.parent().context("the package is in the workspace")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let repository = Repository::new(root);
    for path in [
        "build",
        "templates",
        "compat/official-api.txt",
        "src/official.rs",
        "tests/data/protocol",
        "tests/data/protocol-ours",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-changed={}", repository.models().display());
    suites::generate(&repository, &package.join("tests/data"), &out)?;
    let plan = repository.plan("cognito-idp")?;
    let list = fs::read_to_string(package.join("compat/official-api.txt"))?;
    let official = Official::new(&list);
    let newer = bridge::Newer::new(&plan, &official);
    fs::write(out.join("differential.rs"), bridge::differential(&plan, &newer))?;
    fs::write(out.join("newer.rs"), newer.tables())?;
    fs::create_dir_all(out.join("touch"))?;
    for (name, text) in touch::touch(&plan, &official)? {
        fs::write(out.join("touch").join(name).with_extension("rs"), text)?;
    }
    for service in ["cognito-idp", "cognito-identity"] {
        let plan = repository.plan(service)?;
        fs::write(out.join(format!("model-{service}.rs")), bridge::operations(&plan))?;
        fs::write(out.join(format!("types-{service}.rs")), bridge::types(&plan))?;
    }
    Ok(())
}
