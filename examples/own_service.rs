//! A service of your own on Cognito, tested in three ways: with mocks, with recorded answers, and on a whole Cognito.
//!
//! ```sh
//! cargo run -p examples --bin own_service
//! cargo test -p examples --bin own_service
//! ```
//!
//! The service takes the client from outside, and turns Cognito's errors into its own. That is all that it needs to be
//! tested without a trait of your own around the client.

use anyhow::{Context, Result};
use cognito_idp::Client;
use cognito_idp::error::ProvideSummary;
use cognito_idp::operation::sign_up::SignUpError;
use cognito_idp::types::AttributeType;
use examples::{PASSWORD, Place};
use std::fmt;

#[tokio::main]
async fn main() -> Result<()> {
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
// ANCHOR_END: service

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("the name is taken"),
            Self::Password(why) => f.write_str(why),
            Self::Unavailable(why) => write!(f, "try again later ({why})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Accounts, RegisterError};
    use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
    use aws_smithy_mocks::{RuleMode, mock, mock_client};
    use aws_smithy_types::body::SdkBody;
    use cognito_idp::operation::sign_up::{SignUpError, SignUpOutput};
    use cognito_idp::types::error::UsernameExistsException;
    use cognito_idp::{Client, Config};
    use examples::{PASSWORD, Place};

    // ANCHOR: mocks
    /// Mocks answer by rules, in typed inputs, outputs and errors: for branches that are hard to come by.
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
        let registered = accounts.register("alice", PASSWORD, "alice@example.com").await;
        assert_eq!(registered, Err(RegisterError::Taken));
        assert_eq!(alice.num_calls(), 1);
    }

    /// Retries are the client's own, also between mocks.
    #[tokio::test]
    async fn an_internal_error_is_tried_again() -> anyhow::Result<()> {
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
        let registered = accounts.register("alice", PASSWORD, "alice@example.com").await;
        assert_eq!(registered, Ok("1-2-3".to_owned()));
        assert_eq!(twice.num_calls(), 2);
        Ok(())
    }
    // ANCHOR_END: mocks

    // ANCHOR: replay
    /// Recorded answers come as they came over the wire, and what was sent is compared with what should be.
    #[tokio::test]
    async fn a_sign_up_is_sent_as_cognito_reads_it() -> anyhow::Result<()> {
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

        let registered = accounts.register("alice", PASSWORD, "alice@example.com").await;
        let why = "Password did not conform with policy: Password not long enough".to_owned();
        assert_eq!(registered, Err(RegisterError::Password(why)));
        recorded.assert_requests_match(&["authorization"]);
        Ok(())
    }
    // ANCHOR_END: replay

    // ANCHOR: emulator
    /// A whole Cognito has its own rules: nothing is told beforehand what to answer.
    #[tokio::test]
    async fn who_registers_can_confirm_and_sign_in() -> anyhow::Result<()> {
        let place = Place::embedded();
        let pool = place
            .pool("test", |pool| pool.auto_verified_attributes("email".into()))
            .await?;
        let app = place.app(&pool).await?;
        let accounts = Accounts::new(place.client().clone(), &app);

        let weak = accounts.register("alice", "short", "alice@example.com").await;
        assert!(matches!(weak, Err(RegisterError::Password(_))), "{weak:?}");
        accounts
            .register("alice", PASSWORD, "alice@example.com")
            .await
            .expect("she is new");
        let again = accounts.register("alice", PASSWORD, "alice@example.com").await;
        assert_eq!(again, Err(RegisterError::Taken));

        let cognito = place.cognito().expect("it is in the process");
        let mail = cognito
            .outbox()
            .last("alice@example.com")
            .expect("a mail with the code");
        let confirm = place.client().confirm_sign_up().client_id(&app).username("alice");
        confirm.confirmation_code(mail.code).send().await?;
        assert!(!place.access_token(&app, "alice").await?.is_empty());
        Ok(())
    }
    // ANCHOR_END: emulator
}
