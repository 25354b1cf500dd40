//! Users: attributes that are deleted, names, links, users without a password, and how tokens rotate.

use crate::table::{Table, text};
use crate::world::PASSWORD;
use serde_json::{Value, json};
use std::time::Duration;

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

/// The guide, under aliases: a preferred name can be provided only once the account is confirmed.
#[tokio::test]
async fn a_preferred_name_that_is_an_alias_waits_for_the_confirmation() {
    let table = Table::new(json!({ "AliasAttributes": ["preferred_username"] })).await;
    let boss = json!([{ "Name": "preferred_username", "Value": "boss" }]);
    let sign_up = table.client(json!({ "Username": "bob", "Password": PASSWORD, "UserAttributes": boss }));
    table
        .refuses(vec![(
            "SignUp",
            sign_up,
            "InvalidParameterException: once the user is confirmed",
        )])
        .await;
    let update = json!({ "AccessToken": table.token("alice").await, "UserAttributes": boss });
    table.ok("UpdateUserAttributes", update).await;
    table.token("boss").await;
}

/// The guide, under linking federated users, for the attribute; under the ID token for the claim.
#[tokio::test]
async fn links_are_told_in_the_attribute_and_in_the_claim() {
    let table = Table::new(json!({})).await;
    let details = json!({ "client_id": "a", "oidc_issuer": "https://id.example.com" });
    let provider = json!({ "ProviderName": "Idp", "ProviderType": "OIDC", "ProviderDetails": details });
    table.ok("CreateIdentityProvider", table.pool(provider)).await;
    let link = json!({ "DestinationUser": { "ProviderName": "Cognito", "ProviderAttributeValue": "alice" },
        "SourceUser": { "ProviderName": "Idp", "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "alice-elsewhere" } });
    table.ok("AdminLinkProviderForUser", table.pool(link)).await;
    let alice = table
        .ok("AdminGetUser", table.pool(json!({ "Username": "alice" })))
        .await;
    let attributes = alice["UserAttributes"].as_array().expect("a list");
    let identities = attributes
        .iter()
        .find(|one| one["Name"] == "identities")
        .expect("linked");
    let identities: Value = serde_json::from_str(&text(&identities["Value"])).expect("JSON");
    let date = identities[0]["dateCreated"].as_u64().expect("a number");
    assert_eq!(
        identities,
        json!([{ "userId": "alice-elsewhere", "providerName": "Idp", "providerType": "OIDC",
            "issuer": "https://id.example.com", "primary": false, "dateCreated": date }])
    );
    let claim = crate::oauth::claims(&text(&table.tokens("alice").await["IdToken"]))["identities"][0].clone();
    assert_eq!(
        (&claim["primary"], &claim["dateCreated"]),
        (&json!("false"), &json!(date.to_string()))
    );
}

/// API_RefreshTokenRotationType: each token that is rotated out has a grace period of its own.
#[tokio::test]
async fn two_rotations_in_a_row_leave_both_old_tokens_their_time() {
    let table = Table::new(json!({})).await;
    let client = json!({ "ClientName": "rotating", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 60 } });
    let client = table.ok("CreateUserPoolClient", table.pool(client)).await["UserPoolClient"]["ClientId"].clone();
    let start = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } });
    let first = table.ok("InitiateAuth", start).await["AuthenticationResult"]["RefreshToken"].clone();
    let refresh = |token: &Value| json!({ "ClientId": client, "RefreshToken": token });
    let rotated = async |token: &Value| {
        let answer = table.ok("GetTokensFromRefreshToken", refresh(token)).await;
        answer["AuthenticationResult"]["RefreshToken"].clone()
    };
    let second = rotated(&first).await;
    table.cognito.clock().advance(Duration::from_secs(30));
    let third = rotated(&second).await;
    assert_eq!(rotated(&first).await, third, "a retry leads to where the session is");
    table.cognito.clock().advance(Duration::from_secs(30));
    assert_eq!(rotated(&second).await, third);
    table
        .refuses(vec![(
            "GetTokensFromRefreshToken",
            refresh(&first),
            "RefreshTokenReuseException",
        )])
        .await;
}

#[tokio::test]
async fn nothing_of_a_deleted_user_waits_for_the_next_one_with_the_name() {
    let table = Table::new(json!({})).await;
    table
        .ok("CreateGroup", table.pool(json!({ "GroupName": "admins" })))
        .await;
    let member = table.pool(json!({ "Username": "alice", "GroupName": "admins" }));
    table.ok("AdminAddUserToGroup", member).await;
    let members = async || {
        let list = table.ok("ListUsersInGroup", table.pool(json!({ "GroupName": "admins" })));
        list.await["Users"].as_array().expect("a list").len()
    };
    assert_eq!(members().await, 1);
    table
        .ok("AdminDeleteUser", table.pool(json!({ "Username": "alice" })))
        .await;
    assert_eq!(members().await, 0);
    table.user("alice").await;
    assert_eq!(members().await, 0, "a member of no group");
}

/// API_RespondToAuthChallenge gives a new password with attributes that are as in AdminUpdateUserAttributes.
#[tokio::test]
async fn a_blank_attribute_beside_a_new_password_deletes_too() {
    let table = Table::new(json!({})).await;
    let temporary = json!({ "Username": "alice", "Password": PASSWORD, "Permanent": false });
    table.ok("AdminSetUserPassword", table.pool(temporary)).await;
    let start = json!({ "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } });
    let challenge = table.ok("InitiateAuth", table.client(start)).await;
    let answer = json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "alice", "NEW_PASSWORD": "Another1!pass",
            "userAttributes.nickname": "al", "userAttributes.email": "" } });
    table.ok("RespondToAuthChallenge", table.client(answer)).await;
    let alice = table
        .ok("AdminGetUser", table.pool(json!({ "Username": "alice" })))
        .await;
    let attributes = alice["UserAttributes"].as_array().expect("a list").iter();
    let names: Vec<_> = attributes.map(|one| text(&one["Name"])).collect();
    assert_eq!(names, ["sub", "nickname", "phone_number", "phone_number_verified"]);
}

#[tokio::test]
async fn nothing_of_a_deleted_app_client_stays() {
    let table = Table::new(json!({})).await;
    let branding = table.client(json!({ "UserPoolId": table.pool, "UseCognitoProvidedValues": true }));
    let branding = table.ok("CreateManagedLoginBranding", branding).await["ManagedLoginBranding"].clone();
    let terms = table.client(
        json!({ "UserPoolId": table.pool, "TermsName": "terms-of-use", "TermsSource": "LINK",
        "Enforcement": "NONE", "Links": { "cognito:default": "https://example.com" } }),
    );
    table.ok("CreateTerms", terms).await;
    let client = table.client(json!({ "UserPoolId": table.pool }));
    table.ok("DeleteUserPoolClient", client).await;
    let list = table.ok("ListTerms", table.pool(json!({}))).await;
    assert_eq!(list["Terms"], json!([]));
    let read = json!({ "ManagedLoginBrandingId": branding["ManagedLoginBrandingId"] });
    table
        .refuses(vec![(
            "DescribeManagedLoginBranding",
            table.pool(read),
            "ResourceNotFoundException",
        )])
        .await;
}
