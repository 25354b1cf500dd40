//! Configuration from environment variables alone, without the dependencies of `aws-config`.

use super::{Builder, Config};
use crate::service::Service;
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::app_name::AppName;
use aws_types::region::Region;
use std::fmt;

impl<S: Service> Config<S> {
    /// Reads the configuration from the environment, and from nowhere else: no profile files, no instance metadata.
    ///
    /// | variable | setting |
    /// |---|---|
    /// | `AWS_REGION`, `AWS_DEFAULT_REGION` | region |
    /// | `AWS_ENDPOINT_URL_…` with the service's name, `AWS_ENDPOINT_URL` | endpoint, unless `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true` |
    /// | `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` | credentials |
    /// | `AWS_USE_FIPS_ENDPOINT`, `AWS_USE_DUALSTACK_ENDPOINT` | `true` or `false` |
    /// | `AWS_RETRY_MODE`, `AWS_MAX_ATTEMPTS` | `standard` or `adaptive`; a number from 1 |
    /// | `AWS_SDK_UA_APP_ID` | application name |
    ///
    /// A variable that isn't set leaves the setting open, one that is empty too. The behavior version is the latest.
    /// Operations that are sent unsigned work without credentials. To change something, go on with
    /// [`to_builder`](Self::to_builder).
    ///
    /// Source: [environment variables of the AWS SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html).
    ///
    /// # Errors
    /// A variable has a value that the setting doesn't allow, or one of the two keys is missing.
    pub fn from_env() -> Result<Self, FromEnvError> {
        Self::from_variables(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(FromEnvError::new(name, "isn't UTF-8; set it anew")),
        })
    }

    fn from_variables(
        variable: impl Fn(&'static str) -> Result<Option<String>, FromEnvError>,
    ) -> Result<Self, FromEnvError> {
        let read = |name: &'static str| {
            Ok(variable(name)?
                .map(|value| value.trim().to_owned())
                .filter(|v| !v.is_empty()))
        };
        let mut builder = Builder::<S>::new();
        builder.set_behavior_version(Some(BehaviorVersion::latest()));
        if let Some(region) = read("AWS_REGION")?.or(read("AWS_DEFAULT_REGION")?) {
            builder.set_region(Some(Region::new(region)));
        }
        if boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", &read)? != Some(true) {
            let url = match read(S::ENDPOINT_URL_VARIABLE)? {
                Some(url) => Some(url),
                None => read("AWS_ENDPOINT_URL")?,
            };
            builder.set_endpoint_url(url);
        }
        builder.set_use_fips(boolean("AWS_USE_FIPS_ENDPOINT", &read)?);
        builder.set_use_dual_stack(boolean("AWS_USE_DUALSTACK_ENDPOINT", &read)?);
        match (read("AWS_ACCESS_KEY_ID")?, read("AWS_SECRET_ACCESS_KEY")?) {
            (Some(key), Some(secret)) => {
                let credentials = Credentials::new(key, secret, read("AWS_SESSION_TOKEN")?, None, "Environment");
                builder = builder.credentials_provider(credentials);
            }
            (None, None) => {}
            (Some(_), None) => {
                return Err(FromEnvError::new(
                    "AWS_SECRET_ACCESS_KEY",
                    "isn't set, but AWS_ACCESS_KEY_ID is",
                ));
            }
            (None, Some(_)) => {
                return Err(FromEnvError::new(
                    "AWS_ACCESS_KEY_ID",
                    "isn't set, but AWS_SECRET_ACCESS_KEY is",
                ));
            }
        }
        builder.set_retry_config(retry_config(&read)?);
        if let Some(name) = read("AWS_SDK_UA_APP_ID")? {
            let name = AppName::new(name).map_err(|error| FromEnvError::new("AWS_SDK_UA_APP_ID", error.to_string()))?;
            builder.set_app_name(Some(name));
        }
        Ok(builder.build())
    }
}

type Read<'a> = dyn Fn(&'static str) -> Result<Option<String>, FromEnvError> + 'a;

fn boolean(name: &'static str, read: &Read<'_>) -> Result<Option<bool>, FromEnvError> {
    match read(name)?.map(|value| value.to_ascii_lowercase()).as_deref() {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(other) => Err(FromEnvError::new(name, format!("is {other:?}; use true or false"))),
    }
}

fn retry_config(read: &Read<'_>) -> Result<Option<RetryConfig>, FromEnvError> {
    let mode = match read("AWS_RETRY_MODE")? {
        None => None,
        Some(mode) => Some(
            mode.parse::<RetryMode>()
                .map_err(|_| FromEnvError::new("AWS_RETRY_MODE", format!("is {mode:?}; use standard or adaptive")))?,
        ),
    };
    let attempts = match read("AWS_MAX_ATTEMPTS")? {
        None => None,
        Some(text) => Some(
            text.parse::<u32>()
                .ok()
                .filter(|attempts| *attempts > 0)
                .ok_or_else(|| FromEnvError::new("AWS_MAX_ATTEMPTS", format!("is {text:?}; use a number from 1")))?,
        ),
    };
    if mode.is_none() && attempts.is_none() {
        return Ok(None);
    }
    let mut config = RetryConfig::standard();
    if let Some(mode) = mode {
        config = config.with_retry_mode(mode);
    }
    if let Some(attempts) = attempts {
        config = config.with_max_attempts(attempts);
    }
    Ok(Some(config))
}

/// An environment variable that [`Config::from_env`] can't use. It never prints a secret's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromEnvError {
    variable: &'static str,
    problem: String,
}

impl FromEnvError {
    fn new(variable: &'static str, problem: impl Into<String>) -> Self {
        Self {
            variable,
            problem: problem.into(),
        }
    }

    /// The variable's name.
    pub fn variable(&self) -> &'static str {
        self.variable
    }
}

impl fmt::Display for FromEnvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the environment variable {} {}", self.variable, self.problem)
    }
}

impl std::error::Error for FromEnvError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{Endpoint, EndpointRules, Params, ResolveEndpointError};
    use aws_runtime::user_agent::ApiMetadata;

    #[derive(Clone, Debug, Default)]
    struct Example;

    impl EndpointRules for Example {
        fn resolve(_: &Params) -> Result<Endpoint, ResolveEndpointError> {
            Err(ResolveEndpointError::message("no endpoint"))
        }
    }

    impl Service for Example {
        const ID: &'static str = "Example";
        const ENDPOINT_URL_VARIABLE: &'static str = "AWS_ENDPOINT_URL_EXAMPLE";
        const SIGNING_NAME: &'static str = "example";
        const CRATE_ID: &'static str = "example";
        const CONTENT_TYPE: &'static str = "application/x-amz-json-1.1";
        const API: ApiMetadata = ApiMetadata::new("example", "0");
        const LATEST_BEHAVIOR_VERSION: bool = false;
    }

    fn read(variables: &[(&'static str, &str)]) -> Result<Config<Example>, FromEnvError> {
        Config::from_variables(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            Ok(found.map(|(_, value)| (*value).to_owned()))
        })
    }

    fn endpoint_url(variables: &[(&'static str, &str)]) -> Option<String> {
        let config = read(variables).expect("valid variables");
        config
            .settings
            .get::<aws_types::endpoint_config::EndpointUrl>()
            .map(|url| url.0.clone())
    }

    #[test]
    fn an_empty_environment_leaves_everything_open() {
        let config = read(&[]).expect("valid variables");
        assert_eq!(config.region(), None);
        assert!(config.retry_config().is_none());
        assert!(config.settings.clone().into_parts().behavior_version.is_some());
        assert!(!config.settings.components().has_identity_resolvers());
    }

    #[test]
    fn the_region_wins_over_the_default_region_and_empty_is_unset() {
        let region = |variables: &[(&'static str, &str)]| {
            read(variables)
                .expect("valid variables")
                .region()
                .map(|region| region.to_string())
        };
        assert_eq!(
            region(&[("AWS_DEFAULT_REGION", "eu-west-1")]).as_deref(),
            Some("eu-west-1")
        );
        let both = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "us-east-1")];
        assert_eq!(region(&both).as_deref(), Some("us-east-1"));
        let empty = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", " ")];
        assert_eq!(region(&empty).as_deref(), Some("eu-west-1"));
    }

    #[test]
    fn the_services_own_endpoint_wins_and_both_can_be_ignored() {
        let own = ("AWS_ENDPOINT_URL_EXAMPLE", "http://127.0.0.1:1");
        let all = ("AWS_ENDPOINT_URL", "http://127.0.0.1:2");
        assert_eq!(endpoint_url(&[own, all]).as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(endpoint_url(&[all]).as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(
            endpoint_url(&[own, all, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")]),
            None
        );
    }

    #[test]
    fn an_endpoint_is_trimmed_and_a_blank_one_leaves_the_general_one() {
        let all = ("AWS_ENDPOINT_URL", " http://127.0.0.1:2\n");
        let own = |value| ("AWS_ENDPOINT_URL_EXAMPLE", value);
        assert_eq!(endpoint_url(&[all]).as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(
            endpoint_url(&[own("\thttp://127.0.0.1:1 "), all]).as_deref(),
            Some("http://127.0.0.1:1")
        );
        for blank in ["", " ", "\t\n"] {
            assert_eq!(endpoint_url(&[own(blank), all]).as_deref(), Some("http://127.0.0.1:2"));
        }
    }

    #[test]
    fn half_of_a_key_pair_is_an_error_that_names_the_other_half() {
        let error = read(&[("AWS_ACCESS_KEY_ID", "AKIA")]).expect_err("the secret is missing");
        assert_eq!(error.variable(), "AWS_SECRET_ACCESS_KEY");
        let error = read(&[("AWS_SECRET_ACCESS_KEY", "hunter2")]).expect_err("the id is missing");
        assert_eq!(error.variable(), "AWS_ACCESS_KEY_ID");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }

    #[test]
    fn a_key_pair_becomes_credentials() {
        let config = read(&[("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "secret")]).expect("valid");
        assert!(config.settings.components().has_identity_resolvers());
        assert!(!format!("{config:?}").contains("secret\""));
    }

    #[test]
    fn a_value_that_the_setting_does_not_allow_is_an_error_that_says_what_is() {
        for (variable, value, allowed) in [
            ("AWS_USE_FIPS_ENDPOINT", "yes", "true or false"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "1", "true or false"),
            ("AWS_RETRY_MODE", "legacy", "standard or adaptive"),
            ("AWS_MAX_ATTEMPTS", "0", "a number from 1"),
            ("AWS_MAX_ATTEMPTS", "many", "a number from 1"),
        ] {
            let error = read(&[(variable, value)]).expect_err(variable);
            assert_eq!(error.variable(), variable);
            assert!(error.to_string().contains(allowed), "{error}");
        }
    }

    #[test]
    fn retry_settings_combine() {
        let config = read(&[("AWS_RETRY_MODE", "adaptive"), ("AWS_MAX_ATTEMPTS", "7")]).expect("valid");
        let retries = config.retry_config().expect("set");
        assert_eq!(retries.mode(), RetryMode::Adaptive);
        assert_eq!(retries.max_attempts(), 7);
    }
}
