//! Settings of pools and app clients that the model can't check.

use crate::table::Table;
use serde_json::{Value, json};

#[tokio::test]
async fn settings_that_only_the_documentation_forbids_are_refused() {
    let table = Table::new(json!({})).await;
    let client = |more: Value| {
        let mut input = table.pool(json!({ "ClientName": "web" }));
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    let seconds = json!({ "AccessToken": "seconds" });
    let mut update = client(json!({ "AccessTokenValidity": 25 }));
    update["ClientId"] = table.client.clone().into();
    table
        .refuses(vec![
            (
                "CreateUserPoolClient",
                client(json!({ "AccessTokenValidity": 299, "TokenValidityUnits": seconds })),
                "InvalidParameterException: 5 minutes to 1 day",
            ),
            (
                "UpdateUserPoolClient",
                update,
                "InvalidParameterException: 5 minutes to 1 day",
            ),
            (
                "CreateUserPoolClient",
                client(json!({ "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] })),
                "InvalidParameterException: can't be combined",
            ),
            (
                "CreateUserPoolDomain",
                table.pool(json!({ "Domain": "my-cognito-login" })),
                "InvalidParameterException: reserved word",
            ),
        ])
        .await;
    table
        .ok(
            "CreateUserPoolClient",
            client(json!({ "AccessTokenValidity": 300, "TokenValidityUnits": seconds })),
        )
        .await;
}

#[tokio::test]
async fn the_settings_of_text_messages_are_the_same_wherever_they_are_set() {
    let table = Table::new(json!({})).await;
    let sms = |id: &str| json!({ "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": id });
    table
        .ok(
            "UpdateUserPool",
            table.pool(json!({ "SmsConfiguration": sms("first") })),
        )
        .await;
    let mfa = table.ok("GetUserPoolMfaConfig", table.pool(json!({}))).await;
    assert_eq!(mfa["SmsMfaConfiguration"]["SmsConfiguration"], sms("first"));
    let set = json!({ "MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": { "SmsConfiguration": sms("second") } });
    table.ok("SetUserPoolMfaConfig", table.pool(set)).await;
    let pool = table.ok("DescribeUserPool", table.pool(json!({}))).await;
    assert_eq!(pool["UserPool"]["SmsConfiguration"], sms("second"));
}
