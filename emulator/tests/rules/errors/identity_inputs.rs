//! An input of each operation of identity pools that is right.

use super::model::Operation;
use super::scene::{Scene, with};
use serde_json::{Value, json};

/// The name of alice's user pool as a provider.
pub(super) fn provider(scene: &Scene) -> String {
    format!("cognito-idp.us-east-1.amazonaws.com/{}", scene.pool)
}

/// What an identity pool is made of that trusts the scene's user pool and a developer.
pub(super) fn settings(scene: &Scene) -> Value {
    json!({ "IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": true, "AllowClassicFlow": true,
        "DeveloperProviderName": "mine", "SupportedLoginProviders": { "accounts.google.com": "an-app" },
        "CognitoIdentityProviders": [{ "ProviderName": provider(scene), "ClientId": scene.client }] })
}

/// An identity pool with roles.
pub(super) fn pool(scene: &Scene) -> Value {
    let pool = scene.identity_ok("CreateIdentityPool", settings(scene))["IdentityPoolId"].clone();
    let roles = json!({ "authenticated": ROLE, "unauthenticated": ROLE });
    scene.identity_ok(
        "SetIdentityPoolRoles",
        json!({ "IdentityPoolId": pool, "Roles": roles }),
    );
    pool
}

pub(super) const ROLE: &str = "arn:aws:iam::123456789012:role/test";

/// alice's login.
pub(super) fn login(scene: &Scene) -> Value {
    json!({ provider(scene): scene.tokens()["IdToken"] })
}

/// An identity with these logins.
pub(super) fn identity(scene: &Scene, pool: &Value, logins: Value) -> Value {
    let input = json!({ "IdentityPoolId": pool, "Logins": logins });
    scene.identity_ok("GetId", input)["IdentityId"].clone()
}

/// The identity of a developer's user.
pub(super) fn developer_identity(scene: &Scene, pool: &Value, user: &str) -> Value {
    let input = json!({ "IdentityPoolId": pool, "Logins": { "mine": user } });
    scene.identity_ok("GetOpenIdTokenForDeveloperIdentity", input)["IdentityId"].clone()
}

/// An input that the operation takes.
pub(super) fn good(scene: &Scene, operation: &Operation) -> Value {
    let pool = pool(scene);
    let own = own(scene, &operation.name, &pool);
    let mut input = json!({});
    for member in operation.required.iter().filter(|member| own.get(*member).is_none()) {
        input[member] = match member.as_str() {
            "IdentityPoolId" => pool.clone(),
            "IdentityId" => identity(scene, &pool, login(scene)),
            "IdentityProviderName" => json!(provider(scene)),
            "MaxResults" => json!(10),
            "DeveloperProviderName" => json!("mine"),
            "ResourceArn" => {
                let id = pool.as_str().unwrap_or_default();
                json!(format!(
                    "arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{id}"
                ))
            }
            _ => panic!("{}: no value for {member}", operation.name),
        };
    }
    with(input, own)
}

fn own(scene: &Scene, operation: &str, pool: &Value) -> Value {
    match operation {
        "CreateIdentityPool" | "UpdateIdentityPool" => settings(scene),
        "DeleteIdentities" => json!({ "IdentityIdsToDelete": [identity(scene, pool, json!({}))] }),
        "GetCredentialsForIdentity" | "GetId" | "GetOpenIdToken" => json!({ "Logins": login(scene) }),
        "GetOpenIdTokenForDeveloperIdentity" => json!({ "Logins": { "mine": "alice" } }),
        "GetPrincipalTagAttributeMap" => {
            let input = json!({ "IdentityPoolId": pool, "IdentityProviderName": provider(scene), "UseDefaults": true });
            scene.identity_ok("SetPrincipalTagAttributeMap", input);
            json!({})
        }
        "LookupDeveloperIdentity" => {
            developer_identity(scene, pool, "alice");
            json!({ "DeveloperUserIdentifier": "alice" })
        }
        "MergeDeveloperIdentities" => {
            developer_identity(scene, pool, "alice");
            developer_identity(scene, pool, "bob");
            json!({ "SourceUserIdentifier": "alice", "DestinationUserIdentifier": "bob" })
        }
        "SetIdentityPoolRoles" => json!({ "Roles": { "authenticated": ROLE } }),
        "TagResource" => json!({ "Tags": { "team": "a" } }),
        "UntagResource" => json!({ "TagKeys": ["team"] }),
        "UnlinkDeveloperIdentity" => {
            let identity = developer_identity(scene, pool, "alice");
            json!({ "IdentityId": identity, "DeveloperUserIdentifier": "alice" })
        }
        "UnlinkIdentity" => json!({ "Logins": login(scene), "LoginsToRemove": [provider(scene)] }),
        _ => json!({}),
    }
}
