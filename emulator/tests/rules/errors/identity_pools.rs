//! Errors of identity pools, and the reasons why some can't happen.

use super::identity_inputs::{developer_identity, good, identity, login, pool, provider, settings};
use super::model::{Operation, read};
use super::never::{Never, Of};
use super::scene::{Scene, with};
use super::{Prepare, Written};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static MODEL: LazyLock<BTreeMap<String, Operation>> = LazyLock::new(|| read("cognito-identity"));

const NOBODY: &str = "us-east-1:00000000-0000-4000-8000-000000000000";
const CONFLICT: &str = "ResourceConflictException";
const INVALID: &str = "InvalidParameterException";

/// The good input of an operation with other members.
fn but(scene: &Scene, operation: &str, other: Value) -> Value {
    with(good(scene, &MODEL[operation]), other)
}

/// Cases that follow from an operation's members: what its id names isn't there.
pub(super) fn generic(operation: &Operation) -> Vec<(String, Prepare)> {
    let needs = |member: &str| operation.required.iter().any(|required| required == member);
    let gone = format!("arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{NOBODY}");
    let user_pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Another01";
    let changes = [
        ("ResourceNotFoundException", "IdentityPoolId", NOBODY.to_owned()),
        ("ResourceNotFoundException", "IdentityId", NOBODY.to_owned()),
        ("ResourceNotFoundException", "ResourceArn", gone),
        (INVALID, "ResourceArn", user_pool.to_owned()),
        (INVALID, "NextToken", "nonsense".to_owned()),
        (INVALID, "DeveloperProviderName", "theirs".to_owned()),
    ];
    let operation = &MODEL[&operation.name];
    let apply = changes.into_iter().filter(|(error, member, _)| {
        operation.errors.contains(*error) && (needs(member) || operation.members.contains(*member) && *error == INVALID)
    });
    // An operation with both ids names the pool first; it has one case for each error.
    let mut cases: BTreeMap<&str, Prepare> = BTreeMap::new();
    for (error, member, value) in apply.filter(|(_, member, _)| *member != "DeveloperProviderName" || needs(member)) {
        let prepare: Prepare = Box::new(move |scene| with(good(scene, operation), json!({ member: value })));
        cases.entry(error).or_insert(prepare);
    }
    cases
        .into_iter()
        .map(|(error, prepare)| (error.to_owned(), prepare))
        .collect()
}

/// A pool, and a guest of it who isn't alice, whose login the pool knows.
fn alices_login_for_a_guest(scene: &Scene) -> Value {
    let pool = pool(scene);
    identity(scene, &pool, login(scene));
    json!({ "IdentityId": identity(scene, &pool, json!({})), "Logins": login(scene) })
}

/// Fifty-one user pools as providers.
fn too_many(scene: &Scene) -> Value {
    let providers: Vec<Value> = (0..51)
        .map(|n| {
            let name = format!("cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool{n:05}");
            json!({ "ProviderName": name, "ClientId": scene.client })
        })
        .collect();
    json!({ "CognitoIdentityProviders": providers })
}

/// A pool that lets nobody in without a login.
fn no_guests(scene: &Scene) -> Value {
    let closed = with(settings(scene), json!({ "AllowUnauthenticatedIdentities": false }));
    scene.identity_ok("CreateIdentityPool", closed)["IdentityPoolId"].clone()
}

pub(super) fn cases() -> Written {
    vec![
        ("CreateIdentityPool", "LimitExceededException", |scene| {
            for _ in 0..1000 {
                scene.identity_ok("CreateIdentityPool", settings(scene));
            }
            settings(scene)
        }),
        ("UpdateIdentityPool", "LimitExceededException", |scene| {
            but(scene, "UpdateIdentityPool", too_many(scene))
        }),
        (
            "GetId",
            "NotAuthorizedException",
            |scene| json!({ "IdentityPoolId": no_guests(scene) }),
        ),
        ("GetId", CONFLICT, |scene| {
            let pool = pool(scene);
            let google = json!({ "accounts.google.com": "alice's token" });
            identity(scene, &pool, login(scene));
            identity(scene, &pool, google.clone());
            json!({ "IdentityPoolId": pool, "Logins": with(login(scene), google) })
        }),
        ("GetOpenIdToken", "NotAuthorizedException", |scene| {
            but(
                scene,
                "GetOpenIdToken",
                json!({ "Logins": { provider(scene): "not.a.token" } }),
            )
        }),
        ("GetOpenIdToken", CONFLICT, alices_login_for_a_guest),
        ("GetCredentialsForIdentity", "NotAuthorizedException", |scene| {
            but(
                scene,
                "GetCredentialsForIdentity",
                json!({ "Logins": { provider(scene): "not.a.token" } }),
            )
        }),
        ("GetCredentialsForIdentity", CONFLICT, alices_login_for_a_guest),
        (
            "GetCredentialsForIdentity",
            "InvalidIdentityPoolConfigurationException",
            |scene| {
                let pool = scene.identity_ok("CreateIdentityPool", settings(scene))["IdentityPoolId"].clone();
                json!({ "IdentityId": identity(scene, &pool, login(scene)), "Logins": login(scene) })
            },
        ),
        ("GetOpenIdTokenForDeveloperIdentity", INVALID, |scene| {
            but(
                scene,
                "GetOpenIdTokenForDeveloperIdentity",
                json!({ "Logins": { "theirs": "alice" } }),
            )
        }),
        ("GetOpenIdTokenForDeveloperIdentity", CONFLICT, |scene| {
            let pool = pool(scene);
            developer_identity(scene, &pool, "alice");
            identity(scene, &pool, login(scene));
            let logins = with(login(scene), json!({ "mine": "alice" }));
            json!({ "IdentityPoolId": pool, "Logins": logins })
        }),
        (
            "GetOpenIdTokenForDeveloperIdentity",
            "DeveloperUserAlreadyRegisteredException",
            |scene| {
                let pool = pool(scene);
                developer_identity(scene, &pool, "alice");
                let guest = identity(scene, &pool, json!({}));
                json!({ "IdentityPoolId": pool, "IdentityId": guest, "Logins": { "mine": "alice" } })
            },
        ),
        (
            "LookupDeveloperIdentity",
            INVALID,
            |scene| json!({ "IdentityPoolId": pool(scene) }),
        ),
        ("LookupDeveloperIdentity", CONFLICT, |scene| {
            let pool = pool(scene);
            developer_identity(scene, &pool, "alice");
            let bob = developer_identity(scene, &pool, "bob");
            json!({ "IdentityPoolId": pool, "IdentityId": bob, "DeveloperUserIdentifier": "alice" })
        }),
        ("MergeDeveloperIdentities", CONFLICT, |scene| {
            let input = but(scene, "MergeDeveloperIdentities", json!({}));
            scene.identity_ok("MergeDeveloperIdentities", input.clone());
            input
        }),
        ("UnlinkDeveloperIdentity", CONFLICT, |scene| {
            let pool = pool(scene);
            developer_identity(scene, &pool, "alice");
            let bob = developer_identity(scene, &pool, "bob");
            json!({ "IdentityPoolId": pool, "IdentityId": bob, "DeveloperProviderName": "mine",
                "DeveloperUserIdentifier": "alice" })
        }),
        ("UnlinkIdentity", "NotAuthorizedException", |scene| {
            but(
                scene,
                "UnlinkIdentity",
                json!({ "Logins": { provider(scene): "not.a.token" } }),
            )
        }),
        ("UnlinkIdentity", CONFLICT, |scene| {
            with(
                alices_login_for_a_guest(scene),
                json!({ "LoginsToRemove": [provider(scene)] }),
            )
        }),
        ("SetIdentityPoolRoles", INVALID, |scene| {
            let mapping = json!({ "Type": "Rules", "AmbiguousRoleResolution": "Deny" });
            but(
                scene,
                "SetIdentityPoolRoles",
                json!({ "RoleMappings": { provider(scene): mapping } }),
            )
        }),
        ("GetOpenIdToken", INVALID, |scene| {
            let enhanced = with(settings(scene), json!({ "AllowClassicFlow": false }));
            let pool = scene.identity_ok("CreateIdentityPool", enhanced)["IdentityPoolId"].clone();
            json!({ "IdentityId": identity(scene, &pool, login(scene)), "Logins": login(scene) })
        }),
    ]
}

pub(super) fn never() -> Vec<Never> {
    vec![
        Never::new(
            "ExternalServiceException",
            Of::All,
            "no other provider is asked: tokens of user pools are verified here, and others are believed",
        ),
        Never::new(
            "NotAuthorizedException",
            Of::SignedBut(&[]),
            "signatures and IAM policies aren't checked: who reaches the emulator can do everything",
        ),
        Never::new(
            "LimitExceededException",
            Of::These(&["GetId"]),
            "the quotas set no limit to identities",
        ),
        Never::new(
            CONFLICT,
            Of::These(&[
                "CreateIdentityPool",
                "GetIdentityPoolRoles",
                "SetIdentityPoolRoles",
                "UpdateIdentityPool",
            ]),
            "the request has no login that could be linked to another identity",
        ),
        Never::new(
            "ResourceNotFoundException",
            Of::These(&["ListIdentityPools"]),
            "the request names nothing that could be missing",
        ),
        Never::new(
            INVALID,
            Of::These(&[
                "CreateIdentityPool",
                "DeleteIdentities",
                "DeleteIdentityPool",
                "DescribeIdentity",
                "DescribeIdentityPool",
                "GetCredentialsForIdentity",
                "GetId",
                "GetIdentityPoolRoles",
                "GetPrincipalTagAttributeMap",
                "SetPrincipalTagAttributeMap",
                "UnlinkIdentity",
                "UpdateIdentityPool",
            ]),
            "what the model doesn't allow is ValidationException, as it is in Cognito, and the rules refuse nothing else",
        ),
    ]
}
