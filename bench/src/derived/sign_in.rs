//! `InitiateAuth`.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct InitiateAuth {
    pub(crate) auth_flow: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auth_parameters: Option<HashMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_metadata: Option<HashMap<String, String>>,
    pub(crate) client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "read, as a program would have it read, and not looked at")]
pub(crate) struct SignedIn {
    pub(crate) challenge_name: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) challenge_parameters: Option<HashMap<String, String>>,
    pub(crate) authentication_result: Option<Tokens>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "read, as a program would have it read, and not looked at")]
pub(crate) struct Tokens {
    pub(crate) access_token: Option<String>,
    pub(crate) expires_in: Option<i32>,
    pub(crate) token_type: Option<String>,
    pub(crate) refresh_token: Option<String>,
    pub(crate) id_token: Option<String>,
}
