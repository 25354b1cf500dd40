//! Where the examples run: on a Cognito inside the process, or on the server that the environment names.
//!
//! | variable | |
//! |---|---|
//! | `COGNITO_ENDPOINT` | the URL of a server that speaks Cognito's protocol: `cargo run -p cognito-emulator -- --port 9229`, moto, ministack |
//!
//! Each example makes a user pool of its own, and deletes it in the end.

use anyhow::{Context, Result};
use cognito_emulator::{Cognito, Running};
use cognito_idp::config::{BehaviorVersion, Credentials, Region};
use cognito_idp::operation::create_user_pool::builders::CreateUserPoolFluentBuilder;
use cognito_idp::types::{AttributeType, AuthFlowType, ExplicitAuthFlowsType, MessageActionType};
use cognito_idp::{Client, Config};
use std::env;

/// A password that meets the default policy. The users that have it live for seconds.
pub const PASSWORD: &str = "Correct-horse1";

/// The Cognito that an example talks to.
#[derive(Debug)]
pub struct Place {
    client: Client,
    /// The Cognito inside the process, unless a server is named.
    embedded: Option<Cognito>,
    url: Option<String>,
    running: Option<Running>,
}

impl Place {
    /// The server of `COGNITO_ENDPOINT`, or else a Cognito inside the process.
    ///
    /// # Errors
    /// The variable holds what is no text.
    pub fn from_env() -> Result<Self> {
        match env::var("COGNITO_ENDPOINT") {
            Ok(url) if !url.trim().is_empty() => {
                let url = url.trim().to_owned();
                Ok(Self {
                    client: Client::from_conf(config().endpoint_url(&url).build()),
                    embedded: None,
                    url: Some(url),
                    running: None,
                })
            }
            Ok(_) | Err(env::VarError::NotPresent) => Ok(Self::embedded()),
            Err(error) => Err(error).context("COGNITO_ENDPOINT"),
        }
    }

    /// A Cognito inside the process, with nothing in it.
    pub fn embedded() -> Self {
        let cognito = Cognito::new();
        Self {
            client: cognito.client(),
            embedded: Some(cognito),
            url: None,
            running: None,
        }
    }

    /// A client of this Cognito.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The Cognito inside the process, which has a clock, an outbox and triggers. A server's can't be reached.
    pub fn cognito(&self) -> Option<&Cognito> {
        self.embedded.as_ref()
    }

    /// Its URL, from which others fetch the keys of its tokens. A Cognito inside the process gets a free port.
    ///
    /// # Errors
    /// There is no port to be had.
    pub async fn url(&mut self) -> Result<String> {
        if let (None, Some(cognito)) = (&self.url, &self.embedded) {
            let running = cognito.serve(("127.0.0.1", 0)).await?;
            self.url = Some(running.url());
            self.running = Some(running);
        }
        self.url
            .clone()
            .context("a place without a URL has a Cognito inside the process")
    }

    /// Creates a user pool, with what `with` adds to the request, and gives its id.
    ///
    /// # Errors
    /// The call fails.
    pub async fn pool(
        &self,
        name: &str,
        with: impl FnOnce(CreateUserPoolFluentBuilder) -> CreateUserPoolFluentBuilder,
    ) -> Result<String> {
        let created = with(self.client.create_user_pool().pool_name(name)).send().await?;
        let pool = created.user_pool.and_then(|pool| pool.id);
        pool.context("CreateUserPool's answer has no UserPool.Id")
    }

    /// Creates an app client for sign-ins with a password, and gives its id.
    ///
    /// # Errors
    /// The call fails.
    pub async fn app(&self, pool: &str) -> Result<String> {
        let created = self
            .client
            .create_user_pool_client()
            .user_pool_id(pool)
            .client_name("example")
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
            .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
            .send()
            .await?;
        let app = created.user_pool_client.and_then(|app| app.client_id);
        app.context("CreateUserPoolClient's answer has no UserPoolClient.ClientId")
    }

    /// Creates a user who can sign in with [`PASSWORD`] and gets no mail.
    ///
    /// # Errors
    /// A call fails.
    pub async fn user(&self, pool: &str, name: &str, attributes: &[(&str, &str)]) -> Result<()> {
        let mut create = self
            .client
            .admin_create_user()
            .user_pool_id(pool)
            .username(name)
            .message_action(MessageActionType::Suppress);
        for (attribute, value) in attributes {
            create = create.user_attributes(AttributeType::builder().name(*attribute).value(*value).build()?);
        }
        create.send().await?;
        self.client
            .admin_set_user_password()
            .user_pool_id(pool)
            .username(name)
            .password(PASSWORD)
            .permanent(true)
            .send()
            .await?;
        Ok(())
    }

    /// Signs a user in with [`PASSWORD`], and gives the access token.
    ///
    /// # Errors
    /// The call fails, or is answered by a challenge.
    pub async fn access_token(&self, app: &str, name: &str) -> Result<String> {
        let answer = self
            .client
            .initiate_auth()
            .client_id(app)
            .auth_flow(AuthFlowType::UserPasswordAuth)
            .auth_parameters("USERNAME", name)
            .auth_parameters("PASSWORD", PASSWORD)
            .send()
            .await?;
        let tokens = answer
            .authentication_result
            .context("Cognito asks for more than the password")?;
        tokens.access_token.context("InitiateAuth's answer has no AccessToken")
    }

    /// Deletes a pool, with all that is in it.
    ///
    /// # Errors
    /// The call fails.
    pub async fn delete(&self, pool: &str) -> Result<()> {
        self.client.delete_user_pool().user_pool_id(pool).send().await?;
        Ok(())
    }
}

/// What a client without an AWS account needs: a region to put into names, and keys to sign with.
fn config() -> cognito_idp::config::Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "examples"))
}

/// The Rust of the guide's pages, which compiles and runs as doctests.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../../docs/guide/src/checking-tokens.md")]
    mod checking_tokens {}
    #[doc = include_str!("../../docs/guide/src/errors-and-retries.md")]
    mod errors_and_retries {}
    #[doc = include_str!("../../docs/guide/src/examples.md")]
    mod examples {}
    #[doc = include_str!("../../docs/guide/src/getting-started.md")]
    mod getting_started {}
    #[doc = include_str!("../../docs/guide/src/moving.md")]
    mod moving {}
    #[doc = include_str!("../../docs/guide/src/only-what-you-call.md")]
    mod only_what_you_call {}
    #[doc = include_str!("../../docs/guide/src/signing-in.md")]
    mod signing_in {}
    #[doc = include_str!("../../docs/guide/src/testing.md")]
    mod testing {}
    #[doc = include_str!("../../docs/guide/src/validation.md")]
    mod validation {}
}
