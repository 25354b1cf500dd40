//! The rules of Cognito, area by area: what its documentation says, asked through the client.

mod anything;
mod authenticator;
mod table;
mod world;

mod accounts;
mod constraints;
mod delivery;
mod documented;
mod errors;
mod factors;
mod filters;
mod flows;
mod hidden;
mod identity;
mod imports;
mod oauth;
mod outages;
mod pools;
mod seed;
mod serving;
mod sign_in;
mod sign_up;
mod triggers;
mod users;
