//! How many crates a user builds.

use std::collections::BTreeSet;
use std::process::Command;

/// The crates in a build with these arguments, this one included, as cargo prints them.
fn crates(arguments: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--package",
            "cognito-jwt",
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // What was printed before is marked with a star.
    text.lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
fn keys_from_a_string_cost_at_most_25_crates() {
    let crates = crates(&["--no-default-features"]);
    println!("without default features: {} crates", crates.len());
    assert!(crates.len() <= 25, "{crates:#?}");
    assert!(crates.iter().any(|line| line.starts_with("ring ")), "{crates:#?}");
    assert!(!crates.iter().any(|line| line.starts_with("rustls ")), "{crates:#?}");
}

#[test]
fn the_default_client_costs_at_most_75_crates() {
    let crates = crates(&[]);
    println!("with the default features: {} crates", crates.len());
    assert!(crates.len() <= 75, "{crates:#?}");
    assert!(crates.iter().any(|line| line.starts_with("rustls ")), "{crates:#?}");
}

#[test]
fn no_procedural_macro_is_built() {
    for line in crates(&["--features", "axum"]) {
        for name in ["syn ", "quote ", "serde_derive ", "thiserror", "tokio-macros "] {
            assert!(!line.starts_with(name), "{line}");
        }
    }
}

#[test]
fn nothing_of_the_aws_sdk_is_built() {
    let crates = crates(&["--features", "axum"]);
    assert!(!crates.iter().any(|line| line.starts_with("aws-")), "{crates:#?}");
}
