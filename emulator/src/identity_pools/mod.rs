//! Identity pools.

use serde::{Deserialize, Serialize};

/// An identity pool.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IdentityPool {}
