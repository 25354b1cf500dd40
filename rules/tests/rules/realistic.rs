//! Requests that people really write: none is refused, not by the model and not by a rule.

use crate::support::findings;
use cognito_idp::validation::{Severity, Violation};
use serde_json::{Value, json};

fn errors(operation: &str, input: &Value) -> Vec<Violation> {
    let mut found = findings(operation, input);
    found.retain(|it| it.severity() == Severity::Error);
    found
}

#[test]
fn app_clients_pass() {
    for client in [
        json!({}),
        json!({ "ExplicitAuthFlows": [] }),
        json!({ "CallbackURLs": [], "LogoutURLs": [], "AllowedOAuthFlows": [], "AllowedOAuthScopes": [] }),
        json!({ "GenerateSecret": false, "AllowedOAuthFlowsUserPoolClient": false }),
        json!({ "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH"] }),
        json!({ "ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH_FLOW_ONLY"] }),
        json!({ "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }),
        json!({ "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "PreventUserExistenceErrors": "ENABLED", "EnableTokenRevocation": true }),
        // A backend with a secret, and a service of old with one of its own.
        json!({ "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
            "EnablePropagateAdditionalUserContextData": true, "AuthSessionValidity": 15 }),
        json!({ "ClientSecret": "abcdefghijklmnopqrstuvwxyz0123" }),
        // A single-page app, in development and in production.
        json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email", "profile"], "SupportedIdentityProviders": ["COGNITO"],
            "CallbackURLs": ["http://localhost:3000/", "http://localhost:5173/auth/callback", "https://app.example.com/"],
            "LogoutURLs": ["http://localhost:3000/", "https://app.example.com/"],
            "DefaultRedirectURI": "https://app.example.com/" }),
        json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["implicit"],
            "AllowedOAuthScopes": ["openid"], "CallbackURLs": ["http://127.0.0.1:8000/cb", "http://[::1]:8000/cb"] }),
        json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code", "implicit"],
            "AllowedOAuthScopes": ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"],
            "CallbackURLs": ["https://example.com/api/auth/callback/cognito?x=1&y=%20"] }),
        // Mobile apps.
        json!({ "CallbackURLs": ["myapp://"], "LogoutURLs": ["myapp://"] }),
        json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
            "CallbackURLs": ["myapp://callback/", "com.example.app:/oauth2redirect", "exp://192.168.0.4:8081"],
            "LogoutURLs": ["myapp://signout/", "com.example.app:/logout"] }),
        // Machines.
        json!({ "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["api/read", "api/write"] }),
        json!({ "GenerateSecret": true, "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["https://api.example.com/orders.read"],
            "AccessTokenValidity": 5, "TokenValidityUnits": { "AccessToken": "minutes" },
            "ExplicitAuthFlows": [], "SupportedIdentityProviders": [] }),
        json!({ "GenerateSecret": true, "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"] }),
        // Federation.
        json!({ "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"],
            "CallbackURLs": ["https://example.com/cb", "https://example.com/cb"],
            "SupportedIdentityProviders": ["COGNITO", "Google", "Facebook", "SignInWithApple", "My SAML"],
            "ReadAttributes": ["email", "email_verified", "custom:team"], "WriteAttributes": ["email", "custom:team"] }),
        // Validities.
        json!({ "AccessTokenValidity": 1, "IdTokenValidity": 1, "RefreshTokenValidity": 30 }),
        json!({ "AccessTokenValidity": 24, "IdTokenValidity": 24, "RefreshTokenValidity": 1 }),
        json!({ "AccessTokenValidity": 3600, "IdTokenValidity": 5, "RefreshTokenValidity": 60,
            "TokenValidityUnits": { "AccessToken": "seconds", "IdToken": "minutes", "RefreshToken": "minutes" } }),
        json!({ "RefreshTokenValidity": 0, "TokenValidityUnits": { "RefreshToken": "hours" } }),
        json!({ "RefreshTokenValidity": 3650, "TokenValidityUnits": { "RefreshToken": "days" } }),
        json!({ "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 0 },
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"] }),
        json!({ "RefreshTokenRotation": { "Feature": "DISABLED" },
            "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }),
        json!({ "AnalyticsConfiguration": {
            "ApplicationArn": "arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef",
            "UserDataShared": true } }),
    ] {
        for operation in ["CreateUserPoolClient", "UpdateUserPoolClient"] {
            assert_eq!(errors(operation, &client), [], "{operation} {client}");
        }
    }
}

#[test]
fn updates_of_one_thing_pass() {
    for update in [
        json!({ "ClientName": "new name" }),
        json!({ "AllowedOAuthScopes": ["profile"] }),
        json!({ "AllowedOAuthFlows": ["client_credentials"] }),
        json!({ "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true }),
        json!({ "DefaultRedirectURI": "https://example.com" }),
        json!({ "EnablePropagateAdditionalUserContextData": true }),
        json!({ "RefreshTokenRotation": { "Feature": "ENABLED" } }),
    ] {
        assert_eq!(errors("UpdateUserPoolClient", &update), [], "{update}");
    }
}

#[test]
fn user_pools_pass() {
    let role = "arn:aws:iam::123456789012:role/service-role/sms";
    for pool in [
        json!({}),
        json!({ "PoolName": "users of Ana's shop".replace('\'', "") }),
        json!({ "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"] }),
        json!({ "UsernameAttributes": ["email", "phone_number"], "AliasAttributes": [] }),
        json!({ "AliasAttributes": ["email", "phone_number", "preferred_username"] }),
        json!({ "UsernameConfiguration": { "CaseSensitive": true } }),
        json!({ "Policies": { "PasswordPolicy": { "MinimumLength": 6, "RequireUppercase": false,
            "TemporaryPasswordValidityDays": 0, "PasswordHistorySize": 24 } } }),
        json!({ "Policies": { "PasswordPolicy": { "MinimumLength": 99, "RequireSymbols": true,
            "TemporaryPasswordValidityDays": 365 } } }),
        json!({ "UserPoolTier": "ESSENTIALS",
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } } }),
        json!({ "UserPoolTier": "LITE", "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" } }),
        json!({ "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" } }),
        json!({ "MfaConfiguration": "ON", "SmsConfiguration": { "SnsCallerArn": role, "ExternalId": "a1" } }),
        json!({ "MfaConfiguration": "OFF", "SmsConfiguration": { "SnsCallerArn": role, "SnsRegion": "us-east-1" } }),
        json!({ "SmsConfiguration": { "EumsSms": { "CallerArn": role } } }),
        json!({ "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT" },
            "VerificationMessageTemplate": { "DefaultEmailOption": "CONFIRM_WITH_LINK" } }),
        // Both templates, as in AWS's own example of UpdateUserPool.
        json!({ "VerificationMessageTemplate": { "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailMessage": "Your code is {####}", "EmailSubject": "Your code", "SmsMessage": "Your code is {####}",
            "EmailMessageByLink": "Click {##here##} to verify your address.", "EmailSubjectByLink": "Your link" } }),
        json!({ "EmailConfiguration": { "EmailSendingAccount": "DEVELOPER", "From": "Ana <ana@example.com>",
            "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/ana@example.com" } }),
        json!({ "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 7 } }),
        json!({ "AdminCreateUserConfig": { "InviteMessageTemplate": { "EmailMessage": "Welcome to the shop!" } } }),
        json!({ "AccountRecoverySetting": { "RecoveryMechanisms": [{ "Name": "admin_only", "Priority": 1 }] } }),
        json!({ "Schema": [{ "Name": "email", "Required": true, "Mutable": true, "AttributeDataType": "String" },
            { "Name": "tenant", "AttributeDataType": "String", "Mutable": false,
                "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "256" } },
            { "Name": "age", "AttributeDataType": "Number",
                "NumberAttributeConstraints": { "MinValue": "0", "MaxValue": "150" } },
            { "Name": "since", "AttributeDataType": "DateTime" },
            { "Name": "is_admin", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": true }] }),
        json!({ "LambdaConfig": { "PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:pre-sign-up",
            "PreTokenGenerationConfig": { "LambdaVersion": "V2_0",
                "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:tokens:live" } } }),
        json!({ "UserPoolTags": { "team": "shop" }, "DeletionProtection": "ACTIVE" }),
    ] {
        for operation in ["CreateUserPool", "UpdateUserPool"] {
            assert_eq!(errors(operation, &pool), [], "{operation} {pool}");
        }
    }
}

#[test]
fn what_belongs_to_a_pool_passes() {
    for (operation, input) in [
        ("CreateUserPoolDomain", json!({ "Domain": "my-shop-2" })),
        (
            "CreateUserPoolDomain",
            json!({ "Domain": "shop", "ManagedLoginVersion": 2 }),
        ),
        (
            "UpdateUserPoolDomain",
            json!({ "Domain": "old-cognito-prefix", "ManagedLoginVersion": 1 }),
        ),
        ("SetUserPoolMfaConfig", json!({})),
        ("SetUserPoolMfaConfig", json!({ "MfaConfiguration": "OFF" })),
        (
            "SetUserPoolMfaConfig",
            json!({ "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": { "Enabled": false } }),
        ),
        (
            "SetUserPoolMfaConfig",
            json!({ "WebAuthnConfiguration": { "RelyingPartyId": "example.com", "UserVerification": "preferred" } }),
        ),
        (
            "CreateGroup",
            json!({ "RoleArn": "arn:aws:iam::123456789012:role/path/to/editors", "Precedence": 0 }),
        ),
        ("CreateResourceServer", json!({ "Identifier": "api" })),
        (
            "CreateResourceServer",
            json!({ "Identifier": "https://api.example.com/v1", "Scopes": [
                { "ScopeName": "photos.read", "ScopeDescription": "to read photos" },
                { "ScopeName": "*", "ScopeDescription": "everything" }] }),
        ),
        (
            "CreateIdentityProvider",
            json!({ "ProviderType": "Google", "ProviderName": "Google",
                "ProviderDetails": { "client_id": "1", "client_secret": "2",
                    "authorize_scopes": "https://www.googleapis.com/auth/userinfo.email openid" },
                "AttributeMapping": { "email": "email", "username": "sub" } }),
        ),
        (
            "CreateIdentityProvider",
            json!({ "ProviderType": "OIDC", "ProviderDetails": { "client_id": "1", "oidc_issuer": "https://a.example/" } }),
        ),
        (
            "CreateIdentityProvider",
            json!({ "ProviderType": "A_TYPE_OF_TOMORROW", "ProviderDetails": { "key": "value" } }),
        ),
        ("UpdateIdentityProvider", json!({ "IdpIdentifiers": ["example.com"] })),
        (
            "SetUICustomization",
            json!({ "ClientId": "ALL", "CSS": ".label-customizable{ color: red;}" }),
        ),
        ("SetUICustomization", json!({ "ImageFile": "iVBORw0KGgo=" })),
        (
            "CreateManagedLoginBranding",
            json!({ "UseCognitoProvidedValues": true }),
        ),
        (
            "AddCustomAttributes",
            json!({ "CustomAttributes": [{ "Name": "CustomAttr1", "AttributeDataType": "String", "Required": false,
                "DeveloperOnlyAttribute": false,
                "StringAttributeConstraints": { "MinLength": "1", "MaxLength": "15" } }] }),
        ),
    ] {
        assert_eq!(errors(operation, &input), [], "{operation} {input}");
    }
}
