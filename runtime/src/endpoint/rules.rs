//! The functions and values of the [Smithy rules engine] that compiled endpoint rules use.
//!
//! Only functions that occur in the rule sets of AWS's JSON services are here. If a rule set uses another one, the
//! generator refuses it by name.
//!
//! [Smithy rules engine]: https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html

pub use aws_smithy_types::Document;
use aws_smithy_types::endpoint::Endpoint;
pub use aws_smithy_types::endpoint::EndpointAuthScheme;
use std::borrow::Cow;

/// An endpoint with a URL, and without headers or properties.
#[inline]
pub fn url(url: impl Into<Cow<'static, str>>) -> Endpoint {
    Endpoint::builder().url(url).build()
}

/// A group of AWS regions that share DNS names, the result of `aws.partition`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its identifier: `aws`, `aws-cn`, …
    pub name: &'static str,
    /// The last part of its host names.
    pub dns_suffix: &'static str,
    /// The last part of its host names that have both IPv4 and IPv6 addresses.
    pub dual_stack_dns_suffix: &'static str,
    /// The region for which requests to its global services are signed.
    pub implicit_global_region: &'static str,
    /// Whether it has FIPS endpoints.
    pub supports_fips: bool,
    /// Whether it has dual-stack endpoints.
    pub supports_dual_stack: bool,
}

/// What comes before `-{word}-{digits}` in a region's name: `us` of `us-east-1`, `us-gov` of `us-gov-west-1`.
///
/// The regions of a partition share this prefix. So it tells the partition of a region that is too new for the list of
/// regions.
pub fn region_prefix(region: &str) -> Option<&str> {
    let (rest, number) = region.rsplit_once('-')?;
    let (prefix, word) = rest.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    let is_word = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (is_number && is_word).then_some(prefix)
}

/// `isValidHostLabel`: whether `text` is a DNS label (RFC 1123) or, with `allow_dots`, several of them.
pub fn is_valid_host_label(text: &str, allow_dots: bool) -> bool {
    if allow_dots {
        return text.split('.').all(|label| is_valid_host_label(label, false));
    }
    matches!(text.len(), 1..=63)
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// `substring`: the characters `start..stop` of `text`, counted from the end if `reverse`.
///
/// `None` if `text` is too short, or isn't ASCII.
pub fn substring(text: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if start >= stop || stop > text.len() || !text.is_ascii() {
        return None;
    }
    if reverse {
        text.get(text.len() - stop..text.len() - start)
    } else {
        text.get(start..stop)
    }
}

/// `getAttr` with an index: the item `index` of a list.
#[inline]
pub fn item(list: &[String], index: usize) -> Option<&str> {
    list.get(index).map(String::as_str)
}

/// The parts of an Amazon Resource Name, the result of `aws.parseArn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition that the resource is in.
    pub partition: &'a str,
    /// The service that the resource belongs to.
    pub service: &'a str,
    /// The region, empty for global resources.
    pub region: &'a str,
    /// The account, empty for resources without an owner.
    pub account_id: &'a str,
    resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The part `index` of the resource, whose parts are separated by `:` or `/`.
    pub fn resource_id(&self, index: usize) -> Option<&'a str> {
        self.resource.split([':', '/']).nth(index)
    }
}

/// `aws.parseArn`: the parts of `arn:partition:service:region:account:resource`.
///
/// `None` if there are fewer than six parts, or if partition, service or resource is empty.
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let mut next = || parts.next();
    let arn = Arn {
        partition: next()?,
        service: next()?,
        region: next()?,
        account_id: next()?,
        resource: next()?,
    };
    let complete = ![arn.partition, arn.service, arn.resource].contains(&"");
    complete.then_some(arn)
}

/// The parts of a URL, the result of `parseURL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host and, if there is one, port.
    pub authority: &'a str,
    /// The path as written, empty or with its leading slash.
    pub path: &'a str,
}

/// `parseURL`: the parts of an `http` or `https` URL.
///
/// `None` for other schemes, for a missing host, for a port that isn't a number, and for URLs with a query or a
/// fragment.
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let path_start = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(path_start);
    let host_end = authority.rfind(']').unwrap_or(0);
    let port_is_number = authority[host_end..]
        .split_once(':')
        .is_none_or(|(_, port)| port.parse::<u16>().is_ok());
    let valid = matches!(scheme, "http" | "https")
        && !authority.is_empty()
        && port_is_number
        && !rest.contains(['?', '#', ' ']);
    valid.then_some(Url {
        scheme,
        authority,
        path,
    })
}
