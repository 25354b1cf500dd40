//! Secrets, authentication flows and attributes of app clients.

use crate::support::{findings, keeps, rules};
use serde_json::json;

rules! {
    a_secret_is_given_or_generated: "one-secret", "CreateUserPoolClient" {
        breaks "ClientSecret": { "ClientSecret": "abcdefghijklmnopqrstuvwxyz0123", "GenerateSecret": true };
        keeps { "ClientSecret": "abcdefghijklmnopqrstuvwxyz0123", "GenerateSecret": false };
        keeps { "GenerateSecret": true };
    }
    user_context_is_for_clients_with_a_secret: "user-context-secret", "CreateUserPoolClient" {
        breaks "EnablePropagateAdditionalUserContextData": { "EnablePropagateAdditionalUserContextData": true };
        keeps { "EnablePropagateAdditionalUserContextData": true, "GenerateSecret": true };
        keeps { "EnablePropagateAdditionalUserContextData": false };
    }
    old_authentication_flows_do_not_mix_with_new_ones: "auth-flows-mixed", "CreateUserPoolClient" {
        breaks "ExplicitAuthFlows[1]": { "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ADMIN_NO_SRP_AUTH"] };
        breaks "ExplicitAuthFlows[0]": { "ExplicitAuthFlows": ["USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] };
        breaks "ExplicitAuthFlows[0]": { "ExplicitAuthFlows": ["CUSTOM_AUTH_FLOW_ONLY", "ALLOW_A_FLOW_OF_TOMORROW"] };
        keeps { "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"] };
        keeps { "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"] };
        keeps { "ExplicitAuthFlows": [] };
    }
    rotation_excludes_the_refresh_flow: "refresh-token-rotation", "UpdateUserPoolClient" {
        breaks "ExplicitAuthFlows[1]": {
            "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 10 }
        };
        keeps { "ExplicitAuthFlows": ["ALLOW_USER_AUTH"], "RefreshTokenRotation": { "Feature": "ENABLED" } };
        keeps { "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "RefreshTokenRotation": { "Feature": "DISABLED" } };
    }
    verified_attributes_are_not_writable: "verified-attributes-unwritable", "CreateUserPoolClient" {
        breaks "WriteAttributes[1]": { "WriteAttributes": ["email", "email_verified"] };
        breaks "WriteAttributes[0]": { "WriteAttributes": ["phone_number_verified"] };
        keeps { "WriteAttributes": ["email", "custom:team"], "ReadAttributes": ["email_verified"] };
    }
}

#[test]
fn an_update_does_not_show_whether_the_client_has_a_secret() {
    let update = json!({ "EnablePropagateAdditionalUserContextData": true });
    keeps("user-context-secret", "UpdateUserPoolClient", update);
}

#[test]
fn a_secret_is_never_shown() {
    let client = json!({ "ClientSecret": "abcdefghijklmnopqrstuvwxyz0123", "GenerateSecret": true });
    for found in findings("CreateUserPoolClient", &client) {
        assert!(!format!("{found} {found:?}").contains("abcdefgh"), "{found:?}");
    }
}

#[test]
fn all_violations_are_found_at_once() {
    let client = json!({
        "AllowedOAuthFlows": ["code", "client_credentials"],
        "AllowedOAuthScopes": ["email", "admin"],
        "CallbackURLs": ["http://example.com/#top"],
        "DefaultRedirectURI": "https://example.com",
        "AccessTokenValidity": 48,
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"],
    });
    let found = findings("CreateUserPoolClient", &client);
    let mut paths: Vec<&str> = found.iter().map(|it| it.path()).collect();
    paths.dedup();
    assert_eq!(
        paths,
        [
            "CallbackURLs[0]",
            "DefaultRedirectURI",
            "AllowedOAuthFlowsUserPoolClient",
            "AllowedOAuthScopes[1]",
            "AllowedOAuthFlows",
            "GenerateSecret",
            "SupportedIdentityProviders",
            "AccessTokenValidity",
            "ExplicitAuthFlows[1]",
        ]
    );
    assert!(
        found[0]
            .to_string()
            .starts_with("`CallbackURLs[0]` (now \"http://example.com/#top\") has a fragment")
    );
}
