//! Users: what administrators and users themselves do with profiles, passwords, second factors, devices and passkeys.

use crate::table::{Table, text};
use crate::world::{NEW_PASSWORD, PASSWORD, Srp};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn administrators_make_change_and_remove_users() {
    let table = Table::new(json!({ "AliasAttributes": ["email"] })).await;
    let made = table
        .ok(
            "AdminCreateUser",
            table.pool(json!({ "Username": "bob", "DesiredDeliveryMediums": ["EMAIL"],
            "UserAttributes": [{ "Name": "email", "Value": "bob@example.com" }] })),
        )
        .await;
    assert_eq!(made["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    let first = table.code("bob");
    let resend =
        table.pool(json!({ "Username": "bob", "MessageAction": "RESEND", "DesiredDeliveryMediums": ["EMAIL"] }));
    table.ok("AdminCreateUser", resend).await;
    assert_ne!(table.code("bob"), first);
    let change = json!({ "Username": "bob", "UserAttributes": [
        { "Name": "email_verified", "Value": "true" }, { "Name": "given_name", "Value": "Bob" }] });
    table.ok("AdminUpdateUserAttributes", table.pool(change)).await;
    // A verified address is an alias.
    assert_eq!(
        table
            .ok("AdminGetUser", table.pool(json!({ "Username": "bob@example.com" })))
            .await["Username"],
        "bob"
    );
    let names = json!({ "Username": "bob", "UserAttributeNames": ["given_name"] });
    table.ok("AdminDeleteUserAttributes", table.pool(names)).await;
    table
        .ok("AdminDisableUser", table.pool(json!({ "Username": "bob" })))
        .await;
    assert_eq!(
        table.ok("AdminGetUser", table.pool(json!({ "Username": "bob" }))).await["Enabled"],
        false
    );
    table
        .ok("AdminEnableUser", table.pool(json!({ "Username": "bob" })))
        .await;
    for (filter, found) in [
        ("username = \"bob\"", 1),
        ("email ^= \"bob@\"", 1),
        ("status = \"Enabled\"", 2),
        ("cognito:user_status = \"CONFIRMED\"", 1),
        ("given_name = \"Bob\"", 0),
    ] {
        let users = table.ok("ListUsers", table.pool(json!({ "Filter": filter }))).await;
        assert_eq!(users["Users"].as_array().map(Vec::len), Some(found), "{filter}");
    }
    let page = table
        .ok(
            "ListUsers",
            table.pool(json!({ "Limit": 1, "AttributesToGet": ["email"] })),
        )
        .await;
    assert_eq!(page["Users"][0]["Attributes"].as_array().map(Vec::len), Some(1));
    let next = table.pool(json!({ "Limit": 1, "PaginationToken": page["PaginationToken"] }));
    let page = table.ok("ListUsers", next).await;
    assert_eq!(
        (&page["Users"][0]["Username"], &page["PaginationToken"]),
        (&json!("bob"), &Value::Null)
    );
    let with = |more: Value| table.pool(more);
    table.refuses(vec![
        ("AdminCreateUser", with(json!({ "Username": "bob" })), "UsernameExistsException: User account already exists"),
        ("AdminCreateUser", with(json!({ "Username": "c", "TemporaryPassword": "short" })), "InvalidPasswordException"),
        ("AdminCreateUser", with(json!({ "Username": "c@example.com" })), "InvalidParameterException: Username cannot be of email format"),
        ("AdminCreateUser", with(json!({ "Username": "alice", "MessageAction": "RESEND" })), "UnsupportedUserStateException"),
        ("AdminCreateUser", with(json!({ "Username": "nobody", "MessageAction": "RESEND" })), "UserNotFoundException"),
        ("AdminGetUser", with(json!({ "Username": "nobody" })), "UserNotFoundException: User does not exist."),
        ("AdminGetUser", with(json!({})), "InvalidParameterException: 'username'"),
        ("AdminConfirmSignUp", with(json!({ "Username": "alice" })), "NotAuthorizedException: Current status is CONFIRMED"),
        ("AdminSetUserPassword", with(json!({ "Username": "alice", "Password": "short" })), "InvalidPasswordException"),
        ("AdminResetUserPassword", with(json!({ "Username": "bob" })), "NotAuthorizedException"),
        ("AdminUpdateUserAttributes", with(json!({ "Username": "alice", "UserAttributes": [{ "Name": "sub", "Value": "x" }] })), "InvalidParameterException"),
        ("AdminUpdateUserAttributes", with(json!({ "Username": "alice", "UserAttributes": [{ "Name": "email", "Value": "bob@example.com" }, { "Name": "email_verified", "Value": "true" }] })), "AliasExistsException"),
        ("AdminDeleteUserAttributes", with(json!({ "Username": "alice", "UserAttributeNames": ["none"] })), "InvalidParameterException"),
        ("AdminDisableUser", with(json!({ "Username": "nobody" })), "UserNotFoundException"),
        ("ListUsers", with(json!({ "Filter": "shoe = \"9\"" })), "InvalidParameterException"),
        ("ListUsers", with(json!({ "Limit": 61 })), "InvalidParameterException: less than or equal to 60"),
        ("ListUsers", with(json!({ "PaginationToken": "x" })), "InvalidParameterException: pagination token"),
    ]).await;
    table
        .ok("AdminResetUserPassword", table.pool(json!({ "Username": "alice" })))
        .await;
    let parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
    let input = table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters }));
    table
        .refuses(vec![("InitiateAuth", input, "PasswordResetRequiredException")])
        .await;
    table
        .ok("AdminDeleteUser", table.pool(json!({ "Username": "bob" })))
        .await;
    table
        .refuses(vec![(
            "AdminDeleteUser",
            table.pool(json!({ "Username": "bob" })),
            "UserNotFoundException",
        )])
        .await;
}

#[tokio::test]
async fn users_change_what_is_theirs() {
    let table = Table::new(json!({ "AutoVerifiedAttributes": ["email"] })).await;
    let token = table.token("alice").await;
    let with = |mut more: Value| {
        more["AccessToken"] = token.clone().into();
        more
    };
    let change = json!({ "UserAttributes": [{ "Name": "email", "Value": "new@example.com" }] });
    let answer = table.ok("UpdateUserAttributes", with(change)).await;
    assert_eq!(answer["CodeDeliveryDetailsList"][0]["Destination"], "n***@e***");
    let verify = |code: &str| with(json!({ "AttributeName": "email", "Code": code }));
    table
        .refuses(vec![("VerifyUserAttribute", verify("x"), "CodeMismatchException")])
        .await;
    let sent = table
        .ok(
            "GetUserAttributeVerificationCode",
            with(json!({ "AttributeName": "email" })),
        )
        .await;
    assert_eq!(sent["CodeDeliveryDetails"]["AttributeName"], "email");
    table.ok("VerifyUserAttribute", verify(&table.code("alice"))).await;
    let attributes = table.ok("GetUser", with(json!({}))).await["UserAttributes"].clone();
    assert!(
        attributes
            .as_array()
            .expect("a list")
            .contains(&json!({ "Name": "email_verified", "Value": "true" }))
    );
    table
        .ok(
            "ChangePassword",
            with(json!({ "PreviousPassword": PASSWORD, "ProposedPassword": NEW_PASSWORD })),
        )
        .await;
    table
        .ok(
            "DeleteUserAttributes",
            with(json!({ "UserAttributeNames": ["phone_number"] })),
        )
        .await;
    table
        .refuses(vec![
            (
                "ChangePassword",
                with(json!({ "PreviousPassword": PASSWORD, "ProposedPassword": NEW_PASSWORD })),
                "NotAuthorizedException: Incorrect username or password.",
            ),
            (
                "ChangePassword",
                with(json!({ "PreviousPassword": NEW_PASSWORD, "ProposedPassword": "short" })),
                "InvalidPasswordException",
            ),
            (
                "GetUserAttributeVerificationCode",
                with(json!({ "AttributeName": "name" })),
                "InvalidParameterException",
            ),
            ("VerifyUserAttribute", verify("1"), "ExpiredCodeException"),
            (
                "UpdateUserAttributes",
                with(json!({ "UserAttributes": [{ "Name": "custom:x", "Value": "1" }] })),
                "InvalidParameterException",
            ),
        ])
        .await;
    table.ok("GlobalSignOut", with(json!({}))).await;
    table
        .refuses(vec![
            (
                "GetUser",
                with(json!({})),
                "NotAuthorizedException: Access Token has been revoked",
            ),
            ("DeleteUser", with(json!({})), "NotAuthorizedException"),
        ])
        .await;
    table
        .ok(
            "AdminSetUserPassword",
            table.pool(json!({ "Username": "alice", "Password": PASSWORD, "Permanent": true })),
        )
        .await;
    let again = json!({ "AccessToken": table.token("alice").await });
    table.ok("DeleteUser", again).await;
    table
        .refuses(vec![(
            "AdminGetUser",
            table.pool(json!({ "Username": "alice" })),
            "UserNotFoundException",
        )])
        .await;
}

#[tokio::test]
async fn an_authenticator_app_is_enrolled_and_asked_for() {
    let table = Table::new(json!({})).await;
    table
        .ok(
            "SetUserPoolMfaConfig",
            table.pool(json!({ "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } })),
        )
        .await;
    let token = table.token("alice").await;
    let with = |mut more: Value| {
        more["AccessToken"] = token.clone().into();
        more
    };
    let secret = text(&table.ok("AssociateSoftwareToken", with(json!({}))).await["SecretCode"]);
    let prefer = with(json!({ "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } }));
    table
        .refuses(vec![
            (
                "VerifySoftwareToken",
                with(json!({ "UserCode": "000000" })),
                "EnableSoftwareTokenMFAException",
            ),
            (
                "SetUserMFAPreference",
                prefer.clone(),
                "InvalidParameterException: User has not verified software token mfa",
            ),
        ])
        .await;
    let code = |table: &Table| totp(&secret, table.cognito.clock().now());
    table
        .ok("VerifySoftwareToken", with(json!({ "UserCode": code(&table) })))
        .await;
    table.ok("SetUserMFAPreference", prefer).await;
    let user = table.ok("GetUser", with(json!({}))).await;
    assert_eq!(
        (&user["PreferredMfaSetting"], &user["UserMFASettingList"]),
        (&json!("SOFTWARE_TOKEN_MFA"), &json!(["SOFTWARE_TOKEN_MFA"]))
    );
    let factors = table.ok("GetUserAuthFactors", with(json!({}))).await;
    assert_eq!(factors["ConfiguredUserAuthFactors"], json!(["PASSWORD"]));
    let start = || {
        table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } }))
    };
    let challenge = table.ok("InitiateAuth", start()).await;
    assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    let answer = |code: &str| {
        table.client(
            json!({ "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "alice", "SOFTWARE_TOKEN_MFA_CODE": code } }),
        )
    };
    // A mistyped code doesn't spend the session, the right one does.
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            answer("000000"),
            "CodeMismatchException",
        )])
        .await;
    let tokens = table.ok("RespondToAuthChallenge", answer(&code(&table))).await;
    assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            answer(&code(&table)),
            "NotAuthorizedException: session can only be used once",
        )])
        .await;
    let challenge = table.ok("InitiateAuth", start()).await;
    table.cognito.clock().advance(Duration::from_secs(180));
    let late = table.client(
        json!({ "ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "alice", "SOFTWARE_TOKEN_MFA_CODE": code(&table) } }),
    );
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            late,
            "NotAuthorizedException: session",
        )])
        .await;
    // Texts, too: now the user chooses.
    let sms = table.pool(json!({ "Username": "alice", "SMSMfaSettings": { "Enabled": true }, "SoftwareTokenMfaSettings": { "Enabled": true } }));
    table.ok("AdminSetUserMFAPreference", sms).await;
    let challenge = table.ok("InitiateAuth", start()).await;
    assert_eq!(challenge["ChallengeName"], "SELECT_MFA_TYPE");
    let chosen = table.client(json!({ "ChallengeName": "SELECT_MFA_TYPE", "Session": challenge["Session"], "ChallengeResponses": { "USERNAME": "alice", "ANSWER": "SMS_MFA" } }));
    let challenge = table.ok("RespondToAuthChallenge", chosen).await;
    assert_eq!(
        challenge["ChallengeParameters"]["CODE_DELIVERY_DESTINATION"],
        "+*******0100"
    );
    let sent = table.client(json!({ "ChallengeName": "SMS_MFA", "Session": challenge["Session"], "ChallengeResponses": { "USERNAME": "alice", "SMS_MFA_CODE": table.code("alice") } }));
    table.ok("RespondToAuthChallenge", sent).await;
    table
        .ok("AdminDeleteSoftwareToken", table.pool(json!({ "Username": "alice" })))
        .await;
    table
        .refuses(vec![(
            "AdminDeleteSoftwareToken",
            table.pool(json!({ "Username": "alice" })),
            "ResourceNotFoundException",
        )])
        .await;
    let factors = table
        .ok("AdminGetUserAuthFactors", table.pool(json!({ "Username": "alice" })))
        .await;
    assert_eq!(factors["UserMFASettingList"], json!(["SMS_MFA"]));
    let options = json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]);
    table
        .ok(
            "AdminSetUserSettings",
            table.pool(json!({ "Username": "alice", "MFAOptions": options })),
        )
        .await;
    table
        .ok(
            "SetUserSettings",
            json!({ "AccessToken": tokens["AuthenticationResult"]["AccessToken"], "MFAOptions": [] }),
        )
        .await;
}

#[tokio::test]
async fn required_mfa_is_set_up_at_the_first_sign_in() {
    let table = Table::new(json!({})).await;
    table
        .ok(
            "SetUserPoolMfaConfig",
            table.pool(json!({ "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": { "Enabled": true } })),
        )
        .await;
    let start = table.client(
        json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } }),
    );
    let challenge = table.ok("InitiateAuth", start).await;
    assert_eq!(
        (
            &challenge["ChallengeName"],
            &challenge["ChallengeParameters"]["MFAS_CAN_SETUP"]
        ),
        (&json!("MFA_SETUP"), &json!("[\"SOFTWARE_TOKEN_MFA\"]"))
    );
    let associated = table
        .ok("AssociateSoftwareToken", json!({ "Session": challenge["Session"] }))
        .await;
    assert_ne!(associated["Session"], challenge["Session"]);
    let secret = text(&associated["SecretCode"]);
    let code = totp(&secret, table.cognito.clock().now());
    assert_eq!(table.cognito.totp(&secret).as_deref(), Some(&*code));
    assert_eq!(table.cognito.totp("not Base32!"), None);
    let verified = table
        .ok(
            "VerifySoftwareToken",
            json!({ "Session": associated["Session"], "UserCode": code }),
        )
        .await;
    let answer = table.client(json!({ "ChallengeName": "MFA_SETUP", "Session": verified["Session"], "ChallengeResponses": { "USERNAME": "alice" } }));
    assert!(table.ok("RespondToAuthChallenge", answer).await["AuthenticationResult"]["IdToken"].is_string());
}

/// The code of an authenticator app (RFC 6238).
pub(crate) fn totp(secret: &str, now: std::time::SystemTime) -> String {
    let mut bits = String::new();
    for letter in secret.chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).expect("Base32");
        bits += &format!("{value:05b}");
    }
    let key: Vec<u8> = (0..bits.len() / 8)
        .map(|n| u8::from_str_radix(&bits[8 * n..8 * n + 8], 2).expect("bits"))
        .collect();
    let step = now.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs() / 30;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let mac = ring::hmac::sign(&key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let at = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

#[tokio::test]
async fn a_remembered_device_stands_for_the_second_factor() {
    let table = Table::new(json!({ "DeviceConfiguration": { "ChallengeRequiredOnNewDevice": true } })).await;
    table
        .ok(
            "SetUserPoolMfaConfig",
            table.pool(json!({ "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } })),
        )
        .await;
    let tokens = table.tokens("alice").await;
    let device = tokens["NewDeviceMetadata"].clone();
    let (key, group) = (text(&device["DeviceKey"]), text(&device["DeviceGroupKey"]));
    let token = text(&tokens["AccessToken"]);
    let with = |mut more: Value| {
        more["AccessToken"] = token.clone().into();
        more
    };
    let srp = Srp::new();
    let (verifier, salt) = srp.verifier(&group, &key, "device-password");
    let confirm = with(
        json!({ "DeviceKey": key, "DeviceName": "phone", "DeviceSecretVerifierConfig": { "PasswordVerifier": verifier, "Salt": salt } }),
    );
    assert_eq!(
        table.ok("ConfirmDevice", confirm.clone()).await["UserConfirmationNecessary"],
        false
    );
    table
        .refuses(vec![("ConfirmDevice", confirm, "DeviceKeyExistsException")])
        .await;
    let sms = table.pool(json!({ "Username": "alice", "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true } }));
    table.ok("AdminSetUserMFAPreference", sms).await;
    let start = |device: Option<&str>| {
        let mut parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        table.client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters }))
    };
    assert_eq!(table.ok("InitiateAuth", start(None)).await["ChallengeName"], "SMS_MFA");
    let challenge = table.ok("InitiateAuth", start(Some(&key))).await;
    assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH");
    let answer = table.client(
        json!({ "ChallengeName": "DEVICE_SRP_AUTH", "Session": challenge["Session"],
        "ChallengeResponses": { "USERNAME": "alice", "DEVICE_KEY": key, "SRP_A": srp.large_a() } }),
    );
    let challenge = table.ok("RespondToAuthChallenge", answer).await;
    assert_eq!(challenge["ChallengeName"], "DEVICE_PASSWORD_VERIFIER");
    let told = serde_json::from_value(challenge["ChallengeParameters"].clone()).expect("texts");
    let prove = |password: &str| {
        let mut responses = json!(srp.answer(&group, &key, password, &told));
        responses["DEVICE_KEY"] = key.clone().into();
        table.client(json!({ "ChallengeName": "DEVICE_PASSWORD_VERIFIER", "ChallengeResponses": responses }))
    };
    table
        .refuses(vec![(
            "RespondToAuthChallenge",
            prove("wrong"),
            "NotAuthorizedException",
        )])
        .await;
    let tokens = table.ok("RespondToAuthChallenge", prove("device-password")).await["AuthenticationResult"].clone();
    assert_eq!(tokens["NewDeviceMetadata"], Value::Null);
    let refresh = |device: Option<&str>| {
        let mut parameters = json!({ "REFRESH_TOKEN": tokens["RefreshToken"] });
        if let Some(device) = device {
            parameters["DEVICE_KEY"] = device.into();
        }
        table.client(json!({ "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters }))
    };
    table
        .refuses(vec![(
            "InitiateAuth",
            refresh(None),
            "NotAuthorizedException: Invalid Refresh Token",
        )])
        .await;
    table.ok("InitiateAuth", refresh(Some(&key))).await;

    let shown = table.ok("GetDevice", with(json!({ "DeviceKey": key }))).await;
    assert!(
        shown["Device"]["DeviceAttributes"]
            .as_array()
            .expect("a list")
            .contains(&json!({ "Name": "device_name", "Value": "phone" }))
    );
    table
        .ok(
            "UpdateDeviceStatus",
            with(json!({ "DeviceKey": key, "DeviceRememberedStatus": "not_remembered" })),
        )
        .await;
    assert!(
        !table.ok("ListDevices", with(json!({}))).await["Devices"]
            .as_array()
            .expect("a list")
            .is_empty()
    );
    let one = |more: Value| {
        let mut input = table.pool(json!({ "Username": "alice", "DeviceKey": key }));
        input
            .as_object_mut()
            .expect("members")
            .extend(more.as_object().expect("members").clone());
        input
    };
    table.ok("AdminGetDevice", one(json!({}))).await;
    table
        .ok(
            "AdminUpdateDeviceStatus",
            one(json!({ "DeviceRememberedStatus": "remembered" })),
        )
        .await;
    table
        .ok("AdminListDevices", table.pool(json!({ "Username": "alice" })))
        .await;
    table.ok("AdminForgetDevice", one(json!({}))).await;
    table
        .refuses(vec![
            (
                "AdminForgetDevice",
                one(json!({})),
                "ResourceNotFoundException: Device does not exist.",
            ),
            (
                "GetDevice",
                with(json!({ "DeviceKey": key })),
                "ResourceNotFoundException: Device does not exist.",
            ),
            (
                "ForgetDevice",
                with(json!({ "DeviceKey": key })),
                "ResourceNotFoundException",
            ),
            (
                "UpdateDeviceStatus",
                with(json!({ "DeviceKey": key })),
                "ResourceNotFoundException",
            ),
            ("AdminGetDevice", one(json!({})), "ResourceNotFoundException"),
            (
                "InitiateAuth",
                start(Some(&key)),
                "ResourceNotFoundException: Device does not exist.",
            ),
        ])
        .await;
}

#[tokio::test]
async fn tokens_are_revoked_and_rotated() {
    let table = Table::new(json!({})).await;
    let tokens = table.tokens("alice").await;
    table
        .ok("RevokeToken", table.client(json!({ "Token": tokens["RefreshToken"] })))
        .await;
    table
        .refuses(vec![
            (
                "GetUser",
                json!({ "AccessToken": tokens["AccessToken"] }),
                "NotAuthorizedException: Access Token has been revoked",
            ),
            (
                "GetTokensFromRefreshToken",
                table.client(json!({ "RefreshToken": tokens["RefreshToken"] })),
                "NotAuthorizedException: Refresh Token has been revoked",
            ),
            (
                "GetTokensFromRefreshToken",
                table.client(json!({ "RefreshToken": "x" })),
                "NotAuthorizedException: Invalid Refresh Token",
            ),
            (
                "RevokeToken",
                table.client(json!({ "Token": tokens["AccessToken"] })),
                "UnsupportedTokenTypeException",
            ),
        ])
        .await;
    let first = table.token("alice").await;
    let second = table.token("alice").await;
    let sessions = table.ok("ListUserSessions", json!({ "AccessToken": second })).await["Sessions"].clone();
    let other = sessions
        .as_array()
        .into_iter()
        .flatten()
        .find(|session| session["IsCurrentSession"] == false)
        .expect("two sessions");
    table
        .ok(
            "RevokeUserSession",
            json!({ "AccessToken": second, "SessionId": other["SessionId"] }),
        )
        .await;
    table
        .refuses(vec![(
            "GetUser",
            json!({ "AccessToken": first }),
            "NotAuthorizedException",
        )])
        .await;
    let sessions = table
        .ok("AdminListUserSessions", table.pool(json!({ "Username": "alice" })))
        .await["Sessions"]
        .clone();
    let id = sessions[0]["SessionId"].clone();
    table
        .refuses(vec![(
            "RevokeUserSession",
            json!({ "AccessToken": second, "SessionId": id }),
            "InvalidParameterException",
        )])
        .await;
    table
        .ok(
            "AdminRevokeUserSession",
            table.pool(json!({ "Username": "alice", "SessionId": id })),
        )
        .await;
    table
        .ok("AdminUserGlobalSignOut", table.pool(json!({ "Username": "alice" })))
        .await;
    table
        .refuses(vec![
            (
                "AdminRevokeUserSession",
                table.pool(json!({ "Username": "alice", "SessionId": id })),
                "ResourceNotFoundException",
            ),
            (
                "AdminUserGlobalSignOut",
                table.pool(json!({ "Username": "nobody" })),
                "UserNotFoundException",
            ),
        ])
        .await;

    let rotating = table.pool(
        json!({ "ClientName": "rotating", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 } }),
    );
    let client = table.ok("CreateUserPoolClient", rotating).await["UserPoolClient"]["ClientId"].clone();
    let start = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } });
    let old = table.ok("InitiateAuth", start).await["AuthenticationResult"]["RefreshToken"].clone();
    let refresh = |token: &Value| json!({ "ClientId": client, "RefreshToken": token });
    let new =
        table.ok("GetTokensFromRefreshToken", refresh(&old)).await["AuthenticationResult"]["RefreshToken"].clone();
    assert_ne!(new, old);
    table.ok("GetTokensFromRefreshToken", refresh(&old)).await;
    table.cognito.clock().advance(Duration::from_secs(10));
    table
        .refuses(vec![
            ("GetTokensFromRefreshToken", refresh(&old), "RefreshTokenReuseException"),
            ("GetTokensFromRefreshToken", refresh(&new), "NotAuthorizedException"),
        ])
        .await;
}
