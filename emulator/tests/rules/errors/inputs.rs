//! An input of each operation of user pools that is right: members that must be there, by name, in a scene that has what
//! they name.

use super::model::Operation;
use super::scene::{Scene, with};
use crate::authenticator::Authenticator;
use crate::table::text;
use crate::world::{NEW_PASSWORD, PASSWORD, Srp};
use serde_json::{Value, json};

/// An input that the operation takes.
pub(super) fn good(scene: &Scene, operation: &Operation) -> Value {
    let own = own(scene, &operation.name);
    let mut input = json!({});
    for member in &operation.required {
        if own.get(member).is_none() {
            input[member] = named(scene, &operation.name, member);
        }
    }
    with(input, own)
}

/// A value for a member that means the same in all operations.
fn named(scene: &Scene, operation: &str, member: &str) -> Value {
    match member {
        "UserPoolId" => json!(scene.pool),
        "ClientId" => json!(scene.client),
        "Username" => json!("alice"),
        "AccessToken" => scene.tokens()["AccessToken"].clone(),
        "DeviceKey" => scene.tokens()["NewDeviceMetadata"]["DeviceKey"].clone(),
        "GroupName" => {
            scene.once("CreateGroup", json!({ "GroupName": "staff" }));
            json!("staff")
        }
        "ProviderName" => json!(provider(scene)),
        "Identifier" => {
            scene.once(
                "CreateResourceServer",
                json!({ "Identifier": "https://api", "Name": "api" }),
            );
            json!("https://api")
        }
        "Domain" => json!(domain(scene)),
        "ManagedLoginBrandingId" => branding(scene),
        "TermsId" => terms(scene)["TermsId"].clone(),
        "JobId" => import(scene)["JobId"].clone(),
        "RegionName" => {
            scene.once("CreateUserPoolReplica", json!({ "RegionName": "us-west-2" }));
            json!("us-west-2")
        }
        "SessionId" => {
            scene.tokens();
            let later = text(&scene.sign_in("alice", PASSWORD)["AuthenticationResult"]["AccessToken"]);
            let sessions = scene.ok("ListUserSessions", json!({ "AccessToken": later }));
            let first = sessions["Sessions"].as_array().into_iter().flatten();
            let mut first = first.filter(|session| session["IsCurrentSession"] == json!(true));
            first
                .next()
                .map(|session| session["SessionId"].clone())
                .unwrap_or_default()
        }
        "EventId" => {
            scene.tokens();
            let events = scene.ok("AdminListUserAuthEvents", scene.pool(json!({ "Username": "alice" })));
            events["AuthEvents"][0]["EventId"].clone()
        }
        "FeedbackValue" => json!("Valid"),
        "ResourceArn" => json!(format!(
            "arn:aws:cognito-idp:us-east-1:123456789012:userpool/{}",
            scene.pool
        )),
        "AttributeName" => json!("email"),
        "MaxResults" => json!(10),
        "Password" => json!(NEW_PASSWORD),
        "MFAOptions" => json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]),
        "UserAttributeNames" => json!(["nickname"]),
        "UserAttributes" => json!([{ "Name": "email", "Value": "new@example.com" }]),
        "LimitDefinition" => json!({ "LimitClass": "API_CATEGORY", "Attributes": { "Category": "UserRead" } }),
        _ => panic!("{operation}: no value for {member}"),
    }
}

/// Members that are an operation's own.
fn own(scene: &Scene, operation: &str) -> Value {
    match operation {
        "AddCustomAttributes" => json!({ "CustomAttributes": [{ "Name": "team", "AttributeDataType": "String" }] }),
        "AddUserPoolClientSecret" | "ListUserPoolClientSecrets" => {
            json!({ "ClientId": scene.confidential()["ClientId"] })
        }
        "AdminConfirmSignUp" | "ResendConfirmationCode" => json!({ "Username": scene.sign_up("bob") }),
        "AdminCreateUser" => json!({ "Username": "carol" }),
        "AdminDeleteSoftwareToken" => {
            scene.authenticator_app();
            json!({})
        }
        "AdminDisableProviderForUser" => {
            scene.ok("AdminLinkProviderForUser", scene.pool(link(scene)));
            json!({ "User": link(scene)["SourceUser"] })
        }
        "AdminLinkProviderForUser" => link(scene),
        "AdminInitiateAuth" => {
            let parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
            json!({ "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": parameters })
        }
        "InitiateAuth" => {
            let parameters = json!({ "USERNAME": "alice", "PASSWORD": PASSWORD });
            json!({ "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters })
        }
        "AdminRespondToAuthChallenge" | "RespondToAuthChallenge" => new_password(scene, json!({})),
        "AssociateSoftwareToken" => scene.mine(json!({})),
        "ChangePassword" => json!({ "PreviousPassword": PASSWORD, "ProposedPassword": NEW_PASSWORD }),
        "CompleteWebAuthnRegistration" => json!({ "Credential": passkey(scene, &mut Authenticator::new()) }),
        "ConfirmDevice" => json!({ "DeviceSecretVerifierConfig": verifier(scene) }),
        "ConfirmForgotPassword" => {
            scene.ok("ForgotPassword", scene.app_client(json!({ "Username": "alice" })));
            json!({ "ConfirmationCode": scene.code("alice") })
        }
        "ConfirmSignUp" => json!({ "Username": scene.sign_up("bob"), "ConfirmationCode": scene.code("bob") }),
        "CreateGroup" => json!({ "GroupName": "new" }),
        "CreateIdentityProvider" => {
            json!({ "ProviderName": "New", "ProviderType": "OIDC", "ProviderDetails": { "client_id": "a" } })
        }
        "CreateResourceServer" => json!({ "Identifier": "https://new", "Name": "new" }),
        "CreateTerms" => json!({ "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE" }),
        "CreateUserImportJob" => json!({ "JobName": "new", "CloudWatchLogsRoleArn": ROLE }),
        "CreateUserPool" => json!({ "PoolName": "new" }),
        "CreateUserPoolClient" => json!({ "ClientName": "new" }),
        "CreateUserPoolDomain" => json!({ "Domain": "new" }),
        "CreateUserPoolReplica" => json!({ "RegionName": "us-east-2" }),
        "DeleteUserPoolClientSecret" => {
            let client = scene.confidential()["ClientId"].clone();
            let added = scene.ok("AddUserPoolClientSecret", scene.pool(json!({ "ClientId": client })));
            json!({ "ClientId": client, "ClientSecretId": added["ClientSecretDescriptor"]["ClientSecretId"] })
        }
        "DeleteWebAuthnCredential" => {
            let credential = passkey(scene, &mut Authenticator::new());
            scene.ok(
                "CompleteWebAuthnRegistration",
                scene.mine(json!({ "Credential": credential })),
            );
            json!({ "CredentialId": credential["id"] })
        }
        "DescribeManagedLoginBrandingByClient" => {
            branding(scene);
            json!({})
        }
        "DescribeTermsByClient" => json!({ "TermsName": terms(scene)["TermsName"] }),
        "ForgetDevice" | "GetDevice" => scene.mine(json!({})),
        "GetClientToken" => {
            let client = scene.app(json!({ "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"] }));
            json!({ "ClientId": client["ClientId"], "Secret": client["ClientSecret"] })
        }
        "GetDerivedToken" => {
            json!({ "SubjectToken": scene.tokens()["AccessToken"], "SubjectTokenType": "ACCESS_TOKEN" })
        }
        "GetIdentityProviderByIdentifier" => {
            provider(scene);
            json!({ "IdpIdentifier": "elsewhere" })
        }
        "GetTokensFromRefreshToken" => {
            let device = &scene.tokens()["NewDeviceMetadata"]["DeviceKey"];
            json!({ "RefreshToken": scene.tokens()["RefreshToken"], "DeviceKey": device })
        }
        "RevokeToken" => json!({ "Token": scene.tokens()["RefreshToken"] }),
        "SetLogDeliveryConfiguration" => {
            let group = json!({ "LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:a" });
            json!({ "LogConfigurations": [{ "LogLevel": "ERROR", "EventSource": "userNotification",
                "CloudWatchLogsConfiguration": group }] })
        }
        "SetUICustomization" => {
            domain(scene);
            json!({})
        }
        "SetUserPoolClientSessionConfiguration" => {
            let tracked = json!({ "UserSessionTracking": "ENABLED", "TokenSession": { "MaxPerUser": 5 } });
            scene.once("SetUserPoolSessionConfiguration", tracked);
            json!({ "SSOSession": { "MaxValidityMinutes": 60 } })
        }
        "SetUserPoolSessionConfiguration" => {
            json!({ "UserSessionTracking": "ENABLED", "TokenSession": { "MaxPerUser": 5 } })
        }
        "SignUp" => json!({ "Username": "bob", "Password": PASSWORD,
            "UserAttributes": [{ "Name": "email", "Value": "bob@example.com" }] }),
        "StartUserImportJob" => {
            let job = import(scene);
            upload(scene, &text(&job["PreSignedUrl"]));
            json!({ "JobId": job["JobId"] })
        }
        "TagResource" => json!({ "Tags": { "team": "a" } }),
        "UntagResource" => json!({ "TagKeys": ["team"] }),
        "UpdateAuthEventFeedback" => json!({ "FeedbackToken": named(scene, operation, "EventId") }),
        "UpdateManagedLoginBranding" => scene.pool(json!({ "ManagedLoginBrandingId": branding(scene) })),
        "UpdateProvisionedLimit" => json!({ "RequestedLimitValue": 200 }),
        "UpdateResourceServer" => json!({ "Name": "renamed" }),
        "UpdateUserPoolReplica" => json!({ "Status": "INACTIVE" }),
        "VerifySoftwareToken" => {
            let secret = scene.ok("AssociateSoftwareToken", scene.mine(json!({})))["SecretCode"].clone();
            scene.mine(json!({ "UserCode": scene.totp(&text(&secret)) }))
        }
        "VerifyUserAttribute" => {
            let asked = scene.mine(json!({ "AttributeName": "email" }));
            scene.ok("GetUserAttributeVerificationCode", asked);
            json!({ "Code": scene.code("alice") })
        }
        _ => json!({}),
    }
}

const ROLE: &str = "arn:aws:iam::123456789012:role/logs";

fn provider(scene: &Scene) -> &'static str {
    let details = json!({ "client_id": "a" });
    scene.once(
        "CreateIdentityProvider",
        json!({ "ProviderName": "Idp", "ProviderType": "OIDC", "ProviderDetails": details, "IdpIdentifiers": ["elsewhere"] }),
    );
    "Idp"
}

fn domain(scene: &Scene) -> &'static str {
    scene.once("CreateUserPoolDomain", json!({ "Domain": "test" }));
    "test"
}

fn branding(scene: &Scene) -> Value {
    let input = scene.pool(scene.app_client(json!({ "UseCognitoProvidedValues": true })));
    scene.ok("CreateManagedLoginBranding", input)["ManagedLoginBranding"]["ManagedLoginBrandingId"].clone()
}

/// The terms that the app client has, made anew.
pub(super) fn terms(scene: &Scene) -> Value {
    let input = json!({ "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE" });
    scene.ok("CreateTerms", scene.pool(scene.app_client(input)))["Terms"].clone()
}

fn import(scene: &Scene) -> Value {
    let input = json!({ "JobName": "users", "CloudWatchLogsRoleArn": ROLE });
    scene.ok("CreateUserImportJob", scene.pool(input))["UserImportJob"].clone()
}

/// Sends a file without users to where the import job asks for it.
fn upload(scene: &Scene, url: &str) {
    let header = scene.ok("GetCSVHeader", scene.pool(json!({})))["CSVHeader"].clone();
    let header: Vec<String> = header.as_array().into_iter().flatten().map(text).collect();
    let path = &url[url.find("/imports/").expect("a path")..];
    scene.wait(async {
        let running = scene.cognito.serve(("127.0.0.1", 0)).await.expect("a free port");
        let (status, ..) = crate::oauth::http(&running, "PUT", path, &[], &header.join(",")).await;
        assert_eq!(status, 200);
    });
}

/// alice, and who she is elsewhere.
pub(super) fn link(scene: &Scene) -> Value {
    let elsewhere = json!({ "ProviderName": provider(scene), "ProviderAttributeName": "Cognito_Subject",
        "ProviderAttributeValue": "alice-elsewhere" });
    json!({ "DestinationUser": { "ProviderName": "Cognito", "ProviderAttributeValue": "alice" }, "SourceUser": elsewhere })
}

/// The answer of dave, whose password is a temporary one, who sets it anew with these responses, too.
pub(super) fn new_password(scene: &Scene, responses: Value) -> Value {
    let user = json!({ "Username": "dave", "TemporaryPassword": PASSWORD, "MessageAction": "SUPPRESS" });
    scene.ok("AdminCreateUser", scene.pool(user));
    let session = scene.sign_in("dave", PASSWORD)["Session"].clone();
    let responses = with(json!({ "USERNAME": "dave", "NEW_PASSWORD": NEW_PASSWORD }), responses);
    json!({ "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session, "ChallengeResponses": responses })
}

/// What the browser gives to register a passkey of alice.
pub(super) fn passkey(scene: &Scene, authenticator: &mut Authenticator) -> Value {
    let started = scene.ok("StartWebAuthnRegistration", scene.mine(json!({})));
    authenticator.register(&started["CredentialCreationOptions"], "https://example.com")
}

/// The verifier of alice's new device.
fn verifier(scene: &Scene) -> Value {
    let device = &scene.tokens()["NewDeviceMetadata"];
    let (key, group) = (text(&device["DeviceKey"]), text(&device["DeviceGroupKey"]));
    let (verifier, salt) = Srp::new().verifier(&group, &key, "device-password");
    json!({ "PasswordVerifier": verifier, "Salt": salt })
}
