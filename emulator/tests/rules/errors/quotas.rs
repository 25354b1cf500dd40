//! Quotas: one more than there may be, or one call more than there may be in an hour.

use super::Written;
use super::generic::but;
use super::inputs::link;
use super::scene::{Scene, with};
use crate::world::PASSWORD;
use serde_json::{Value, json};

const LIMIT: &str = "LimitExceededException";

/// Makes `count` of them, with `name` in this member, and gives the input for one more.
fn full(scene: &Scene, operation: &str, member: &str, count: usize, name: fn(usize) -> String) -> Value {
    let input = but(scene, operation, json!({}));
    let numbered = |n: usize| with(input.clone(), json!({ member: name(n) }));
    for n in 0..count {
        scene.ok(operation, numbered(n));
    }
    numbered(count)
}

/// Calls so often as a user may in an hour, whatever comes of it, and gives the input for one more call.
fn spent(scene: &Scene, operation: &str, calls: usize, input: Value) -> Value {
    for _ in 0..calls {
        let answer = scene.ask(operation, input.clone());
        assert!(
            answer.err().is_none_or(|error| !error.starts_with(LIMIT)),
            "{operation}"
        );
    }
    input
}

pub(super) fn cases() -> Written {
    vec![
        ("CreateGroup", LIMIT, |scene| {
            full(scene, "CreateGroup", "GroupName", 10_000, |n| format!("group-{n}"))
        }),
        ("CreateIdentityProvider", LIMIT, |scene| {
            full(scene, "CreateIdentityProvider", "ProviderName", 300, |n| {
                format!("provider-{n}")
            })
        }),
        ("CreateResourceServer", LIMIT, |scene| {
            full(scene, "CreateResourceServer", "Identifier", 25, |n| {
                format!("https://api-{n}")
            })
        }),
        ("CreateUserPool", LIMIT, |scene| {
            full(scene, "CreateUserPool", "PoolName", 999, |n| format!("pool-{n}"))
        }),
        ("CreateUserPoolClient", LIMIT, |scene| {
            full(scene, "CreateUserPoolClient", "ClientName", 999, |n| format!("app-{n}"))
        }),
        ("CreateUserImportJob", LIMIT, |scene| {
            full(scene, "CreateUserImportJob", "JobName", 1000, |n| format!("job-{n}"))
        }),
        ("CreateUserPoolDomain", LIMIT, |scene| {
            let custom = |n: usize| {
                json!({ "Domain": format!("login-{n}.example.com"), "CustomDomainConfig": {
                    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/a" } })
            };
            for n in 0..4 {
                let other = scene.other(json!({}));
                other.ok("CreateUserPoolDomain", other.pool(custom(n)));
            }
            scene.pool(custom(4))
        }),
        ("CreateManagedLoginBranding", LIMIT, |scene| {
            // An app client has one style.
            let style = || {
                let client = scene.app(json!({}))["ClientId"].clone();
                scene.pool(json!({ "ClientId": client, "UseCognitoProvidedValues": true }))
            };
            for _ in 0..20 {
                scene.ok("CreateManagedLoginBranding", style());
            }
            style()
        }),
        ("CreateTerms", LIMIT, |scene| {
            // An app client has two documents.
            let terms = |client: &Value, name: &str| {
                scene.pool(
                    json!({ "ClientId": client, "TermsName": name, "TermsSource": "LINK", "Enforcement": "NONE" }),
                )
            };
            for _ in 0..20 {
                let client = scene.app(json!({}))["ClientId"].clone();
                scene.ok("CreateTerms", terms(&client, "terms-of-use"));
                scene.ok("CreateTerms", terms(&client, "privacy-policy"));
            }
            terms(&json!(scene.client), "terms-of-use")
        }),
        ("AddUserPoolClientSecret", LIMIT, |scene| {
            let input = but(scene, "AddUserPoolClientSecret", json!({}));
            scene.ok("AddUserPoolClientSecret", input.clone());
            input
        }),
        ("AdminLinkProviderForUser", LIMIT, |scene| {
            let link = |n: usize| {
                let mut link = link(scene);
                link["SourceUser"]["ProviderAttributeValue"] = json!(format!("alice-{n}"));
                scene.pool(link)
            };
            for n in 0..5 {
                scene.ok("AdminLinkProviderForUser", link(n));
            }
            link(5)
        }),
        ("ChangePassword", LIMIT, |scene| {
            let input = json!({ "PreviousPassword": "Wrong-horse1", "ProposedPassword": PASSWORD });
            spent(scene, "ChangePassword", 5, scene.mine(input))
        }),
        ("GetUserAttributeVerificationCode", LIMIT, |scene| {
            let input = scene.mine(json!({ "AttributeName": "email" }));
            spent(scene, "GetUserAttributeVerificationCode", 5, input)
        }),
        ("ResendConfirmationCode", LIMIT, |scene| {
            let input = scene.app_client(json!({ "Username": scene.sign_up("bob") }));
            spent(scene, "ResendConfirmationCode", 5, input)
        }),
        ("ConfirmSignUp", LIMIT, |scene| {
            let input = json!({ "Username": scene.sign_up("bob"), "ConfirmationCode": "wrong" });
            spent(scene, "ConfirmSignUp", 15, scene.app_client(input))
        }),
        ("VerifyUserAttribute", LIMIT, |scene| {
            let input = scene.mine(json!({ "AttributeName": "email", "Code": "wrong" }));
            spent(scene, "VerifyUserAttribute", 15, input)
        }),
        ("ForgotPassword", LIMIT, |scene| {
            spent(
                scene,
                "ForgotPassword",
                20,
                scene.app_client(json!({ "Username": "alice" })),
            )
        }),
        ("ConfirmForgotPassword", LIMIT, |scene| {
            let wrong = json!({ "ConfirmationCode": "wrong" });
            let input = but(scene, "ConfirmForgotPassword", wrong);
            spent(scene, "ConfirmForgotPassword", 20, input)
        }),
    ]
}
