//! Seeds that are wrong are refused, with words that tell no secret.

use cognito_emulator::{Cognito, Seed};

/// The error with which a seed is refused.
fn refusal(seed: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seed.toml");
    std::fs::write(&file, seed).expect("writable");
    let seed = Seed::read(&file).expect("a seed");
    Cognito::new().sow(&seed).expect_err("it is refused").to_string()
}

#[test]
fn a_misspelt_setting_is_an_error_and_no_default() {
    let error = refusal(
        r#"
        [[pools]]
        settings = { PoolName = "local", AutoVerifiedAttribute = ["email"] }
        "#,
    );
    assert!(error.contains("AutoVerifiedAttribute"), "{error}");
    let error = refusal(
        r#"
        [[pools]]
        settings = { PoolName = "local" }
        [[pools.clients]]
        settings = { ClientName = "web", AuthSessionValidity = 1 }
        "#,
    );
    assert!(error.contains("AuthSessionValidity"), "{error}");
}

#[test]
fn an_error_doesnt_quote_a_secret() {
    let error = refusal(
        r#"
        [[pools]]
        settings = { PoolName = "local" }
        [[pools.clients]]
        settings = { ClientName = "web", ClientSecret = 918273645 }
        "#,
    );
    assert!(
        error.contains("ClientSecret") && !error.contains("918273645"),
        "{error}"
    );
}

#[test]
fn ids_are_those_that_requests_can_name_and_of_one_thing_alone() {
    let error = refusal(
        r#"
        [[pools]]
        id = "my pool"
        settings = { PoolName = "local" }
        "#,
    );
    assert!(
        error.starts_with("the settings of the pool my pool: `UserPoolId`"),
        "{error}"
    );
    let error = refusal(
        r#"
        [[pools]]
        settings = { PoolName = "one" }
        [[pools.clients]]
        id = "web"
        settings = { ClientName = "web" }

        [[pools]]
        settings = { PoolName = "two" }
        [[pools.clients]]
        id = "web"
        settings = { ClientName = "web" }
        "#,
    );
    assert!(error.contains("another app client has this id"), "{error}");
}
