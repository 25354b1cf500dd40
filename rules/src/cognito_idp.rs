//! Rules of Amazon Cognito user pools.

mod app_client;
mod branding;
mod domain;
mod group;
mod identity_provider;
mod message;
mod mfa;
mod oauth;
mod redirect_uri;
mod schema;
mod token_validity;
mod user;
mod user_pool;

use cognito_validation::{Rule, RuleFn};

/// The rules, by the structures that they check.
pub static RULES: &[(&str, RuleFn)] = &[
    ("AddCustomAttributesRequest", schema::check_custom_attributes),
    ("AdminCreateUserConfigType", message::check_invitation),
    ("AdminCreateUserRequest", user::check_admin_create),
    ("CreateGroupRequest", group::check),
    ("CreateIdentityProviderRequest", identity_provider::check),
    ("CreateManagedLoginBrandingRequest", branding::check_managed_login),
    ("CreateUserPoolClientRequest", app_client::check_create),
    ("CreateUserPoolDomainRequest", domain::check_create),
    ("CreateUserPoolRequest", user_pool::check_create),
    ("EmailConfigurationType", message::check_email),
    ("LambdaConfigType", user_pool::check_triggers),
    ("PasswordPolicyType", user_pool::check_password_policy),
    ("SchemaAttributeType", schema::check_attribute),
    ("SetUICustomizationRequest", branding::check_classic),
    ("SetUserPoolMfaConfigRequest", mfa::check_set),
    ("SignInPolicyType", user_pool::check_sign_in_policy),
    ("SmsConfigurationType", message::check_sms),
    ("UpdateGroupRequest", group::check),
    ("UpdateIdentityProviderRequest", identity_provider::check),
    ("UpdateManagedLoginBrandingRequest", branding::check_managed_login),
    ("UpdateUserPoolClientRequest", app_client::check_update),
    ("UpdateUserPoolDomainRequest", domain::check_update),
    ("UpdateUserPoolRequest", user_pool::check_update),
    ("VerificationMessageTemplateType", message::check_verification),
];

/// Every rule that [`RULES`] reports, for programs that list or ignore rules.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        redirect_uri::ALL,
        oauth::ALL,
        token_validity::ALL,
        app_client::ALL,
        user_pool::ALL,
        schema::ALL,
        message::ALL,
        mfa::ALL,
        domain::ALL,
        identity_provider::ALL,
        group::ALL,
        user::ALL,
        branding::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}
