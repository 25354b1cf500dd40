//! The traits with which a generated crate describes an operation.

use crate::endpoint::ParamsBuilder;
use crate::endpoint::rules::is_valid_host_label;
use crate::error::OperationError;
use crate::service::Service;
use crate::shape::serde::ReadMembers;
use crate::shape::structure::Structure;
use aws_smithy_types::error::operation::BuildError;
use serde::de::DeserializeOwned;
use serde::ser::Serialize;
use std::fmt::Debug;

/// How a request is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Signed with SigV4: needs credentials.
    SigV4,
    /// Sent unsigned (`smithy.api#noAuth`): needs no credentials.
    None,
}

/// An operation of a service: the names and types in which it differs from the others.
///
/// Everything else (serializing, sending, retrying, parsing) is generic over it.
pub trait Operation: Debug + Send + Sync + 'static {
    /// The service it belongs to.
    type Service: Service;
    /// The request's members.
    type Input: OperationInput<Operation = Self>;
    /// The response's members.
    type Output: OperationOutput;
    /// The operation's error enum.
    type Error: OperationError;
    /// The operation's name in the AWS model.
    const NAME: &'static str;
    /// The value of `X-Amz-Target`, for example `AWSCognitoIdentityProviderService.SignUp`.
    const TARGET: &'static str;
    /// How its requests are authenticated.
    const AUTH: Auth = Auth::SigV4;
    /// Whether the operation or its input sets endpoint parameters. If so, each call resolves its endpoint.
    const ENDPOINT_PARAMS: bool = false;

    /// The part of the host name that comes before the endpoint's (`hostPrefix` in the model).
    ///
    /// # Errors
    /// The member that the prefix is made of is missing or isn't a host label.
    fn host_prefix(_input: &Self::Input) -> Result<Option<String>, BuildError> {
        Ok(None)
    }

    /// Adds the endpoint parameters that the operation and its input set (context parameters in the model).
    fn endpoint_params(_input: &Self::Input, params: ParamsBuilder) -> ParamsBuilder {
        params
    }

    /// Fills the members that identify a request, so that a retry has no second effect (`idempotencyToken`).
    fn fill_idempotency_token(_input: &mut Self::Input) {}
}

/// The input of an operation. It tells [`Client::invoke`](crate::Client::invoke) which operation to call.
#[diagnostic::on_unimplemented(
    message = "`{Self}` isn't the input of an operation",
    label = "not an input",
    note = "an input is built by the operation's builder, `SignUpInput::builder()…build()?`, or read from JSON by \
            `json::from_str`"
)]
pub trait OperationInput: Structure + Serialize + DeserializeOwned + Clone + Debug + PartialEq {
    /// The operation that takes it.
    type Operation: Operation<Input = Self>;
}

/// The output of an operation.
pub trait OperationOutput: Debug + Send + Sync + 'static {
    /// The type that reads the output from a response.
    type Reader: ReadMembers<Built = Self>;

    /// Stores the id that AWS gave the request (`x-amzn-requestid`).
    fn set_request_id(&mut self, id: Option<String>);
}

/// The value of a member that is part of the host name.
///
/// # Errors
/// The value isn't set, or isn't a host label (RFC 1123, section 2.1).
pub fn host_label<'a>(member: &'static str, value: Option<&'a str>) -> Result<&'a str, BuildError> {
    let value = value.ok_or_else(|| {
        BuildError::missing_field(
            member,
            "it is part of the host name, and without it there is no host to send to",
        )
    })?;
    if is_valid_host_label(value, false) {
        Ok(value)
    } else {
        Err(BuildError::invalid_field(
            member,
            "it is part of the host name: use 1 to 63 letters, digits and hyphens, not beginning with a hyphen",
        ))
    }
}

/// A new token for a member that identifies a request.
pub fn idempotency_token() -> String {
    random_uuid()
}

/// A random UUID (RFC 9562, section 5.4).
pub(crate) fn random_uuid() -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let bits = u128::from(fastrand::u64(..)) << 64 | u128::from(fastrand::u64(..));
    // Version 4, variant 10.
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    // Every request has one, and `format!` took an eighth of a call's instructions for it.
    let mut text = String::with_capacity(36);
    for digit in 0..32 {
        if matches!(digit, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(char::from(DIGITS[(bits >> (124 - 4 * digit)) as usize & 0xf]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::random_uuid;

    #[test]
    fn a_uuid_has_version_4_and_variant_10_and_is_another_one_each_time() {
        let uuid = random_uuid();
        let groups: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12], "{uuid}");
        assert!(
            uuid.bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')),
            "{uuid}"
        );
        assert_eq!(&uuid[14..15], "4", "{uuid}");
        assert!(matches!(&uuid[19..20], "8" | "9" | "a" | "b"), "{uuid}");
        assert_ne!(uuid, random_uuid());
    }
}
