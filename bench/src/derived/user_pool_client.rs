//! `CreateUserPoolClient`, as far as a program needs it that makes an app client and keeps its id and secret.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CreateUserPoolClient {
    pub(crate) user_pool_id: String,
    pub(crate) client_name: String,
    pub(crate) generate_secret: bool,
    pub(crate) explicit_auth_flows: Vec<ExplicitAuthFlow>,
    #[serde(rename = "CallbackURLs")]
    pub(crate) callback_urls: Vec<String>,
    #[serde(rename = "AllowedOAuthFlows")]
    pub(crate) allowed_oauth_flows: Vec<OAuthFlow>,
    #[serde(rename = "AllowedOAuthScopes")]
    pub(crate) allowed_oauth_scopes: Vec<String>,
    #[serde(rename = "AllowedOAuthFlowsUserPoolClient")]
    pub(crate) allowed_oauth_flows_user_pool_client: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ExplicitAuthFlow {
    AllowUserSrpAuth,
    AllowRefreshTokenAuth,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OAuthFlow {
    Code,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct CreatedUserPoolClient {
    pub(crate) user_pool_client: Option<UserPoolClient>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "reading them is what is measured")]
pub(crate) struct UserPoolClient {
    pub(crate) user_pool_id: Option<String>,
    pub(crate) client_name: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<String>,
}
