//! Rules of AWS services that only their documentation states, for the generated Amazon Cognito clients.

pub mod cognito_idp;
