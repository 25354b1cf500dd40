//! Paginators: all pages of a list, one request after the other.

use crate::operation::Operation;
use crate::send::call::{Call, Way, enter};
use crate::send::client::Client;
use crate::send::future::SendResult;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use std::fmt;

/// An operation that answers in pages.
pub trait Paginated: Operation {
    /// The type of the token that marks the next page.
    type Token: Clone + PartialEq + Send + Sync + 'static;

    /// The token in an input.
    fn token(input: &Self::Input) -> Option<&Self::Token>;

    /// Sets the token of an input.
    fn set_token(input: &mut Self::Input, token: Option<Self::Token>);

    /// The token of the next page. `None` for the last page, which some services mark with an empty token.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// A paginated operation whose pages are lists of items.
pub trait PaginatedItems: Paginated {
    /// An item.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// All pages of `O`.
pub struct Paginator<O: Operation> {
    client: Client<O::Service>,
    /// The input of the first request.
    pub input: O::Input,
    stop_on_duplicate_token: bool,
}

impl<O: Operation> fmt::Debug for Paginator<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> Paginator<O> {
    /// A paginator that starts with this call.
    #[inline]
    pub fn new(call: Call<O::Service>, input: O::Input) -> Self {
        Self {
            client: call.into_client(),
            input,
            stop_on_duplicate_token: true,
        }
    }

    /// Whether to stop if the service sends the same token twice in a row, which would otherwise never end. The default
    /// is yes.
    #[inline]
    #[must_use]
    pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
        self.stop_on_duplicate_token = stop;
        self
    }

    /// Sends each request when its page is requested.
    #[inline]
    pub fn send(self) -> PaginationStream<SendResult<O::Output, O::Error>> {
        let Self {
            client,
            mut input,
            stop_on_duplicate_token,
        } = self;
        // For the user agent.
        let mut layer = Layer::new("Paginator");
        layer.store_append(SmithySdkFeature::Paginator);
        let feature = StaticRuntimePlugin::new().with_config(layer.freeze());
        let plugins = client.route::<O>().plugins.clone().with_operation_plugin(feature);
        PaginationStream::new(FnStream::new(move |pages| {
            Box::pin(async move {
                loop {
                    let page = enter::<O>(client.clone(), Way::Plugins(plugins.clone()), input.clone()).await;
                    let next = page.as_ref().ok().and_then(O::next_token).cloned();
                    let repeated = next.is_some() && next.as_ref() == O::token(&input) && stop_on_duplicate_token;
                    if pages.send(page).await.is_err() || next.is_none() || repeated {
                        return;
                    }
                    O::set_token(&mut input, next);
                }
            })
        }))
    }
}

impl<O: PaginatedItems> Paginator<O> {
    /// Sends the requests and yields their items one by one.
    #[inline]
    pub fn send_items(self) -> PaginationStream<SendResult<O::Item, O::Error>> {
        TryFlatMap::new(self.send()).flat_map(O::items)
    }
}
