//! The challenges of a sign-in, whatever their parameters say.

use super::RUNTIME;
use aws_credential_types::Credentials;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use cognito_auth::{Challenge, Step, UserPool};
use cognito_idp::config::{BehaviorVersion, Config, Region};
use serde_json::Value;

/// The reader of challenges: the input is the answer to InitiateAuth. What it asks for can be shown and kept, and each
/// of its parts is there or is an error.
pub fn challenge(input: &[u8]) -> bool {
    let body = input.to_vec();
    let answers =
        infallible_client_fn(move |_: http::Request<SdkBody>| http::Response::new(SdkBody::from(body.clone())));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .retry_config(RetryConfig::disabled())
        .http_client(answers);
    let client = cognito_idp::Client::from_conf(config.build());
    let pool = UserPool::new("us-east-1_Example", "client")
        .expect("an id")
        .with_client(client);
    let step = RUNTIME.with(|runtime| runtime.block_on(pool.sign_in("alice").password_plain("password")));
    let challenge = match step {
        Ok(Step::Challenge(challenge)) => challenge,
        Ok(step) => {
            assert!(!step.name().is_empty());
            return false;
        }
        Err(error) => {
            assert!(!format!("{error} {error:?}").is_empty());
            return false;
        }
    };
    assert!(!format!("{challenge:?}").is_empty());
    let kept = pool.resume(challenge.state());
    assert_eq!(kept.name(), challenge.name());
    match &challenge {
        Challenge::NewPasswordRequired(asked) => {
            asked.required_attributes();
            asked.attributes();
        }
        Challenge::SelectMfaType(asked) => drop(asked.choices()),
        Challenge::MfaSetup(asked) => drop(asked.choices()),
        Challenge::WebAuthn(asked) => drop(asked.request_options::<Value>()),
        Challenge::SoftwareTokenMfa(asked) => drop(asked.friendly_name().map(str::len)),
        _ => {}
    }
    true
}
