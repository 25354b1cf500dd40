//! Combines the interceptors of every request into one.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
    FinalizerInterceptorContextMut, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, OverriddenHooks, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// Interceptors that run one after the other, as if each had been added separately.
///
/// The orchestrator clones every interceptor at each of its 19 hooks, even if the interceptor doesn't use the hook. For
/// the ten interceptors of an AWS request, that is several hundred counter updates per call.
#[derive(Debug)]
pub(crate) struct Chain {
    interceptors: Vec<SharedInterceptor>,
    hooks: OverriddenHooks,
}

impl Chain {
    pub(crate) fn new(interceptors: impl Iterator<Item = SharedInterceptor>) -> Self {
        let interceptors: Vec<_> = interceptors.collect();
        let hooks = interceptors
            .iter()
            .map(SharedInterceptor::overridden_hooks)
            .fold(OverriddenHooks::none(), |all, hooks| all | hooks);
        Self { interceptors, hooks }
    }

    /// Runs a hook of all interceptors that have it. As in the orchestrator, all of them run, and the last error is
    /// returned.
    fn run(
        &self,
        hook: OverriddenHooks,
        cfg: &mut ConfigBag,
        mut run: impl FnMut(&SharedInterceptor, &mut ConfigBag) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        let mut result = Ok(());
        for interceptor in &self.interceptors {
            if interceptor.overridden_hooks().contains(hook)
                && interceptor.enabled(cfg)
                && let Err(error) = run(interceptor, cfg)
            {
                tracing::debug!("{}: {error}", interceptor.name());
                result = Err(error);
            }
        }
        result
    }
}

/// A hook that gets the runtime components, which all hooks but the first do.
macro_rules! hooks {
    ($($hook:ident($context:ty) = $flag:ident;)*) => {
        $(
            fn $hook(
                &self,
                context: $context,
                components: &RuntimeComponents,
                cfg: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                self.run(OverriddenHooks::$flag, cfg, |interceptor, cfg| interceptor.$hook(context, components, cfg))
            }
        )*
    };
}

impl Intercept for Chain {
    fn name(&self) -> &'static str {
        "Chain"
    }

    fn overridden_hooks(&self) -> OverriddenHooks {
        self.hooks
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.run(OverriddenHooks::READ_BEFORE_EXECUTION, cfg, |interceptor, cfg| {
            interceptor.read_before_execution(context, cfg)
        })
    }

    hooks! {
        modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>) = MODIFY_BEFORE_SERIALIZATION;
        read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>) = READ_BEFORE_SERIALIZATION;
        read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>) = READ_AFTER_SERIALIZATION;
        modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>) = MODIFY_BEFORE_RETRY_LOOP;
        read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>) = READ_BEFORE_ATTEMPT;
        modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>) = MODIFY_BEFORE_SIGNING;
        read_before_signing(&BeforeTransmitInterceptorContextRef<'_>) = READ_BEFORE_SIGNING;
        read_after_signing(&BeforeTransmitInterceptorContextRef<'_>) = READ_AFTER_SIGNING;
        modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>) = MODIFY_BEFORE_TRANSMIT;
        read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>) = READ_BEFORE_TRANSMIT;
        read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>) = READ_AFTER_TRANSMIT;
        modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>) = MODIFY_BEFORE_DESERIALIZATION;
        read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>) = READ_BEFORE_DESERIALIZATION;
        read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>) = READ_AFTER_DESERIALIZATION;
        modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>) = MODIFY_BEFORE_ATTEMPT_COMPLETION;
        read_after_attempt(&FinalizerInterceptorContextRef<'_>) = READ_AFTER_ATTEMPT;
        modify_before_completion(&mut FinalizerInterceptorContextMut<'_>) = MODIFY_BEFORE_COMPLETION;
        read_after_execution(&FinalizerInterceptorContextRef<'_>) = READ_AFTER_EXECUTION;
    }
}
