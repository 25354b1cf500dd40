//! The documentation pages of builders.

/// The builder of a structure whose members are optional, and its documentation page.
///
/// It is an alias of the generic builder. rustdoc doesn't show an alias's methods well: a script must first fetch all
/// impls, and the search finds only the generic type. So rustdoc, and nothing else, gets a separate type with the same
/// methods. rustdoc doesn't read function bodies, so they are empty.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_page {
    ($builder:ident of $name:ident, builds $built:ty) => {
        #[cfg(not(doc))]
        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        pub type $builder = Builder<$name>;

        #[cfg(doc)]
        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $builder {
            _members: (),
        }

        #[cfg(doc)]
        impl $builder {
            /// Builds the structure.
            pub fn build(self) -> $built {
                unreachable!("rustdoc reads no bodies")
            }
        }
    };
}

/// The fluent builder of an operation, and its documentation page; see [`__builder_page`].
#[doc(hidden)]
#[macro_export]
macro_rules! __fluent_builder_page {
    ($fluent:ident of $operation:ident, input $name:ident $builder:ident, output $output:ident, error $error:ident) => {
        #[cfg(not(doc))]
        #[doc = concat!("A call of [`", stringify!($operation), "`] that is being built; `send` sends it.")]
        pub type $fluent = Builder<$name, Fluent<$name>>;

        #[cfg(doc)]
        #[doc = concat!("A call of [`", stringify!($operation), "`] that is being built; [`send`](Self::send) sends it.")]
        ///
        #[doc = concat!("[`", stringify!($name), "`] explains the members.")]
        #[derive(Clone, Debug)]
        pub struct $fluent {
            _call: (),
        }

        #[cfg(doc)]
        impl $fluent {
            /// Sends the request.
            ///
            /// # Errors
            /// The request can't be sent, or the service answers with an error.
            pub fn send(self) -> $crate::BoxFuture<$crate::SendResult<$output, $error>> {
                unreachable!("rustdoc reads no bodies")
            }

            /// Sets configuration, interceptors or changes to the request for this call only.
            pub fn customize(
                self,
            ) -> $crate::CustomizableOperation<$output, $error, Self, <$operation as $crate::operation::Operation>::Service> {
                unreachable!("rustdoc reads no bodies")
            }

            /// The input so far.
            pub fn as_input(&self) -> &$builder {
                unreachable!("rustdoc reads no bodies")
            }
        }

        #[cfg(doc)]
        #[doc = concat!("The setters are those of [`", stringify!($fluent), "`], which are documented there.")]
        impl $builder {
            /// Sends the input with `client`.
            ///
            /// # Errors
            /// The request can't be sent, or the service answers with an error.
            pub fn send_with(self, client: &Client) -> $crate::BoxFuture<$crate::SendResult<$output, $error>> {
                unreachable!("rustdoc reads no bodies")
            }
        }
    };
}
