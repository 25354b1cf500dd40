//! Issuers of tokens, their names, and the location of their keys.

use crate::build_error::BuildError;
use crate::cache::Location;
use crate::jwks::Jwks;
use crate::key::Algorithm;

/// An issuer of tokens: a user pool, or another OpenID Connect provider.
///
/// For a pool on AWS, its id is enough. The methods are for everything else: replicas, an emulator, keys from a file.
///
/// ```
/// use cognito_jwt::{Issuer, Verifier};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let text = r#"{"keys": []}"#;
/// let pool = Issuer::user_pool("us-east-1_AbCdEf123").keys(text.parse()?);
/// let verifier = Verifier::user_pool(pool).client("1example23456789").access().build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Issuer {
    name: Name,
    replicas: Vec<String>,
    /// Further accepted names.
    names: Vec<String>,
    jwks_url: Option<String>,
    keys: Option<Jwks>,
    allows_http: bool,
}

#[derive(Debug, Clone)]
enum Name {
    UserPool(String),
    Oidc,
}

/// The result of an issuer's settings: names, and the keys that they sign with.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) names: Vec<String>,
    pub(crate) keys: SourceKeys,
    pub(crate) algorithms: &'static [Algorithm],
}

#[derive(Debug)]
pub(crate) enum SourceKeys {
    Given(Jwks),
    At(Location),
}

impl Issuer {
    /// A user pool by its id, such as `us-east-1_AbCdEf123`.
    ///
    /// Its tokens may name either issuer that a pool can have: `https://cognito-idp.REGION.amazonaws.com/POOL` or, if
    /// its issuer configuration is `UPDATED`, `https://issuer-cognito-idp.REGION.amazonaws.com/POOL`. Each has its own
    /// keys. Other partitions have other domains, which follow from the region.
    pub fn user_pool(id: impl Into<String>) -> Self {
        Self {
            name: Name::UserPool(id.into()),
            replicas: Vec::new(),
            names: Vec::new(),
            jwks_url: None,
            keys: None,
            allows_http: false,
        }
    }

    /// Another OpenID Connect provider, by its `iss` and the URL of its JWKS.
    pub fn oidc(name: impl Into<String>, jwks_url: impl Into<String>) -> Self {
        Self {
            name: Name::Oidc,
            names: vec![name.into()],
            jwks_url: Some(jwks_url.into()),
            ..Self::user_pool("")
        }
    }

    /// Accepts tokens of the pool's replica in this region, too. This is necessary if the pool's issuer configuration
    /// is `ORIGINAL`, because a token then names the region that issued it. It has no effect on other providers.
    #[must_use]
    pub fn replica(mut self, region: impl Into<String>) -> Self {
        self.replicas.push(region.into());
        self
    }

    /// Accepts this `iss`, too. All names share the keys of [`keys`](Self::keys) or [`jwks_url`](Self::jwks_url), so
    /// one of these must be set.
    #[must_use]
    pub fn name(mut self, iss: impl Into<String>) -> Self {
        self.names.push(iss.into());
        self
    }

    /// The pool is on an emulator at this URL, such as `http://localhost:4566`.
    ///
    /// The keys come from there. A token may name the emulator as its issuer or, as most emulators do, AWS. Don't use
    /// this in production: anyone with an emulator's key can make tokens. It has no effect on other providers.
    #[must_use]
    pub fn emulator(mut self, url: &str) -> Self {
        let Name::UserPool(id) = &self.name else { return self };
        let issuer = format!("{}/{id}", url.trim_end_matches('/'));
        self.jwks_url = Some(format!("{issuer}/.well-known/jwks.json"));
        self.names.push(issuer);
        self
    }

    /// Fetches the keys from this URL.
    #[must_use]
    pub fn jwks_url(mut self, url: impl Into<String>) -> Self {
        self.jwks_url = Some(url.into());
        self
    }

    /// Uses these keys, and fetches none.
    #[must_use]
    pub fn keys(mut self, keys: Jwks) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Allows keys to be fetched over plain HTTP from a host other than `localhost`, for example from an emulator in a
    /// container network. Anyone who can change the traffic can replace the keys.
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.allows_http = true;
        self
    }

    /// The `iss` of a user pool's tokens, unless its issuer configuration is `UPDATED`.
    #[cfg(feature = "test-util")]
    pub(crate) fn first_name(&self) -> Result<String, BuildError> {
        match &self.name {
            Name::UserPool(id) => pool_names(id, &[]).map(|names| names.into_iter().next().unwrap_or_default()),
            Name::Oidc => Err(BuildError::UserPoolId),
        }
    }

    /// The names and keys.
    pub(crate) fn sources(self) -> Result<Vec<Source>, BuildError> {
        let (mut names, algorithms): (Vec<String>, &[_]) = match &self.name {
            Name::UserPool(id) => (pool_names(id, &self.replicas)?, &[Algorithm::Rs256]),
            Name::Oidc => (Vec::new(), &[Algorithm::Rs256, Algorithm::Es256]),
        };
        let keys = match (self.keys, self.jwks_url) {
            (Some(keys), _) => SourceKeys::Given(keys),
            (None, Some(url)) => {
                check_url(&url, self.allows_http)?;
                SourceKeys::At(Location::Jwks(url))
            }
            (None, None) if !self.names.is_empty() => return Err(BuildError::NoKeysForName),
            (None, None) => {
                // Each of a pool's own names has its keys beneath it.
                let sources = names.into_iter().map(|name| Source {
                    keys: SourceKeys::At(Location::Jwks(format!("{name}/.well-known/jwks.json"))),
                    names: vec![name],
                    algorithms,
                });
                return Ok(sources.collect());
            }
        };
        names.extend(self.names);
        Ok(vec![Source {
            names,
            keys,
            algorithms,
        }])
    }
}

impl From<&str> for Issuer {
    fn from(user_pool_id: &str) -> Self {
        Self::user_pool(user_pool_id)
    }
}

impl From<String> for Issuer {
    fn from(user_pool_id: String) -> Self {
        Self::user_pool(user_pool_id)
    }
}

/// The names that a user pool signs with.
fn pool_names(id: &str, replicas: &[String]) -> Result<Vec<String>, BuildError> {
    let (region, rest) = id.split_once('_').ok_or(BuildError::UserPoolId)?;
    if !is_region(region) || rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(BuildError::UserPoolId);
    }
    if !replicas.iter().all(|region| is_region(region)) {
        return Err(BuildError::Region);
    }
    let mut names = vec![
        original(region, id),
        format!("https://issuer-cognito-idp.{region}.{}/{id}", suffix(region)),
    ];
    names.extend(replicas.iter().map(|region| original(region, id)));
    Ok(names)
}

fn original(region: &str, id: &str) -> String {
    format!("https://cognito-idp.{region}.{}/{id}", suffix(region))
}

pub(crate) fn is_region(region: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !region.is_empty() && region.bytes().all(plain)
}

/// The domain of a region's partition, as in AWS's `partitions.json`.
pub(crate) fn suffix(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 6] = [
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-iso-", "c2s.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
    ];
    let partition = PARTITIONS.into_iter().find(|(prefix, _)| region.starts_with(prefix));
    partition.map_or("amazonaws.com", |(_, suffix)| suffix)
}

/// Checks that keys from this URL can be trusted.
fn check_url(url: &str, allows_http: bool) -> Result<(), BuildError> {
    let is_clean = url.bytes().all(|byte| byte.is_ascii_graphic());
    if let Some(rest) = url.strip_prefix("https://") {
        return if is_clean && !rest.is_empty() {
            Ok(())
        } else {
            Err(BuildError::JwksUrl)
        };
    }
    let rest = url
        .strip_prefix("http://")
        .filter(|_| is_clean)
        .ok_or(BuildError::JwksUrl)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => authority.split(':').next(),
    };
    match host {
        _ if authority.contains('@') => Err(BuildError::JwksUrl),
        None | Some("") => Err(BuildError::JwksUrl),
        Some("localhost" | "127.0.0.1" | "::1") => Ok(()),
        Some(_) if allows_http => Ok(()),
        Some(_) => Err(BuildError::PlainHttp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_has_two_names_and_one_for_each_replica() {
        let names = |id: &str, replicas: &[&str]| {
            let replicas: Vec<String> = replicas.iter().map(|&region| region.to_owned()).collect();
            pool_names(id, &replicas)
        };
        assert_eq!(
            names("us-east-1_AbC", &["eu-west-1"]).expect("an id"),
            [
                "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC",
                "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC",
                "https://cognito-idp.eu-west-1.amazonaws.com/us-east-1_AbC",
            ]
        );
        for id in [
            "",
            "x",
            "us-east-1",
            "us-east-1_",
            "_AbC",
            "us-east-1_Ab/C",
            "evil.com/x_a",
            "US-EAST-1_a",
            "us-east-1_a_b",
        ] {
            assert_eq!(names(id, &[]), Err(BuildError::UserPoolId), "{id}");
        }
        assert_eq!(names("us-east-1_AbC", &["evil.com/"]), Err(BuildError::Region));
    }

    #[test]
    fn other_partitions_have_other_domains() {
        for (region, expected) in [
            ("us-gov-west-1", "amazonaws.com"),
            ("cn-north-1", "amazonaws.com.cn"),
            ("eusc-de-east-1", "amazonaws.eu"),
            ("us-iso-east-1", "c2s.ic.gov"),
            ("us-isob-east-1", "sc2s.sgov.gov"),
            ("us-isof-south-1", "csp.hci.ic.gov"),
            ("eu-isoe-west-1", "cloud.adc-e.uk"),
        ] {
            assert_eq!(suffix(region), expected, "{region}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for url in [
            "https://example.com/jwks",
            "http://localhost/x",
            "http://127.0.0.1:5555/x",
            "http://[::1]:80/x",
        ] {
            assert_eq!(check_url(url, false), Ok(()), "{url}");
        }
        for url in [
            "http://example.com/",
            "http://localhost.example.com/",
            "http://10.0.0.1/",
        ] {
            assert_eq!(check_url(url, false), Err(BuildError::PlainHttp), "{url}");
            assert_eq!(check_url(url, true), Ok(()), "{url}");
        }
        for url in [
            "",
            "ftp://x/",
            "file:///etc/passwd",
            "https://",
            "http://",
            "http://localhost@example.com/",
            "https://a b/",
        ] {
            assert_eq!(check_url(url, true), Err(BuildError::JwksUrl), "{url}");
        }
    }
}
