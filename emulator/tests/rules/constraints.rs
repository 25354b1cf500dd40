//! What the model doesn't allow is refused before any rule looks at it, in Cognito's words.

use crate::table::{Table, read};
use serde_json::{Value, json};

#[tokio::test]
async fn each_constraint_has_cognitos_words() {
    let table = Table::new(json!({})).await;
    let long = "x".repeat(129);
    let schema = json!({ "PoolName": "p", "Schema": [{ "Name": "good" }, { "Name": "a-name-that-is-far-too-long" }] });
    let cases = [
        (
            "AdminConfirmSignUp",
            json!({ "UserPoolId": "us-east-1:alice", "Username": "alice" }),
            "Value 'us-east-1:alice' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular \
             expression pattern: [\\w-]+_[0-9a-zA-Z]+",
        ),
        (
            "CreateUserPool",
            json!({}),
            "Value null at 'poolName' failed to satisfy constraint: Member must not be null",
        ),
        (
            "CreateGroup",
            table.pool(json!({ "GroupName": "g", "Precedence": -1 })),
            "Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
        ),
        (
            "CreateGroup",
            table.pool(json!({ "GroupName": long })),
            "at 'groupName' failed to satisfy constraint: Member must have length less than or equal to 128",
        ),
        (
            "CreateUserPool",
            schema,
            "Value 'a-name-that-is-far-too-long' at 'schema.2.member.name' failed to satisfy constraint: Member must have \
             length less than or equal to 20",
        ),
        (
            "CreateUserPoolClient",
            table.pool(json!({ "ClientName": "web", "CallbackURLs": [" ", "https://example.com", ""] })),
            "Value '[ , https://example.com, ]' at 'callbackURLs' failed to satisfy constraint: Member must satisfy \
             constraint: [Member must have length less than or equal to 1024, Member must have length greater than or \
             equal to 1, Member must satisfy regular expression pattern: ",
        ),
        (
            "SetUserPoolMfaConfig",
            table.pool(json!({ "MfaConfiguration": "SOMETIMES" })),
            "Value 'SOMETIMES' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [",
        ),
    ];
    for (operation, input, expected) in cases {
        let error = table.ask(operation, input).await.expect_err(expected);
        let message = error.strip_prefix("InvalidParameterException: 1 validation error detected: ");
        assert!(
            message.is_some_and(|message| message.contains(expected)),
            "{operation}: {error}"
        );
    }
}

#[tokio::test]
async fn all_violations_are_told_at_once_and_no_secret() {
    let table = Table::new(json!({})).await;
    let password = "my secret".repeat(29);
    let input = json!({ "ClientId": "not/an/id", "Username": "alice", "Password": password });
    let error = table
        .ask("SignUp", input)
        .await
        .expect_err("no id, and a password that is too long");
    assert!(
        error.starts_with("InvalidParameterException: 2 validation errors detected: "),
        "{error}"
    );
    assert!(
        error.contains("Value at 'password' failed to satisfy constraint: "),
        "{error}"
    );
    assert!(!error.contains("my secret") && !error.contains("not/an/id"), "{error}");
}

#[tokio::test]
async fn identity_pools_answer_with_another_code() {
    let table = Table::new(json!({})).await;
    let body = json!({ "IdentityPoolId": "us-east-1_UserPool" }).to_string();
    let target = "AWSCognitoIdentityService.GetId";
    let reply = cognito_identity::server::dispatch(&table.cognito, target, body.as_bytes());
    let error = read(reply.expect("an operation").await).expect_err("that is a user pool");
    assert_eq!(
        error,
        "ValidationException: 1 validation error detected: Value 'us-east-1_UserPool' at 'identityPoolId' failed to \
         satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+"
    );
}

#[tokio::test]
async fn a_flow_that_only_the_documentation_names_is_taken() {
    let table = Table::new(json!({})).await;
    let input =
        json!({ "ClientName": "machine", "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"] });
    let made: Value = table.ok("CreateUserPoolClient", table.pool(input)).await;
    assert_eq!(
        made["UserPoolClient"]["ExplicitAuthFlows"],
        json!(["ALLOW_CLIENT_TOKEN_AUTH"])
    );
}
