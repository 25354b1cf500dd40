//! Configuration from environment variables alone, without the dependencies of `aws-config`.

use super::settings::FromEnvironment;
use super::{Builder, Config};
use crate::endpoint::rules::is_valid_host_label;
use crate::operation::Auth;
use crate::service::Service;
use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::http::Request;
use aws_smithy_types::retry::{RetryConfig, RetryMode};
use aws_types::app_name::AppName;
use aws_types::endpoint_config::EndpointUrl;
use aws_types::region::Region;
use std::env::VarError;
use std::fmt;

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
        let mut builder = Builder::<S>::new();
        builder.set_behavior_version(Some(BehaviorVersion::latest()));
        builder.set_region(match region("AWS_REGION")? {
            Some(region) => Some(region),
            None => region("AWS_DEFAULT_REGION")?,
        });
        if boolean("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")? != Some(true) {
            let url = match endpoint_url(S::ENDPOINT_URL_VARIABLE)? {
                Some(url) => Some(url),
                None => endpoint_url("AWS_ENDPOINT_URL")?,
            };
            builder.set_endpoint_url(url);
        }
        builder.set_use_fips(boolean("AWS_USE_FIPS_ENDPOINT")?);
        builder.set_use_dual_stack(boolean("AWS_USE_DUALSTACK_ENDPOINT")?);
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
        builder.set_retry_config(retry_config()?);
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

/// A region, which becomes a part of a host's name.
fn region(name: &'static str) -> Result<Option<Region>, FromEnvError> {
    match read(name)? {
        Some(region) if !is_valid_host_label(&region, false) => Err(FromEnvError::new(
            name,
            "isn't the name of a region; use one such as eu-west-1",
        )),
        region => Ok(region.map(Region::new)),
    }
}

/// An endpoint's URL. It isn't quoted, since it may hold a password.
fn endpoint_url(name: &'static str) -> Result<Option<String>, FromEnvError> {
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

/// The value of a variable, trimmed. If it is empty, there is none.
fn read(name: &'static str) -> Result<Option<String>, FromEnvError> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(FromEnvError::new(name, "isn't UTF-8; set it anew")),
    }
}

fn boolean(name: &'static str) -> Result<Option<bool>, FromEnvError> {
    match read(name)?.map(|value| value.to_ascii_lowercase()).as_deref() {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(FromEnvError::new(name, "is neither true nor false; use one of these")),
    }
}

fn retry_config() -> Result<Option<RetryConfig>, FromEnvError> {
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
#[derive(Clone, PartialEq, Eq)]
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

/// The sentence, because a `main` that returns the error prints this.
impl fmt::Debug for FromEnvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for FromEnvError {}
