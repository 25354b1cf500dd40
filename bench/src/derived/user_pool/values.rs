//! The enumerations of `CreateUserPool`.

use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DeletionProtection {
    Active,
    Inactive,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VerifiedAttribute {
    PhoneNumber,
    Email,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AliasAttribute {
    PhoneNumber,
    Email,
    PreferredUsername,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UsernameAttribute {
    PhoneNumber,
    Email,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserPoolMfa {
    Off,
    On,
    Optional,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserPoolTier {
    Lite,
    Essentials,
    Plus,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DefaultEmailOption {
    ConfirmWithLink,
    ConfirmWithCode,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EmailSendingAccount {
    CognitoDefault,
    Developer,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum AttributeData {
    String,
    Number,
    DateTime,
    Boolean,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AdvancedSecurityMode {
    Off,
    Audit,
    Enforced,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum EncryptionKey {
    AwsOwnedKey,
    CustomerManagedKey,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Issuer {
    Original,
    Updated,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AuthFactor {
    Password,
    EmailOtp,
    SmsOtp,
    WebAuthn,
    SoftwareToken,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum PreTokenGenerationLambdaVersion {
    #[serde(rename = "V1_0")]
    V10,
    #[serde(rename = "V2_0")]
    V20,
    #[serde(rename = "V3_0")]
    V30,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum CustomSMSSenderLambdaVersion {
    #[serde(rename = "V1_0")]
    V10,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum CustomEmailSenderLambdaVersion {
    #[serde(rename = "V1_0")]
    V10,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) enum InboundFederationLambdaVersion {
    #[serde(rename = "V1_0")]
    V10,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AdvancedSecurityEnabledMode {
    Audit,
    Enforced,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecoveryOptionName {
    VerifiedEmail,
    VerifiedPhoneNumber,
    AdminOnly,
}
