//! Structs with derived serde impls, as someone writes them who needs a few calls: the reference for JSON.
//!
//! Members are named, typed and optional as in the service's model; enumerations are Rust enums of the known values,
//! which are cheaper than strings, and a time is the number that it is in JSON.

mod sign_in;
mod user_pool;
mod user_pool_client;
mod users;

pub(crate) use sign_in::{InitiateAuth, SignedIn};
pub(crate) use user_pool::CreateUserPool;
pub(crate) use user_pool_client::{CreateUserPoolClient, CreatedUserPoolClient, ExplicitAuthFlow, OAuthFlow};
pub(crate) use users::{ListUsers, ListUsersPage};
