//! The default resolver, as the orchestrator calls it.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{EndpointResolverParams, ResolveEndpoint as _};
use cognito_runtime::endpoint::{
    DefaultResolver, Endpoint, EndpointRules, Params, ResolveEndpoint, ResolveEndpointError, SharedEndpointResolver,
    rules,
};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Service;

impl EndpointRules for Service {
    fn resolve(params: &Params) -> Result<Endpoint, ResolveEndpointError> {
        match params.region() {
            Some(region) => Ok(rules::url(format!("https://{region}.example.com"))),
            None => Err(ResolveEndpointError::message("no region")),
        }
    }
}

/// What the orchestrator gets from the default resolver.
fn resolve(params: EndpointResolverParams) -> Result<Endpoint, BoxError> {
    let resolver = ResolveEndpoint::into_shared_resolver(DefaultResolver::<Service>::new());
    resolve_with(&resolver, &params)
}

fn resolve_with(resolver: &SharedEndpointResolver, params: &EndpointResolverParams) -> Result<Endpoint, BoxError> {
    match pin!(resolver.resolve_endpoint(params)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("endpoints are resolved at once"),
    }
}

#[test]
fn the_orchestrator_gets_what_the_rules_say() {
    let params = Params::builder().region("eu-west-1").build().expect("valid");
    let endpoint = resolve(EndpointResolverParams::new(params)).expect("resolves");
    assert_eq!(endpoint.url(), "https://eu-west-1.example.com");

    let params = Params::builder().build().expect("valid");
    let error = resolve(EndpointResolverParams::new(params)).expect_err("no region");
    assert_eq!(error.to_string(), "no region");
}

#[test]
fn an_endpoint_that_is_no_url_is_refused() {
    for url in ["no URL", "localhost:9229", "/path"] {
        let params = Params::builder()
            .region("eu-west-1")
            .endpoint(url)
            .build()
            .expect("valid");
        let error = resolve(EndpointResolverParams::new(params)).expect_err("no URL");
        assert_eq!(error.to_string(), format!("failed to apply endpoint `{url}`"));
    }
}

#[test]
fn other_parameters_get_another_endpoint() {
    let resolver = ResolveEndpoint::into_shared_resolver(DefaultResolver::<Service>::new());
    for region in ["eu-west-1", "eu-west-1", "us-east-1", "eu-west-1"] {
        let params = EndpointResolverParams::new(Params::builder().region(region).build().expect("valid"));
        let endpoint = resolve_with(&resolver, &params).expect("resolves");
        assert_eq!(endpoint.url(), format!("https://{region}.example.com"));
    }
}

#[test]
fn parameters_of_another_type_are_an_error() {
    let error = resolve(EndpointResolverParams::new("something else")).expect_err("not `Params`");
    assert_eq!(error.to_string(), "params of expected type was not present");
}
