//! The macro of the generated trait.

/// The trait of a service's server, with one method per operation, and the function that maps a target to its method.
#[macro_export]
macro_rules! server {
    ($(#$attr:tt)* pub trait $name:ident { $($(#$doc:tt)* $method:ident: $operation:path = $target:literal;)* }) => {
        $(#$attr)*
        ///
        /// An operation that a server doesn't implement answers with [`not_implemented`].
        pub trait $name: Send + Sync {
            $(
                $(#$doc)*
                fn $method(
                    &self,
                    input: <$operation as $crate::Operation>::Input,
                ) -> impl ::std::future::Future<Output = $crate::server::Answer<$operation>> + Send {
                    drop(input);
                    ::std::future::ready($crate::server::not_implemented::<$operation>())
                }
            )*
        }

        /// The reply of `server` to a request with this `x-amz-target` and body. `None` if the target isn't an
        /// operation of the service.
        pub fn dispatch<'a, S: $name>(
            server: &'a S,
            target: &str,
            body: &'a [u8],
        ) -> $crate::Option<$crate::server::ReplyFuture<'a>> {
            $crate::Some(match target {
                $($target => $crate::server::reply::<$operation, _>(body, |input| server.$method(input)),)*
                _ => return $crate::None,
            })
        }

        /// Answers an HTTP request whose body is in memory, using `server`.
        ///
        /// The response contains `request_id`, which connects the client's log with the server's.
        pub async fn respond<S: $name>(
            server: &S,
            request: &$crate::reexport::aws_smithy_runtime_api::client::orchestrator::HttpRequest,
            request_id: &str,
        ) -> $crate::reexport::aws_smithy_runtime_api::client::orchestrator::HttpResponse {
            $crate::server::respond(request, request_id, |target, body| dispatch(server, target, body)).await
        }
    };
}
