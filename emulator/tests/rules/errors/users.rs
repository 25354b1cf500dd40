//! Errors of users: sign-up, passwords, codes, addresses, devices.

use super::Written;
use super::generic::but;
use super::inputs::link;
use super::scene::Scene;
use crate::table::text;
use crate::world::PASSWORD;
use serde_json::{Value, json};
use std::time::Duration;

/// Attributes with another e-mail address than alice's.
fn email(address: &str) -> Value {
    json!([{ "Name": "email", "Value": address }])
}

/// bob, who has no verified address but asks for alice's; and an input with his access token.
fn bob_asks_for_alices_address(scene: &Scene, input: Value) -> Value {
    scene.user("bob");
    let tokens = scene.sign_in("bob", PASSWORD)["AuthenticationResult"].clone();
    let change = json!({ "AccessToken": tokens["AccessToken"], "UserAttributes": email("alice@example.com") });
    scene.ok("UpdateUserAttributes", change);
    super::scene::with(json!({ "AccessToken": tokens["AccessToken"] }), input)
}

/// The good input, a day and more later.
fn late(scene: &Scene, operation: &str) -> Value {
    let input = but(scene, operation, json!({}));
    scene.cognito.clock().advance(Duration::from_secs(90_000));
    match input.get("AccessToken") {
        // The access token has ended, too.
        Some(_) => {
            let token = scene.sign_in("alice", PASSWORD)["AuthenticationResult"]["AccessToken"].clone();
            super::scene::with(input, json!({ "AccessToken": token }))
        }
        None => input,
    }
}

pub(super) fn cases() -> Written {
    vec![
        ("AdminCreateUser", "UsernameExistsException", |scene| {
            scene.pool(json!({ "Username": "alice" }))
        }),
        ("AdminCreateUser", "UserNotFoundException", |scene| {
            scene.pool(json!({ "Username": "nobody", "MessageAction": "RESEND" }))
        }),
        ("AdminCreateUser", "UnsupportedUserStateException", |scene| {
            scene.pool(json!({ "Username": "alice", "MessageAction": "RESEND" }))
        }),
        ("AdminCreateUser", "InvalidPasswordException", |scene| {
            scene.pool(json!({ "Username": "carol", "TemporaryPassword": "short" }))
        }),
        ("AdminCreateUser", "CodeDeliveryFailureException", |scene| {
            scene.cognito.outbox().disconnect("carol@example.com");
            scene.pool(
                json!({ "Username": "carol", "UserAttributes": email("carol@example.com"),
                "DesiredDeliveryMediums": ["EMAIL"] }),
            )
        }),
        ("AdminConfirmSignUp", "NotAuthorizedException", |scene| {
            // She is confirmed.
            scene.pool(json!({ "Username": "alice" }))
        }),
        ("AdminResetUserPassword", "NotAuthorizedException", |scene| {
            scene.pool(json!({ "Username": scene.sign_up("bob") }))
        }),
        ("AdminSetUserPassword", "InvalidPasswordException", |scene| {
            but(scene, "AdminSetUserPassword", json!({ "Password": "short" }))
        }),
        (
            "AdminSetUserPassword",
            "PasswordHistoryPolicyViolationException",
            |scene| but(scene, "AdminSetUserPassword", json!({ "Password": PASSWORD })),
        ),
        ("AdminDisableProviderForUser", "UserNotFoundException", |scene| {
            // There is the provider, but nobody is linked to that user of it.
            scene.pool(json!({ "User": link(scene)["SourceUser"] }))
        }),
        ("AdminLinkProviderForUser", "UserNotFoundException", |scene| {
            let nobody = json!({ "ProviderName": "Cognito", "ProviderAttributeValue": "nobody" });
            but(scene, "AdminLinkProviderForUser", json!({ "DestinationUser": nobody }))
        }),
        ("AdminLinkProviderForUser", "AliasExistsException", |scene| {
            let input = but(scene, "AdminLinkProviderForUser", json!({}));
            scene.ok("AdminLinkProviderForUser", input.clone());
            input
        }),
        ("AdminUpdateUserAttributes", "AliasExistsException", |scene| {
            scene.user("bob");
            let verified = json!([{ "Name": "email", "Value": "bob@example.com" },
                { "Name": "email_verified", "Value": "true" }]);
            scene.pool(json!({ "Username": "alice", "UserAttributes": verified }))
        }),
        ("UpdateUserAttributes", "AliasExistsException", |scene| {
            // A preferred name is an alias at once.
            let other = scene.other(json!({ "AliasAttributes": ["preferred_username"] }));
            other.user("bob");
            let name = json!([{ "Name": "preferred_username", "Value": "boss" }]);
            let bob = json!({ "Username": "bob", "UserAttributes": name });
            other.ok("AdminUpdateUserAttributes", other.pool(bob));
            other.mine(json!({ "UserAttributes": name }))
        }),
        ("VerifyUserAttribute", "AliasExistsException", |scene| {
            let input = bob_asks_for_alices_address(scene, json!({ "AttributeName": "email" }));
            super::scene::with(input, json!({ "Code": scene.code("bob") }))
        }),
        ("ConfirmSignUp", "AliasExistsException", |scene| {
            let input =
                json!({ "Username": "bob", "Password": PASSWORD, "UserAttributes": email("alice@example.com") });
            scene.ok("SignUp", scene.app_client(input));
            scene.app_client(json!({ "Username": "bob", "ConfirmationCode": scene.code("bob") }))
        }),
        ("SignUp", "UsernameExistsException", |scene| {
            but(scene, "SignUp", json!({ "Username": "alice" }))
        }),
        ("SignUp", "InvalidPasswordException", |scene| {
            but(scene, "SignUp", json!({ "Password": "short" }))
        }),
        ("ChangePassword", "InvalidPasswordException", |scene| {
            but(scene, "ChangePassword", json!({ "ProposedPassword": "short" }))
        }),
        ("ChangePassword", "PasswordHistoryPolicyViolationException", |scene| {
            but(scene, "ChangePassword", json!({ "ProposedPassword": PASSWORD }))
        }),
        ("ConfirmForgotPassword", "InvalidPasswordException", |scene| {
            but(scene, "ConfirmForgotPassword", json!({ "Password": "short" }))
        }),
        (
            "ConfirmForgotPassword",
            "PasswordHistoryPolicyViolationException",
            |scene| but(scene, "ConfirmForgotPassword", json!({ "Password": PASSWORD })),
        ),
        ("ConfirmForgotPassword", "CodeMismatchException", |scene| {
            but(scene, "ConfirmForgotPassword", json!({ "ConfirmationCode": "wrong" }))
        }),
        ("ConfirmForgotPassword", "ExpiredCodeException", |scene| {
            late(scene, "ConfirmForgotPassword")
        }),
        ("ConfirmForgotPassword", "UserNotConfirmedException", |scene| {
            let name = scene.sign_up("bob");
            scene.app_client(json!({ "Username": name, "ConfirmationCode": "123456", "Password": PASSWORD }))
        }),
        ("ConfirmSignUp", "CodeMismatchException", |scene| {
            but(scene, "ConfirmSignUp", json!({ "ConfirmationCode": "wrong" }))
        }),
        ("ConfirmSignUp", "ExpiredCodeException", |scene| {
            late(scene, "ConfirmSignUp")
        }),
        ("VerifyUserAttribute", "CodeMismatchException", |scene| {
            but(scene, "VerifyUserAttribute", json!({ "Code": "wrong" }))
        }),
        ("VerifyUserAttribute", "ExpiredCodeException", |scene| {
            late(scene, "VerifyUserAttribute")
        }),
        ("AssociateSoftwareToken", "InvalidParameterException", |_| json!({})),
        ("AssociateSoftwareToken", "SoftwareTokenMFANotFoundException", |scene| {
            let input = scene.mine(json!({}));
            totp_off(scene);
            input
        }),
        (
            "VerifySoftwareToken",
            "InvalidUserPoolConfigurationException",
            |scene| {
                let input = but(scene, "VerifySoftwareToken", json!({}));
                totp_off(scene);
                input
            },
        ),
        ("VerifySoftwareToken", "SoftwareTokenMFANotFoundException", |scene| {
            scene.mine(json!({ "UserCode": "123456" }))
        }),
        ("VerifySoftwareToken", "EnableSoftwareTokenMFAException", |scene| {
            let code = text(&but(scene, "VerifySoftwareToken", json!({}))["UserCode"]);
            scene.mine(json!({ "UserCode": another(&code) }))
        }),
        ("VerifySoftwareToken", "CodeMismatchException", |scene| {
            // It is set up already.
            let secret = scene.authenticator_app();
            scene.mine(json!({ "UserCode": another(&scene.totp(&secret)) }))
        }),
        ("AdminDeleteSoftwareToken", "UserNotConfirmedException", |scene| {
            scene.pool(json!({ "Username": scene.sign_up("bob") }))
        }),
        ("AdminSetUserMFAPreference", "UserNotConfirmedException", |scene| {
            scene.pool(json!({ "Username": scene.sign_up("bob") }))
        }),
        ("AdminSetUserMFAPreference", "PasswordResetRequiredException", |scene| {
            super::generic::reset_alice(scene);
            scene.pool(json!({ "Username": "alice" }))
        }),
        ("ConfirmDevice", "DeviceKeyExistsException", |scene| {
            let input = but(scene, "ConfirmDevice", json!({}));
            scene.ok("ConfirmDevice", input.clone());
            input
        }),
        ("UpdateAuthEventFeedback", "NotAuthorizedException", |scene| {
            but(scene, "UpdateAuthEventFeedback", json!({ "FeedbackToken": "another" }))
        }),
    ]
}

/// Users of the pool can't use authenticator apps any more.
fn totp_off(scene: &Scene) {
    let off = json!({ "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": { "Enabled": false } });
    scene.ok("SetUserPoolMfaConfig", scene.pool(off));
}

/// A code that isn't this one, nor that of another half minute but for one in a million.
pub(super) fn another(code: &str) -> String {
    let number: u32 = code.parse().expect("digits");
    format!("{:06}", (number + 500_000) % 1_000_000)
}
