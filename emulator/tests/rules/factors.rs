//! Passkeys and devices as factors.

use crate::authenticator::Authenticator;
use crate::table::{Table, text};
use serde_json::{Value, json};
use std::time::Duration;

/// API_WebAuthnConfigurationType, under FactorConfiguration.
#[tokio::test]
async fn a_passkey_can_be_two_factors_in_one() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } });
    let table = Table::new(json!({ "Policies": policies })).await;
    let mfa = |mode: &str, factors: &str| {
        table.pool(
            json!({ "MfaConfiguration": mode, "SoftwareTokenMfaConfiguration": { "Enabled": true },
            "WebAuthnConfiguration": { "RelyingPartyId": "example.com", "FactorConfiguration": factors } }),
        )
    };
    table.ok("SetUserPoolMfaConfig", mfa("OPTIONAL", "SINGLE_FACTOR")).await;
    let token = json!({ "AccessToken": table.token("alice").await });
    let mut authenticator = Authenticator::new();
    let options = table.ok("StartWebAuthnRegistration", token.clone()).await["CredentialCreationOptions"].clone();
    assert_eq!(options["authenticatorSelection"]["userVerification"], "preferred");
    let credential = authenticator.register(&options, "https://example.com");
    let complete = json!({ "AccessToken": token["AccessToken"], "Credential": credential });
    table.ok("CompleteWebAuthnRegistration", complete).await;
    let start = table.client(json!({ "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": "alice" } }));
    let available = async || table.ok("InitiateAuth", start.clone()).await["AvailableChallenges"].clone();
    table.ok("SetUserPoolMfaConfig", mfa("ON", "SINGLE_FACTOR")).await;
    assert_eq!(available().await, json!(["PASSWORD", "PASSWORD_SRP"]));
    table
        .ok("SetUserPoolMfaConfig", mfa("ON", "MULTI_FACTOR_WITH_USER_VERIFICATION"))
        .await;
    assert_eq!(available().await, json!(["PASSWORD", "PASSWORD_SRP", "WEB_AUTHN"]));
    let start = table.client(json!({ "AuthFlow": "USER_AUTH",
        "AuthParameters": { "USERNAME": "alice", "PREFERRED_CHALLENGE": "WEB_AUTHN" } }));
    let challenge = table.ok("InitiateAuth", start).await;
    let options = text(&challenge["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"]);
    let options: Value = serde_json::from_str(&options).expect("JSON");
    assert_eq!(options["userVerification"], "required");
    let answer = |credential: Value| {
        table.client(json!({ "ChallengeName": "WEB_AUTHN", "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "alice", "CREDENTIAL": credential.to_string() } }))
    };
    let unverified = answer(authenticator.assert(&options, 0x01));
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            unverified,
            "NotAuthorizedException: the user wasn't verified",
        )])
        .await;
    let verified = answer(authenticator.assert(&options, 0x05));
    assert!(table.ok("RespondToAuthChallenge", verified).await["AuthenticationResult"].is_object());
}

#[tokio::test]
async fn devices_are_listed_once_they_are_confirmed_and_others_are_forgotten() {
    let table = Table::new(json!({ "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": false,
        "DeviceOnlyRememberedOnUserPrompt": false } }))
    .await;
    let first = text(&table.tokens("alice").await["NewDeviceMetadata"]["DeviceKey"]);
    let one = table.pool(json!({ "Username": "alice" }));
    let mut get = one.clone();
    get["DeviceKey"] = first.into();
    table.ok("AdminGetDevice", get.clone()).await;
    assert_eq!(table.ok("AdminListDevices", one.clone()).await["Devices"], json!([]));
    table.cognito.clock().advance(Duration::from_secs(86_400));
    table.tokens("alice").await;
    table
        .refuses(vec![("AdminGetDevice", get, "ResourceNotFoundException")])
        .await;
}
