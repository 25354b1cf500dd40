//! Faults on the wire, and what a client makes of them: the official crate and ours, against a server that misbehaves
//! as it is told.

pub mod certificates;
pub mod markdown;
pub mod measure;
pub mod rows;
pub mod server;

// Compiling it twice is what it is for.
#[allow(clippy::duplicate_mod)]
#[path = "faults"]
mod official {
    pub(crate) use aws_sdk_cognitoidentityprovider as sdk;

    #[path = "client.rs"]
    pub(crate) mod client;
}

#[allow(clippy::duplicate_mod)]
#[path = "faults"]
mod ours {
    pub(crate) use cognito_idp as sdk;

    #[path = "client.rs"]
    pub(crate) mod client;
}
