//! Errors of a pool's settings: clients, groups, providers, domains, plans, tags.

use super::Written;
use super::generic::but;
use super::inputs::terms;
use super::scene::{Scene, lite, with};
use serde_json::{Value, json};

const TIER: &str = "FeatureUnavailableInTierException";
const TAGGING: &str = "UserPoolTaggingException";
const ADD_ON: &str = "UserPoolAddOnNotEnabledException";

/// The good input, sent once before.
fn twice(scene: &Scene, operation: &str) -> Value {
    let input = but(scene, operation, json!({}));
    scene.ok(operation, input.clone());
    input
}

/// The good input of an operation with other members, in a pool of the plan Lite.
fn in_lite(scene: &Scene, operation: &str, other: Value) -> Value {
    but(&scene.other(lite()), operation, other)
}

/// The good input, after threat protection was switched off.
fn unprotected(scene: &Scene, operation: &str) -> Value {
    let input = but(scene, operation, json!({}));
    scene.update(json!({ "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" } }));
    input
}

/// A tag that only AWS may set.
fn reserved() -> Value {
    json!({ "aws:cloudformation": "stack" })
}

pub(super) fn cases() -> Written {
    vec![
        ("CreateGroup", "GroupExistsException", |scene| {
            twice(scene, "CreateGroup")
        }),
        ("CreateIdentityProvider", "DuplicateProviderException", |scene| {
            twice(scene, "CreateIdentityProvider")
        }),
        (
            "CreateManagedLoginBranding",
            "ManagedLoginBrandingExistsException",
            |scene| twice(scene, "CreateManagedLoginBranding"),
        ),
        ("CreateTerms", "TermsExistsException", |scene| {
            twice(scene, "CreateTerms")
        }),
        ("UpdateTerms", "TermsExistsException", |scene| {
            terms(scene);
            let input = json!({ "TermsName": "privacy-policy", "TermsSource": "LINK", "Enforcement": "NONE" });
            let other = scene.ok("CreateTerms", scene.pool(scene.app_client(input)))["Terms"]["TermsId"].clone();
            scene.pool(json!({ "TermsId": other, "TermsName": "terms-of-use" }))
        }),
        (
            "DeleteIdentityProvider",
            "UnsupportedIdentityProviderException",
            |scene| scene.pool(json!({ "ProviderName": "COGNITO" })),
        ),
        (
            "UpdateIdentityProvider",
            "UnsupportedIdentityProviderException",
            |scene| scene.pool(json!({ "ProviderName": "COGNITO" })),
        ),
        ("CreateUserPoolClient", "ScopeDoesNotExistException", |scene| {
            but(
                scene,
                "CreateUserPoolClient",
                json!({ "AllowedOAuthScopes": ["https://api/none"] }),
            )
        }),
        ("UpdateUserPoolClient", "ScopeDoesNotExistException", |scene| {
            but(
                scene,
                "UpdateUserPoolClient",
                json!({ "AllowedOAuthScopes": ["https://api/none"] }),
            )
        }),
        ("CreateUserPoolClient", "InvalidOAuthFlowException", |scene| {
            but(
                scene,
                "CreateUserPoolClient",
                json!({ "AllowedOAuthFlows": ["code", "client_credentials"] }),
            )
        }),
        ("UpdateUserPoolClient", "InvalidOAuthFlowException", |scene| {
            but(
                scene,
                "UpdateUserPoolClient",
                json!({ "AllowedOAuthFlows": ["code", "client_credentials"] }),
            )
        }),
        ("StartUserImportJob", "PreconditionNotMetException", |scene| {
            // No file has been uploaded.
            but(scene, "DescribeUserImportJob", json!({}))
        }),
        ("StopUserImportJob", "PreconditionNotMetException", |scene| {
            twice(scene, "StopUserImportJob")
        }),
        ("UpdateManagedLoginBranding", "InvalidParameterException", |scene| {
            scene.pool(json!({}))
        }),
        ("UpdateManagedLoginBranding", "ResourceNotFoundException", |scene| {
            let none = "00000000-0000-4000-8000-000000000000";
            scene.pool(json!({ "ManagedLoginBrandingId": none }))
        }),
        ("ListTagsForResource", "ResourceNotFoundException", |_| {
            nowhere(json!({}))
        }),
        ("TagResource", "ResourceNotFoundException", |_| {
            nowhere(json!({ "Tags": { "team": "a" } }))
        }),
        ("UntagResource", "ResourceNotFoundException", |_| {
            nowhere(json!({ "TagKeys": ["team"] }))
        }),
        (
            "GetProvisionedLimit",
            "ResourceNotFoundException",
            |_| json!({ "LimitDefinition": unknown_limit() }),
        ),
        (
            "UpdateProvisionedLimit",
            "ResourceNotFoundException",
            |_| json!({ "LimitDefinition": unknown_limit(), "RequestedLimitValue": 200 }),
        ),
        ("AdminListUserAuthEvents", ADD_ON, |scene| {
            unprotected(scene, "AdminListUserAuthEvents")
        }),
        ("AdminUpdateAuthEventFeedback", ADD_ON, |scene| {
            unprotected(scene, "AdminUpdateAuthEventFeedback")
        }),
        ("UpdateAuthEventFeedback", ADD_ON, |scene| {
            unprotected(scene, "UpdateAuthEventFeedback")
        }),
        ("DescribeRiskConfiguration", ADD_ON, |scene| {
            unprotected(scene, "DescribeRiskConfiguration")
        }),
        ("SetRiskConfiguration", ADD_ON, |scene| {
            unprotected(scene, "SetRiskConfiguration")
        }),
        (
            "CreateUserPool",
            TAGGING,
            |_| json!({ "PoolName": "new", "UserPoolTags": reserved() }),
        ),
        ("UpdateUserPool", TAGGING, |scene| {
            scene.updated(json!({ "UserPoolTags": reserved() }))
        }),
        ("CreateUserPoolReplica", TAGGING, |scene| {
            scene.pool(json!({ "RegionName": "us-east-2", "UserPoolTags": reserved() }))
        }),
        ("CreateUserPool", TIER, |_| {
            json!({ "PoolName": "new", "UserPoolTier": "ESSENTIALS",
                "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" } })
        }),
        ("UpdateUserPool", TIER, |scene| {
            scene.updated(json!({ "UserPoolTier": "LITE" }))
        }),
        ("UpdateUserPool", "TierChangeNotAllowedException", |scene| {
            scene.update(json!({ "DcrConfiguration": { "EnableStatus": "Enabled" } }));
            scene.updated(lite())
        }),
        ("CreateUserPoolClient", TIER, |scene| {
            in_lite(
                scene,
                "CreateUserPoolClient",
                json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }),
            )
        }),
        ("UpdateUserPoolClient", TIER, |scene| {
            in_lite(
                scene,
                "UpdateUserPoolClient",
                json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH"] }),
            )
        }),
        ("CreateUserPoolDomain", TIER, |scene| {
            in_lite(scene, "CreateUserPoolDomain", json!({ "ManagedLoginVersion": 2 }))
        }),
        ("UpdateUserPoolDomain", TIER, |scene| {
            in_lite(scene, "UpdateUserPoolDomain", json!({ "ManagedLoginVersion": 2 }))
        }),
        ("CreateUserPoolReplica", TIER, |scene| {
            in_lite(scene, "CreateUserPoolReplica", json!({}))
        }),
        ("SetUserPoolMfaConfig", TIER, |scene| {
            in_lite(
                scene,
                "SetUserPoolMfaConfig",
                json!({ "EmailMfaConfiguration": { "Subject": "Your code" } }),
            )
        }),
        ("SetUserPoolSessionConfiguration", TIER, |scene| {
            in_lite(scene, "SetUserPoolSessionConfiguration", json!({}))
        }),
        ("SetUserPoolClientSessionConfiguration", TIER, |scene| {
            in_lite(scene, "SetUserPoolClientSessionConfiguration", json!({}))
        }),
        ("SetLogDeliveryConfiguration", TIER, |scene| {
            let mut input = in_lite(scene, "SetLogDeliveryConfiguration", json!({}));
            let log = &mut input["LogConfigurations"][0];
            *log = with(
                log.take(),
                json!({ "EventSource": "userAuthEvents", "LogLevel": "INFO" }),
            );
            input
        }),
    ]
}

/// An input for a pool that isn't there, by its ARN.
fn nowhere(input: Value) -> Value {
    let arn = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Nowhere01";
    with(json!({ "ResourceArn": arn }), input)
}

fn unknown_limit() -> Value {
    json!({ "LimitClass": "API_CATEGORY", "Attributes": { "Category": "UserDreams" } })
}
