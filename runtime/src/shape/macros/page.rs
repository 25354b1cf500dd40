//! The pages of builders in the documentation.

/// The builder of a structure whose members are optional, and its page.
///
/// It is an alias of the one generic builder, whose methods rustdoc can't show: it finds no impl of an alias until a
/// script has fetched all of them, and the search knows the generic type alone. So rustdoc, and nothing else, sees a
/// type with the same methods. It reads no bodies.
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

/// The fluent builder of an operation, and its page; see [`__builder_page`].
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
        #[doc = concat!("What the members mean is told by [`", stringify!($name), "`].")]
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

            /// Settings, interceptors or changes to the request for this call alone.
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
