//! A service of your own on Cognito, tested in three ways: with mocks, with recorded answers, and on a whole Cognito.
//!
//! ```sh
//! cargo run -p examples --bin own_service
//! cargo test -p examples --bin own_service
//! ```
//!
//! The service takes the client from outside, and turns Cognito's errors into its own. That is all that it needs to be
//! tested without a trait of your own around the client.

use anyhow::Context;
use examples::{PASSWORD, Place};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let place = Place::from_env()?;
    let pool = place.pool("own service", |pool| pool).await?;
    let accounts = Accounts::new(place.client().clone(), place.app(&pool).await?);
    for (name, password) in [("alice", "short"), ("alice", PASSWORD), ("alice", PASSWORD)] {
        match accounts.register(name, password, "alice@example.com").await {
            Ok(id) => println!("{name} has the id {id}"),
            Err(error) => println!("{name} isn't registered: {error}"),
        }
    }
    place.delete(&pool).await.context("the pool stays")
}

// ANCHOR: service
use cognito_idp::Client;
use cognito_idp::error::ProvideSummary;
use cognito_idp::operation::sign_up::SignUpError;
use cognito_idp::types::AttributeType;
use std::fmt;

/// The accounts of an application.
struct Accounts {
    cognito: Client,
    app: String,
}

/// Why nobody was registered.
#[derive(Debug, PartialEq, Eq)]
enum RegisterError {
    /// The name has an owner.
    Taken,
    /// The password isn't good enough, for this reason.
    Password(String),
    /// Cognito can't, at the moment or at all. For the log.
    Unavailable(String),
}

impl Accounts {
    fn new(cognito: Client, app: impl Into<String>) -> Self {
        Self {
            cognito,
            app: app.into(),
        }
    }

    /// Registers someone, and gives their id.
    async fn register(&self, name: &str, password: &str, email: &str) -> Result<String, RegisterError> {
        let email = AttributeType::builder().name("email").value(email).build();
        let email = email.map_err(|error| RegisterError::Unavailable(error.to_string()))?;
        let call = self.cognito.sign_up().client_id(&self.app);
        let call = call.username(name).password(password).user_attributes(email);
        let error = match call.send().await {
            Ok(answer) => return Ok(answer.user_sub),
            Err(error) => error,
        };
        Err(match error.as_service_error() {
            Some(SignUpError::UsernameExistsException(_)) => RegisterError::Taken,
            Some(SignUpError::InvalidPasswordException(why)) => {
                RegisterError::Password(why.message().unwrap_or_default().to_owned())
            }
            _ => RegisterError::Unavailable(format!("{:#}", error.summary())),
        })
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("the name is taken"),
            Self::Password(why) => f.write_str(why),
            Self::Unavailable(why) => write!(f, "try again later ({why})"),
        }
    }
}
// ANCHOR_END: service

// ANCHOR: mocks
/// Mocks answer by rules, in typed inputs, outputs and errors: for branches that are hard to come by.
#[cfg(test)]
mod with_mocks {
    use super::{Accounts, RegisterError};
    use aws_smithy_mocks::{RuleMode, mock, mock_client};
    use cognito_idp::Client;
    use cognito_idp::operation::sign_up::{SignUpError, SignUpOutput};
    use cognito_idp::types::error::UsernameExistsException;

    #[tokio::test]
    async fn a_name_that_has_an_owner_is_taken() {
        let alice = mock!(Client::sign_up)
            .match_requests(|input| input.username() == Some("alice"))
            .then_error(|| {
                let exists = UsernameExistsException::builder()
                    .message("User already exists")
                    .build();
                SignUpError::UsernameExistsException(exists)
            });
        let accounts = Accounts::new(mock_client!(cognito_idp, [&alice]), "app");
        let registered = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
        assert_eq!(registered, Err(RegisterError::Taken));
        assert_eq!(alice.num_calls(), 1);
    }

    /// Retries are the client's own, also between mocks.
    #[tokio::test]
    async fn an_internal_error_is_tried_again() {
        let twice = mock!(Client::sign_up)
            .sequence()
            .http_status(500, None)
            .output(|| {
                SignUpOutput::builder()
                    .user_confirmed(false)
                    .user_sub("1-2-3")
                    .build()
                    .expect("a sub")
            })
            .build();
        let accounts = Accounts::new(mock_client!(cognito_idp, RuleMode::Sequential, [&twice]), "app");
        let registered = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
        assert_eq!(registered, Ok("1-2-3".to_owned()));
        assert_eq!(twice.num_calls(), 2);
    }
}
// ANCHOR_END: mocks

// ANCHOR: replay
/// Recorded answers come as they came over the wire, and what was sent is compared with what should be.
#[cfg(test)]
mod with_recorded_answers {
    use super::{Accounts, RegisterError};
    use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
    use aws_smithy_types::body::SdkBody;
    use cognito_idp::{Client, Config};
    use std::error::Error;

    #[tokio::test]
    async fn a_sign_up_is_sent_as_cognito_reads_it() -> Result<(), Box<dyn Error>> {
        let request = http::Request::builder()
            .method("POST")
            .uri("https://cognito-idp.us-east-1.amazonaws.com/")
            .header("x-amz-target", "AWSCognitoIdentityProviderService.SignUp")
            .body(SdkBody::from(
                r#"{"ClientId": "app", "Username": "alice", "Password": "Correct-horse1",
                    "UserAttributes": [{"Name": "email", "Value": "alice@example.com"}]}"#,
            ))?;
        let response = http::Response::builder()
            .status(400)
            .header("x-amzn-requestid", "7f3c0a53")
            .body(SdkBody::from(
                r#"{"__type": "InvalidPasswordException", "message": "Password did not conform with policy: Password not long enough"}"#,
            ))?;
        let recorded = StaticReplayClient::new(vec![ReplayEvent::new(request, response)]);
        let config = Config::builder().with_test_defaults_v2().http_client(recorded.clone());
        let accounts = Accounts::new(Client::from_conf(config.build()), "app");

        let registered = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
        let why = "Password did not conform with policy: Password not long enough".to_owned();
        assert_eq!(registered, Err(RegisterError::Password(why)));
        recorded.assert_requests_match(&["authorization"]);
        Ok(())
    }
}
// ANCHOR_END: replay

// ANCHOR: emulator
/// A whole Cognito has its own rules: nothing is told beforehand what to answer.
#[cfg(test)]
mod with_a_whole_cognito {
    use super::{Accounts, RegisterError};
    use cognito_emulator::{Cognito, Outage};
    use cognito_idp::Client;
    use cognito_idp::config::retry::RetryConfig;
    use cognito_idp::types::{AuthFlowType, ExplicitAuthFlowsType, VerifiedAttributeType};
    use cognito_jwt::{Issuer, Verifier};
    use std::error::Error;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// A Cognito with a user pool and an app client.
    struct World {
        cognito: Cognito,
        client: Client,
        pool: String,
        app: String,
    }

    impl World {
        async fn new() -> Result<Self, Box<dyn Error>> {
            let cognito = Cognito::new();
            let client = cognito.client();
            let pool = client
                .create_user_pool()
                .pool_name("test")
                .auto_verified_attributes(VerifiedAttributeType::Email)
                .send()
                .await?;
            let pool = pool.user_pool.and_then(|pool| pool.id).ok_or("a pool has an id")?;
            let app = client
                .create_user_pool_client()
                .user_pool_id(&pool)
                .client_name("test")
                .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserPasswordAuth)
                .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth)
                .send()
                .await?;
            let app = app.user_pool_client.and_then(|app| app.client_id);
            Ok(Self {
                app: app.ok_or("an app client has an id")?,
                cognito,
                client,
                pool,
            })
        }

        /// Registers alice, confirms her with the code of the mail, and signs her in: her access token.
        async fn alice(&self) -> Result<String, Box<dyn Error>> {
            let accounts = Accounts::new(self.client.clone(), &self.app);
            let registered = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
            registered.map_err(|error| error.to_string())?;
            let mail = self.cognito.outbox().last("alice@example.com").ok_or("no mail came")?;
            let confirm = self.client.confirm_sign_up().client_id(&self.app).username("alice");
            confirm.confirmation_code(mail.code).send().await?;
            let answer = self
                .client
                .initiate_auth()
                .client_id(&self.app)
                .auth_flow(AuthFlowType::UserPasswordAuth)
                .auth_parameters("USERNAME", "alice")
                .auth_parameters("PASSWORD", "Correct-horse1")
                .send()
                .await?;
            let tokens = answer.authentication_result.ok_or("Cognito asks for more")?;
            Ok(tokens.access_token.ok_or("no access token came")?)
        }
    }

    #[tokio::test]
    async fn a_name_is_given_once_and_only_with_a_good_password() -> Result<(), Box<dyn Error>> {
        let world = World::new().await?;
        let accounts = Accounts::new(world.client.clone(), &world.app);
        let weak = accounts.register("alice", "short", "alice@example.com").await;
        assert!(matches!(weak, Err(RegisterError::Password(_))), "{weak:?}");
        world.alice().await?;
        let again = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
        assert_eq!(again, Err(RegisterError::Taken));
        Ok(())
    }

    /// Cognito throttles the first two attempts, and the client's third one succeeds.
    #[tokio::test]
    async fn a_throttled_sign_up_is_tried_again() -> Result<(), Box<dyn Error>> {
        let world = World::new().await?;
        let count = AtomicUsize::new(0);
        world.cognito.disturb(move |what| {
            let hit = what == "SignUp" && count.fetch_add(1, Ordering::Relaxed) < 2;
            hit.then_some(Outage::Throttled)
        });
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let client = Client::from_conf(world.cognito.config().retry_config(retries).build());
        let accounts = Accounts::new(client, &world.app);
        let registered = accounts.register("alice", "Correct-horse1", "alice@example.com").await;
        assert!(registered.is_ok(), "{registered:?}");
        Ok(())
    }

    /// The verifier takes the pool's keys from the emulator, and the time from its clock.
    #[tokio::test]
    async fn a_token_expires_after_an_hour() -> Result<(), Box<dyn Error>> {
        let world = World::new().await?;
        let token = world.alice().await?;
        let keys = world.cognito.key_set(&world.pool).ok_or("a pool has keys")?;
        let clock = world.cognito.clock().clone();
        let verifier = Verifier::user_pool(Issuer::user_pool(&world.pool).keys(keys.parse()?))
            .client(&world.app)
            .access()
            .clock(move || clock.now())
            .build()?;
        assert_eq!(verifier.verify(&token).await?.username.as_deref(), Some("alice"));

        world.cognito.clock().advance(Duration::from_secs(2 * 3600));
        let refusal = verifier.verify(&token).await.err().ok_or("the token is still valid")?;
        assert!(refusal.is_expired(), "{refusal}");
        Ok(())
    }
}
// ANCHOR_END: emulator
