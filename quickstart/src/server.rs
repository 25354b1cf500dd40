//! Where the tour runs, and the client configuration for each place.

use crate::Error;
use aws_types::SdkConfig;
use cognito_emulator::Cognito;
use cognito_idp::Config;
use cognito_idp::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use std::fmt;

/// The Cognito that the tour talks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// Inside this process.
    Embedded,
    /// A server at this URL that speaks Cognito's protocol.
    Endpoint(String),
    /// AWS, in the account and region that the environment names.
    Aws,
}

impl Server {
    /// The configuration of a client for this server.
    ///
    /// # Errors
    /// [`Error::WithoutAws`] for [`Server::Aws`] in a build without the feature `aws`.
    pub async fn config(&self) -> Result<Config, Error> {
        Ok(Config::from(&self.shared().await?))
    }

    /// A client of user pools and one of identity pools, which talk to the same server.
    ///
    /// # Errors
    /// [`Error::WithoutAws`] for [`Server::Aws`] in a build without the feature `aws`.
    pub async fn clients(&self) -> Result<Clients, Error> {
        let shared = self.shared().await?;
        Ok(Clients {
            user_pools: cognito_idp::Client::new(&shared),
            identity_pools: cognito_identity::Client::new(&shared),
        })
    }

    /// What the clients of all services have in common.
    async fn shared(&self) -> Result<SdkConfig, Error> {
        match self {
            Self::Embedded => Ok(local().http_client(Cognito::new().http_client()).build()),
            Self::Endpoint(url) => Ok(local().endpoint_url(url).build()),
            Self::Aws => aws().await,
        }
    }

    /// An application for `AnalyticsConfiguration`, where no one checks that it exists.
    pub fn example_analytics_application(&self) -> Option<String> {
        (*self != Self::Aws)
            .then(|| "arn:aws:mobiletargeting:us-east-1:123456789012:apps/0123456789abcdef0123456789abcdef".to_owned())
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("a Cognito inside this process (no network, no AWS account)"),
            Self::Endpoint(url) => write!(f, "the server at {url}"),
            Self::Aws => f.write_str("AWS"),
        }
    }
}

/// A client of each service.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Of Amazon Cognito user pools.
    pub user_pools: cognito_idp::Client,
    /// Of Amazon Cognito identity pools.
    pub identity_pools: cognito_identity::Client,
}

/// What a client without an AWS account needs: a region to put into names, and keys to sign with.
fn local() -> aws_types::sdk_config::Builder {
    let keys = Credentials::new("test", "test", None, None, "quickstart");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(keys))
}

#[cfg(feature = "aws")]
async fn aws() -> Result<SdkConfig, Error> {
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};

    // aws-config's own HTTPS client is the one on aws-lc, whose C build this crate avoids.
    let https = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    Ok(aws_config::defaults(BehaviorVersion::latest())
        .http_client(https)
        .load()
        .await)
}

#[cfg(not(feature = "aws"))]
async fn aws() -> Result<SdkConfig, Error> {
    Err(Error::WithoutAws)
}
