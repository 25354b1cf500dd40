//! Paginators.

/// The module `paginator` of a paginated operation, and the fluent builder's `into_paginator`.
#[macro_export]
macro_rules! paginator {
    ($operation:ident, $fluent:ident => $paginator:ident $(, $items:ident of $item:ty)? $(; page_size = $limit:ident: $limit_type:ty)?) => {
        impl $fluent {
            /// Requests all pages instead of one.
            #[inline]
            pub fn into_paginator(self) -> paginator::$paginator {
                paginator::$paginator { pages: self.store.paginate() }
            }
        }

        /// The operation's paginator.
        pub mod paginator {
            use super::*;

            #[doc = concat!("All pages of [`", stringify!($operation), "`].")]
            #[derive(Debug)]
            pub struct $paginator {
                pub(super) pages: $crate::paginate::Paginator<$operation>,
            }

            impl $paginator {
                $(
                    /// The maximum number of items in a page.
                    #[inline]
                    pub fn page_size(mut self, limit: $limit_type) -> Self {
                        self.pages.input.$limit = $crate::Some(limit);
                        self
                    }
                )?

                $(
                    /// The items of all pages.
                    #[inline]
                    pub fn items(self) -> $items {
                        $items(self)
                    }
                )?

                /// Whether to stop if the service sends the same token twice in a row, which would otherwise never end.
                /// The default is yes.
                #[inline]
                pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                    self.pages = self.pages.stop_on_duplicate_token(stop_on_duplicate_token);
                    self
                }

                /// Sends each request when its page is requested, and none before that.
                #[inline]
                pub fn send(self) -> $crate::reexport::PaginationStream<
                    $crate::SendResult<<$operation as $crate::Operation>::Output, <$operation as $crate::Operation>::Error>,
                > {
                    self.pages.send()
                }
            }

            $(
                #[doc = concat!("The items of all pages of [`", stringify!($operation), "`].")]
                #[derive(Debug)]
                pub struct $items($paginator);

                impl $items {
                    /// Sends each request when its first item is requested.
                    #[inline]
                    pub fn send(self) -> $crate::reexport::PaginationStream<
                        $crate::SendResult<$item, <$operation as $crate::Operation>::Error>,
                    > {
                        self.0.pages.send_items()
                    }
                }
            )?
        }
    };
}
