//! The official crate's codec by itself, set up as its protocol does it: JSON without a request around it.

use super::subjects::{Subject, sample};
use anyhow::Result;
use aws_sdk_cognitoidentityprovider::operation::create_user_pool::{CreateUserPool, CreateUserPoolInput};
use aws_sdk_cognitoidentityprovider::operation::list_users::ListUsersOutput;
use aws_sdk_cognitoidentityprovider::primitives::DateTimeFormat;
use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::codec::{Codec, FinishSerializer};
use aws_smithy_schema::serde::{SerdeError, ShapeSerializer};

/// The codec.
pub(super) fn codec() -> JsonCodec {
    JsonCodec::new(
        JsonCodecSettings::builder()
            .use_json_name(false)
            .default_timestamp_format(DateTimeFormat::EpochSeconds)
            .build(),
    )
}

/// The JSON of an input.
pub(super) fn write(codec: &JsonCodec, input: &CreateUserPoolInput) -> Result<Vec<u8>, SerdeError> {
    let mut serializer = codec.create_serializer();
    serializer.write_struct(CreateUserPool::INPUT_SCHEMA, input)?;
    Ok(FinishSerializer::finish(serializer))
}

/// An input to JSON.
pub(super) fn to_vec(input: &CreateUserPoolInput) -> Subject<'_> {
    let codec = codec();
    Box::new(move |count| Ok(sample(|| input, |input| write(&codec, input), count)?))
}

/// JSON to an output.
pub(super) fn from_slice(json: &[u8]) -> Subject<'_> {
    let codec = codec();
    Box::new(move |count| {
        let read = |json| ListUsersOutput::deserialize(&mut codec.create_deserializer(json));
        Ok(sample(|| json, read, count)?)
    })
}
