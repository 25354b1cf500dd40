//! The parameters from which an endpoint is resolved, and their builder.

use super::rules::is_valid_host_label;
use std::collections::BTreeMap;
use std::fmt;

/// The parameters from which an endpoint is resolved.
///
/// The four parameters of nearly every rule set are fields. Parameters that only a few services have (`AccountId`,
/// `StreamARN`, …) are stored by name; see [`extra`](Self::extra).
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Params {
    region: Option<String>,
    use_dual_stack: bool,
    use_fips: bool,
    endpoint: Option<String>,
    extra: BTreeMap<&'static str, ParamValue>,
}

impl Params {
    /// Starts building [`Params`].
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// The AWS region to which the request goes.
    #[inline]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Whether the dual-stack (IPv4 and IPv6) endpoint is to be used. Always `Some`; `false` unless set.
    #[inline]
    pub fn use_dual_stack(&self) -> Option<bool> {
        Some(self.use_dual_stack)
    }

    /// Whether the FIPS 140 compliant endpoint is to be used. Always `Some`; `false` unless set.
    #[inline]
    pub fn use_fips(&self) -> Option<bool> {
        Some(self.use_fips)
    }

    /// The URL that is to be used instead of the service's own.
    #[inline]
    pub fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    /// The parameter `name`, spelled as in the rule set. This is for parameters that only some services have.
    pub fn extra(&self, name: &str) -> Option<&ParamValue> {
        self.extra.get(name)
    }

    /// The parameter `name` if it is set and a string.
    pub fn extra_str(&self, name: &str) -> Option<&str> {
        match self.extra(name)? {
            ParamValue::String(value) => Some(value),
            _ => None,
        }
    }

    /// The parameter `name` if it is set and a Boolean.
    pub fn extra_bool(&self, name: &str) -> Option<bool> {
        match self.extra(name)? {
            ParamValue::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The parameter `name` if it is set and a list of strings.
    pub fn extra_list(&self, name: &str) -> Option<&[String]> {
        match self.extra(name)? {
            ParamValue::StringList(value) => Some(value),
            _ => None,
        }
    }
}

/// The value of an endpoint parameter: one of the three types of the rules language.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParamValue {
    /// A string.
    String(String),
    /// A Boolean.
    Bool(bool),
    /// A list of strings.
    StringList(Vec<String>),
}

impl From<&str> for ParamValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for ParamValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<bool> for ParamValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Vec<String>> for ParamValue {
    fn from(value: Vec<String>) -> Self {
        Self::StringList(value)
    }
}

/// Builder for [`Params`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParamsBuilder {
    region: Option<String>,
    use_dual_stack: Option<bool>,
    use_fips: Option<bool>,
    endpoint: Option<String>,
    extra: BTreeMap<&'static str, ParamValue>,
}

impl ParamsBuilder {
    /// Checks the values and builds [`Params`].
    ///
    /// # Errors
    /// If the region cannot be part of a host name, or the endpoint is an empty string.
    pub fn build(self) -> Result<Params, InvalidParams> {
        if self
            .region
            .as_deref()
            .is_some_and(|region| !is_valid_host_label(region, true))
        {
            return Err(InvalidParams::new("region", "must be a valid host label"));
        }
        if self.endpoint.as_deref() == Some("") {
            return Err(InvalidParams::new("endpoint", "must not be empty"));
        }
        Ok(Params {
            region: self.region,
            use_dual_stack: self.use_dual_stack.unwrap_or(false),
            use_fips: self.use_fips.unwrap_or(false),
            endpoint: self.endpoint,
            extra: self.extra,
        })
    }

    /// Sets the AWS region to which the request goes.
    pub fn region(self, value: impl Into<String>) -> Self {
        self.set_region(Some(value.into()))
    }

    /// Sets or unsets the AWS region to which the request goes.
    pub fn set_region(mut self, value: Option<String>) -> Self {
        self.region = value;
        self
    }

    /// Sets whether the dual-stack endpoint is to be used; `false` if never called.
    pub fn use_dual_stack(self, value: impl Into<bool>) -> Self {
        self.set_use_dual_stack(Some(value.into()))
    }

    /// Sets or unsets whether the dual-stack endpoint is to be used.
    pub fn set_use_dual_stack(mut self, value: Option<bool>) -> Self {
        self.use_dual_stack = value;
        self
    }

    /// Sets whether the FIPS 140 compliant endpoint is to be used; `false` if never called.
    pub fn use_fips(self, value: impl Into<bool>) -> Self {
        self.set_use_fips(Some(value.into()))
    }

    /// Sets or unsets whether the FIPS 140 compliant endpoint is to be used.
    pub fn set_use_fips(mut self, value: Option<bool>) -> Self {
        self.use_fips = value;
        self
    }

    /// Sets the URL that is to be used instead of the service's own.
    pub fn endpoint(self, value: impl Into<String>) -> Self {
        self.set_endpoint(Some(value.into()))
    }

    /// Sets or unsets the URL that is to be used instead of the service's own.
    pub fn set_endpoint(mut self, value: Option<String>) -> Self {
        self.endpoint = value;
        self
    }

    /// Sets the parameter `name`, spelled as in the rule set. This is for parameters that only some services have.
    pub fn extra(self, name: &'static str, value: impl Into<ParamValue>) -> Self {
        self.set_extra(name, Some(value))
    }

    /// Sets the parameter `name`, spelled as in the rule set, if there is a value. `None` changes nothing.
    pub fn set_extra(mut self, name: &'static str, value: Option<impl Into<ParamValue>>) -> Self {
        if let Some(value) = value {
            self.extra.insert(name, value.into());
        }
        self
    }
}

/// The error for a value from which no endpoint can be resolved.
#[derive(Debug)]
pub struct InvalidParams {
    field: &'static str,
    problem: &'static str,
}

impl InvalidParams {
    fn new(field: &'static str, problem: &'static str) -> Self {
        Self { field, problem }
    }
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid value for field: `{}` - {}", self.field, self.problem)
    }
}

impl std::error::Error for InvalidParams {}
