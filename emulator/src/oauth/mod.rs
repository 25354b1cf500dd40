//! Managed login's endpoints.

use crate::clock::Moment;
use serde::{Deserialize, Serialize};

/// A code of the authorize endpoint, until it is exchanged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authorization {
    pub(crate) user: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// The PKCE challenge.
    pub(crate) challenge: Option<String>,
    pub(crate) expires: Moment,
}
