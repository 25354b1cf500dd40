//! The calls with the official crate and ours.

use super::call::{APP_CLIENT, AUTH_PARAMETERS, CLIENT_ID, Caller, FILTER, USER_POOL_ID};
use crate::clients::{config, http_client};
use anyhow::{Result, ensure};
use aws_sdk_cognitoidentityprovider as official;
use cognito_idp as ours;

/// Implements the calls for a client. The two crates' interfaces are the same, so the code is, too.
macro_rules! sdk {
    ($(#[$doc:meta])* $name:ident, $sdk:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(crate) struct $name($sdk::Client);

        impl $name {
            /// A client of the service at `url`.
            pub(crate) fn new(url: &str) -> Self {
                let config = config!($sdk, url, http_client());
                Self($sdk::Client::from_conf(config))
            }
        }

        impl Caller for $name {
            async fn list_users(&self) -> Result<()> {
                let call = self.0.list_users().user_pool_id(USER_POOL_ID).filter(FILTER).limit(1);
                let output = call.send().await?;
                ensure!(output.users().len() == 1, "the answer has another number of users");
                Ok(())
            }

            async fn create_user_pool_client(&self) -> Result<()> {
                use $sdk::types::{ExplicitAuthFlowsType, OAuthFlowType};
                let (name, url, scopes) = APP_CLIENT;
                let mut call = self.0.create_user_pool_client().user_pool_id(USER_POOL_ID).client_name(name);
                call = call.generate_secret(true).callback_urls(url).allowed_o_auth_flows(OAuthFlowType::Code);
                call = call.explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth);
                call = call.explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth);
                for scope in scopes {
                    call = call.allowed_o_auth_scopes(scope);
                }
                let output = call.allowed_o_auth_flows_user_pool_client(true).send().await?;
                let client = output.user_pool_client();
                ensure!(client.is_some_and(|it| it.client_id().is_some()), "the answer has no client id");
                Ok(())
            }

            async fn initiate_auth(&self) -> Result<()> {
                let mut call = self.0.initiate_auth().client_id(CLIENT_ID);
                call = call.auth_flow($sdk::types::AuthFlowType::UserPasswordAuth);
                for (name, value) in AUTH_PARAMETERS {
                    call = call.auth_parameters(name, value);
                }
                let output = call.send().await?;
                let tokens = output.authentication_result();
                ensure!(tokens.is_some_and(|it| it.access_token().is_some()), "the answer has no tokens");
                Ok(())
            }
        }
    };
}

sdk! {
    /// `aws-sdk-cognitoidentityprovider`.
    Official, official
}

sdk! {
    /// `cognito-idp`.
    Ours, ours
}
