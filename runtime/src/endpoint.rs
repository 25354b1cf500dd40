//! Endpoint resolution: from region, FIPS and dual-stack settings to the URL that a request goes to.
//!
//! The generator compiles the rules of a service into a function, which the generated crate provides as
//! [`EndpointRules`]. Everything else is the same for every service and is here: the [`Params`] that go in, the trait
//! [`ResolveEndpoint`] to replace the rules with your own, and the [functions](rules) that the rules call.

pub mod input;
mod params;
pub mod rules;

use aws_smithy_runtime_api::client::endpoint as runtime_api;
pub use aws_smithy_runtime_api::client::endpoint::error::ResolveEndpointError;
pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
use aws_smithy_runtime_api::http::Request;
pub use aws_smithy_types::endpoint::Endpoint;
pub use params::{InvalidParams, ParamValue, Params, ParamsBuilder};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{PoisonError, RwLock};

/// Resolves the endpoint of a request from [`Params`].
///
/// Implement it to send requests to another place than the service's rules do, for example to one host per stage.
///
/// ```
/// # use cognito_runtime::endpoint::{Endpoint, EndpointFuture, Params, ResolveEndpoint};
/// #[derive(Debug)]
/// struct Stage(&'static str);
///
/// impl ResolveEndpoint for Stage {
///     fn resolve_endpoint<'a>(&'a self, _: &'a Params) -> EndpointFuture<'a> {
///         let url = format!("https://{}.example.com", self.0);
///         EndpointFuture::ready(Ok(Endpoint::builder().url(url).build()))
///     }
/// }
/// ```
pub trait ResolveEndpoint: Send + Sync + fmt::Debug {
    /// The endpoint for `params`, or an error whose text is shown to the caller of the operation.
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

    /// Converts this resolver into the orchestrator's resolver, whose parameters are type-erased.
    fn into_shared_resolver(self) -> SharedEndpointResolver
    where
        Self: Sized + 'static,
    {
        SharedEndpointResolver::new(Untyped(self))
    }
}

/// Recovers [`Params`] from the orchestrator's type-erased parameters.
#[derive(Debug)]
struct Untyped<R>(R);

impl<R: ResolveEndpoint> runtime_api::ResolveEndpoint for Untyped<R> {
    fn resolve_endpoint<'a>(&'a self, params: &'a runtime_api::EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err("params of expected type was not present".into())),
        }
    }
}

/// The compiled endpoint rule set of a service; implemented by generated code.
pub trait EndpointRules: Send + Sync + 'static {
    /// The endpoint for `params`.
    ///
    /// # Errors
    /// The text of the rule set's error rule that applies to `params`.
    fn resolve(params: &Params) -> Result<Endpoint, ResolveEndpointError>;
}

/// The endpoint resolver that follows the rule set of service `S`.
///
/// It caches the last endpoint, because all calls of a client have the same parameters, unless a call has its own
/// settings.
pub struct DefaultResolver<S> {
    last: RwLock<Option<(Params, Endpoint)>>,
    service: PhantomData<fn() -> S>,
}

impl<S> DefaultResolver<S> {
    /// Creates the resolver.
    pub fn new() -> Self {
        Self {
            last: RwLock::new(None),
            service: PhantomData,
        }
    }
}

impl<S: EndpointRules> DefaultResolver<S> {
    pub(crate) fn resolve(&self, params: &Params) -> Result<Endpoint, ResolveEndpointError> {
        if let Some((known, endpoint)) = &*self.last.read().unwrap_or_else(PoisonError::into_inner)
            && known == params
        {
            return Ok(endpoint.clone());
        }
        check_url(params)?;
        let endpoint = S::resolve(params)?;
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = Some((params.clone(), endpoint.clone()));
        Ok(endpoint)
    }
}

impl<S: EndpointRules> ResolveEndpoint for DefaultResolver<S> {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        EndpointFuture::ready(self.resolve(params).map_err(Into::into))
    }
}

/// The rules accept any text as a user's endpoint. A text that isn't a URL would fail in the orchestrator, whose error
/// prints the whole request with its passwords. The endpoint may have a password, too.
fn check_url(params: &Params) -> Result<(), ResolveEndpointError> {
    let Some(url) = params.endpoint() else { return Ok(()) };
    Request::new(()).uri_mut().set_endpoint(url).map_err(|error| {
        let url = match url.rsplit_once('@') {
            Some((start, host)) => match start.split_once("://") {
                Some((scheme, _)) => format!("{scheme}://***@{host}"),
                None => format!("***@{host}"),
            },
            None => url.to_owned(),
        };
        ResolveEndpointError::message(format!("failed to apply endpoint `{url}`")).with_source(Some(error.into()))
    })
}

// Written out, since a derive would ask the same traits of `S`.
impl<S> Default for DefaultResolver<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for DefaultResolver<S> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for DefaultResolver<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DefaultResolver")
    }
}
