//! `CreateUserPool`.

mod values;

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use values::{
    AdvancedSecurityEnabledMode, AdvancedSecurityMode, AliasAttribute, AttributeData, AuthFactor,
    CustomEmailSenderLambdaVersion, CustomSMSSenderLambdaVersion, DefaultEmailOption, DeletionProtection,
    EmailSendingAccount, EncryptionKey, InboundFederationLambdaVersion, Issuer, PreTokenGenerationLambdaVersion,
    RecoveryOptionName, UserPoolMfa, UserPoolTier, UsernameAttribute, VerifiedAttribute,
};

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CreateUserPool {
    pub(crate) pool_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policies: Option<UserPoolPolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deletion_protection: Option<DeletionProtection>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lambda_config: Option<LambdaConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auto_verified_attributes: Option<Vec<VerifiedAttribute>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alias_attributes: Option<Vec<AliasAttribute>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username_attributes: Option<Vec<UsernameAttribute>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sms_verification_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_verification_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_verification_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verification_message_template: Option<VerificationMessageTemplate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sms_authentication_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mfa_configuration: Option<UserPoolMfa>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_attribute_update_settings: Option<UserAttributeUpdateSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device_configuration: Option<DeviceConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_configuration: Option<EmailConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sms_configuration: Option<SmsConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_pool_tags: Option<HashMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) admin_create_user_config: Option<AdminCreateUserConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schema: Option<Vec<SchemaAttribute>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_pool_add_ons: Option<UserPoolAddOns>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username_configuration: Option<UsernameConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account_recovery_setting: Option<AccountRecoverySetting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_pool_tier: Option<UserPoolTier>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key_configuration: Option<KeyConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issuer_configuration: Option<IssuerConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acr_configuration: Option<HashMap<String, AcrLevelConfig>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct UserPoolPolicy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) password_policy: Option<PasswordPolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sign_in_policy: Option<SignInPolicy>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct LambdaConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pre_sign_up: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) post_confirmation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pre_authentication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) post_authentication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) define_auth_challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) create_auth_challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verify_auth_challenge_response: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pre_token_generation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_migration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pre_token_generation_config: Option<PreTokenGenerationVersionConfig>,
    #[serde(rename = "CustomSMSSender", skip_serializing_if = "Option::is_none")]
    pub(crate) custom_sms_sender: Option<CustomSMSLambdaVersionConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_email_sender: Option<CustomEmailLambdaVersionConfig>,
    #[serde(rename = "KMSKeyID", skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) inbound_federation: Option<InboundFederationLambda>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct VerificationMessageTemplate {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sms_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_message_by_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_subject_by_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_email_option: Option<DefaultEmailOption>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct UserAttributeUpdateSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attributes_require_verification_before_update: Option<Vec<VerifiedAttribute>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct DeviceConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) challenge_required_on_new_device: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device_only_remembered_on_user_prompt: Option<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct EmailConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reply_to_email_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_sending_account: Option<EmailSendingAccount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) configuration_set: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SmsConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sns_caller_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sns_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eums_sms: Option<EumsSmsConfiguration>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AdminCreateUserConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) allow_admin_create_user_only: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unused_account_validity_days: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) invite_message_template: Option<MessageTemplate>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SchemaAttribute {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attribute_data_type: Option<AttributeData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) developer_only_attribute: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mutable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number_attribute_constraints: Option<NumberAttributeConstraints>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) string_attribute_constraints: Option<StringAttributeConstraints>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct UserPoolAddOns {
    pub(crate) advanced_security_mode: AdvancedSecurityMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) advanced_security_additional_flows: Option<AdvancedSecurityAdditionalFlows>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct UsernameConfiguration {
    pub(crate) case_sensitive: bool,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AccountRecoverySetting {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recovery_mechanisms: Option<Vec<RecoveryOption>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct KeyConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key_type: Option<EncryptionKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key_arn: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct IssuerConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) r#type: Option<Issuer>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AcrLevelConfig {
    pub(crate) acr_value: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PasswordPolicy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimum_length: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) require_uppercase: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) require_lowercase: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) require_numbers: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) require_symbols: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) password_history_size: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) temporary_password_validity_days: Option<i32>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SignInPolicy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) allowed_first_auth_factors: Option<Vec<AuthFactor>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PreTokenGenerationVersionConfig {
    pub(crate) lambda_version: PreTokenGenerationLambdaVersion,
    pub(crate) lambda_arn: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CustomSMSLambdaVersionConfig {
    pub(crate) lambda_version: CustomSMSSenderLambdaVersion,
    pub(crate) lambda_arn: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CustomEmailLambdaVersionConfig {
    pub(crate) lambda_version: CustomEmailSenderLambdaVersion,
    pub(crate) lambda_arn: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct InboundFederationLambda {
    pub(crate) lambda_version: InboundFederationLambdaVersion,
    pub(crate) lambda_arn: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct EumsSmsConfiguration {
    pub(crate) caller_arn: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) origination_identity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) configuration_set_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) in_entity_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) in_template_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MessageTemplate {
    #[serde(rename = "SMSMessage", skip_serializing_if = "Option::is_none")]
    pub(crate) sms_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_subject: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct NumberAttributeConstraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_value: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct StringAttributeConstraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_length: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_length: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AdvancedSecurityAdditionalFlows {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_auth_mode: Option<AdvancedSecurityEnabledMode>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct RecoveryOption {
    pub(crate) priority: i32,
    pub(crate) name: RecoveryOptionName,
}
