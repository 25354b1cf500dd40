//! `ListUsers`.

use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ListUsers {
    pub(crate) user_pool_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) attributes_to_get: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) limit: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pagination_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) filter: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ListUsersPage {
    #[serde(default)]
    pub(crate) users: Vec<User>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pagination_token: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct User {
    pub(crate) username: Option<String>,
    #[serde(default)]
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) user_create_date: Option<f64>,
    pub(crate) user_last_modified_date: Option<f64>,
    pub(crate) enabled: Option<bool>,
    pub(crate) user_status: Option<UserStatus>,
    #[serde(rename = "MFAOptions", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) mfa_options: Vec<MfaOption>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) value: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct MfaOption {
    pub(crate) delivery_medium: Option<DeliveryMedium>,
    pub(crate) attribute_name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DeliveryMedium {
    Sms,
    Email,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum UserStatus {
    Unconfirmed,
    Confirmed,
    Archived,
    Compromised,
    Unknown,
    ResetRequired,
    ForceChangePassword,
    ExternalProvider,
}
