//! Clients of this Cognito, for tests.

use crate::cognito::Cognito;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};

/// A client's configuration. Both services' have the same methods.
macro_rules! config {
    ($cognito:expr, $service:ident) => {
        $service::Config::builder()
            .behavior_version($service::config::BehaviorVersion::latest())
            .region($service::config::Region::new(
                $cognito.world().around.settings.region.clone(),
            ))
            .credentials_provider($service::config::Credentials::new("test", "test", None, None, "test"))
            .time_source($cognito.clock().clone())
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .http_client($cognito.http_client())
    };
}

impl Cognito {
    /// A client of user pools, with credentials and with this Cognito's [clock](Self::clock). Its requests don't leave the
    /// process.
    pub fn client(&self) -> cognito_idp::Client {
        cognito_idp::Client::from_conf(self.config().build())
    }

    /// The configuration of [`client`](Self::client), to be changed.
    ///
    /// ```
    /// use cognito_emulator::Cognito;
    /// use cognito_idp::config::retry::RetryConfig;
    ///
    /// let cognito = Cognito::new();
    /// let config = cognito.config().retry_config(RetryConfig::adaptive().with_max_attempts(10));
    /// let client = cognito_idp::Client::from_conf(config.build());
    /// ```
    pub fn config(&self) -> cognito_idp::config::Builder {
        config!(self, cognito_idp)
    }

    /// A client of identity pools, as [`client`](Self::client).
    pub fn identity_client(&self) -> cognito_identity::Client {
        cognito_identity::Client::from_conf(config!(self, cognito_identity).build())
    }
}
