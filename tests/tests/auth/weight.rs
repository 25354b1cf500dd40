//! What the crate costs those who build it.

use crate::target::TestResult;
use std::collections::BTreeSet;
use std::process::Command;

/// The crates that a package pulls in with its default features, without those for tests.
fn crates(package: &str) -> TestResult<BTreeSet<String>> {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            package,
        ])
        .output()?;
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout)?;
    let name = |line: &str| Some(line.split(' ').take(2).collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty());
    Ok(lines.lines().filter_map(name).collect())
}

#[test]
fn signing_in_costs_ten_crates_at_most() -> TestResult {
    let (client, auth) = (crates("cognito-idp")?, crates("cognito-auth")?);
    let more: Vec<_> = auth.difference(&client).collect();
    cognito_tests::report!(
        "cognito-auth: {} crates on cognito-idp's {}: {more:?}",
        more.len(),
        client.len()
    );
    assert!(more.len() > 1 && more.len() <= 10);
    Ok(())
}
