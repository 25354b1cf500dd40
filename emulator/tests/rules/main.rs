//! The rules of Cognito, area by area: what its documentation says, asked through the client.

mod world;

mod sign_in;
mod sign_up;
