//! aws-smithy-types-convert.

use super::sdk;
use super::setup::{Seen, client, response, server};
use aws_smithy_types_convert::date_time::DateTimeExt;
use sdk::primitives::DateTime;

/// Timestamps of a response as chrono's, and back.
pub(crate) async fn timestamps() -> Seen {
    let http = server([response(200, r#"{"Username":"alice","UserCreateDate":1700000000.25}"#)]);
    let output = client(http)
        .admin_get_user()
        .user_pool_id("pool")
        .username("alice")
        .send()
        .await
        .unwrap();
    let created = output.user_create_date().unwrap();
    let chrono = created.to_chrono_utc().unwrap();
    assert_eq!(&DateTime::from_chrono_utc(chrono), created);
    vec![chrono.to_rfc3339(), format!("{created:?}")]
}
