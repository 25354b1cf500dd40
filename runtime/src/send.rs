//! How a call is sent, step by step.
//!
//! 1. The fluent builder's `send`, or [`Client::invoke`], passes the input to [`Call::send`] (`call.rs`). With the
//!    feature `validation`, the input is checked there first, if the settings say so (`check.rs`).
//! 2. A call with its own settings goes to the orchestrator, step 8. All other calls of an operation share a `Route`:
//!    the runtime plugins (`plugins.rs`) and, if the client has no setting that only the orchestrator supports, the
//!    fast path. `Client::route` (`client.rs`) makes it with the first call.
//! 3. `FastPath::attempt` (`fast_path.rs`) checks whether this call may take the fast path: the last responses were
//!    healthy (`health.rs`), and debug logs are off. If not, the call goes to step 8.
//! 4. If the operation is signed, it gets credentials from the identity cache.
//! 5. It builds the request: the body from `write_body` (`protocol.rs`), headers that are always the same, the user agent
//!    (`user_agent.rs`), the signature.
//! 6. The HTTP client sends it: the configuration's, or the one in `http_client.rs`.
//! 7. The body is read (`body.rs`) and parsed by `read_output` (`protocol.rs`). A success is the result of the call.
//!    Anything else goes to step 8, together with the identity and the response so far (`hand_over.rs`). So no provider
//!    is asked twice, no request is sent twice, and no wait is repeated.
//! 8. `orchestrator::invoke` (`orchestrator.rs`) calls the orchestrator of aws-smithy-runtime, which makes the
//!    attempts: identity, endpoint, signature, HTTP client, `ResponseDeserializer` (`protocol.rs`), with interceptors
//!    in between. It logs requests and responses without their bodies (`bodies.rs`).
//!
//! # Where a retry is decided
//!
//! The orchestrator decides after each attempt: its standard strategy asks the retry classifiers. The classifiers for
//! modeled errors, transient errors, AWS's error codes and clock skew are in `operation_plugin`
//! (`plugins/operation.rs`). The one for status codes is in `client_plugins` (`plugins/client.rs`). The classifiers of
//! the configuration are added to these. The fast path decides nothing: it hands a response that may be worth a retry
//! to the orchestrator, as the result of the first attempt.
//!
//! [`ViaFastPath`] tells an HTTP client whether a request came from the fast path.

mod bodies;
mod call;
#[cfg(feature = "validation")]
mod check;
mod client;
mod customize;
mod fast_path;
mod future;
mod http_client;
mod interceptors;
mod orchestrator;
pub mod paginate;
mod plugins;
mod protocol;
mod user_agent;

// For the requests of `cognito-auth` that are no operations.
#[doc(hidden)]
pub use bodies::{HiddenResponses, hidden};
pub use call::Call;
pub use client::Client;
pub use customize::{CustomizableOperation, CustomizableSend};
pub use fast_path::ViaFastPath;
pub use future::{BoxFuture, SendFuture, SendResult};
pub use http_client::{default_http_client, default_sleep_impl};
