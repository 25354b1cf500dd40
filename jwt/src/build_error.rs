//! Why a verifier can't be built.

use std::fmt;

/// Why a verifier can't be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// A user pool's id isn't of the form `us-east-1_AbCdEf123`.
    UserPoolId,
    /// A region's name has characters other than lower-case letters, digits and `-`.
    Region,
    /// A URL isn't `https://` or `http://` with a host.
    JwksUrl,
    /// A URL uses plain HTTP to a host other than this machine, and
    /// [`Issuer::allow_http`](crate::Issuer::allow_http) wasn't called.
    PlainHttp,
    /// An issuer has a custom name, but no URL or keys are set for it.
    NoKeysForName,
    /// Two issuers have the same name, so a token could be from either.
    DuplicateIssuer,
    /// No app client is set, and `any_client` wasn't called.
    NoClient,
    /// No audience is set, and `any_audience` wasn't called.
    NoAudience,
    /// A scope is empty or has a space in it, or `any_scope` got none.
    Scope,
    /// A group's name is empty, or `any_group` got none.
    Group,
    /// The load balancer's ARN is invalid.
    LoadBalancerArn,
    /// Keys have to be fetched, but there is no HTTP client: the feature `client` is off, and `fetch_with` wasn't
    /// called.
    NoFetch,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UserPoolId => "the user pool's id isn't of the form us-east-1_AbCdEf123",
            Self::Region => "a region's name has lower-case letters, digits and `-` only",
            Self::JwksUrl => "the URL of the keys must be https://, or http:// to this machine",
            Self::PlainHttp => "keys over plain HTTP can be replaced on the way; use https, or call allow_http()",
            Self::NoKeysForName => "an issuer with a name of its own needs keys() or jwks_url()",
            Self::DuplicateIssuer => "two issuers have the same name",
            Self::NoClient => "name the app clients with client(), or accept them all with any_client()",
            Self::NoAudience => "name the audience with audience(), or accept any with any_audience()",
            Self::Scope => {
                "a scope isn't empty, and has no space in it; call scope() for each, and any_scope() with one at least"
            }
            Self::Group => "a group's name isn't empty; call group() for each, and any_group() with one at least",
            Self::LoadBalancerArn => {
                "the load balancer's ARN isn't of the form \
                 arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID"
            }
            Self::NoFetch => "fetching keys needs the feature `client`, or a client of your own with fetch_with()",
        })
    }
}

impl std::error::Error for BuildError {}
