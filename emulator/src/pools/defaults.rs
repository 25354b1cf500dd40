//! The defaults of omitted settings.
//!
//! Source: the [API reference](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html)
//! and the [standard attributes](https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html).

use cognito_idp::types::{
    AdminCreateUserConfigType, AttributeDataType, AuthFactorType, DefaultEmailOptionType, EmailConfigurationType,
    EmailSendingAccountType, LambdaConfigType, NumberAttributeConstraintsType, PasswordPolicyType, SchemaAttributeType,
    SignInPolicyType, StringAttributeConstraintsType, UserAttributeUpdateSettingsType, UserPoolPolicyType,
    UserPoolTierType, UserPoolType, VerificationMessageTemplateType,
};

/// Fills in the defaults of a pool's settings.
pub(super) fn fill(pool: &mut UserPoolType) {
    pool.policies = Some(policies(pool.policies.take()));
    pool.deletion_protection
        .get_or_insert(cognito_idp::types::DeletionProtectionType::Inactive);
    pool.lambda_config
        .get_or_insert_with(|| LambdaConfigType::builder().build());
    pool.mfa_configuration
        .get_or_insert(cognito_idp::types::UserPoolMfaType::Off);
    pool.user_pool_tier.get_or_insert(UserPoolTierType::Essentials);
    pool.user_pool_tags.get_or_insert_default();
    pool.verification_message_template
        .get_or_insert_with(|| VerificationMessageTemplateType::builder().build())
        .default_email_option
        .get_or_insert(DefaultEmailOptionType::ConfirmWithCode);
    pool.email_configuration
        .get_or_insert_with(|| EmailConfigurationType::builder().build())
        .email_sending_account
        .get_or_insert(EmailSendingAccountType::CognitoDefault);
    pool.user_attribute_update_settings
        .get_or_insert_with(|| UserAttributeUpdateSettingsType::builder().build())
        .attributes_require_verification_before_update
        .get_or_insert_default();
    let days = pool
        .policies
        .as_ref()
        .and_then(|policies| policies.password_policy())
        .map_or(7, |policy| policy.temporary_password_validity_days);
    let admin = pool
        .admin_create_user_config
        .get_or_insert_with(|| AdminCreateUserConfigType::builder().build());
    if admin.unused_account_validity_days == 0 {
        admin.unused_account_validity_days = days;
    }
}

fn policies(asked: Option<UserPoolPolicyType>) -> UserPoolPolicyType {
    let (password, sign_in) = asked.map_or((None, None), |asked| (asked.password_policy, asked.sign_in_policy));
    let password = match password {
        Some(mut policy) => {
            policy.minimum_length.get_or_insert(8);
            if policy.temporary_password_validity_days == 0 {
                policy.temporary_password_validity_days = 7;
            }
            policy
        }
        None => PasswordPolicyType::builder()
            .minimum_length(8)
            .require_uppercase(true)
            .require_lowercase(true)
            .require_numbers(true)
            .require_symbols(true)
            .temporary_password_validity_days(7)
            .build(),
    };
    let sign_in = sign_in.unwrap_or_else(|| {
        SignInPolicyType::builder()
            .allowed_first_auth_factors(AuthFactorType::Password)
            .build()
    });
    UserPoolPolicyType::builder()
        .password_policy(password)
        .sign_in_policy(sign_in)
        .build()
}

/// The standard attributes that hold text, with the shortest and the longest value.
const TEXTS: [(&str, &str, &str); 18] = [
    ("sub", "1", "2048"),
    ("name", "0", "2048"),
    ("given_name", "0", "2048"),
    ("family_name", "0", "2048"),
    ("middle_name", "0", "2048"),
    ("nickname", "0", "2048"),
    ("preferred_username", "0", "2048"),
    ("profile", "0", "2048"),
    ("picture", "0", "2048"),
    ("website", "0", "2048"),
    ("email", "0", "2048"),
    ("gender", "0", "2048"),
    ("birthdate", "10", "10"),
    ("zoneinfo", "0", "2048"),
    ("locale", "0", "2048"),
    ("phone_number", "0", "2048"),
    ("address", "0", "2048"),
    ("identities", "", ""),
];

/// The standard attributes, which each pool has.
pub(super) fn standard_attributes() -> Vec<SchemaAttributeType> {
    let attribute = |name: &str, kind: AttributeDataType| {
        SchemaAttributeType::builder()
            .name(name)
            .attribute_data_type(kind)
            .developer_only_attribute(false)
            .mutable(name != "sub")
            .required(name == "sub")
    };
    let mut all = Vec::new();
    for (name, min, max) in TEXTS {
        let mut constraints = StringAttributeConstraintsType::builder();
        if !max.is_empty() {
            constraints = constraints.min_length(min).max_length(max);
        }
        all.push(
            attribute(name, AttributeDataType::String)
                .string_attribute_constraints(constraints.build())
                .build(),
        );
        match name {
            "email" => all.push(attribute("email_verified", AttributeDataType::Boolean).build()),
            "phone_number" => all.push(attribute("phone_number_verified", AttributeDataType::Boolean).build()),
            "address" => all.push(
                attribute("updated_at", AttributeDataType::Number)
                    .number_attribute_constraints(NumberAttributeConstraintsType::builder().min_value("0").build())
                    .build(),
            ),
            _ => {}
        }
    }
    all
}
