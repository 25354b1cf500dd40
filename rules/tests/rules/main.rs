//! The rules, each with what breaks it and what keeps it, on the inputs that a program builds.

mod app_client;
mod branding;
mod domain;
mod identity_provider;
mod listing;
mod oauth;
mod realistic;
mod redirect_uri;
mod schema;
mod support;
mod token_validity;
mod user;
mod user_pool;
