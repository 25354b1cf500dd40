//! The client, and what it keeps from one call of an operation to the next.

use crate::config::{Builder, Config};
use crate::operation::Operation;
use crate::send::bodies::HiddenResponses;
use crate::send::fast_path::FastPath;
use crate::send::plugins::{OverridePlugin, client_plugins, operation_plugin};
use crate::service::Service;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// A client of the service `S`. Cloning it is cheap, and clones share connections, credentials and retry quota.
#[derive(Debug)]
pub struct Client<S: Service> {
    handle: Arc<Handle<S>>,
}

#[derive(Debug)]
struct Handle<S: Service> {
    config: Config<S>,
    plugins: RuntimePlugins,
    /// One per operation that was called. A route never changes, and a new one per call would cost some twenty
    /// allocations.
    routes: RwLock<HashMap<TypeId, Arc<Route>>>,
}

/// The state that all calls of an operation share.
#[derive(Debug)]
pub(super) struct Route {
    /// The client's plugins and the operation's.
    pub(super) plugins: RuntimePlugins,
    /// The fast path, if the client's settings allow it.
    pub(super) fast_path: Option<FastPath>,
}

impl<S: Service> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self {
            handle: Arc::clone(&self.handle),
        }
    }
}

impl<S: Service> Client<S> {
    /// A client with this configuration.
    ///
    /// # Panics
    /// The configuration has no behavior version, or retries, timeouts or identity caching without a `sleep_impl` (and
    /// `time_source`). The message says how to fix it.
    #[track_caller]
    pub fn from_conf(config: Config<S>) -> Self {
        let plugins = match client_plugins(config.clone()) {
            Ok(plugins) => plugins,
            Err(error) => panic!("Invalid client configuration: {error}"),
        };
        Self {
            handle: Arc::new(Handle {
                config,
                plugins,
                routes: RwLock::default(),
            }),
        }
    }

    /// The client's configuration.
    pub fn config(&self) -> &Config<S> {
        &self.handle.config
    }

    /// The state that all calls of `O` share.
    pub(super) fn route<O: Operation<Service = S>>(&self) -> Arc<Route> {
        let operation = TypeId::of::<O>();
        let routes = &self.handle.routes;
        // Whoever holds a lock only looks up or inserts, so that a poisoned map is as good as any.
        if let Some(route) = routes.read().unwrap_or_else(PoisonError::into_inner).get(&operation) {
            return Arc::clone(route);
        }
        let plugin = operation_plugin::<O>(self.config());
        let plugins = self.handle.plugins.clone().with_operation_plugin(plugin);
        let fast_path = FastPath::prepare::<O>(self.config(), &plugins);
        // The fast path gives no response to anyone.
        let plugins = plugins
            .with_client_plugin(HiddenResponses)
            .with_operation_plugin(HiddenResponses);
        let route = Arc::new(Route { plugins, fast_path });
        let mut routes = routes.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(routes.entry(operation).or_insert(route))
    }

    /// The runtime plugins for one call of `O` with its own settings.
    pub(super) fn plugins_with<O: Operation<Service = S>>(&self, config_override: Builder<S>) -> RuntimePlugins {
        let (plugin, configured) = OverridePlugin::new(config_override, self.config());
        let plugins = self.route::<O>().plugins.clone();
        plugins.with_operation_plugins(configured).with_operation_plugin(plugin)
    }
}
