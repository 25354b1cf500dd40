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

/// The guide, under SMS and email message MFA: codes go to unverified addresses too, and verify them.
#[tokio::test]
async fn the_first_code_of_a_second_factor_verifies_its_address() {
    let email = json!({ "EmailSendingAccount": "DEVELOPER", "From": "no-reply@example.com",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/no-reply@example.com" });
    let table = Table::new(json!({ "EmailConfiguration": email, "AliasAttributes": ["email"] })).await;
    let on = json!({ "MfaConfiguration": "ON", "EmailMfaConfiguration": {} });
    table.ok("SetUserPoolMfaConfig", table.pool(on)).await;
    let bob = json!({ "Username": "bob", "MessageAction": "SUPPRESS" });
    table.ok("AdminCreateUser", table.pool(bob)).await;
    let password = json!({ "Username": "bob", "Password": crate::world::PASSWORD, "Permanent": true });
    table.ok("AdminSetUserPassword", table.pool(password)).await;
    let start = table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": { "USERNAME": "bob", "PASSWORD": crate::world::PASSWORD } }));
    let verified = async || {
        let user = table.ok("AdminGetUser", table.pool(json!({ "Username": "bob" }))).await;
        let attributes = user["UserAttributes"].as_array().expect("a list").clone();
        let mut verified = attributes.iter().filter(|one| one["Name"] == "email_verified");
        verified.next().map(|one| text(&one["Value"]))
    };
    let answer = |challenge: &Value, name: &str, key: &str, value: &str| {
        let mut responses = json!({ "USERNAME": "bob" });
        responses[key] = value.into();
        table.client(json!({ "ChallengeName": name, "Session": challenge["Session"], "ChallengeResponses": responses }))
    };
    let challenge = table.ok("InitiateAuth", start.clone()).await;
    assert_eq!(challenge["ChallengeName"], "MFA_SETUP");
    let odd = answer(&challenge, "MFA_SETUP", "EMAIL", "bob");
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            odd,
            "InvalidParameterException: Invalid email",
        )])
        .await;
    assert_eq!(verified().await, None);
    let challenge = table.ok("InitiateAuth", start.clone()).await;
    let given = answer(&challenge, "MFA_SETUP", "EMAIL", "bob@example.com");
    let challenge = table.ok("RespondToAuthChallenge", given).await;
    assert_eq!(challenge["ChallengeName"], "EMAIL_OTP");
    assert_eq!(verified().await.as_deref(), Some("false"));
    // Until then it is no alias.
    let alias = table.pool(json!({ "Username": "bob@example.com" }));
    table
        .refuses(vec![("AdminGetUser", alias.clone(), "UserNotFoundException")])
        .await;
    let code = answer(&challenge, "EMAIL_OTP", "EMAIL_OTP_CODE", &table.code("bob"));
    assert!(table.ok("RespondToAuthChallenge", code).await["AuthenticationResult"].is_object());
    assert_eq!(verified().await.as_deref(), Some("true"));
    table.ok("AdminGetUser", alias).await;
}

/// The same page. A code proves the number that it was sent to.
#[tokio::test]
async fn a_code_verifies_only_the_number_that_it_was_sent_to() {
    let sms = json!({ "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" } });
    let table = Table::new(json!({})).await;
    let mfa = json!({ "MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": sms });
    table.ok("SetUserPoolMfaConfig", table.pool(mfa)).await;
    let on = json!({ "Username": "alice", "SMSMfaSettings": { "Enabled": true } });
    table.ok("AdminSetUserMFAPreference", table.pool(on)).await;
    let number = async |number: &str| {
        let attributes = json!([{ "Name": "phone_number", "Value": number },
            { "Name": "phone_number_verified", "Value": "false" }]);
        let change = json!({ "Username": "alice", "UserAttributes": attributes });
        table.ok("AdminUpdateUserAttributes", table.pool(change)).await;
    };
    for (meanwhile, expected) in [(false, "true"), (true, "false")] {
        number("+12065550100").await;
        let start = json!({ "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "alice", "PASSWORD": crate::world::PASSWORD } });
        let challenge = table.ok("InitiateAuth", table.client(start)).await;
        let code = table.code("alice");
        if meanwhile {
            number("+12065550199").await;
        }
        let answer = json!({ "ChallengeName": "SMS_MFA", "Session": challenge["Session"],
            "ChallengeResponses": { "USERNAME": "alice", "SMS_MFA_CODE": code } });
        table.ok("RespondToAuthChallenge", table.client(answer)).await;
        let user = table
            .ok("AdminGetUser", table.pool(json!({ "Username": "alice" })))
            .await;
        let verified = json!({ "Name": "phone_number_verified", "Value": expected });
        assert!(
            user["UserAttributes"].as_array().expect("a list").contains(&verified),
            "{user}"
        );
    }
}

#[tokio::test]
async fn preferences_are_set_together_or_not_at_all() {
    let table = Table::new(json!({})).await;
    let sms = json!({ "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms" } });
    let mfa = json!({ "MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": sms,
        "SoftwareTokenMfaConfiguration": { "Enabled": true } });
    table.ok("SetUserPoolMfaConfig", table.pool(mfa)).await;
    let both = json!({ "AccessToken": table.token("alice").await, "SMSMfaSettings": { "Enabled": true },
        "SoftwareTokenMfaSettings": { "Enabled": true } });
    table
        .refuses(vec![(
            "SetUserMFAPreference",
            both,
            "InvalidParameterException: User has not verified software token mfa",
        )])
        .await;
    table.token("alice").await;
}
