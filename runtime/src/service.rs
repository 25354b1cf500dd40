//! The trait with which a generated crate describes its service.

use crate::endpoint::EndpointRules;
use aws_runtime::user_agent::ApiMetadata;
use std::fmt::Debug;

/// A service, as a type: the type parameter of [`Config`](crate::config::Config) and [`Client`](crate::Client).
pub trait Service: EndpointRules + Clone + Debug + Default + Send + Sync + 'static {
    /// The service's name in the AWS model (`serviceId`), for example `Cognito Identity Provider`.
    ///
    /// It is also the key of service-specific settings in profile files.
    const ID: &'static str;
    /// The environment variable that sets its endpoint, for example `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER`.
    const ENDPOINT_URL_VARIABLE: &'static str;
    /// The name that a SigV4 signature is scoped to, for example `cognito-idp`.
    const SIGNING_NAME: &'static str;
    /// The name that errors, logs and retry partitions use, for example `cognitoidentityprovider`.
    const CRATE_ID: &'static str;
    /// The `Content-Type` of its requests: `application/x-amz-json-1.0` or `-1.1`.
    const CONTENT_TYPE: &'static str;
    /// Name and version for the `api/…` part of the user agent.
    const API: ApiMetadata;
    /// Whether a configuration without a behavior version gets the latest one (feature `behavior-version-latest`).
    const LATEST_BEHAVIOR_VERSION: bool;

    /// The constraints that its model and documentation state for inputs, if the generated crate has them (feature
    /// `validation`).
    #[cfg(feature = "validation")]
    fn constraints() -> Option<&'static crate::validation::Constraints> {
        None
    }
}
