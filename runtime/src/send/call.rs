//! One call, and which path it takes.

use crate::config::Builder;
use crate::operation::{Operation, OperationInput};
#[cfg(feature = "validation")]
use crate::send::check::check;
use crate::send::client::Client;
use crate::send::fast_path::Outcome;
use crate::send::future::SendFuture;
use crate::send::orchestrator;
use crate::service::Service;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;

/// A call that is being built: the client, and the settings for this call only.
#[derive(Clone, Debug)]
pub struct Call<S: Service> {
    client: Client<S>,
    config_override: Option<Builder<S>>,
}

impl<S: Service> Call<S> {
    /// A call with the client's settings.
    #[inline]
    pub fn new(client: &Client<S>) -> Self {
        Self {
            client: client.clone(),
            config_override: None,
        }
    }

    /// The same call with these settings on top of the client's.
    #[inline]
    pub fn with_override(mut self, config_override: Builder<S>) -> Self {
        self.config_override = Some(config_override);
        self
    }

    /// Sends the input. The [module](crate::send) describes the steps.
    #[inline]
    pub fn send<O: Operation<Service = S>>(self, input: O::Input) -> SendFuture<O> {
        let way = match self.config_override {
            Some(config_override) => Way::Override(Box::new(config_override)),
            None => Way::Plain,
        };
        enter::<O>(self.client, way, input)
    }

    pub(super) fn into_client(self) -> Client<S> {
        self.client
    }
}

impl<S: Service> Client<S> {
    /// Sends `input` to its operation: [`Call::send`] without settings for this call.
    ///
    /// # Errors
    /// The request can't be built or sent, the response can't be read, or the service answers with an error.
    pub fn invoke<I>(&self, input: I) -> SendFuture<I::Operation>
    where
        I: OperationInput<Operation: Operation<Service = S>>,
    {
        Call::new(self).send::<I::Operation>(input)
    }
}

/// The path that an input takes.
pub(super) enum Way<S: Service> {
    /// The fast path if it is open, otherwise the orchestrator.
    Plain,
    /// The orchestrator, with these settings on top of the client's.
    Override(Box<Builder<S>>),
    /// The orchestrator, with these plugins.
    Plugins(RuntimePlugins),
}

/// The single entry: every input that is sent passes through here.
pub(super) fn enter<O: Operation>(
    client: Client<O::Service>,
    way: Way<O::Service>,
    mut input: O::Input,
) -> SendFuture<O> {
    Box::pin(async move {
        #[cfg(feature = "validation")]
        check::<O>(&input, client.config(), way.config_override()).map_err(SdkError::construction_failure)?;
        let complete = |config_override| match client.config().missing_variable(O::AUTH, config_override) {
            Some(missing) => Err(missing),
            None => Ok(()),
        };
        let plugins = match way {
            Way::Plain => {
                let route = client.route::<O>();
                match &route.fast_path {
                    Some(fast_path) => match fast_path.attempt::<O>(&mut input).await {
                        Outcome::Success(output) => return Ok(output),
                        Outcome::Orchestrate(hand_over) => hand_over.add_to(route.plugins.clone()),
                    },
                    None => {
                        // Whoever lacks a region or credentials has no fast path.
                        complete(None).map_err(SdkError::construction_failure)?;
                        route.plugins.clone()
                    }
                }
            }
            Way::Override(config_override) => {
                complete(Some(&*config_override)).map_err(SdkError::construction_failure)?;
                client.plugins_with::<O>(*config_override)
            }
            Way::Plugins(plugins) => {
                complete(None).map_err(SdkError::construction_failure)?;
                plugins
            }
        };
        orchestrator::invoke::<O>(&plugins, input).await
    })
}

#[cfg(feature = "validation")]
impl<S: Service> Way<S> {
    fn config_override(&self) -> Option<&Builder<S>> {
        match self {
            Self::Override(config_override) => Some(config_override),
            Self::Plain | Self::Plugins(_) => None,
        }
    }
}
