//! The setting for endpoint rule parameters that only some services have.

use crate::endpoint::ParamValue;
use aws_smithy_types::config_bag::{Storable, StoreReplace};
use std::collections::BTreeMap;

/// Parameters of the endpoint rules, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EndpointParameters(BTreeMap<&'static str, ParamValue>);

impl EndpointParameters {
    pub(super) fn set(&mut self, name: &'static str, value: ParamValue) {
        self.0.insert(name, value);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &ParamValue)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl Storable for EndpointParameters {
    type Storer = StoreReplace<Self>;
}
