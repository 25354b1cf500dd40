//! Sets the parameters that determine where a request goes.

use crate::config::EndpointParameters;
use crate::endpoint::{Params, ParamsBuilder};
use crate::operation::Operation;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{EndpointPrefix, EndpointResolverParams};
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::marker::PhantomData;

/// Collects the parameters of the endpoint rules, and the host prefix, before the request is serialized.
#[derive(Debug)]
pub(crate) struct EndpointParamsInterceptor<O>(PhantomData<O>);

impl<O> Default for EndpointParamsInterceptor<O> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

#[dyn_dispatch_hint]
impl<O: Operation> Intercept for EndpointParamsInterceptor<O> {
    fn name(&self) -> &'static str {
        "EndpointParamsInterceptor"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context
            .input()
            .downcast_ref::<O::Input>()
            .ok_or("the input has another type than the operation's")?;
        let params = O::endpoint_params(input, endpoint_params(cfg)).build()?;
        let prefix = O::host_prefix(input)?.map(EndpointPrefix::new).transpose()?;
        let state = cfg.interceptor_state();
        state.store_put(EndpointResolverParams::new(params));
        if let Some(prefix) = prefix {
            state.store_put(prefix);
        }
        Ok(())
    }
}

/// The parameters of the endpoint rules that are settings of the client.
pub(crate) fn endpoint_params(cfg: &ConfigBag) -> ParamsBuilder {
    let params = Params::builder()
        .set_region(cfg.load::<Region>().map(|region| region.as_ref().to_owned()))
        .set_use_dual_stack(cfg.load::<UseDualStack>().map(|setting| setting.0))
        .set_use_fips(cfg.load::<UseFips>().map(|setting| setting.0))
        .set_endpoint(cfg.load::<EndpointUrl>().map(|setting| setting.0.clone()));
    let own = cfg.load::<EndpointParameters>().into_iter();
    own.flat_map(EndpointParameters::iter)
        .fold(params, |params, (name, value)| params.extra(name, value.clone()))
}
