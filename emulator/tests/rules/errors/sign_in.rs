//! Errors of sign-ins and of tokens.

use super::Written;
use super::generic::{but, reset_alice};
use super::inputs::new_password;
use super::scene::{Scene, lite, with};
use super::users::another;
use crate::table::text;
use crate::world::{PASSWORD, Srp};
use cognito_emulator::triggers::{CreateAuthChallenge, DefineAuthChallenge};
use serde_json::{Value, json};

const START: &str = "InitiateAuth";
const ADMIN_START: &str = "AdminInitiateAuth";
const RESPOND: &str = "RespondToAuthChallenge";
const ADMIN_RESPOND: &str = "AdminRespondToAuthChallenge";

/// The same case for users and for administrators, whose input has the pool's id, too.
macro_rules! both {
    ($($user:ident, $admin:ident: $error:literal => $prepare:expr;)*) => {
        [$(
            ($user, $error, (|scene| $prepare(scene)) as fn(&Scene) -> Value),
            ($admin, $error, (|scene| scene.pool($prepare(scene))) as fn(&Scene) -> Value),
        )*]
    };
}

/// A sign-in with this name and password, as administrators and users can start it.
fn start(scene: &Scene, name: &str, password: &str) -> Value {
    let parameters = json!({ "USERNAME": name, "PASSWORD": password });
    scene.app_client(json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters }))
}

/// An answer to a challenge.
fn answer(scene: &Scene, challenge: &Value, responses: Value) -> Value {
    let mut input = json!({ "ChallengeName": challenge["ChallengeName"], "ChallengeResponses": responses });
    if challenge["Session"].is_string() {
        input["Session"] = challenge["Session"].clone();
    }
    scene.app_client(input)
}

/// The answer of a user to PASSWORD_VERIFIER: the password is right.
fn proof(scene: &Scene, name: &str) -> Value {
    let srp = Srp::new();
    let parameters = json!({ "USERNAME": name, "SRP_A": srp.large_a() });
    let input = json!({ "AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters });
    let challenge = scene.ok(START, scene.app_client(input));
    let told = serde_json::from_value(challenge["ChallengeParameters"].clone()).expect("texts");
    let pool = scene.pool.split_once('_').expect("a region").1;
    answer(scene, &challenge, json!(srp.answer(pool, name, PASSWORD, &told)))
}

/// alice's sign-in, which waits for the code of her authenticator app; and the app's secret.
fn totp(scene: &Scene) -> (Value, String) {
    let secret = scene.authenticator_app();
    (scene.sign_in("alice", PASSWORD), secret)
}

/// The answer with a code.
fn totp_answer(scene: &Scene, challenge: &Value, code: &str) -> Value {
    answer(
        scene,
        challenge,
        json!({ "USERNAME": "alice", "SOFTWARE_TOKEN_MFA_CODE": code }),
    )
}

fn custom(scene: &Scene) -> Value {
    scene.cognito.on(|event: &mut DefineAuthChallenge| {
        event.response.challenge_name = Some("CUSTOM_CHALLENGE".to_owned());
        Ok(())
    });
    scene.app_client(json!({ "AuthFlow": "CUSTOM_AUTH", "AuthParameters": { "USERNAME": "alice" } }))
}

fn right_again(scene: &Scene) -> Value {
    let (challenge, secret) = totp(scene);
    let code = scene.totp(&secret);
    scene.ok(RESPOND, totp_answer(scene, &challenge, &code));
    let again = scene.sign_in("alice", PASSWORD);
    totp_answer(scene, &again, &code)
}

fn wrong_code(scene: &Scene) -> Value {
    let (challenge, secret) = totp(scene);
    totp_answer(scene, &challenge, &another(&scene.totp(&secret)))
}

fn no_app(scene: &Scene) -> Value {
    let (challenge, secret) = totp(scene);
    scene.ok("AdminDeleteSoftwareToken", scene.pool(json!({ "Username": "alice" })));
    totp_answer(scene, &challenge, &scene.totp(&secret))
}

/// alice can choose between two factors, and chooses a third.
fn third_factor(scene: &Scene) -> Value {
    scene.authenticator_app();
    let both = json!({ "SoftwareTokenMfaSettings": { "Enabled": true }, "SMSMfaSettings": { "Enabled": true } });
    scene.ok("SetUserMFAPreference", scene.mine(both));
    let challenge = scene.sign_in("alice", PASSWORD);
    assert_eq!(challenge["ChallengeName"], "SELECT_MFA_TYPE");
    answer(scene, &challenge, json!({ "USERNAME": "alice", "ANSWER": "EMAIL_OTP" }))
}

/// A challenge of a custom sign-in in a pool that has no trigger to verify the answer.
fn unverifiable(scene: &Scene) -> Value {
    let input = custom(scene);
    scene.cognito.on(|_: &mut CreateAuthChallenge| Ok(()));
    let challenge = scene.ok(START, input);
    answer(scene, &challenge, json!({ "USERNAME": "alice", "ANSWER": "42" }))
}

/// The choice of a factor in a pool that went back to the plan Lite.
fn choice_in_lite(scene: &Scene) -> Value {
    scene.update(lite());
    scene.app_client(json!({ "AuthFlow": "USER_AUTH", "AuthParameters": { "USERNAME": "alice" } }))
}

pub(super) fn cases() -> Written {
    let mut cases: Written = both! {
        START, ADMIN_START: "NotAuthorizedException" => |scene| start(scene, "alice", "Wrong-horse1");
        START, ADMIN_START: "UserNotFoundException" => |scene| start(scene, "nobody", PASSWORD);
        START, ADMIN_START: "UserNotConfirmedException" => |scene: &Scene| start(scene, &scene.sign_up("bob"), PASSWORD);
        START, ADMIN_START: "PasswordResetRequiredException" => |scene| {
            reset_alice(scene);
            start(scene, "alice", PASSWORD)
        };
        START, ADMIN_START: "InvalidUserPoolConfigurationException" => custom;
        START, ADMIN_START: "FeatureUnavailableInTierException" => choice_in_lite;
        RESPOND, ADMIN_RESPOND: "NotAuthorizedException" => |scene| {
            let input = new_password(scene, json!({}));
            scene.app_client(with(input, json!({ "Session": "another session than that of the challenge" })))
        };
        RESPOND, ADMIN_RESPOND: "UserNotFoundException" => |scene: &Scene| {
            scene.app_client(new_password(scene, json!({ "USERNAME": "nobody" })))
        };
        RESPOND, ADMIN_RESPOND: "InvalidPasswordException" => |scene: &Scene| {
            scene.app_client(new_password(scene, json!({ "NEW_PASSWORD": "short" })))
        };
        RESPOND, ADMIN_RESPOND: "PasswordHistoryPolicyViolationException" => |scene: &Scene| {
            scene.app_client(new_password(scene, json!({ "NEW_PASSWORD": PASSWORD })))
        };
        RESPOND, ADMIN_RESPOND: "AliasExistsException" => |scene: &Scene| {
            let boss = json!([{ "Name": "preferred_username", "Value": "boss" }]);
            let other = scene.other(json!({ "AliasAttributes": ["preferred_username"] }));
            let alice = json!({ "Username": "alice", "UserAttributes": boss });
            other.ok("AdminUpdateUserAttributes", other.pool(alice));
            let input = new_password(&other, json!({ "userAttributes.preferred_username": "boss" }));
            with(other.app_client(input), json!({ "UserPoolId": other.pool }))
        };
        RESPOND, ADMIN_RESPOND: "CodeMismatchException" => wrong_code;
        RESPOND, ADMIN_RESPOND: "ExpiredCodeException" => right_again;
        RESPOND, ADMIN_RESPOND: "SoftwareTokenMFANotFoundException" => no_app;
        RESPOND, ADMIN_RESPOND: "MFAMethodNotFoundException" => third_factor;
        RESPOND, ADMIN_RESPOND: "InvalidUserPoolConfigurationException" => unverifiable;
        RESPOND, ADMIN_RESPOND: "UserNotConfirmedException" => |scene: &Scene| proof(scene, &scene.sign_up("bob"));
        RESPOND, ADMIN_RESPOND: "PasswordResetRequiredException" => |scene| {
            let input = proof(scene, "alice");
            reset_alice(scene);
            input
        };
    }
    .into();
    cases.extend(others());
    cases
}

fn others() -> Written {
    vec![
        (ADMIN_START, "MFAMethodNotFoundException", |scene| {
            // Nothing but the pool's mails could carry codes, and codes in mails aren't set up.
            let other = scene.other(json!({ "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT" } }));
            other.update(
                json!({ "MfaConfiguration": "ON", "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT" } }),
            );
            let off = json!({ "SoftwareTokenMfaConfiguration": { "Enabled": false }, "MfaConfiguration": "OFF" });
            other.ok("SetUserPoolMfaConfig", other.pool(off));
            other.update(
                json!({ "MfaConfiguration": "ON", "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT" } }),
            );
            other.pool(start(&other, "alice", PASSWORD))
        }),
        ("GetTokensFromRefreshToken", "NotAuthorizedException", |scene| {
            but(scene, "GetTokensFromRefreshToken", json!({ "RefreshToken": "another" }))
        }),
        ("GetTokensFromRefreshToken", "UserNotFoundException", |scene| {
            let input = but(scene, "GetTokensFromRefreshToken", json!({}));
            scene.ok("AdminDeleteUser", scene.pool(json!({ "Username": "alice" })));
            input
        }),
        ("GetTokensFromRefreshToken", "RefreshTokenReuseException", |scene| {
            let client = scene.app(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
                "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 0 } }))["ClientId"]
                .clone();
            let input = with(start(scene, "alice", PASSWORD), json!({ "ClientId": client }));
            let token = scene.ok(START, input)["AuthenticationResult"]["RefreshToken"].clone();
            let input = json!({ "ClientId": client, "RefreshToken": token });
            scene.ok("GetTokensFromRefreshToken", input.clone());
            input
        }),
        ("GetClientToken", "NotAuthorizedException", |scene| {
            but(scene, "GetClientToken", json!({ "Secret": "another".repeat(5) }))
        }),
        ("GetDerivedToken", "NotAuthorizedException", |scene| {
            but(scene, "GetDerivedToken", json!({ "SubjectToken": "not.a.token" }))
        }),
        ("GetDerivedToken", "UserNotFoundException", |scene| {
            let input = but(scene, "GetDerivedToken", json!({}));
            scene.ok("AdminDeleteUser", scene.pool(json!({ "Username": "alice" })));
            input
        }),
        ("RevokeToken", "UnauthorizedException", |scene| {
            but(
                scene,
                "RevokeToken",
                json!({ "ClientId": scene.confidential()["ClientId"] }),
            )
        }),
        ("RevokeToken", "UnsupportedOperationException", |scene| {
            let client = scene.app(json!({ "EnableTokenRevocation": false }));
            but(scene, "RevokeToken", json!({ "ClientId": client["ClientId"] }))
        }),
        ("RevokeToken", "UnsupportedTokenTypeException", |scene| {
            but(
                scene,
                "RevokeToken",
                json!({ "Token": text(&scene.tokens()["IdToken"]) }),
            )
        }),
    ]
}
