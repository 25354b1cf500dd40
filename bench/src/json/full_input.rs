//! `CreateUserPoolInput` with every member that both crates have.

/// An ARN of a function, as long as such ARNs are.
pub(super) const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:user-pool-trigger";
/// An ARN of a key.
pub(super) const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
/// An ARN of a role.
pub(super) const ROLE: &str = "arn:aws:iam::123456789012:role/service-role/user-pool-sms";
/// An ARN of an identity of the mail service.
pub(super) const SENDER: &str = "arn:aws:ses:us-east-1:123456789012:identity/accounts@example.com";
/// A text with characters that JSON escapes.
pub(super) const MESSAGE: &str =
    "Hello {username},\n\nyour code for \"Example\" is {####}.\nIt is valid for an hour.\n";

/// Makes a function that builds the input with a crate. The interfaces are the same, so the code is, too.
macro_rules! full_input {
    ($name:ident, $sdk:ident) => {
        pub(super) fn $name() -> anyhow::Result<$sdk::operation::create_user_pool::CreateUserPoolInput> {
            use $sdk::types::*;
            let policies = UserPoolPolicyType::builder()
                .password_policy(
                    PasswordPolicyType::builder()
                        .minimum_length(12)
                        .require_uppercase(true)
                        .require_lowercase(true)
                        .require_numbers(true)
                        .require_symbols(false)
                        .password_history_size(5)
                        .temporary_password_validity_days(7)
                        .build(),
                )
                .sign_in_policy(
                    SignInPolicyType::builder()
                        .allowed_first_auth_factors(AuthFactorType::Password)
                        .allowed_first_auth_factors(AuthFactorType::WebAuthn)
                        .build(),
                )
                .build();
            let triggers = LambdaConfigType::builder()
                .pre_sign_up(FUNCTION)
                .custom_message(FUNCTION)
                .post_confirmation(FUNCTION)
                .pre_authentication(FUNCTION)
                .post_authentication(FUNCTION)
                .define_auth_challenge(FUNCTION)
                .create_auth_challenge(FUNCTION)
                .verify_auth_challenge_response(FUNCTION)
                .pre_token_generation(FUNCTION)
                .user_migration(FUNCTION)
                .pre_token_generation_config(
                    PreTokenGenerationVersionConfigType::builder()
                        .lambda_version(PreTokenGenerationLambdaVersionType::V20)
                        .lambda_arn(FUNCTION)
                        .build()?,
                )
                .custom_sms_sender(
                    CustomSmsLambdaVersionConfigType::builder()
                        .lambda_version(CustomSmsSenderLambdaVersionType::V10)
                        .lambda_arn(FUNCTION)
                        .build()?,
                )
                .custom_email_sender(
                    CustomEmailLambdaVersionConfigType::builder()
                        .lambda_version(CustomEmailSenderLambdaVersionType::V10)
                        .lambda_arn(FUNCTION)
                        .build()?,
                )
                .kms_key_id(KEY)
                .inbound_federation(
                    InboundFederationLambdaType::builder()
                        .lambda_version(InboundFederationLambdaVersionType::V10)
                        .lambda_arn(FUNCTION)
                        .build()?,
                )
                .build();
            let verification = VerificationMessageTemplateType::builder()
                .sms_message("Your code is {####}.")
                .email_message(MESSAGE)
                .email_subject("Your code")
                .email_message_by_link("Follow {##this link##} to confirm your address.")
                .email_subject_by_link("Your link")
                .default_email_option(DefaultEmailOptionType::ConfirmWithCode)
                .build();
            let email = EmailConfigurationType::builder()
                .source_arn(SENDER)
                .reply_to_email_address("support@example.com")
                .email_sending_account(EmailSendingAccountType::Developer)
                .from("Example <accounts@example.com>")
                .configuration_set("transactional")
                .build();
            let sms = SmsConfigurationType::builder()
                .sns_caller_arn(ROLE)
                .external_id("a1b2c3d4-5678-90ab-cdef-EXAMPLE11111")
                .sns_region("us-east-1")
                .build();
            let invitation = MessageTemplateType::builder()
                .sms_message("Your user name is {username}, your password {####}.")
                .email_message(MESSAGE)
                .email_subject("Welcome")
                .build();
            let mut input = $sdk::operation::create_user_pool::CreateUserPoolInput::builder()
                .pool_name("customers")
                .policies(policies)
                .deletion_protection(DeletionProtectionType::Active)
                .lambda_config(triggers)
                .auto_verified_attributes(VerifiedAttributeType::Email)
                .alias_attributes(AliasAttributeType::Email)
                .alias_attributes(AliasAttributeType::PreferredUsername)
                .username_attributes(UsernameAttributeType::Email)
                .sms_verification_message("Your code is {####}.")
                .email_verification_message(MESSAGE)
                .email_verification_subject("Your code")
                .verification_message_template(verification)
                .sms_authentication_message("Your code is {####}.")
                .mfa_configuration(UserPoolMfaType::Optional)
                .user_attribute_update_settings(
                    UserAttributeUpdateSettingsType::builder()
                        .attributes_require_verification_before_update(VerifiedAttributeType::Email)
                        .build(),
                )
                .device_configuration(
                    DeviceConfigurationType::builder()
                        .challenge_required_on_new_device(true)
                        .device_only_remembered_on_user_prompt(false)
                        .build(),
                )
                .email_configuration(email)
                .sms_configuration(sms)
                .user_pool_tags("environment", "production")
                .user_pool_tags("cost-centre", "4711")
                .admin_create_user_config(
                    AdminCreateUserConfigType::builder()
                        .allow_admin_create_user_only(false)
                        .unused_account_validity_days(7)
                        .invite_message_template(invitation)
                        .build(),
                )
                .user_pool_add_ons(
                    UserPoolAddOnsType::builder()
                        .advanced_security_mode(AdvancedSecurityModeType::Enforced)
                        .advanced_security_additional_flows(
                            AdvancedSecurityAdditionalFlowsType::builder()
                                .custom_auth_mode(AdvancedSecurityEnabledModeType::Audit)
                                .build(),
                        )
                        .build()?,
                )
                .username_configuration(
                    UsernameConfigurationType::builder()
                        .case_sensitive(false)
                        .build()?,
                )
                .user_pool_tier(UserPoolTierType::Plus)
                .key_configuration(
                    KeyConfigurationType::builder()
                        .key_type(EncryptionKeyType::CustomerManagedKey)
                        .kms_key_arn(KEY)
                        .build(),
                )
                .issuer_configuration(
                    IssuerConfigurationType::builder()
                        .r#type(IssuerType::Original)
                        .build(),
                )
                .acr_configuration(
                    "silver",
                    AcrLevelConfigType::builder()
                        .acr_value("urn:example:silver")
                        .build()?,
                );
            let recovery = AccountRecoverySettingType::builder();
            input = input.account_recovery_setting(
                recovery
                    .recovery_mechanisms(
                        RecoveryOptionType::builder()
                            .priority(1)
                            .name(RecoveryOptionNameType::VerifiedEmail)
                            .build()?,
                    )
                    .recovery_mechanisms(
                        RecoveryOptionType::builder()
                            .priority(2)
                            .name(RecoveryOptionNameType::VerifiedPhoneNumber)
                            .build()?,
                    )
                    .build(),
            );
            for name in ["department", "employee_id", "start_date", "locale_hint"] {
                input = input.schema(
                    SchemaAttributeType::builder()
                        .name(name)
                        .attribute_data_type(AttributeDataType::String)
                        .developer_only_attribute(false)
                        .mutable(true)
                        .required(false)
                        .string_attribute_constraints(
                            StringAttributeConstraintsType::builder()
                                .min_length("0")
                                .max_length("256")
                                .build(),
                        )
                        .build(),
                );
            }
            let level = NumberAttributeConstraintsType::builder()
                .min_value("0")
                .max_value("9")
                .build();
            input = input.schema(
                SchemaAttributeType::builder()
                    .name("level")
                    .attribute_data_type(AttributeDataType::Number)
                    .number_attribute_constraints(level)
                    .build(),
            );
            Ok(input.build()?)
        }
    };
}
pub(super) use full_input;
