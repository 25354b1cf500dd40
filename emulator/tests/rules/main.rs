//! The rules of Cognito, area by area: what its documentation says, asked through the client.

mod anything;
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
mod pools;
mod seed;
mod serving;
mod sign_in;
mod sign_up;
mod users;
