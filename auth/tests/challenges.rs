//! Every challenge of the model's enum, with the answers that are valid for it.

mod support;

use cognito_auth::DeviceStore;
use cognito_auth::{Challenge, Device, FirstFactor, MemoryDevices, State, Step, UserPool};
use cognito_idp::types::ChallengeNameType;
use serde_json::{Value, json};
use std::sync::Arc;
use support::{Reply, Server, TestResult, challenge, password_verifier, tokens};

/// A server that begins with `name`, and gives tokens to the answer.
fn asking(name: &'static str, parameters: Value) -> Server {
    Server::new(move |call| match call.operation.as_str() {
        "InitiateAuth" => challenge(name, "session-1", parameters.clone()),
        "RespondToAuthChallenge" => tokens("access", Some("refresh")),
        other => panic!("{other} wasn't expected"),
    })
}

async fn asked(server: &Server) -> TestResult<Challenge> {
    match server.pool().sign_in("alice").password_plain("Passw0rd!").await? {
        Step::Challenge(challenge) => Ok(challenge),
        other => Err(other.unexpected().into()),
    }
}

/// Checks the one answer to a challenge.
fn assert_answered(server: &Server, step: Step, expected: &[(&str, &str)]) {
    assert!(matches!(step, Step::SignedIn(_)), "{step:?}");
    let call = server.call(1);
    assert_eq!(call.body["Session"], "session-1");
    assert_eq!(
        call.body["ChallengeResponses"].as_object().map(|map| map.len()),
        Some(expected.len() + 1)
    );
    assert_eq!(call.parameter("USERNAME"), Some("alice"));
    for (name, value) in expected {
        assert_eq!(call.parameter(name), Some(*value), "{name}");
    }
}

macro_rules! answers {
    ($($test:ident: $name:literal $parameters:tt, $variant:ident($c:ident) => $answer:expr, $expected:expr;)*) => {$(
        #[tokio::test]
        async fn $test() -> TestResult {
            let server = asking($name, json!($parameters));
            let Challenge::$variant($c) = asked(&server).await? else { panic!("another challenge than {}", $name) };
            assert_eq!($c.name(), $name);
            let step = $answer.await?;
            assert_answered(&server, step, &$expected);
            Ok(())
        }
    )*};
}

answers! {
    sms_mfa_is_answered_by_its_code: "SMS_MFA" {"CODE_DELIVERY_DESTINATION": "+*1234"}, SmsMfa(c) => c.code("1"), [("SMS_MFA_CODE", "1")];
    email_otp_is_answered_by_its_code: "EMAIL_OTP" {}, EmailOtp(c) => c.code("2"), [("EMAIL_OTP_CODE", "2")];
    sms_otp_is_answered_by_its_code: "SMS_OTP" {}, SmsOtp(c) => c.code("3"), [("SMS_OTP_CODE", "3")];
    software_token_mfa_is_answered_by_its_code: "SOFTWARE_TOKEN_MFA" {}, SoftwareTokenMfa(c) => c.code("4"), [("SOFTWARE_TOKEN_MFA_CODE", "4")];
    select_mfa_type_is_answered_by_a_choice: "SELECT_MFA_TYPE" {"MFAS_CAN_CHOOSE": "[\"SMS_MFA\",\"EMAIL_OTP\"]"}, SelectMfaType(c) => c.choose("EMAIL_OTP"), [("ANSWER", "EMAIL_OTP")];
    mfa_setup_is_answered_by_an_address: "MFA_SETUP" {"MFAS_CAN_SETUP": "[\"EMAIL_OTP\"]"}, MfaSetup(c) => c.email("a@b.example"), [("EMAIL", "a@b.example")];
    custom_challenge_is_answered_by_anything: "CUSTOM_CHALLENGE" {"question": "?"}, CustomChallenge(c) => c.answer("42"), [("ANSWER", "42")];
    select_challenge_is_answered_by_a_password: "SELECT_CHALLENGE" {}, SelectChallenge(c) => c.choose(FirstFactor::Password("pw".into())), [("ANSWER", "PASSWORD"), ("PASSWORD", "pw")];
    select_challenge_is_answered_by_a_code: "SELECT_CHALLENGE" {}, SelectChallenge(c) => c.choose(FirstFactor::SmsOtp), [("ANSWER", "SMS_OTP")];
    password_is_answered_by_itself: "PASSWORD" {}, Password(c) => c.password("pw"), [("PASSWORD", "pw")];
    admin_no_srp_auth_is_answered_by_the_password: "ADMIN_NO_SRP_AUTH" {}, AdminNoSrpAuth(c) => c.password("pw"), [("PASSWORD", "pw")];
    web_authn_is_answered_by_a_credential_as_text: "WEB_AUTHN" {"CREDENTIAL_REQUEST_OPTIONS": "{}"}, WebAuthn(c) => c.credential(&json!({"id": "x"})), [("CREDENTIAL", "{\"id\":\"x\"}")];
    new_password_required_is_answered_with_attributes: "NEW_PASSWORD_REQUIRED" {"requiredAttributes": "[\"userAttributes.name\"]"}, NewPasswordRequired(c) => c.password("new").attribute("name", "Alice").send(), [("NEW_PASSWORD", "new"), ("userAttributes.name", "Alice")];
    an_unknown_challenge_keeps_its_name_and_parameters: "PALM_READING" {"hand": "left"}, Unknown(c) => c.answer(&[("LINE", c.parameter("hand").unwrap_or_default())]), [("LINE", "left")];
}

#[tokio::test]
async fn password_srp_and_password_verifier_are_proved() -> TestResult {
    let server = Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => challenge("PASSWORD_SRP", "session-1", json!({})),
            (_, Some("PASSWORD_SRP")) => password_verifier(),
            (_, Some("PASSWORD_VERIFIER")) => tokens("access", None),
            other => panic!("{other:?} wasn't expected"),
        },
    );
    let Challenge::PasswordSrp(c) = asked(&server).await? else {
        panic!("another challenge")
    };
    c.password("Passw0rd!").await?.into_tokens()?;
    assert!(server.call(1).parameter("SRP_A").is_some_and(|a| a.len() > 700));
    let proof = server.call(2);
    assert_eq!(
        proof.parameter("PASSWORD_CLAIM_SECRET_BLOCK"),
        Some("-__-AQ"),
        "the block goes back as it came"
    );
    assert!(
        proof
            .parameter("PASSWORD_CLAIM_SIGNATURE")
            .is_some_and(|signature| signature.len() == 44)
    );
    Ok(())
}

#[tokio::test]
async fn a_proof_can_be_given_later_and_elsewhere() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => password_verifier(),
        _ => tokens("access", None),
    });
    let pool = server.pool();
    let Step::Challenge(begun) = pool.sign_in("alice").srp().await? else {
        panic!("no challenge")
    };
    let text = serde_json::to_string(&begun.state())?;
    let Challenge::PasswordVerifier(resumed) = pool.resume(serde_json::from_str(&text)?) else {
        panic!("another")
    };
    resumed.password("Passw0rd!").await?.into_tokens()?;
    // It is the proof of the exponent whose public value was sent: the same as of the challenge that stayed here.
    let Challenge::PasswordVerifier(begun) = begun else {
        panic!("another")
    };
    begun.password("Passw0rd!").await?.into_tokens()?;
    let signature = |index: usize| {
        server
            .call(index)
            .parameter("PASSWORD_CLAIM_SIGNATURE")
            .map(str::to_owned)
    };
    if server.call(1).parameter("TIMESTAMP") == server.call(2).parameter("TIMESTAMP") {
        assert_eq!(signature(1), signature(2));
    }
    Ok(())
}

fn device() -> Device {
    Device {
        key: "us-east-1_dev".into(),
        group_key: "-group".into(),
        password: "device-password".into(),
    }
}

fn asking_the_device() -> Server {
    Server::new(
        |call| match (call.operation.as_str(), call.body["ChallengeName"].as_str()) {
            ("InitiateAuth", _) => challenge("DEVICE_SRP_AUTH", "session-1", json!({})),
            (_, Some("DEVICE_SRP_AUTH")) => challenge(
                "DEVICE_PASSWORD_VERIFIER",
                "session-2",
                json!({"USERNAME": "sub-1", "SALT": "a1", "SRP_B": "1234", "SECRET_BLOCK": "AAEC"}),
            ),
            (_, Some("DEVICE_PASSWORD_VERIFIER")) => tokens("access", Some("refresh")),
            other => panic!("{other:?} wasn't expected"),
        },
    )
}

#[tokio::test]
async fn a_kept_device_proves_itself_without_the_program() -> TestResult {
    let devices = Arc::new(MemoryDevices::default());
    devices
        .save(support::POOL_ID, "alice", device())
        .await
        .map_err(|error| error.to_string())?;
    let server = asking_the_device();
    let pool = server.pool().with_devices(devices);
    let tokens = pool.sign_in("alice").password_plain("pw").await?.into_tokens()?;
    for index in 0..3 {
        assert_eq!(
            server.call(index).parameter("DEVICE_KEY"),
            Some("us-east-1_dev"),
            "call {index}"
        );
    }
    assert_eq!(tokens.device_key.as_deref(), Some("us-east-1_dev"));
    Ok(())
}

#[tokio::test]
async fn a_device_that_isnt_kept_can_be_given() -> TestResult {
    let server = asking_the_device();
    let Challenge::DeviceSrpAuth(c) = asked(&server).await? else {
        panic!("another challenge")
    };
    c.device(&device()).await?.into_tokens()?;
    assert_eq!(server.call(2).parameter("DEVICE_KEY"), Some("us-east-1_dev"));
    assert_eq!(server.call(2).parameter("USERNAME"), Some("sub-1"));
    Ok(())
}

#[test]
fn every_challenge_of_the_model_has_a_type() -> TestResult {
    let pool = UserPool::new(support::POOL_ID, support::CLIENT_ID)?;
    for name in ChallengeNameType::values() {
        let state: State = serde_json::from_value(json!({"challenge": name, "username": "", "signed_in_as": "",
            "parameters": {}, "available": [], "metadata": {}, "admin": false}))?;
        let challenge = pool.resume(state);
        assert!(!matches!(challenge, Challenge::Unknown(_)), "{name} has no type");
        assert_eq!(challenge.name(), *name);
    }
    assert_eq!(ChallengeNameType::values().len(), 16);
    Ok(())
}

#[tokio::test]
async fn a_challenge_goes_on_in_another_process() -> TestResult {
    let server = asking("SMS_MFA", json!({"USERNAME": "sub-1"}));
    let challenge = asked(&server).await?;
    let text = serde_json::to_string(&challenge.state())?;
    assert!(!text.contains("Passw0rd!"), "the state holds no password");
    assert_eq!(
        format!("{:?}", challenge.state()),
        "State { challenge: \"SMS_MFA\", .. }"
    );
    // The secret isn't in it either: the other process has its own pool.
    let Challenge::SmsMfa(resumed) = server.pool().with_secret("secret").resume(serde_json::from_str(&text)?) else {
        panic!("another challenge")
    };
    resumed.code("123456").await?.into_tokens()?;
    assert_eq!(server.call(1).parameter("USERNAME"), Some("sub-1"));
    assert_eq!(server.call(1).body["Session"], "session-1");
    assert!(server.call(1).parameter("SECRET_HASH").is_some());
    Ok(())
}

#[tokio::test]
async fn what_isnt_offered_isnt_sent() -> TestResult {
    let server = Server::new(|_| {
        Reply::Ok(json!({"ChallengeName": "SELECT_CHALLENGE", "Session": "s", "AvailableChallenges": ["EMAIL_OTP"]}))
    });
    let Step::Challenge(Challenge::SelectChallenge(c)) = server.pool().sign_in("alice").choose().await? else {
        panic!("another step")
    };
    assert_eq!(c.available(), ["EMAIL_OTP"]);
    assert!(c.choose(FirstFactor::WebAuthn).await.is_err());
    assert_eq!(server.calls().len(), 1);
    let server = asking("SELECT_MFA_TYPE", json!({"MFAS_CAN_CHOOSE": "[\"SMS_MFA\"]"}));
    let Challenge::SelectMfaType(c) = asked(&server).await? else {
        panic!("another challenge")
    };
    assert!(c.choose("EMAIL_OTP").await.is_err());
    assert_eq!(server.calls().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_server_that_asks_the_device_again_and_again_is_answered_once() -> TestResult {
    let devices = MemoryDevices::default();
    devices.save(support::POOL_ID, "alice", device()).await?;
    let server = Server::new(|_| challenge("DEVICE_SRP_AUTH", "session-1", json!({})));
    let step = server
        .pool()
        .with_devices(devices)
        .sign_in("alice")
        .password_plain("pw")
        .await?;
    assert!(matches!(step, Step::Challenge(Challenge::DeviceSrpAuth(_))), "{step:?}");
    assert_eq!(server.operations(), ["InitiateAuth", "RespondToAuthChallenge"]);
    Ok(())
}

#[tokio::test]
async fn the_exponent_of_a_proof_is_in_no_later_state() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "InitiateAuth" => password_verifier(),
        _ => challenge("SMS_MFA", "session-2", json!({})),
    });
    let Step::Challenge(Challenge::PasswordVerifier(begun)) = server.pool().sign_in("alice").srp().await? else {
        panic!("another challenge")
    };
    assert!(serde_json::to_value(begun.state())?["exponent"].is_string());
    let Step::Challenge(next) = begun.password("Passw0rd!").await? else {
        panic!("another step")
    };
    assert_eq!(serde_json::to_value(next.state())?["exponent"], Value::Null);
    Ok(())
}

#[tokio::test]
async fn triggers_get_the_metadata_of_a_sign_up_in_each_of_its_calls() -> TestResult {
    let server = Server::new(|call| match call.operation.as_str() {
        "SignUp" => Reply::Ok(json!({"UserConfirmed": false, "UserSub": "1-2-3"})),
        _ => Reply::Ok(json!({})),
    });
    let new = server
        .pool()
        .sign_up("alice")
        .password("pw")
        .client_metadata("invitation", "42");
    let mut signed_up = new.send().await?;
    signed_up.resend_code().await?;
    signed_up.confirm("123456").await?;
    server
        .pool()
        .confirm_sign_up("alice")
        .client_metadata("invitation", "42")
        .confirm("123456")
        .await?;
    for (index, operation) in ["SignUp", "ResendConfirmationCode", "ConfirmSignUp", "ConfirmSignUp"]
        .iter()
        .enumerate()
    {
        let call = server.call(index);
        assert_eq!(
            (call.operation.as_str(), &call.body["ClientMetadata"]["invitation"]),
            (*operation, &json!("42"))
        );
    }
    server.pool().sign_up("bob").password("pw").send().await?;
    assert_eq!(server.call(4).body.get("ClientMetadata"), None);
    Ok(())
}
