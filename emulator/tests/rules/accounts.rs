//! Users: attributes that are deleted, users without a password, and how a password is reset.

use crate::table::{Table, text};
use crate::world::PASSWORD;
use serde_json::{Value, json};

/// API_AdminUpdateUserAttributes and API_UpdateUserAttributes: a blank value deletes an attribute.
#[tokio::test]
async fn a_blank_value_deletes_an_attribute() {
    let table = Table::new(json!({ "AliasAttributes": ["email"],
        "Schema": [{ "Name": "kyc" }, { "Name": "kyc_verified" }, { "Name": "given_name", "Required": true }] }))
    .await;
    let token = table.token("alice").await;
    let attributes = |pairs: &[(&str, &str)]| -> Value {
        pairs
            .iter()
            .map(|(name, value)| json!({ "Name": name, "Value": value }))
            .collect()
    };
    let update = |pairs: &[(&str, &str)]| json!({ "AccessToken": token, "UserAttributes": attributes(pairs) });
    // Only the two addresses have such a companion: this one is an attribute of its own.
    let own = [
        ("custom:kyc", "passport"),
        ("custom:kyc_verified", "yes"),
        ("nickname", "al"),
    ];
    table.ok("UpdateUserAttributes", update(&own)).await;
    let blank = json!({ "Username": "alice", "UserAttributes": attributes(&[("custom:kyc", ""), ("email", "")]) });
    table.ok("AdminUpdateUserAttributes", table.pool(blank)).await;
    table.ok("UpdateUserAttributes", update(&[("nickname", "")])).await;
    let user = table.ok("GetUser", json!({ "AccessToken": token })).await;
    let names: Vec<_> = user["UserAttributes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| text(&one["Name"]))
        .collect();
    assert_eq!(
        names,
        ["sub", "custom:kyc_verified", "phone_number", "phone_number_verified"]
    );
    table
        .refuses(vec![
            (
                "AdminGetUser",
                table.pool(json!({ "Username": "alice@example.com" })),
                "UserNotFoundException",
            ),
            (
                "UpdateUserAttributes",
                update(&[("given_name", "")]),
                "InvalidParameterException: Required attribute",
            ),
            (
                "UpdateUserAttributes",
                update(&[("email_verified", "true")]),
                "NotAuthorizedException",
            ),
        ])
        .await;
}

/// API_AdminCreateUser, under TemporaryPassword.
#[tokio::test]
async fn where_codes_sign_in_an_administrator_makes_users_without_a_password() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } });
    let table = Table::new(json!({ "Policies": policies })).await;
    let address =
        json!([{ "Name": "email", "Value": "bob@example.com" }, { "Name": "email_verified", "Value": "true" }]);
    let bob = json!({ "Username": "bob", "UserAttributes": address, "DesiredDeliveryMediums": ["EMAIL"] });
    let made = table.ok("AdminCreateUser", table.pool(bob)).await;
    assert_eq!(made["User"]["UserStatus"], "CONFIRMED");
    let message = table.cognito.outbox().last("bob").expect("an invitation");
    assert_eq!(
        (message.code.as_str(), message.text.as_str()),
        ("", "Your username is bob.")
    );
    let start =
        json!({ "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": "bob", "PREFERRED_CHALLENGE": "EMAIL_OTP" } });
    let challenge = table.ok("InitiateAuth", table.client(start)).await;
    let answer = json!({ "ChallengeName": "EMAIL_OTP", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "bob", "EMAIL_OTP_CODE": table.code("bob") } });
    table.ok("RespondToAuthChallenge", table.client(answer)).await;
    let carol = json!({ "Username": "carol", "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS" });
    assert_eq!(
        table.ok("AdminCreateUser", table.pool(carol)).await["User"]["UserStatus"],
        "FORCE_CHANGE_PASSWORD"
    );
    table
        .refuses(vec![(
            "AdminCreateUser",
            table.pool(json!({ "Username": "dave" })),
            "InvalidParameterException: must have an email",
        )])
        .await;
}

/// API_UserPoolType, under AccountRecoverySetting.
#[tokio::test]
async fn a_phone_that_is_the_second_factor_resets_no_password() {
    let mechanisms =
        json!([{ "Name": "verified_phone_number", "Priority": 1 }, { "Name": "verified_email", "Priority": 2 }]);
    let table = Table::new(json!({ "AccountRecoverySetting": { "RecoveryMechanisms": mechanisms } })).await;
    let forgot = table.client(json!({ "Username": "alice" }));
    let medium =
        async || table.ok("ForgotPassword", forgot.clone()).await["CodeDeliveryDetails"]["DeliveryMedium"].clone();
    assert_eq!(medium().await, "SMS");
    let preference = json!({ "Username": "alice", "SMSMfaSettings": { "Enabled": true } });
    table.ok("AdminSetUserMFAPreference", table.pool(preference)).await;
    assert_eq!(medium().await, "EMAIL");
}
