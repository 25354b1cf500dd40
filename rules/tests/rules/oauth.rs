//! Grants, scopes and identity providers of app clients.

use crate::support::{keeps, rules};
use serde_json::json;

rules! {
    flows_and_scopes_must_be_switched_on: "oauth-enabled", "CreateUserPoolClient" {
        breaks "AllowedOAuthFlowsUserPoolClient":
            { "AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example"] };
        breaks "AllowedOAuthFlowsUserPoolClient":
            { "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": false };
        keeps { "AllowedOAuthFlows": [], "AllowedOAuthScopes": [], "AllowedOAuthFlowsUserPoolClient": false };
        keeps { "CallbackURLs": ["https://a.example"] };
        keeps {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "CallbackURLs": ["https://a.example"],
            "AllowedOAuthFlowsUserPoolClient": true
        };
    }
    an_update_can_rest_on_what_is_switched_on: "oauth-enabled", "UpdateUserPoolClient" {
        breaks "AllowedOAuthFlowsUserPoolClient":
            { "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": false };
        keeps { "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"] };
    }
    what_is_switched_on_has_flows_and_scopes: "oauth-complete", "CreateUserPoolClient" {
        breaks "AllowedOAuthFlows": { "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes": {
            "AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example"],
            "AllowedOAuthFlowsUserPoolClient": true
        };
        keeps {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "CallbackURLs": ["https://a.example"],
            "AllowedOAuthFlowsUserPoolClient": true
        };
        keeps { "AllowedOAuthFlowsUserPoolClient": false };
    }
    an_update_can_rest_on_the_flows_that_are_there: "oauth-complete", "UpdateUserPoolClient" {
        breaks "AllowedOAuthScopes": { "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthScopes": [] };
        keeps { "AllowedOAuthFlowsUserPoolClient": true };
    }
    client_credentials_stand_alone: "client-credentials-alone", "CreateUserPoolClient" {
        breaks "AllowedOAuthFlows": {
            "AllowedOAuthFlows": ["code", "client_credentials"], "AllowedOAuthScopes": ["openid", "api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "CallbackURLs": ["https://a.example"], "GenerateSecret": true
        };
        keeps {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
    }
    client_credentials_need_a_secret: "client-credentials-secret", "CreateUserPoolClient" {
        breaks "GenerateSecret": {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"],
            "AllowedOAuthFlowsUserPoolClient": true
        };
        breaks "GenerateSecret": {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": false
        };
        keeps {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "ClientSecret": "abcdefghijklmnopqrstuvwxyz0123"
        };
    }
    client_credentials_give_custom_scopes: "client-credentials-custom-scope", "CreateUserPoolClient" {
        breaks "AllowedOAuthScopes": {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
        breaks "AllowedOAuthScopes[0]": {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["openid", "api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
        breaks "AllowedOAuthScopes[1]": {
            "AllowedOAuthFlows": ["client_credentials"],
            "AllowedOAuthScopes": ["api/read", "aws.cognito.signin.user.admin"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
        keeps {
            "AllowedOAuthFlows": ["client_credentials"],
            "AllowedOAuthScopes": ["https://api.example.com/photos.read", "solar-system-data/asteroids.add"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
    }
    users_return_to_a_callback_url: "callback-url", "CreateUserPoolClient" {
        breaks "CallbackURLs": { "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "CallbackURLs":
            { "AllowedOAuthFlows": ["implicit"], "AllowedOAuthFlowsUserPoolClient": true, "CallbackURLs": [] };
        keeps {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"]
        };
        keeps { "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] };
    }
    a_scope_is_spelled_as_documented: "scope-name", "CreateUserPoolClient" {
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["OpenID"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes[1]":
            { "AllowedOAuthScopes": ["openid", "phone_number"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["api/"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["/read"], "AllowedOAuthFlowsUserPoolClient": true };
        keeps {
            "AllowedOAuthScopes": [
                "openid", "email", "phone", "profile", "aws.cognito.signin.user.admin", "api/read",
                "https://api.example.com/read", "https://api.example.com//read", "com.example.photos/photos:read.*",
                "aws.cognito/dcr/register"
            ],
            "AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example"],
            "AllowedOAuthFlowsUserPoolClient": true
        };
    }
    scopes_of_users_need_openid: "scope-openid", "CreateUserPoolClient" {
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["email"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes[1]":
            { "AllowedOAuthScopes": ["api/read", "phone"], "AllowedOAuthFlowsUserPoolClient": true };
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["profile"], "AllowedOAuthFlowsUserPoolClient": true };
        keeps {
            "AllowedOAuthScopes": ["email", "openid"], "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example"]
        };
        keeps {
            "AllowedOAuthScopes": ["aws.cognito.signin.user.admin", "api/read"], "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"], "CallbackURLs": ["https://a.example"]
        };
    }
    scopes_count_in_an_update_that_switches_them_on: "scope-openid", "UpdateUserPoolClient" {
        breaks "AllowedOAuthScopes[0]": { "AllowedOAuthScopes": ["email"], "AllowedOAuthFlowsUserPoolClient": true };
        keeps { "AllowedOAuthScopes": ["profile"] };
    }
    the_implicit_flow_is_advised_against: "implicit-flow", "CreateUserPoolClient" {
        breaks "AllowedOAuthFlows[1]": {
            "AllowedOAuthFlows": ["code", "implicit"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"]
        };
        keeps {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"]
        };
    }
    managed_login_has_an_identity_provider: "managed-login-provider", "CreateUserPoolClient" {
        breaks "SupportedIdentityProviders": {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"]
        };
        breaks "SupportedIdentityProviders": {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"], "SupportedIdentityProviders": []
        };
        keeps {
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": true,
            "CallbackURLs": ["https://a.example"], "SupportedIdentityProviders": ["COGNITO"]
        };
        keeps {
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read"],
            "AllowedOAuthFlowsUserPoolClient": true, "GenerateSecret": true
        };
    }
}

#[test]
fn an_update_does_not_show_what_the_client_has() {
    let update = json!({ "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthFlowsUserPoolClient": true });
    for rule in ["client-credentials-secret", "client-credentials-custom-scope"] {
        keeps(rule, "UpdateUserPoolClient", update.clone());
    }
    let update = json!({ "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true });
    for rule in ["callback-url", "managed-login-provider"] {
        keeps(rule, "UpdateUserPoolClient", update.clone());
    }
}
