//! User pools: sign-in, passwords, messages, multi-factor authentication.

use crate::support::{keeps, rules};
use serde_json::json;

rules! {
    users_sign_in_by_aliases_or_username_attributes: "alias-or-username-attributes", "CreateUserPool" {
        breaks "UsernameAttributes": {
            "AliasAttributes": ["phone_number"], "UsernameAttributes": ["email"],
            "AutoVerifiedAttributes": ["phone_number"]
        };
        keeps { "UsernameAttributes": ["email", "phone_number"] };
        keeps { "UsernameAttributes": ["email"], "AliasAttributes": [] };
        keeps { "UsernameAttributes": [], "AliasAttributes": ["preferred_username"] };
    }
    preferred_username_is_required_or_an_alias: "preferred-username-alias", "CreateUserPool" {
        breaks "AliasAttributes[0]": {
            "AliasAttributes": ["preferred_username"],
            "Schema": [{ "Name": "email", "Required": true }, { "Name": "preferred_username", "Required": true }]
        };
        keeps { "Schema": [{ "Name": "preferred_username", "Required": true }] };
        keeps {
            "AliasAttributes": ["preferred_username"],
            "Schema": [{ "Name": "preferred_username", "Required": false }]
        };
    }
    an_alias_is_best_verified: "alias-verified", "CreateUserPool" {
        breaks "AliasAttributes[1]":
            { "AliasAttributes": ["email", "phone_number"], "AutoVerifiedAttributes": ["email"] };
        keeps { "AliasAttributes": ["email", "preferred_username"], "AutoVerifiedAttributes": ["email"] };
    }
    case_is_best_ignored: "username-case", "CreateUserPool" {
        breaks "UsernameConfiguration.CaseSensitive": { "UsernameConfiguration": { "CaseSensitive": true } };
        keeps { "UsernameConfiguration": { "CaseSensitive": false } };
    }
    temporary_passwords_have_one_validity: "temporary-password-validity", "UpdateUserPool" {
        breaks "AdminCreateUserConfig.UnusedAccountValidityDays": {
            "AdminCreateUserConfig": { "UnusedAccountValidityDays": 7 },
            "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 7 } }
        };
        keeps { "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 7 } } };
        keeps {
            "AdminCreateUserConfig": { "UnusedAccountValidityDays": 7 },
            "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 0 } }
        };
        keeps {
            "AdminCreateUserConfig": { "UnusedAccountValidityDays": 0 },
            "Policies": { "PasswordPolicy": { "TemporaryPasswordValidityDays": 7 } }
        };
    }
    strong_passwords_have_eight_characters: "password-length", "CreateUserPool" {
        breaks "Policies.PasswordPolicy.MinimumLength": { "Policies": { "PasswordPolicy": { "MinimumLength": 6 } } };
        keeps { "Policies": { "PasswordPolicy": { "MinimumLength": 8 } } };
        keeps { "Policies": { "PasswordPolicy": { "MinimumLength": 99, "RequireSymbols": true } } };
    }
    a_software_token_is_no_first_factor: "first-factor-software-token", "UpdateUserPool" {
        breaks "Policies.SignInPolicy.AllowedFirstAuthFactors[1]":
            { "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"] } } };
        keeps {
            "Policies": {
                "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] }
            }
        };
    }
    pre_token_generation_is_one_function: "pre-token-generation-arn", "CreateUserPool" {
        breaks "LambdaConfig.PreTokenGeneration": {
            "LambdaConfig": {
                "PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:old",
                "PreTokenGenerationConfig": {
                    "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:new", "LambdaVersion": "V2_0"
                }
            }
        };
        keeps {
            "LambdaConfig": {
                "PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:new",
                "PreTokenGenerationConfig": {
                    "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:new", "LambdaVersion": "V2_0"
                }
            }
        };
        keeps { "LambdaConfig": { "PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:old" } };
    }
    some_features_need_the_plan_essentials: "essentials-plan", "CreateUserPool" {
        breaks "Policies.SignInPolicy.AllowedFirstAuthFactors[1]": {
            "UserPoolTier": "LITE",
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } }
        };
        breaks "AcrConfiguration":
            { "UserPoolTier": "LITE", "AcrConfiguration": { "Level1": { "AcrValue": "urn:example:1" } } };
        breaks "DcrConfiguration": { "UserPoolTier": "LITE", "DcrConfiguration": { "OpenDcrEnabled": true } };
        keeps {
            "UserPoolTier": "LITE", "AcrConfiguration": {}, "DcrConfiguration": { "EnableStatus": "Disabled" },
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] } }
        };
        keeps { "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } } };
    }
    threat_protection_needs_the_plan_plus: "plus-plan", "CreateUserPool" {
        breaks "UserPoolAddOns.AdvancedSecurityMode":
            { "UserPoolTier": "LITE", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } };
        breaks "UserPoolAddOns.AdvancedSecurityMode":
            { "UserPoolTier": "ESSENTIALS", "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" } };
        keeps { "UserPoolTier": "ESSENTIALS", "UserPoolAddOns": { "AdvancedSecurityMode": "OFF" } };
        keeps { "UserPoolTier": "PLUS", "UserPoolAddOns": { "AdvancedSecurityMode": "ENFORCED" } };
        keeps { "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } };
    }
    your_own_email_needs_an_address: "email-source-arn", "CreateUserPool" {
        breaks "EmailConfiguration.SourceArn": { "EmailConfiguration": { "EmailSendingAccount": "DEVELOPER" } };
        keeps {
            "EmailConfiguration": {
                "EmailSendingAccount": "DEVELOPER",
                "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com"
            }
        };
        keeps { "EmailConfiguration": { "EmailSendingAccount": "COGNITO_DEFAULT" } };
        keeps { "EmailConfiguration": { "ReplyToEmailAddress": "help@example.com" } };
    }
    text_messages_go_by_one_service: "sms-one-service", "CreateUserPool" {
        breaks "SmsConfiguration.SnsCallerArn": {
            "SmsConfiguration": {
                "SnsCallerArn": "arn:aws:iam::123456789012:role/sms",
                "EumsSms": { "CallerArn": "arn:aws:iam::123456789012:role/sms" }
            }
        };
        keeps { "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "x" } };
        keeps {
            "SmsConfiguration": {
                "SnsCallerArn": "", "EumsSms": { "CallerArn": "arn:aws:iam::123456789012:role/sms" }
            }
        };
    }
    an_invitation_tells_the_temporary_password: "invitation-placeholder", "CreateUserPool" {
        breaks "AdminCreateUserConfig.InviteMessageTemplate.EmailMessage": {
            "AdminCreateUserConfig": { "InviteMessageTemplate": { "EmailMessage": "Welcome, {username}!" } }
        };
        breaks "AdminCreateUserConfig.InviteMessageTemplate.SMSMessage": {
            "AdminCreateUserConfig": { "InviteMessageTemplate": { "SMSMessage": "Welcome, {username}!" } }
        };
        keeps {
            "AdminCreateUserConfig": {
                "InviteMessageTemplate": {
                    "EmailMessage": "Welcome, {username}! Your password is {####}", "EmailSubject": "Welcome",
                    "SMSMessage": "{username} {####}"
                }
            }
        };
    }
    a_verification_message_has_no_user_name: "verification-username", "CreateUserPool" {
        breaks "VerificationMessageTemplate.EmailMessage": {
            "VerificationMessageTemplate": { "EmailMessage": "Hello {username}, your code is {####}" }
        };
        keeps {
            "VerificationMessageTemplate": {
                "EmailMessage": "Your code is {####}", "SmsMessage": "Your code is {####}",
                "EmailMessageByLink": "{##Verify your address##}", "DefaultEmailOption": "CONFIRM_WITH_LINK"
            }
        };
    }
    a_new_pool_with_mfa_needs_sms: "mfa-sms-configuration", "CreateUserPool" {
        breaks "MfaConfiguration": { "MfaConfiguration": "ON" };
        breaks "MfaConfiguration": { "MfaConfiguration": "OPTIONAL" };
        keeps {
            "MfaConfiguration": "OPTIONAL",
            "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "x" }
        };
        keeps { "MfaConfiguration": "OFF" };
    }
    mfa_needs_a_method: "mfa-method", "SetUserPoolMfaConfig" {
        breaks "MfaConfiguration": { "MfaConfiguration": "ON" };
        breaks "MfaConfiguration":
            { "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": false } };
        keeps { "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true } };
        keeps { "MfaConfiguration": "ON", "EmailMfaConfiguration": { "Message": "Your code: {####}" } };
        keeps {
            "MfaConfiguration": "ON",
            "SmsMfaConfiguration": {
                "SmsConfiguration": { "SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "x" }
            }
        };
        keeps {
            "MfaConfiguration": "ON",
            "WebAuthnConfiguration": { "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION" }
        };
    }
    mfa_that_is_off_has_no_method: "mfa-off", "SetUserPoolMfaConfig" {
        breaks "SoftwareTokenMfaConfiguration":
            { "MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": { "Enabled": true } };
        breaks "SmsMfaConfiguration":
            { "MfaConfiguration": "OFF", "SmsMfaConfiguration": { "SmsAuthenticationMessage": "Your code: {####}" } };
        keeps { "MfaConfiguration": "OFF" };
        keeps { "MfaConfiguration": "OFF", "WebAuthnConfiguration": { "UserVerification": "required" } };
    }
}

#[test]
fn an_old_pool_keeps_its_threat_protection() {
    let pool = json!({ "UserPoolTier": "LITE", "UserPoolAddOns": { "AdvancedSecurityMode": "AUDIT" } });
    keeps("plus-plan", "UpdateUserPool", pool);
}

#[test]
fn an_existing_pool_may_have_other_methods_than_sms() {
    keeps(
        "mfa-sms-configuration",
        "UpdateUserPool",
        json!({ "MfaConfiguration": "OPTIONAL" }),
    );
}
