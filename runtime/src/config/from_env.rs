//! Configuration from environment variables alone, without the dependencies of `aws-config`.

use super::{Builder, Config};
use crate::operation::Auth;
use crate::service::Service;
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::http::Request;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::app_name::AppName;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::Region;
use std::fmt;

/// Marks a configuration as read from the environment, so that an error can name the missing variable.
#[derive(Clone, Debug)]
pub(super) struct FromEnvironment;

impl Storable for FromEnvironment {
    type Storer = StoreReplace<Self>;
}

impl<S: Service> Config<S> {
    /// Reads the configuration from environment variables only: no profile files, no instance metadata.
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
    /// White space around a value is ignored. If a variable is unset or empty, the setting has no value; use
    /// [`to_builder`](Self::to_builder) to set or change it in code. Unsigned operations work without credentials. If
    /// the region or the credentials are missing, a call fails with a construction failure, whose source is a
    /// [`FromEnvError`] that names the variable. The behavior version is the latest.
    ///
    /// Source: [environment variables of the AWS SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html).
    ///
    /// # Errors
    /// A variable has a value that the setting doesn't allow, an endpoint isn't a URL that begins with `http://` or
    /// `https://`, or one of the two keys is missing.
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
            let url = match endpoint_url(S::ENDPOINT_URL_VARIABLE, &read)? {
                Some(url) => Some(url),
                None => endpoint_url("AWS_ENDPOINT_URL", &read)?,
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
        builder.settings.set(Some(FromEnvironment));
        Ok(builder.build())
    }

    /// The variable that is missing for a call, if the configuration is from the environment. `own` are the settings
    /// for this call only.
    pub(crate) fn missing_variable(&self, auth: Auth, own: Option<&Builder<S>>) -> Option<FromEnvError> {
        self.settings.get::<FromEnvironment>()?;
        let all = [Some(&self.settings), own.map(|own| &own.settings)];
        let all = || all.iter().copied().flatten();
        let is_own_auth = all().any(|settings| settings.has_own_auth());
        let is_signed = auth == Auth::SigV4 && !is_own_auth;
        let has_endpoint = all().any(|it| it.get::<EndpointUrl>().is_some() || it.endpoint_resolver().is_some());
        if all().all(|settings| settings.get::<Region>().is_none()) && (is_signed || !has_endpoint) {
            return Some(FromEnvError::new(
                "AWS_REGION",
                "isn't set, and the call needs a region; set it to the region of the user pool, such as eu-west-1",
            ));
        }
        if is_signed && all().all(|settings| !settings.components().has_identity_resolvers()) {
            return Some(FromEnvError::new(
                "AWS_ACCESS_KEY_ID",
                "isn't set, and the call is signed; set it and AWS_SECRET_ACCESS_KEY, or take profiles and roles from \
                 aws-config",
            ));
        }
        None
    }
}

/// An endpoint's URL. It isn't quoted, since it may hold a password.
fn endpoint_url(name: &'static str, read: &Read<'_>) -> Result<Option<String>, FromEnvError> {
    let Some(url) = read(name)? else { return Ok(None) };
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("http" | "https") => {}
        Some(_) => return Err(FromEnvError::new(name, "has a scheme that is neither http nor https")),
        None => {
            return Err(FromEnvError::new(
                name,
                "has no scheme; begin it with https:// or http://",
            ));
        }
    }
    if Request::new(()).uri_mut().set_endpoint(&url).is_err() {
        return Err(FromEnvError::new(
            name,
            "isn't a URL; use https://HOST or http://HOST:PORT",
        ));
    }
    Ok(Some(url))
}

type Read<'a> = dyn Fn(&'static str) -> Result<Option<String>, FromEnvError> + 'a;

fn boolean(name: &'static str, read: &Read<'_>) -> Result<Option<bool>, FromEnvError> {
    match read(name)?.map(|value| value.to_ascii_lowercase()).as_deref() {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(FromEnvError::new(name, "is neither true nor false; use one of these")),
    }
}

fn retry_config(read: &Read<'_>) -> Result<Option<RetryConfig>, FromEnvError> {
    let mode = match read("AWS_RETRY_MODE")? {
        None => None,
        Some(mode) => Some(
            mode.parse::<RetryMode>()
                .map_err(|_| FromEnvError::new("AWS_RETRY_MODE", "is no retry mode; use standard or adaptive"))?,
        ),
    };
    let attempts = match read("AWS_MAX_ATTEMPTS")? {
        None => None,
        Some(text) => Some(
            text.parse::<u32>()
                .ok()
                .filter(|attempts| *attempts > 0)
                .ok_or_else(|| {
                    FromEnvError::new("AWS_MAX_ATTEMPTS", "is no number of attempts; use a number from 1")
                })?,
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

/// An error about an environment variable: its value is unusable, or it is unset although a call needs it. It never
/// prints a value.
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
            ("AWS_USE_FIPS_ENDPOINT", "yes", "neither true nor false"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "1", "neither true nor false"),
            ("AWS_RETRY_MODE", "legacy", "standard or adaptive"),
            ("AWS_MAX_ATTEMPTS", "0", "a number from 1"),
            ("AWS_MAX_ATTEMPTS", "many", "a number from 1"),
        ] {
            let error = read(&[(variable, value)]).expect_err(variable);
            assert_eq!(error.variable(), variable);
            assert!(error.to_string().contains(allowed), "{error}");
            assert!(!error.to_string().contains(&format!("{value:?}")), "{error}");
        }
    }

    #[test]
    fn an_endpoint_without_http_or_https_is_an_error_that_does_not_quote_it() {
        for (url, says) in [
            ("localhost:9229", "begin it with https:// or http://"),
            ("hunter2@example.com", "begin it with https:// or http://"),
            ("ftp://hunter2@example.com", "neither http nor https"),
            ("https://hunter2 example", "isn't a URL"),
        ] {
            for variable in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EXAMPLE"] {
                let error = read(&[(variable, url)]).expect_err(url);
                assert_eq!(error.variable(), variable);
                assert!(error.to_string().contains(says), "{error}");
                assert!(!error.to_string().contains("hunter2"), "{error}");
            }
        }
        assert!(endpoint_url(&[("AWS_ENDPOINT_URL", "HTTPS://example.com")]).is_some());
        let ignored = [
            ("AWS_ENDPOINT_URL", "x"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ];
        assert_eq!(endpoint_url(&ignored), None);
    }

    #[test]
    fn the_variable_that_a_call_lacks_is_named() {
        let region = ("AWS_REGION", "eu-west-1");
        let endpoint = ("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        let keys = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "hidden")];
        let lacks = |variables: &[(&'static str, &str)], auth| {
            let config = read(variables).expect("valid variables");
            config.missing_variable(auth, None).map(|error| error.variable())
        };
        assert_eq!(lacks(&[], Auth::SigV4), Some("AWS_REGION"));
        assert_eq!(lacks(&[], Auth::None), Some("AWS_REGION"));
        assert_eq!(lacks(&[endpoint], Auth::SigV4), Some("AWS_REGION"));
        assert_eq!(lacks(&[endpoint], Auth::None), None);
        assert_eq!(lacks(&[region], Auth::SigV4), Some("AWS_ACCESS_KEY_ID"));
        assert_eq!(lacks(&[region], Auth::None), None);
        assert_eq!(lacks(&[region, keys[0], keys[1]], Auth::SigV4), None);
    }

    #[test]
    fn what_is_set_afterwards_or_for_one_call_is_not_missing() {
        let config = read(&[]).expect("valid variables");
        let own = Builder::new()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKIA", "hidden", None, None, "test"));
        assert_eq!(config.missing_variable(Auth::SigV4, Some(&own)), None);
        let changed = config.to_builder().region(Region::new("eu-west-1")).build();
        let lacks = changed.missing_variable(Auth::SigV4, None).expect("no credentials");
        assert_eq!(lacks.variable(), "AWS_ACCESS_KEY_ID");
        assert_eq!(
            changed
                .to_builder()
                .allow_no_auth()
                .build()
                .missing_variable(Auth::SigV4, None),
            None
        );
        // A configuration that is made by hand has the texts of the AWS SDK.
        let by_hand = Config::<Example>::builder().build();
        assert_eq!(by_hand.missing_variable(Auth::SigV4, None), None);
    }

    #[test]
    fn retry_settings_combine() {
        let config = read(&[("AWS_RETRY_MODE", "adaptive"), ("AWS_MAX_ATTEMPTS", "7")]).expect("valid");
        let retries = config.retry_config().expect("set");
        assert_eq!(retries.mode(), RetryMode::Adaptive);
        assert_eq!(retries.max_attempts(), 7);
    }
}
