//! The rules of Cognito, area by area: what its documentation says, asked through the client.

mod authenticator;
mod table;
mod world;

mod constraints;
mod delivery;
mod errors;
mod filters;
mod flows;
mod identity;
mod oauth;
mod outages;
mod pools;
mod sign_in;
mod sign_up;
mod users;
