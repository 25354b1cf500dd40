//! What is sent: how often, what becomes of it, and who can't be reached.

use crate::table::Table;
use crate::world::{NEW_PASSWORD, PASSWORD};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn calls_that_send_codes_are_counted_anew_after_an_hour() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let email = json!([{ "Name": "email", "Value": "bob@example.com" }]);
    let user = json!({ "Username": "bob", "Password": PASSWORD, "UserAttributes": email });
    table.ok("SignUp", table.client(user)).await;
    let resend = || table.client(json!({ "Username": "bob" }));
    for _ in 0..5 {
        table.ok("ResendConfirmationCode", resend()).await;
    }
    let refused = "LimitExceededException: Attempt limit exceeded, please try after some time.";
    table.refuses(vec![("ResendConfirmationCode", resend(), refused)]).await;
    table.cognito.clock().advance(Duration::from_secs(3599));
    table.refuses(vec![("ResendConfirmationCode", resend(), refused)]).await;
    table.cognito.clock().advance(Duration::from_secs(1));
    table.ok("ResendConfirmationCode", resend()).await;
}

#[tokio::test]
async fn what_is_sent_to_an_unreachable_address_is_an_error_or_lost() {
    let recovery = json!({ "RecoveryMechanisms": [{ "Name": "verified_email", "Priority": 1 }] });
    let table = Table::new(json!({ "AccountRecoverySetting": recovery })).await;
    table.cognito.outbox().disconnect("alice@example.com");
    let forgot = table.client(json!({ "Username": "alice" }));
    let refused = "CodeDeliveryFailureException: The message can't be delivered to a***@e***.";
    table.refuses(vec![("ForgotPassword", forgot.clone(), refused)]).await;
    // The documentation doesn't list the error for administrators.
    table
        .ok("AdminResetUserPassword", table.pool(json!({ "Username": "alice" })))
        .await;
    assert_eq!(table.cognito.outbox().last("alice"), None);
    table.cognito.outbox().clear();
    table.ok("ForgotPassword", forgot).await;
    assert!(table.cognito.outbox().last("alice").is_some());
}

#[tokio::test]
async fn an_address_that_an_administrator_changes_is_verified_with_a_code() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"],
        "UserAttributeUpdateSettings": { "AttributesRequireVerificationBeforeUpdate": ["email"] } }))
    .await;
    let token = table.token("alice").await;
    let change = |attributes: Value| table.pool(json!({ "Username": "alice", "UserAttributes": attributes }));
    let email = async || {
        let user = table
            .ok("AdminGetUser", table.pool(json!({ "Username": "alice" })))
            .await;
        let attributes = user["UserAttributes"].as_array().cloned().unwrap_or_default();
        let email = attributes.into_iter().find(|attribute| attribute["Name"] == "email");
        email.map(|email| email["Value"].clone()).unwrap_or_default()
    };
    let new = json!([{ "Name": "email", "Value": "new@example.com" }]);
    table.ok("AdminUpdateUserAttributes", change(new)).await;
    assert_eq!(email().await, "alice@example.com");
    let message = table.cognito.outbox().last("new@example.com").expect("a code");
    assert_eq!(message.reason, "CustomMessage_UpdateUserAttribute");
    let verify = json!({ "AccessToken": token, "AttributeName": "email", "Code": message.code });
    table.ok("VerifyUserAttribute", verify).await;
    assert_eq!(email().await, "new@example.com");

    table.cognito.outbox().clear();
    let sure = json!([{ "Name": "email", "Value": "sure@example.com" }, { "Name": "email_verified", "Value": "true" }]);
    table.ok("AdminUpdateUserAttributes", change(sure)).await;
    assert_eq!(email().await, "sure@example.com");
    assert!(table.cognito.outbox().all().is_empty());
}

#[tokio::test]
async fn a_local_user_who_is_disabled_at_the_pool_as_provider_has_no_password() {
    let table = Table::new(json!({})).await;
    let user = json!({ "ProviderName": "Cognito", "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": "alice" });
    table
        .ok("AdminDisableProviderForUser", table.pool(json!({ "User": user })))
        .await;
    let sign_in = |password: &str| {
        let parameters = json!({ "USERNAME": "alice", "PASSWORD": password });
        table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters }))
    };
    table
        .refuses(vec![("InitiateAuth", sign_in(PASSWORD), "NotAuthorizedException")])
        .await;
    let password = json!({ "Username": "alice", "Password": NEW_PASSWORD, "Permanent": true });
    table.ok("AdminSetUserPassword", table.pool(password)).await;
    table.ok("InitiateAuth", sign_in(NEW_PASSWORD)).await;
}
