//! Errors of passkeys.

use super::Written;
use super::generic::but;
use super::inputs::passkey;
use super::scene::Scene;
use crate::authenticator::Authenticator;
use crate::world::PASSWORD;
use serde_json::{Value, json};

const START: &str = "StartWebAuthnRegistration";
const COMPLETE: &str = "CompleteWebAuthnRegistration";

/// What the pool has to do without passkeys.
fn off(scene: &Scene) {
    scene.update(json!({ "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } } }));
}

/// Registers this many passkeys.
fn register(scene: &Scene, count: usize) {
    for n in 0..count {
        let mut authenticator = Authenticator::new();
        authenticator.id = format!("k{n:03}");
        let credential = passkey(scene, &mut authenticator);
        scene.ok(COMPLETE, scene.mine(json!({ "Credential": credential })));
    }
}

pub(super) fn cases() -> Written {
    vec![
        (START, "WebAuthnNotEnabledException", |scene| {
            off(scene);
            scene.mine(json!({}))
        }),
        (COMPLETE, "WebAuthnNotEnabledException", |scene| {
            let input = but(scene, COMPLETE, json!({}));
            off(scene);
            input
        }),
        (START, "WebAuthnConfigurationMissingException", |scene| {
            let nameless = json!({ "WebAuthnConfiguration": { "UserVerification": "preferred" } });
            scene.ok("SetUserPoolMfaConfig", scene.pool(nameless));
            scene.mine(json!({}))
        }),
        (START, "LimitExceededException", |scene| {
            register(scene, 20);
            scene.mine(json!({}))
        }),
        (COMPLETE, "WebAuthnChallengeNotFoundException", |scene| {
            let credential = Authenticator::new().register(&json!({ "challenge": "mine" }), "https://example.com");
            scene.mine(json!({ "Credential": credential }))
        }),
        (COMPLETE, "WebAuthnOriginNotAllowedException", |scene| {
            let options = scene.ok(START, scene.mine(json!({})))["CredentialCreationOptions"].clone();
            let credential = Authenticator::new().register(&options, "https://example.org");
            scene.mine(json!({ "Credential": credential }))
        }),
        (COMPLETE, "WebAuthnRelyingPartyMismatchException", |scene| {
            let login = json!({ "WebAuthnConfiguration": { "RelyingPartyId": "login.example.com" } });
            scene.ok("SetUserPoolMfaConfig", scene.pool(login));
            let options = scene.ok(START, scene.mine(json!({})))["CredentialCreationOptions"].clone();
            // The authenticator's data is for example.com.
            let credential = Authenticator::new().register(&options, "https://login.example.com");
            scene.mine(json!({ "Credential": credential }))
        }),
        (COMPLETE, "WebAuthnClientMismatchException", |scene| {
            let credential = passkey(scene, &mut Authenticator::new());
            json!({ "Credential": credential, "AccessToken": token_of_another_client(scene) })
        }),
        (COMPLETE, "WebAuthnCredentialNotSupportedException", |scene| {
            let mut authenticator = Authenticator::new();
            authenticator.algorithm = -47;
            scene.mine(json!({ "Credential": passkey(scene, &mut authenticator) }))
        }),
        ("DeleteWebAuthnCredential", "ResourceNotFoundException", |scene| {
            scene.mine(json!({ "CredentialId": "bm9uZQ" }))
        }),
    ]
}

/// The access token that alice gets from another app client.
fn token_of_another_client(scene: &Scene) -> Value {
    let client = scene.app(json!({ "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"] }))["ClientId"].clone();
    let parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
    let input = json!({ "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters });
    scene.ok("InitiateAuth", input)["AuthenticationResult"]["AccessToken"].clone()
}
