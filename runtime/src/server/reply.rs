//! From the body of a request to the reply of its operation.

use super::Answer;
use super::refusal::Refusal;
use crate::operation::Operation;
#[cfg(feature = "validation")]
use crate::service::Service;
use serde::ser::Serialize;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;

/// The body of a response, or the protocol's refusal of the request.
pub type Reply = Result<Vec<u8>, Refusal>;

/// A reply that is being made.
pub type ReplyFuture<'a> = Pin<Box<dyn Future<Output = Reply> + Send + 'a>>;

/// Answers one request of the operation `O`: reads its input, calls `answer`, and writes the result.
pub fn reply<'a, O, F>(body: &'a [u8], answer: impl FnOnce(O::Input) -> F + Send + 'a) -> ReplyFuture<'a>
where
    O: Operation<Output: Serialize, Error: Serialize>,
    F: Future<Output = Answer<O>> + Send + 'a,
{
    Box::pin(async move {
        let input = read_input::<O>(body)?;
        match answer(input).await {
            Ok(output) => serde_json::to_vec(&output).map_err(|error| Refusal::internal(&error)),
            Err(error) => Err(Refusal::of(&error)),
        }
    })
}

/// Reads the input of `O`.
fn read_input<O: Operation>(body: &[u8]) -> Result<O::Input, Refusal> {
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let input = serde_json::from_slice::<O::Input>(body).map_err(|error| serialization(body, &error))?;
    #[cfg(feature = "validation")]
    if let Some(constraints) = O::Service::constraints()
        && let Some(message) = constraints.refusal_of_input(O::NAME, &input)
    {
        return Err(Refusal::new(400, constraints.refusal_code(), &message));
    }
    Ok(input)
}

/// The refusal of an input that can't be read. It names only the place, because serde's messages may quote the value,
/// which may be a secret.
fn serialization(body: &[u8], error: &serde_json::Error) -> Refusal {
    let message = match serde_json::from_slice::<Value>(body) {
        Err(_) => format!(
            "The body is not JSON: see line {}, column {}.",
            error.line(),
            error.column()
        ),
        Ok(value) if !value.is_object() => "The body is not a JSON object.".to_owned(),
        Ok(_) => format!(
            "A member has another type than the operation takes: see line {}, column {}.",
            error.line(),
            error.column()
        ),
    };
    Refusal::new(400, "SerializationException", &message)
}
