//! How a call is sent, step by step.
//!
//! 1. The fluent builder's `send`, or [`Client::invoke`], comes to [`Call::send`] (`call.rs`) with the input.
//!    With the feature `validation` it is checked there, as the settings say (`check.rs`), before anything else.
//! 2. A call with settings of its own goes to the orchestrator, step 8. All others have a `Route` in common with the
//!    earlier calls of their operation: the runtime plugins (`plugins.rs`) and, if the client sets nothing that only the
//!    orchestrator knows, the fast path. `Client::route` (`client.rs`) makes it with the first call.
//! 3. `FastPath::attempt` (`fast_path.rs`) looks whether the call may go this way now: the answers so far were in order
//!    (`health.rs`), and nobody reads debug logs. If not: step 8.
//! 4. It asks the identity cache for credentials, where the operation is signed.
//! 5. It builds the request: the body from `write_body` (`protocol.rs`), headers that are always the same, the user agent
//!    (`user_agent.rs`), the signature.
//! 6. The HTTP client sends it: the configuration's, or the one in `http_client.rs`.
//! 7. The body is read (`body.rs`) and parsed by `read_output` (`protocol.rs`). If it is a success, that is the result.
//!    Anything else goes on with step 8, and takes along what is there (`hand_over.rs`): no provider is asked again, no
//!    request sent again, nothing waited for twice.
//! 8. `orchestrator::invoke` (`orchestrator.rs`) calls the orchestrator of aws-smithy-runtime, which makes the attempts:
//!    identity, endpoint, signature, HTTP client, `ResponseDeserializer` (`protocol.rs`), with interceptors in between. It
//!    logs requests and responses, whose bodies are hidden (`bodies.rs`).
//!
//! # Where a retry is decided
//!
//! In one place, after each attempt of the orchestrator: its standard strategy asks the retry classifiers. For modeled
//! and transient errors, AWS's error codes and a clock that is off, these are in `operation_plugin`
//! (`plugins/operation.rs`); for status codes in `client_plugins` (`plugins/client.rs`); then those that the
//! configuration adds. The fast path decides nothing: it hands an answer that may be worth a retry over as the answer to
//! the first attempt.
//!
//! [`ViaFastPath`] tells an HTTP client which way a request came.

mod bodies;
mod call;
#[cfg(feature = "validation")]
mod check;
mod client;
mod customize;
mod fast_path;
mod http_client;
mod interceptors;
mod orchestrator;
pub mod paginate;
mod plugins;
mod protocol;
mod user_agent;

pub use call::{BoxFuture, Call, SendFuture, SendResult};
pub use client::Client;
pub use customize::{CustomizableOperation, CustomizableSend};
pub use fast_path::ViaFastPath;
pub use http_client::default_http_client;
