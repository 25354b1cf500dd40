//! Identity pools, and the state that survives a restart.

use crate::table::{Table, read, text};
use crate::world::PASSWORD;
use cognito_emulator::{Cognito, Seed};
use serde_json::{Value, json};

async fn ask(cognito: &Cognito, operation: &str, input: Value) -> Result<Value, String> {
    let body = input.to_string();
    let target = format!("AWSCognitoIdentityService.{operation}");
    let reply = cognito_identity::server::dispatch(cognito, &target, body.as_bytes());
    read(reply.expect("an operation of the model").await)
}

#[tokio::test]
async fn a_login_earns_the_role_of_its_group_or_its_rule() {
    let table = Table::new(json!({})).await;
    let cognito = &table.cognito;
    let ok = async |operation: &str, input: Value| {
        ask(cognito, operation, input)
            .await
            .unwrap_or_else(|error| panic!("{operation}: {error}"))
    };
    let provider = format!("cognito-idp.us-east-1.amazonaws.com/{}", table.pool);
    let pool = json!({ "IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": true, "AllowClassicFlow": true,
        "DeveloperProviderName": "mine", "CognitoIdentityProviders": [{ "ProviderName": provider, "ClientId": table.client }] });
    let id = text(&ok("CreateIdentityPool", pool.clone()).await["IdentityPoolId"]);
    let one = |mut more: Value| {
        more["IdentityPoolId"] = id.clone().into();
        more
    };
    let token = table.tokens("alice").await["IdToken"].clone();
    let logins = json!({ &provider: token });
    let identity = ok("GetId", one(json!({ "Logins": logins }))).await["IdentityId"].clone();
    assert_eq!(
        ok("GetId", one(json!({ "Logins": logins }))).await["IdentityId"],
        identity
    );
    let guest = ok("GetId", one(json!({}))).await["IdentityId"].clone();
    assert_ne!(guest, identity);
    let credentials = json!({ "IdentityId": identity, "Logins": logins });
    let refused = async |operation: &str, input: Value, expected: &str| {
        let error = ask(cognito, operation, input).await.expect_err("refused");
        assert!(error.starts_with(expected), "{operation}: {error}");
    };
    refused(
        "GetCredentialsForIdentity",
        credentials.clone(),
        "InvalidIdentityPoolConfigurationException",
    )
    .await;
    let rules = json!({ "Type": "Rules", "AmbiguousRoleResolution": "Deny", "RulesConfiguration": { "Rules": [
        { "Claim": "email", "MatchType": "StartsWith", "Value": "bob", "RoleARN": "arn:aws:iam::123456789012:role/b" } ] } });
    let mapping = format!("{provider}:{}", table.client);
    let roles = json!({ "Roles": { "authenticated": "arn:aws:iam::123456789012:role/a" }, "RoleMappings": { &mapping: rules } });
    ok("SetIdentityPoolRoles", one(roles)).await;
    refused(
        "GetCredentialsForIdentity",
        credentials.clone(),
        "NotAuthorizedException",
    )
    .await;
    ok(
        "SetIdentityPoolRoles",
        one(json!({ "Roles": { "authenticated": "arn:aws:iam::123456789012:role/a" } })),
    )
    .await;
    let given = ok("GetCredentialsForIdentity", credentials).await;
    assert!(text(&given["Credentials"]["AccessKeyId"]).starts_with("ASIA"));
    refused(
        "GetCredentialsForIdentity",
        json!({ "IdentityId": identity }),
        "NotAuthorizedException",
    )
    .await;
    refused(
        "GetId",
        one(json!({ "Logins": { &provider: "forged" } })),
        "NotAuthorizedException: Invalid login token.",
    )
    .await;
    refused(
        "GetId",
        one(json!({ "Logins": { "accounts.google.com": "x" } })),
        "NotAuthorizedException",
    )
    .await;
    refused(
        "DescribeIdentityPool",
        json!({ "IdentityPoolId": "us-east-1:00000000-0000-4000-8000-000000000000" }),
        "ResourceNotFoundException",
    )
    .await;
    let open = ok("GetOpenIdToken", json!({ "IdentityId": identity, "Logins": logins })).await;
    assert_eq!(
        crate::oauth::claims(&text(&open["Token"]))["amr"],
        json!(["authenticated", provider])
    );

    let mine = ok(
        "GetOpenIdTokenForDeveloperIdentity",
        one(json!({ "Logins": { "mine": "u1" } })),
    )
    .await;
    let yours = ok(
        "GetOpenIdTokenForDeveloperIdentity",
        one(json!({ "Logins": { "mine": "u2" } })),
    )
    .await;
    let found = ok(
        "LookupDeveloperIdentity",
        one(json!({ "DeveloperUserIdentifier": "u1" })),
    )
    .await;
    assert_eq!(found["IdentityId"], mine["IdentityId"]);
    let merge =
        json!({ "SourceUserIdentifier": "u1", "DestinationUserIdentifier": "u2", "DeveloperProviderName": "mine" });
    assert_eq!(
        ok("MergeDeveloperIdentities", one(merge)).await["IdentityId"],
        yours["IdentityId"]
    );
    let unlink =
        json!({ "IdentityId": yours["IdentityId"], "DeveloperProviderName": "mine", "DeveloperUserIdentifier": "u1" });
    ok("UnlinkDeveloperIdentity", one(unlink.clone())).await;
    refused("UnlinkDeveloperIdentity", one(unlink), "ResourceNotFoundException").await;

    let described = ok("DescribeIdentity", json!({ "IdentityId": identity })).await;
    assert_eq!(described["Logins"], json!([provider]));
    assert_eq!(
        ok("ListIdentities", one(json!({ "MaxResults": 60 }))).await["Identities"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    ok(
        "UnlinkIdentity",
        json!({ "IdentityId": identity, "Logins": logins, "LoginsToRemove": [provider] }),
    )
    .await;
    ok("DeleteIdentities", json!({ "IdentityIdsToDelete": [identity] })).await;
    refused(
        "DescribeIdentity",
        json!({ "IdentityId": identity }),
        "ResourceNotFoundException",
    )
    .await;
    ok(
        "SetPrincipalTagAttributeMap",
        one(json!({ "IdentityProviderName": provider, "PrincipalTags": { "a": "sub" } })),
    )
    .await;
    let tags = ok(
        "GetPrincipalTagAttributeMap",
        one(json!({ "IdentityProviderName": provider })),
    )
    .await;
    assert_eq!(tags["PrincipalTags"], json!({ "a": "sub" }));
    let arn = format!("arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{id}");
    ok(
        "TagResource",
        json!({ "ResourceArn": arn, "Tags": { "a": "1", "b": "2" } }),
    )
    .await;
    ok("UntagResource", json!({ "ResourceArn": arn, "TagKeys": ["a"] })).await;
    assert_eq!(
        ok("ListTagsForResource", json!({ "ResourceArn": arn })).await["Tags"],
        json!({ "b": "2" })
    );
    let mut closed = pool;
    closed["AllowUnauthenticatedIdentities"] = false.into();
    ok("UpdateIdentityPool", one(closed)).await;
    refused(
        "GetId",
        one(json!({})),
        "NotAuthorizedException: Unauthenticated access is not supported",
    )
    .await;
    assert_eq!(
        ok("GetIdentityPoolRoles", one(json!({}))).await["Roles"]["authenticated"],
        "arn:aws:iam::123456789012:role/a"
    );
    assert_eq!(
        ok("ListIdentityPools", json!({ "MaxResults": 5 })).await["IdentityPools"][0]["IdentityPoolName"],
        "pool"
    );
    ok("DeleteIdentityPool", one(json!({}))).await;
    refused("DeleteIdentityPool", one(json!({})), "ResourceNotFoundException").await;
}

const SEED: &str = r#"
[[pools]]
id = "us-east-1_LocalPool"
settings = { PoolName = "local" }

[[pools.clients]]
id = "localclient"
settings = { ClientName = "web", ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }

[[pools.users]]
username = "alice"
password = "Correct-horse1"
attributes = { email = "alice@example.com" }
groups = ["admins"]
"#;

#[tokio::test]
async fn what_a_seed_makes_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seed.toml");
    std::fs::write(&file, SEED).expect("writable");
    let seed = Seed::read(&file).expect("a seed");
    let sign_in = async |cognito: &Cognito| {
        let input = json!({ "ClientId": "localclient", "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": { "USERNAME": "alice", "PASSWORD": PASSWORD } });
        let body = input.to_string();
        let target = "AWSCognitoIdentityProviderService.InitiateAuth";
        let reply = cognito_idp::server::dispatch(cognito, target, body.as_bytes()).expect("known");
        read(reply.await).expect("signed in")["AuthenticationResult"]["AccessToken"].clone()
    };
    let first = Cognito::new();
    first.sow(&seed).expect("sown");
    first.sow(&seed).expect("a second time it changes nothing");
    let token = sign_in(&first).await;
    first.save(folder.path()).expect("saved");
    let second = Cognito::new();
    second.load(folder.path()).expect("loaded");
    sign_in(&second).await;
    let body = json!({ "AccessToken": token }).to_string();
    let target = "AWSCognitoIdentityProviderService.GetUser";
    let reply = cognito_idp::server::dispatch(&second, target, body.as_bytes()).expect("known");
    assert_eq!(read(reply.await).expect("still valid")["Username"], "alice");
    std::fs::write(folder.path().join("cognito.json"), "{").expect("writable");
    let error = Cognito::new().load(folder.path()).expect_err("broken").to_string();
    assert!(error.contains("move the file away"), "{error}");
}
