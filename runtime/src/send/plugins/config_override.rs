//! The runtime plugin of a call with its own settings.

use crate::config::{Builder, Config, Parts};
use crate::send::fast_path::Health;
use crate::send::user_agent;
use crate::service::Service;
use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_types::region::{Region, SigningRegion};
use std::borrow::Cow;

/// Settings for one call, on top of the client's.
#[derive(Debug)]
pub(crate) struct OverridePlugin {
    layer: FrozenLayer,
    components: RuntimeComponentsBuilder,
}

impl OverridePlugin {
    /// The plugin, and the plugins that are among the settings.
    pub(crate) fn new<S: Service>(config_override: Builder<S>, client: &Config<S>) -> (Self, Vec<SharedRuntimePlugin>) {
        let Parts {
            mut layer,
            mut components,
            plugins,
            // The defaults are the client's.
            behavior_version: _,
        } = config_override.into_parts();
        let mut resolver = Resolver::overrid(
            client.layer().clone(),
            client.settings().components(),
            &mut layer,
            &mut components,
        );
        if let Some(region) = resolver.config_mut().load::<Region>().cloned() {
            resolver.config_mut().store_put(SigningRegion::from(region));
        }
        // Other credentials for one call get a cache of their own, which goes with the call: in the client's cache
        // each of them would stay as a new partition.
        if components.has_identity_resolvers() && components.identity_cache().is_none() {
            components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
        }
        let mut layer = Layer::from(layer).with_name("config override");
        user_agent::unset(&mut layer, client);
        layer.unset::<Health>();
        let layer = layer.freeze();
        (Self { layer, components }, plugins)
    }
}

impl RuntimePlugin for OverridePlugin {
    fn config(&self) -> Option<FrozenLayer> {
        Some(self.layer.clone())
    }

    fn runtime_components(&self, _: &RuntimeComponentsBuilder) -> Cow<'_, RuntimeComponentsBuilder> {
        Cow::Borrowed(&self.components)
    }
}
