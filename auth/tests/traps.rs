//! Thirty-four things about Cognito that clients get wrong. Each test's name is the claim. Those that are about arithmetic
//! alone (5 to 9) are in `src/srp/tests.rs`, those about verifying tokens (25 to 28) in the workspace's
//! `tests/tests/tokens.rs`, where `cognito-jwt` reads tokens of the emulator.

mod support;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use cognito_auth::managed_login::Domain;
use cognito_auth::srp::{Challenge as SrpChallenge, Ephemeral, Identity, SrpError, Timestamp};
use cognito_auth::{
    Challenge, Confirmed, Device, DeviceStore, FirstFactor, ManagedLogin, MemoryDevices, MemoryTokens, Session, Step,
    Tokens, UserPool, secret_hash,
};
use cognito_idp::config::{BehaviorVersion, Region};
use cognito_idp::{Client, Config};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use support::{CLIENT_ID, POOL_ID, Reply, Server, TestResult, challenge, password_verifier, result, tokens};

fn hash(name: &str) -> Option<String> {
    Some(secret_hash(name, CLIENT_ID, "secret"))
}

fn hash_of(server: &Server, call: usize) -> Option<String> {
    server.call(call).parameter("SECRET_HASH").map(str::to_owned)
}

/// A pool with SRP and an SMS.
fn srp_and_sms() -> Server {
    Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth" | "AdminInitiateAuth", _) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) => challenge("SMS_MFA", "session-sms", json!({})),
            (_, Some("SMS_MFA")) if call.parameter("SMS_MFA_CODE") == Some("right") => {
                tokens("access", Some("refresh"))
            }
            (_, Some("SMS_MFA")) => Reply::Error("CodeMismatchException", "Invalid code or auth state for the user."),
            other => panic!("{other:?} wasn't expected"),
        },
    )
}

fn sms(step: Step) -> cognito_auth::challenge::SmsMfa {
    match step {
        Step::Challenge(Challenge::SmsMfa(c)) => c,
        other => panic!("{other:?} isn't SMS_MFA"),
    }
}

fn old_tokens(access: &str) -> Tokens {
    Tokens {
        access: access.into(),
        id: None,
        refresh: Some("refresh-1".into()),
        expires_at: SystemTime::now() - Duration::from_secs(1),
        device_key: Some("dev-1".into()),
        signed_in_as: Some("Alice".into()),
        new_device: None,
    }
}

/// An access token for a user whose own name is `sub-1`: {"username":"sub-1"}.
const ACCESS: &str = "e30.eyJ1c2VybmFtZSI6InN1Yi0xIn0.c2ln";

#[tokio::test]
async fn trap_01_the_first_hash_is_over_the_name_as_typed_and_later_ones_over_the_challenges_username() -> TestResult {
    let server = srp_and_sms();
    let pool = server.pool().with_secret("secret");
    sms(pool.sign_in("alice@example.com").password("pw").await?)
        .code("right")
        .await?
        .into_tokens()?;
    assert_eq!(hash_of(&server, 0), hash("alice@example.com"));
    assert_eq!(hash_of(&server, 1), hash("sub-1"));
    assert_eq!(
        hash_of(&server, 2),
        hash("sub-1"),
        "also where a challenge names nobody"
    );
    Ok(())
}

#[tokio::test]
async fn trap_02_the_hash_of_refresh_token_auth_is_over_the_pools_own_username() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "GetTokensFromRefreshToken" => Reply::Error("InvalidAction", "unknown"),
        _ => tokens("fresh", None),
    });
    let pool = server.pool().with_secret("secret");
    let session = Session::start(&pool, old_tokens(ACCESS), MemoryTokens::default()).await?;
    assert_eq!(session.access_token().await?.expose(), "fresh");
    assert_eq!(server.call(1).body["AuthFlow"], "REFRESH_TOKEN_AUTH");
    assert_eq!(hash_of(&server, 1), hash("sub-1"));
    Ok(())
}

#[tokio::test]
async fn trap_03_token_operations_take_the_secret_itself() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "GetTokensFromRefreshToken" => tokens("fresh", None),
        "RevokeToken" => Reply::Ok(json!({})),
        "GetClientToken" => Reply::Ok(json!({"ClientAuthenticationResult": {"AccessToken": "m", "ExpiresIn": 3600}})),
        "GetDerivedToken" => Reply::Ok(
            json!({"IssuedToken": "d", "IssuedTokenType": "ACCESS_TOKEN", "TokenType": "Bearer",
            "ExpiresIn": 60}),
        ),
        other => panic!("{other} wasn't expected"),
    });
    let pool = server.pool().with_secret("secret");
    let session = Session::start(&pool, old_tokens(ACCESS), MemoryTokens::default()).await?;
    session.access_token().await?;
    session.sign_out().await?;
    pool.machine().scope("api/read").source().token().await?;
    pool.exchange(ACCESS).scope("api/read").send().await?;
    for (call, member) in [
        (0, "ClientSecret"),
        (1, "ClientSecret"),
        (2, "Secret"),
        (3, "ClientSecret"),
    ] {
        let call = server.call(call);
        assert_eq!(call.body[member], "secret", "{}", call.operation);
        assert!(
            !call.text.contains("SecretHash") && !call.text.contains("SECRET_HASH"),
            "{}",
            call.operation
        );
        assert!(!call.is_signed, "{} needs no AWS credentials", call.operation);
    }
    Ok(())
}

#[tokio::test]
async fn trap_04_the_identity_of_srp_is_the_pools_name_and_the_challenges_user_id() -> TestResult {
    let server = srp_and_sms();
    let Step::Challenge(Challenge::PasswordVerifier(c)) = server.pool().sign_in("alice@example.com").srp().await?
    else {
        panic!("another step")
    };
    c.password("pw").await?;
    // The same proof by the arithmetic alone, from the exponent that the challenge's state keeps.
    let state = serde_json::to_value(c.state())?;
    let exponent = state["exponent"].as_str().unwrap_or_default();
    let pair = Ephemeral::from_secret(&hex(&format!("{exponent:0>256}")))?;
    assert_eq!(
        pair.public().to_hex(),
        server.call(0).parameter("SRP_A").unwrap_or_default()
    );
    let challenge = SrpChallenge::new("1234567890abcdef", "00a1b2c", "-__-AQ")?;
    let answer = server.call(1);
    let sent = answer.parameter("PASSWORD_CLAIM_SIGNATURE");
    let at = answer.parameter("TIMESTAMP").unwrap_or_default().to_owned();
    // It was made in this second, or a few ago.
    let now = SystemTime::now();
    let seconds = (0..60).map(|ago| Timestamp::from(now - Duration::from_secs(ago)));
    let made = seconds
        .into_iter()
        .find(|second| second.to_string() == at)
        .ok_or("the time of the proof is another")?;
    let signed = |pool: &str, user: &str| -> Result<String, SrpError> {
        Ok(pair.prove(Identity::user(pool, user), "pw", &challenge)?.sign(made))
    };
    assert_eq!(sent, Some(signed(POOL_ID, "sub-1")?.as_str()));
    assert_eq!(
        sent,
        Some(signed("AbCdEf123", "sub-1")?.as_str()),
        "the region isn't part of it"
    );
    assert_ne!(sent, Some(signed(POOL_ID, "alice@example.com")?.as_str()));
    Ok(())
}

fn hex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs
        .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

#[tokio::test]
async fn trap_10_password_verifier_is_answered_at_once_and_a_late_answer_says_why_it_failed() -> TestResult {
    let server = srp_and_sms();
    server.pool().sign_in("alice").password("pw").await?;
    assert_eq!(
        server.operations(),
        ["InitiateAuth", "RespondToAuthChallenge"],
        "nothing is between the two"
    );
    let late = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => password_verifier(),
        _ => Reply::Error("NotAuthorizedException", "Incorrect username or password."),
    });
    let error = late
        .pool()
        .sign_in("alice")
        .password("pw")
        .await
        .err()
        .ok_or("it was taken")?;
    assert!(
        error.hint().is_some_and(|hint| hint.contains("within seconds")),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn trap_11_a_wrong_code_leaves_the_session_usable() -> TestResult {
    let server = srp_and_sms();
    let challenge = sms(server.pool().sign_in("alice").password("pw").await?);
    let error = challenge.code("wrong").await.err().ok_or("a wrong code was taken")?;
    assert!(error.is_wrong_code() && !error.is_expired(), "{error}");
    challenge.code("right").await?.into_tokens()?;
    assert_eq!(server.call(2).body["Session"], server.call(3).body["Session"]);
    Ok(())
}

#[tokio::test]
async fn trap_12_mfa_setup_goes_on_with_the_newest_session() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => challenge(
            "MFA_SETUP",
            "session-1",
            json!({"MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\"]"}),
        ),
        "AssociateSoftwareToken" => Reply::Ok(json!({"SecretCode": "JBSWY3DP", "Session": "session-2"})),
        "VerifySoftwareToken" if call.body["UserCode"] == "000000" => {
            Reply::Error("EnableSoftwareTokenMFAException", "Code mismatch")
        }
        "VerifySoftwareToken" => Reply::Ok(json!({"Status": "SUCCESS", "Session": "session-3"})),
        _ => tokens("access", None),
    });
    let step = server.pool().sign_in("alice").password_plain("pw").await?;
    let Step::Challenge(Challenge::MfaSetup(setup)) = step else {
        panic!("another step")
    };
    assert_eq!(setup.choices(), ["SOFTWARE_TOKEN_MFA"]);
    let totp = setup.totp().await?;
    assert_eq!(totp.secret().expose(), "JBSWY3DP");
    let error = totp
        .confirm("000000", None)
        .await
        .err()
        .ok_or("a wrong code was taken")?;
    assert!(error.is_wrong_code(), "{error}");
    totp.confirm("123456", Some("my phone")).await?.into_tokens()?;
    let sessions: Vec<Value> = server
        .calls()
        .into_iter()
        .map(|call| call.body["Session"].clone())
        .collect();
    assert_eq!(sessions[1..], ["session-1", "session-2", "session-2", "session-3"]);
    Ok(())
}

#[tokio::test]
async fn trap_13_a_verified_app_is_made_the_second_factor() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "AssociateSoftwareToken" => Reply::Ok(json!({"SecretCode": "JBSWY3DP"})),
        "VerifySoftwareToken" => Reply::Ok(json!({"Status": "SUCCESS"})),
        _ => Reply::Ok(json!({})),
    });
    let mut tokens = old_tokens(ACCESS);
    tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    session.user().totp().await?.confirm("123456", None).await?;
    assert_eq!(
        server.operations().last().map(String::as_str),
        Some("SetUserMFAPreference")
    );
    assert_eq!(
        server.call(2).body["SoftwareTokenMfaSettings"],
        json!({"Enabled": true, "PreferredMfa": true})
    );
    Ok(())
}

#[tokio::test]
async fn trap_14_required_attributes_come_and_go_with_a_prefix() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => {
            let parameters = json!({"requiredAttributes": "[\"userAttributes.name\",\"userAttributes.zoneinfo\"]",
                "userAttributes": "{\"email\":\"a@b.example\"}"});
            challenge("NEW_PASSWORD_REQUIRED", "s", parameters)
        }
        _ => tokens("access", None),
    });
    let step = server.pool().sign_in("alice").password_plain("pw").await?;
    let Step::Challenge(Challenge::NewPasswordRequired(c)) = step else {
        panic!("another step")
    };
    assert_eq!(c.required_attributes(), ["name", "zoneinfo"]);
    assert_eq!(c.attributes()["email"], "a@b.example");
    assert!(
        c.password("new").attribute("name", "Alice").send().await.is_err(),
        "zoneinfo is missing"
    );
    assert_eq!(server.calls().len(), 1, "nothing is sent that must fail");
    c.password("new")
        .attribute("name", "Alice")
        .attribute("zoneinfo", "UTC")
        .send()
        .await?
        .into_tokens()?;
    assert_eq!(server.call(1).parameter("userAttributes.zoneinfo"), Some("UTC"));
    Ok(())
}

#[tokio::test]
async fn trap_15_each_code_goes_under_its_own_name() -> TestResult {
    const NAMES: [&str; 4] = ["SMS_MFA", "SMS_OTP", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"];
    for name in NAMES {
        let server = Server::new(move |call| match call.operation.as_str() {
            "InitiateAuth" => challenge(name, "s", json!({})),
            _ => tokens("access", None),
        });
        let step = match server.pool().sign_in("alice").password_plain("pw").await? {
            Step::Challenge(Challenge::SmsMfa(c)) => c.code("1").await?,
            Step::Challenge(Challenge::SmsOtp(c)) => c.code("1").await?,
            Step::Challenge(Challenge::EmailOtp(c)) => c.code("1").await?,
            Step::Challenge(Challenge::SoftwareTokenMfa(c)) => c.code("1").await?,
            other => panic!("{other:?} for {name}"),
        };
        step.into_tokens()?;
        let answer = server.call(1);
        for other in NAMES {
            let expected = (other == name).then_some("1");
            assert_eq!(answer.parameter(&format!("{other}_CODE")), expected, "{name}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn trap_16_user_auth_offers_what_is_available_and_takes_srp_in_one_call() -> TestResult {
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => Reply::Ok(json!({"ChallengeName": "SELECT_CHALLENGE", "Session": "s",
            "AvailableChallenges": ["PASSWORD_SRP", "WEB_AUTHN"]})),
            (_, Some("SELECT_CHALLENGE")) => password_verifier(),
            _ => tokens("access", None),
        },
    );
    let pool = server.pool();
    let step = pool.sign_in("alice").prefer(FirstFactor::EmailOtp).await?;
    assert_eq!(server.call(0).parameter("PREFERRED_CHALLENGE"), Some("EMAIL_OTP"));
    let Step::Challenge(Challenge::SelectChallenge(c)) = step else {
        panic!("another step")
    };
    assert_eq!(c.available(), ["PASSWORD_SRP", "WEB_AUTHN"]);
    c.choose(FirstFactor::PasswordSrp("pw".into())).await?.into_tokens()?;
    assert_eq!(server.call(1).parameter("ANSWER"), Some("PASSWORD_SRP"));
    assert!(server.call(1).parameter("SRP_A").is_some());
    let step_up = pool
        .sign_in("alice")
        .step_up("urn:acr:high", &old_tokens(ACCESS))
        .max_age(300);
    step_up.choose().await?;
    let call = server.call(3);
    assert_eq!(call.parameter("TARGET_ACR_VALUES"), Some("urn:acr:high"));
    assert_eq!(
        (call.parameter("ACCESS_TOKEN"), call.parameter("MAX_AGE")),
        (Some(ACCESS), Some("300"))
    );
    Ok(())
}

#[tokio::test]
async fn trap_17_passkeys_are_json_in_strings() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => {
            let options = "{\"challenge\":\"abc\",\"rpId\":\"example.com\"}";
            challenge("WEB_AUTHN", "s", json!({"CREDENTIAL_REQUEST_OPTIONS": options}))
        }
        _ => tokens("access", None),
    });
    let step = server.pool().sign_in("alice").prefer(FirstFactor::WebAuthn).await?;
    let Step::Challenge(Challenge::WebAuthn(c)) = step else {
        panic!("another step")
    };
    let options: Value = c.request_options()?;
    assert_eq!(options["rpId"], "example.com");
    c.credential(&json!({"id": "x", "type": "public-key"}))
        .await?
        .into_tokens()?;
    assert_eq!(
        server.call(1).parameter("CREDENTIAL"),
        Some("{\"id\":\"x\",\"type\":\"public-key\"}")
    );
    Ok(())
}

#[tokio::test]
async fn trap_18_custom_auth_with_srp_says_so_first() -> TestResult {
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) => challenge("CUSTOM_CHALLENGE", "s", json!({"question": "?"})),
            _ => tokens("access", None),
        },
    );
    let step = server.pool().sign_in("alice").custom_with_password("pw").await?;
    let Step::Challenge(Challenge::CustomChallenge(c)) = step else {
        panic!("another step")
    };
    assert_eq!(c.parameter("question"), Some("?"));
    c.answer("42").await?.into_tokens()?;
    let first = server.call(0);
    assert_eq!(first.body["AuthFlow"], "CUSTOM_AUTH");
    assert_eq!(first.parameter("CHALLENGE_NAME"), Some("SRP_A"));
    assert!(first.parameter("SRP_A").is_some());
    Ok(())
}

/// Tokens with a device that the pool has made.
fn with_new_device(user_decides: bool) -> Server {
    Server::new(move |call| match call.operation.as_str() {
        "InitiateAuth" => {
            let mut result = result(ACCESS, Some("refresh"), 3600);
            result["NewDeviceMetadata"] = json!({"DeviceKey": "us-east-1_dev", "DeviceGroupKey": "-group"});
            Reply::Ok(json!({"AuthenticationResult": result}))
        }
        "ConfirmDevice" => Reply::Ok(json!({"UserConfirmationNecessary": user_decides})),
        "UpdateDeviceStatus" => Reply::Ok(json!({})),
        other => panic!("{other} wasn't expected"),
    })
}

#[tokio::test]
async fn trap_19_a_devices_password_is_kept_and_its_verifier_is_base64_of_padded_integers() -> TestResult {
    let devices = Arc::new(MemoryDevices::default());
    let server = with_new_device(false);
    let pool = server.pool().with_devices(devices.clone());
    let tokens = pool.sign_in("alice").password_plain("pw").await?.into_tokens()?;
    assert_eq!(
        pool.confirm_device(&tokens, Some("laptop")).await?,
        Confirmed::Remembered
    );
    let kept = devices
        .load(POOL_ID, "alice")
        .await
        .map_err(|error| error.to_string())?
        .ok_or("nothing was kept")?;
    assert_eq!(
        (kept.key.as_str(), kept.group_key.as_str()),
        ("us-east-1_dev", "-group")
    );
    let call = server.call(1);
    let config = &call.body["DeviceSecretVerifierConfig"];
    let salt = decode(config["Salt"].as_str().unwrap_or_default());
    let hex: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
    let again = cognito_auth::srp::DeviceVerifier::new("-group", "us-east-1_dev", kept.password.expose(), &hex)?;
    assert_eq!(config["PasswordVerifier"], again.password_verifier);
    assert_eq!(config["Salt"], again.salt);
    Ok(())
}

fn decode(text: &str) -> Vec<u8> {
    aws_smithy_types::base64::decode(text).unwrap_or_default()
}

#[tokio::test]
async fn trap_19_a_device_is_kept_before_it_is_confirmed_and_forgotten_if_the_pool_refuses_it() -> TestResult {
    let metadata = || {
        let mut result = result(ACCESS, Some("refresh"), 3600);
        result["NewDeviceMetadata"] = json!({"DeviceKey": "us-east-1_dev", "DeviceGroupKey": "-group"});
        Reply::Ok(json!({"AuthenticationResult": result}))
    };
    type Answer = fn() -> Reply;
    let answers: [(Answer, bool); 4] = [
        (|| Reply::Error("InvalidParameterException", "no"), false),
        (
            || Reply::Error("NotAuthorizedException", "Access Token has been revoked"),
            false,
        ),
        // It may have been confirmed all the same.
        (|| Reply::Broken, true),
        (|| Reply::Error("InternalErrorException", "no"), true),
    ];
    for (answer, is_kept) in answers {
        let devices = Arc::new(MemoryDevices::default());
        let server = Server::new(move |call| match call.operation.as_str() {
            "InitiateAuth" => metadata(),
            _ => answer(),
        });
        let pool = server.pool().with_devices(devices.clone());
        let tokens = pool.sign_in("alice").password_plain("pw").await?.into_tokens()?;
        assert!(pool.confirm_device(&tokens, None).await.is_err());
        assert_eq!(devices.load(POOL_ID, "alice").await?.is_some(), is_kept);
    }
    Ok(())
}

#[tokio::test]
async fn trap_20_the_device_that_the_pool_has_made_anew_is_the_one_to_name() -> TestResult {
    let devices = MemoryDevices::default();
    let device = Device {
        key: "dev-1".into(),
        group_key: "-g".into(),
        password: "p".into(),
    };
    devices.save(POOL_ID, "alice", device).await?;
    let server = with_new_device(false);
    let pool = server.pool().with_devices(devices);
    let tokens = pool.sign_in("alice").password_plain("pw").await?.into_tokens()?;
    assert_eq!(server.call(0).parameter("DEVICE_KEY"), Some("dev-1"));
    assert_eq!(tokens.device_key.as_deref(), Some("us-east-1_dev"));
    Ok(())
}

#[tokio::test]
async fn trap_20_the_device_key_is_in_every_call_and_in_the_refresh() -> TestResult {
    let devices = Arc::new(MemoryDevices::default());
    let device = Device {
        key: "dev-1".into(),
        group_key: "-g".into(),
        password: "p".into(),
    };
    devices
        .save(POOL_ID, "alice", device)
        .await
        .map_err(|error| error.to_string())?;
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) => challenge("SMS_MFA", "s", json!({})),
            ("GetTokensFromRefreshToken", _) => tokens("fresh", None),
            _ => Reply::Ok(json!({"AuthenticationResult": result(ACCESS, Some("refresh"), 0)})),
        },
    );
    let pool = server.pool().with_devices(devices);
    let tokens = sms(pool.sign_in("alice").password("pw").await?)
        .code("1")
        .await?
        .into_tokens()?;
    let session = Session::start(&pool, tokens, MemoryTokens::default()).await?;
    session.access_token().await?;
    for call in 0..3 {
        assert_eq!(server.call(call).parameter("DEVICE_KEY"), Some("dev-1"), "call {call}");
    }
    assert_eq!(server.call(3).body["DeviceKey"], "dev-1");
    Ok(())
}

#[tokio::test]
async fn trap_21_a_confirmed_device_isnt_remembered_where_the_user_decides() -> TestResult {
    let server = with_new_device(true);
    let pool = server.pool().with_devices(MemoryDevices::default());
    let tokens = pool.sign_in("alice").password_plain("pw").await?.into_tokens()?;
    assert_eq!(pool.confirm_device(&tokens, None).await?, Confirmed::UserDecides);
    assert_eq!(server.calls().len(), 2, "the user hasn't decided");
    pool.remember_device(&tokens, true).await?;
    assert_eq!(server.call(2).body["DeviceRememberedStatus"], "remembered");
    Ok(())
}

#[tokio::test]
async fn trap_22_a_device_that_the_pool_has_forgotten_is_forgotten_and_the_sign_in_goes_on() -> TestResult {
    let devices = Arc::new(MemoryDevices::default());
    let device = Device {
        key: "dev-1".into(),
        group_key: "-g".into(),
        password: "p".into(),
    };
    devices
        .save(POOL_ID, "alice", device)
        .await
        .map_err(|error| error.to_string())?;
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) if call.parameter("DEVICE_KEY").is_some() => {
                challenge("DEVICE_SRP_AUTH", "s", json!({}))
            }
            (_, Some("DEVICE_SRP_AUTH")) => Reply::Error("ResourceNotFoundException", "Device does not exist."),
            _ => tokens("access", None),
        },
    );
    let pool = server.pool().with_devices(devices.clone());
    pool.sign_in("alice").password("pw").await?.into_tokens()?;
    assert_eq!(
        devices
            .load(POOL_ID, "alice")
            .await
            .map_err(|error| error.to_string())?,
        None
    );
    assert_eq!(
        server.operations(),
        [
            "InitiateAuth",
            "RespondToAuthChallenge",
            "RespondToAuthChallenge",
            "InitiateAuth",
            "RespondToAuthChallenge",
        ],
        "without the device, its own challenge isn't answered again"
    );
    assert_eq!(
        server
            .calls()
            .last()
            .and_then(|call| call.parameter("DEVICE_KEY").map(str::to_owned)),
        None
    );
    Ok(())
}

#[tokio::test]
async fn trap_22_a_device_that_is_forgotten_during_a_sign_in_is_named_no_more() -> TestResult {
    let devices = Arc::new(MemoryDevices::default());
    let device = Device {
        key: "dev-1".into(),
        group_key: "-g".into(),
        password: "p".into(),
    };
    devices.save(POOL_ID, "alice", device).await?;
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) if call.parameter("DEVICE_KEY").is_some() => {
                Reply::Error("ResourceNotFoundException", "Device does not exist.")
            }
            (_, Some("PASSWORD_VERIFIER")) => challenge("SMS_MFA", "s", json!({})),
            (_, Some("SMS_MFA")) => tokens("access", Some("refresh")),
            other => panic!("{other:?} wasn't expected"),
        },
    );
    let pool = server.pool().with_devices(devices.clone());
    let challenge = sms(pool.sign_in("alice").password("pw").await?);
    let tokens = challenge.code("1").await?.into_tokens()?;
    assert_eq!(server.call(3).parameter("DEVICE_KEY"), None, "the next answer");
    assert_eq!(server.calls().len(), 4);
    assert_eq!(tokens.device_key, None, "the refresh");
    assert_eq!(devices.load(POOL_ID, "alice").await?, None);
    Ok(())
}

#[tokio::test]
async fn trap_23_a_reused_refresh_token_ends_the_session() -> TestResult {
    let server = Server::new(|_| Reply::Error("RefreshTokenReuseException", "Refresh token has been used."));
    let store = MemoryTokens::default();
    let session = Session::start(&server.pool(), old_tokens(ACCESS), store.clone()).await?;
    let error = session.access_token().await.err().ok_or("a reused token was taken")?;
    assert!(error.is_signed_out(), "{error}");
    assert!(Session::open(&server.pool(), store).await?.is_none());
    assert!(session.access_token().await.is_err_and(|error| error.is_signed_out()));
    assert_eq!(server.calls().len(), 1, "it isn't tried again");
    Ok(())
}

#[tokio::test]
async fn trap_24_tokens_of_the_api_are_refreshed_by_the_api() -> TestResult {
    let server = Server::new(|_| tokens("fresh", None));
    let session = Session::start(&server.pool(), old_tokens(ACCESS), MemoryTokens::default()).await?;
    session.access_token().await?;
    assert_eq!(server.operations(), ["GetTokensFromRefreshToken"]);
    Ok(())
}

#[tokio::test]
async fn trap_28_signing_out_revokes_and_says_when_it_cant() -> TestResult {
    let server = Server::new(|_| Reply::Error("UnsupportedTokenTypeException", "no"));
    let store = MemoryTokens::default();
    let session = Session::start(&server.pool(), old_tokens(ACCESS), store.clone()).await?;
    assert!(session.sign_out().await.is_err());
    assert_eq!(server.call(0).body["Token"], "refresh-1");
    assert!(
        Session::open(&server.pool(), store).await?.is_none(),
        "here the user is signed out in any case"
    );
    Ok(())
}

#[tokio::test]
async fn trap_29_a_simulated_challenge_is_computed_like_a_real_one() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => password_verifier(),
        _ => Reply::Error("NotAuthorizedException", "Incorrect username or password."),
    });
    let error = server
        .pool()
        .sign_in("nobody")
        .password("pw")
        .await
        .err()
        .ok_or("nobody was signed in")?;
    assert!(error.is_wrong_password() && !error.is_unknown_user(), "{error}");
    assert!(server.call(1).parameter("PASSWORD_CLAIM_SIGNATURE").is_some());
    Ok(())
}

#[tokio::test]
async fn trap_30_names_are_never_lowercased() -> TestResult {
    let server = srp_and_sms();
    server
        .pool()
        .with_secret("secret")
        .sign_in("Alice")
        .password("pw")
        .await?;
    assert_eq!(server.call(0).parameter("USERNAME"), Some("Alice"));
    assert_eq!(hash_of(&server, 0), hash("Alice"));
    assert_ne!(hash("Alice"), hash("alice"));
    Ok(())
}

#[tokio::test]
async fn trap_31_a_token_without_the_users_scope_is_refused_with_a_hint() -> TestResult {
    let server = Server::new(|_| Reply::Error("NotAuthorizedException", "Access Token does not have required scopes"));
    let mut tokens = old_tokens(ACCESS);
    tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    let error = session.user().get().await.err().ok_or("it was taken")?;
    assert!(error.is_refused_token() && !error.is_signed_out(), "{error}");
    assert!(
        error
            .hint()
            .is_some_and(|hint| hint.contains("aws.cognito.signin.user.admin"))
    );
    Ok(())
}

#[tokio::test]
async fn trap_32_logins_of_identity_pools_are_host_and_pool_without_a_scheme() -> TestResult {
    use cognito_auth::IdentityPool;
    use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
    for (pool_id, login) in [
        (POOL_ID, "cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEf123"),
        (
            "cn-north-1_AbCdEf123",
            "cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEf123",
        ),
    ] {
        let server = Server::new(|call| match call.operation.as_str() {
            "GetId" => Reply::Ok(json!({"IdentityId": "us-east-1:identity"})),
            _ => Reply::Ok(
                json!({"Credentials": {"AccessKeyId": "ASIA", "SecretKey": "s", "SessionToken": "t",
                "Expiration": 4_000_000_000_u64}}),
            ),
        });
        let mut tokens = old_tokens(ACCESS);
        tokens.id = Some("id-token".into());
        tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
        let pool = cognito_auth::UserPool::new(pool_id, CLIENT_ID)?.with_client(server.client());
        let session = Session::start(&pool, tokens, MemoryTokens::default()).await?;
        let identities = IdentityPool::new("us-east-1:11111111-2222-3333-4444-555555555555")?
            .with_client(server.identity_client())
            .login(&session)
            .provider();
        identities.provide_credentials().await?;
        for call in server.calls() {
            assert_eq!(call.body["Logins"], json!({login: "id-token"}), "{}", call.operation);
        }
        assert_eq!(server.operations(), ["GetId", "GetCredentialsForIdentity"]);
    }
    Ok(())
}

/// Credentials that expire in so many seconds.
fn credentials(seconds: u64) -> Reply {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let end = now.unwrap_or_default().as_secs() + seconds;
    Reply::Ok(json!({"IdentityId": "us-east-1:identity", "Credentials": {
        "AccessKeyId": "ASIA", "SecretKey": "s", "SessionToken": "t", "Expiration": end}}))
}

#[tokio::test]
async fn credentials_of_an_identity_pool_are_fetched_once_and_good_to_their_end() -> TestResult {
    use cognito_auth::IdentityPool;
    use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
    let is_down = Arc::new(AtomicBool::new(false));
    let down = is_down.clone();
    let server = Server::new(move |_| match down.load(Ordering::SeqCst) {
        true => Reply::Broken,
        false => credentials(200),
    });
    let pool = || {
        let pool = IdentityPool::new("us-east-1:11111111-2222-3333-4444-555555555555");
        pool.map(|pool| pool.with_client(server.identity_client()).provider())
    };
    let provider = pool()?;
    provider.provide_credentials().await?;
    is_down.store(true, Ordering::SeqCst);
    assert_eq!(provider.provide_credentials().await?.access_key_id(), "ASIA");
    assert_eq!(server.calls().len(), 3, "new ones were asked for");
    let empty = Arc::new(pool()?);
    let callers: Vec<_> = (0..100)
        .map(|_| {
            let empty = empty.clone();
            tokio::spawn(async move { empty.provide_credentials().await })
        })
        .collect();
    for caller in callers {
        assert!(caller.await?.is_err());
    }
    assert_eq!(server.calls().len(), 4, "one request for all, and its error");
    Ok(())
}

#[tokio::test]
async fn an_identity_that_is_gone_is_asked_for_again_and_a_guests_is_kept_otherwise() -> TestResult {
    use cognito_auth::IdentityPool;
    use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
    for (code, is_user, asks_again) in [
        ("ResourceNotFoundException", false, true),
        ("ResourceNotFoundException", true, true),
        ("NotAuthorizedException", true, true),
        ("NotAuthorizedException", false, false),
        ("InternalErrorException", true, false),
    ] {
        let server = Server::new(move |call| match call.operation.as_str() {
            "GetId" => Reply::Ok(json!({"IdentityId": "us-east-1:identity"})),
            _ => Reply::Error(code, "no"),
        });
        let mut tokens = old_tokens(ACCESS);
        tokens.id = Some("id-token".into());
        tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
        let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
        let pool = IdentityPool::new("us-east-1:11111111-2222-3333-4444-555555555555")?;
        let pool = pool.with_client(server.identity_client());
        let provider = if is_user { pool.login(&session) } else { pool }.provider();
        for _ in 0..2 {
            assert!(provider.provide_credentials().await.is_err());
        }
        let asked = server.operations().iter().filter(|name| *name == "GetId").count();
        assert_eq!(asked, if asks_again { 2 } else { 1 }, "{code}, {is_user}");
    }
    Ok(())
}

#[test]
fn trap_33_callbacks_match_to_the_letter_and_http_is_for_this_machine() -> TestResult {
    let pool = cognito_auth::UserPool::new(POOL_ID, CLIENT_ID)?;
    assert!(ManagedLogin::new("login.example.com", &pool, "http://app.example.com/cb").is_err());
    let login = ManagedLogin::new("login.example.com", &pool, "http://127.0.0.1:8400/callback")?;
    let url = login.url(&login.begin()?);
    assert!(
        url.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Fcallback&"),
        "{url}"
    );
    assert!(Domain::new("https://login.example.com/oauth2").is_err());
    Ok(())
}

#[tokio::test]
async fn trap_34_reset_and_confirmation_are_steps_of_a_sign_in() -> TestResult {
    let server = Server::new(|call| match (call.operation.as_str(), call.parameter("USERNAME")) {
        ("InitiateAuth", Some("reset")) => Reply::Error("PasswordResetRequiredException", "Password reset required"),
        ("InitiateAuth", _) => Reply::Error("UserNotConfirmedException", "User is not confirmed."),
        ("ConfirmSignUp", _) => Reply::Ok(json!({"Session": "confirmed"})),
        _ => Reply::Ok(json!({})),
    });
    let pool = server.pool().with_secret("secret");
    let Step::ResetPassword(reset) = pool.sign_in("reset").password("pw").await? else {
        panic!("another step")
    };
    let _sign_in = reset.confirm("123456", "new password").await?;
    let call = server.call(1);
    assert_eq!(
        (&call.body["Username"], &call.body["ConfirmationCode"]),
        (&json!("reset"), &json!("123456"))
    );
    assert_eq!(call.body["SecretHash"].as_str().map(str::to_owned), hash("reset"));
    let Step::ConfirmSignUp(up) = pool.sign_in("new").password("pw").await? else {
        panic!("another step")
    };
    assert!(up.confirm("123456").await?.is_confirmed());
    Ok(())
}

#[tokio::test]
async fn only_user_auth_continues_from_a_confirmation() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "ConfirmSignUp" => Reply::Ok(json!({"Session": "confirmed"})),
        _ => tokens("access", None),
    });
    let up = server.pool().confirm_sign_up("new").confirm("123456").await?;
    up.sign_in().choose().await?;
    up.sign_in().password_plain("pw").await?;
    up.sign_in().custom().await?;
    let sessions: Vec<Value> = server.calls()[1..]
        .iter()
        .map(|call| call.body["Session"].clone())
        .collect();
    assert_eq!(sessions, [json!("confirmed"), Value::Null, Value::Null]);
    Ok(())
}

#[tokio::test]
async fn a_secret_that_is_set_again_replaces_the_first() -> TestResult {
    let server = Server::new(|_| Reply::Error("NotAuthorizedException", "Unable to verify secret hash for client"));
    let sent = |pool: cognito_auth::UserPool| async move {
        let before = pool.client().config().region().is_some();
        assert!(before, "a pool with a client");
        pool.sign_in("alice").password_plain("pw").await.err()
    };
    sent(server.pool().with_secret("wrong").with_secret("secret"))
        .await
        .ok_or("no error")?;
    assert_eq!(server.calls().len(), 1, "the one before isn't tried");
    assert_eq!(hash_of(&server, 0), hash("alice"));
    sent(server.pool().with_second_secret("second").with_secret("secret"))
        .await
        .ok_or("no error")?;
    let second = secret_hash("alice", CLIENT_ID, "second");
    assert_eq!(
        (hash_of(&server, 1), hash_of(&server, 2)),
        (hash("alice"), Some(second))
    );
    Ok(())
}

#[test]
fn an_id_that_leads_to_another_host_is_refused() {
    for id in [
        "evil.example/x-1_AbC",
        "us-east-1.evil.example_AbC",
        "us-east-1@evil.example_AbC",
        "us-east-1#_AbC",
        "US-EAST-1_AbC",
        "us-east-1_Ab/C",
        "us-east-1_",
        "useast1_AbC",
        "_AbC",
        "",
    ] {
        assert!(cognito_auth::UserPool::new(id, CLIENT_ID).is_err(), "{id}");
        let id = id.replacen('_', ":", 1);
        let is_pool = cognito_auth::IdentityPool::new(id.as_str()).is_ok();
        // The part after the colon goes into no host name.
        assert_eq!(is_pool, id == "us-east-1:Ab/C", "{id}");
    }
    assert!(cognito_auth::UserPool::new("us-gov-west-1_AbC123", CLIENT_ID).is_ok());
}

#[test]
fn a_token_expires_by_any_clock_and_within_any_margin() {
    let mut tokens = old_tokens(ACCESS);
    let now = SystemTime::now();
    tokens.expires_at = now + Duration::from_secs(60);
    assert!(!tokens.is_expired(now, Duration::from_secs(59)));
    assert!(tokens.is_expired(now, Duration::from_secs(60)));
    assert!(tokens.is_expired(now, Duration::MAX));
}

#[tokio::test]
async fn lists_of_a_user_go_on_from_page_to_page() -> TestResult {
    let server = Server::new(|_| Reply::Ok(json!({"Credentials": [], "Devices": [], "Sessions": []})));
    let mut tokens = old_tokens(ACCESS);
    tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    session.user().passkeys(Some("page-2".into())).await?;
    session.user().devices(Some("page-2".into())).await?;
    session.user().sessions(Some("page-2".into())).await?;
    for (call, member) in [(0, "NextToken"), (1, "PaginationToken"), (2, "NextToken")] {
        assert_eq!(
            server.call(call).body[member],
            "page-2",
            "{}",
            server.call(call).operation
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_sign_up_is_confirmed_in_its_session() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "SignUp" => Reply::Ok(json!({"UserConfirmed": false, "UserSub": "sub-1", "Session": "signed-up"})),
        _ => Reply::Ok(json!({"Session": "confirmed"})),
    });
    let up = server.pool().sign_up("new").password("pw").send().await?;
    assert!(!up.is_confirmed());
    up.confirm("123456").await?;
    assert_eq!(server.call(1).body["Session"], "signed-up");
    Ok(())
}

#[tokio::test]
async fn the_first_of_the_second_factors_is_preferred_and_those_that_arent_named_are_off() -> TestResult {
    let server = Server::new(|_| Reply::Ok(json!({})));
    let mut tokens = old_tokens(ACCESS);
    tokens.expires_at = SystemTime::now() + Duration::from_secs(3600);
    let session = Session::start(&server.pool(), tokens, MemoryTokens::default()).await?;
    assert!(session.user().set_mfa(&["SMS_MFA", "TOTP"]).await.is_err());
    assert!(server.calls().is_empty(), "nothing is sent that must fail");
    session.user().set_mfa(&["EMAIL_OTP", "SMS_MFA"]).await?;
    let settings = |enabled: bool, preferred: bool| json!({"Enabled": enabled, "PreferredMfa": preferred});
    let body = server.call(0).body;
    assert_eq!(body["EmailMfaSettings"], settings(true, true));
    assert_eq!(body["SMSMfaSettings"], settings(true, false));
    assert_eq!(body["SoftwareTokenMfaSettings"], settings(false, false));
    Ok(())
}

#[tokio::test]
async fn a_signed_out_user_has_no_credentials_and_one_who_is_offline_may_have_them_later() -> TestResult {
    use cognito_auth::IdentityPool;
    use cognito_runtime::reexport::aws_credential_types::provider::ProvideCredentials;
    use cognito_runtime::reexport::aws_credential_types::provider::error::CredentialsError;
    for is_signed_out in [true, false] {
        let server = Server::new(move |_| match is_signed_out {
            true => Reply::Error("NotAuthorizedException", "Refresh Token has been revoked"),
            false => Reply::Broken,
        });
        let session = Session::start(&server.pool(), old_tokens(ACCESS), MemoryTokens::default()).await?;
        let pool = IdentityPool::new("us-east-1:11111111-2222-3333-4444-555555555555")?;
        let provider = pool.with_client(server.identity_client()).login(&session).provider();
        let error = provider.provide_credentials().await.err().ok_or("there were some")?;
        let is_not_loaded = matches!(error, CredentialsError::CredentialsNotLoaded(_));
        assert_eq!(is_not_loaded, is_signed_out, "{error:?}");
        assert_eq!(server.operations(), ["GetTokensFromRefreshToken"]);
    }
    Ok(())
}

#[tokio::test]
async fn tokens_without_a_lifetime_have_expired() -> TestResult {
    for expires_in in [-5, 0] {
        let server = Server::new(move |_| Reply::Ok(json!({"AuthenticationResult": result("a", None, expires_in)})));
        let tokens = server
            .pool()
            .sign_in("alice")
            .password_plain("pw")
            .await?
            .into_tokens()?;
        assert!(tokens.is_expired(SystemTime::now(), Duration::ZERO), "{expires_in}");
    }
    Ok(())
}

/// A connector that never answers, as a firewall that drops packets.
#[derive(Debug)]
struct Silent;

impl HttpConnector for Silent {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(std::future::pending())
    }
}

/// Not among the thirty-four. The configuration names no timers, as those of most programs.
#[tokio::test(start_paused = true)]
async fn an_endpoint_of_managed_login_that_never_answers_is_given_up() -> TestResult {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Silent)))
        .allow_no_auth();
    let pool = UserPool::new(POOL_ID, CLIENT_ID)?.with_client(Client::from_conf(config.build()));
    let login = ManagedLogin::new("login.example.com", &pool, "http://127.0.0.1:8400/callback")?;
    let refreshed = tokio::time::timeout(Duration::from_secs(600), login.refresh(&old_tokens("access"))).await?;
    assert!(refreshed.is_err_and(|error| error.is_transient()));
    Ok(())
}
